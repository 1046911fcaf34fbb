"""A log that lost entries goes on under another name: only what follows the known log, newly named, is believed."""

from __future__ import annotations

import pytest

from skyaccord.trust.acceptance.case import Direction
from skyaccord.trust.acceptance.outcome import Accepted, Known, Refused
from skyaccord.trust.acceptance.refold import refold
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.refounding import KIND, Refounding
from skyaccord.trust.keys.role import Role
from skyaccord.trust.log import Log
from skyaccord.trust.notes.checkpoint import Checkpoint, parse_checkpoint
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.notes.signed_note import SignedNote, parse_note, sign_text
from skyaccord.trust.origin import first_origin, following_origin
from skyaccord.trust.reasons import Reason
from tests.trust.cast import NOW_S, PLAIN, Note, Scene, Side, agreement, key

DIGITS = "0badcafe"


@pytest.fixture
def scene() -> Scene:
    """Green holds checkpoints of blue's log: blue has given receipts."""
    scene = Scene()
    parcel = scene.green.say(Note("do you hear").body(), "blue", "duty")
    outcome = scene.blue.receive(parcel)
    assert isinstance(outcome, Accepted)
    assert isinstance(scene.green.receive(scene.blue.receipt(outcome.index)), Accepted)
    return scene


def statement(scene: Scene, **other: object) -> Refounding:
    head = scene.green.standing.heads["blue"]
    members = {"checkpoint": head.note, "kept": head.size - 1, "origin": following_origin(head.origin, DIGITS)}
    return Refounding(**{**members, **other})  # type: ignore[arg-type]


def tell(scene: Scene, said: Refounding, by: str = "node") -> object:
    return scene.green.receive(scene.blue.make(said.body(), "green", by, kind=KIND))


def note_of(origin: str, size: int = 50) -> bytes:
    text = Checkpoint(origin, size, bytes(32)).text
    return bytes(SignedNote(text, (sign_text(text, NoteSigner.from_seed(origin, key("blue node").seed)),)))


def test_names_of_following_logs() -> None:
    following = following_origin("skyaccord/blue/0123456789abcdef", DIGITS)
    assert following == f"skyaccord/blue/0123456789abcdef/{DIGITS}"
    assert following_origin(following, "00000001") == "skyaccord/blue/0123456789abcdef/00000001"
    assert first_origin(following) == "skyaccord/blue/0123456789abcdef"


def test_receipts_are_then_believed_under_the_new_name_and_no_longer_under_the_old(scene: Scene) -> None:
    said = scene.green.say(Note("again").body(), "blue", "duty")
    outcome = scene.blue.receive(said)
    assert isinstance(outcome, Accepted)
    old_receipt = scene.blue.receipt(outcome.index)
    assert isinstance(tell(scene, statement(scene)), Accepted)
    late = scene.green.receive(old_receipt)
    assert isinstance(late, Refused)
    assert late.reason is Reason.CHECKPOINT_OTHER_LOG
    again = under_another_name(scene)
    outcome = again.receive(said)
    assert isinstance(outcome, Accepted | Known)
    assert isinstance(scene.green.receive(again.receipt(outcome.index)), Accepted)
    (left,) = scene.green.standing.left_behind["blue"]
    assert left.origin == scene.blue.origin


def test_another_place_of_what_was_acknowledged_before_is_then_no_lie(scene: Scene) -> None:
    assert isinstance(tell(scene, statement(scene)), Accepted)
    again = under_another_name(scene)
    assert again.standing.count > 0
    first = scene.green.standing.stream(("green", "blue")).place_of(5)
    assert first is not None
    there = again.standing.stream(("green", "blue")).place_of(5)
    assert there is not None
    assert isinstance(scene.green.receive(again.receipt(there)), Known)
    assert list(scene.green.journal.evidence()) == []


def under_another_name(scene: Scene) -> Side:
    """Blue's entries in another order, in a log of another name."""
    made = Side("blue")
    origin = following_origin(scene.blue.origin, DIGITS)
    made.journal._origin = origin
    made.desk.log = Log(made.journal, NoteSigner.from_seed(origin, key("blue node").seed))
    entries = scene.blue.log
    ours = [each for each in entries if b'"sender":"blue"' in each.leaf]
    theirs = [each for each in entries if b'"sender":"green"' in each.leaf]
    for parcel in [*ours, *theirs]:
        direction = Direction.OWN if parcel in ours else Direction.INCOMING
        assert isinstance(made.desk.admit(parcel, NOW_S, direction), Accepted), parcel
    made.desk.commit()
    return made


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"checkpoint": b"no note"}, Reason.CHECKPOINT_FORM),
        ({"origin": f"skyaccord/blue/0123456789abcdef/{DIGITS}"}, Reason.CHECKPOINT_OTHER_LOG),
        ({"checkpoint": note_of("skyaccord/green/0123456789abcdef")}, Reason.CHECKPOINT_OTHER_LOG),
    ],
)
def test_what_does_not_follow_the_known_log_is_refused(scene: Scene, other: dict[str, object], reason: Reason) -> None:
    before = scene.green.standing.digest()
    outcome = tell(scene, statement(scene, **other))
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert scene.green.standing.digest() == before


def test_a_name_that_was_left_behind_is_never_taken_again(scene: Scene) -> None:
    first = statement(scene)
    scene.tell(first.body(), "node", KIND)
    second = Refounding(note_of(first.origin), 3, following_origin(first.origin, "00000002"))
    scene.tell(second.body(), "node", KIND)
    back = Refounding(note_of(second.origin), 3, first.origin)
    outcome = tell(scene, back)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.CHECKPOINT_OTHER_LOG


@pytest.mark.parametrize("by", ["duty", "root", "tls"])
def test_only_a_node_key_says_so(scene: Scene, by: str) -> None:
    outcome = tell(scene, statement(scene), by)
    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.ROLE_NOT_ALLOWED


def test_a_log_read_again_says_the_same(scene: Scene) -> None:
    scene.tell(statement(scene).body(), "node", KIND)
    for side in (scene.blue, scene.green):
        again = Standing(side.name, [agreement("blue", "green")], PLAIN)
        refold(again, side.journal)
        assert again.digest() == side.standing.digest()
    assert scene.blue.standing.declared["green"] == scene.green.standing.heads["blue"].origin


def test_the_checkpoint_that_is_named_is_the_one_that_was_lost(scene: Scene) -> None:
    said = statement(scene)
    assert parse_checkpoint(parse_note(said.checkpoint).text).size > said.kept
    assert Role.NODE in PLAIN.table[KIND].roles
