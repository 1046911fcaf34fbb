"""What is said is durable before it is said; what was said is there when the log is opened again."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.errors import JournalError, SkyaccordError, TrustError
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.acceptance.refold import refold
from skyaccord.trust.acceptance.review import review
from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.journals.entry import Body, Erased
from skyaccord.trust.keys.revocation import Because, Revocation
from skyaccord.trust.keys.role import Role
from skyaccord.trust.keys.succession import Consent, Replacement, name_successor
from skyaccord.trust.log import Log
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.reasons import Reason
from tests.trust.cast import MEMORANDUM, NOW_S, PLAIN, YEAR_S, Note, Scene, Side, agreement, certificate, deliver, key
from tests.trust.forgeries.forgery import next_note
from tests.trust.journals.opened import KINDS, Kind, entry


def reasons(outcomes: list[Outcome]) -> list[Reason | None]:
    return [each.reason if isinstance(each, Refused) else None for each in outcomes]


def test_a_batch_is_judged_in_its_order_and_appended_at_once() -> None:
    scene = Scene()
    notes = [scene.blue.say(Note(str(n)).body(), "green", "duty") for n in range(4)]
    size = scene.green.journal.frontier.size
    outcomes = scene.green.desk.receive([notes[0], notes[2], notes[1], notes[0], notes[2]], NOW_S)
    assert outcomes == [Accepted(size), outcomes[1], Accepted(size + 1), Known(size), Accepted(size + 2)]
    assert reasons(outcomes)[1] is Reason.GAP
    assert scene.green.log[size:] == notes[:3]


def test_what_cannot_be_unpacked_is_recorded_like_any_refusal() -> None:
    scene = Scene()
    sound = next_note(scene).packed()
    arrivals = [open_parcel(data) for data in (b"", sound + b"\n", sound.replace(b'"salt"', b'"sale"'), sound)]
    outcomes = scene.green.desk.receive(arrivals, NOW_S)
    assert reasons(outcomes) == [Reason.NOT_JSON, Reason.WHITE_SPACE, Reason.MEMBERS, None]
    assert scene.green.journal.refusals().counts == {"not_json": 1, "white_space": 1, "members": 1}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_log_that_is_opened_again_judges_as_before(kind: Kind, tmp_path: Path) -> None:
    first, green = Side("blue", path=tmp_path / kind.place, open_at=kind.open_at), Side("green")
    for one, other in ((first, green), (green, first)):
        for parcel in one.introduce(other.name):
            deliver(other, parcel)
    place = deliver(green, first.say(Note("said").body(), "green", "duty"))
    deliver(first, green.receipt(place))
    digest, log = first.standing.digest(), first.log
    first.journal.close()
    again = Side("blue", path=tmp_path / kind.place, open_at=kind.open_at)
    assert (again.standing.digest(), again.log) == (digest, log)
    again.say(Note("goes on").body(), "green", "duty")


class FullError(Exception):
    """The disk is full."""


def test_what_could_not_be_stored_was_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene()
    before, note = scene.green.standing.digest(), next_note(scene)

    def fail(self: Log, entries: object) -> range:
        raise FullError

    with monkeypatch.context() as patch:
        patch.setattr(Log, "append", fail)
        with pytest.raises(FullError):
            scene.green.receive(note)
        with pytest.raises(FullError):
            scene.green.say(Note("x").body(), "blue", "duty")
    assert scene.green.standing.digest() == before
    assert isinstance(scene.green.receive(note), Accepted)


def test_a_receipt_names_a_checkpoint_that_was_stored_before_it_left() -> None:
    scene = Scene()
    place = deliver(scene.green, scene.blue.say(Note("second").body(), "green", "duty"))
    receipt = scene.green.receipt(place)
    stored = scene.green.journal.last_checkpoint()
    assert stored is not None
    assert stored.size == place + 1
    here = deliver(scene.blue, receipt)
    assert scene.blue.standing.receipt_of(("blue", "green"), 6) == (here, place)
    assert scene.blue.standing.heads["green"].root == stored.root
    assert scene.blue.log[here] == receipt


def test_a_receipt_given_again_is_known_and_an_older_one_does_not_lower_the_head() -> None:
    scene = Scene()
    first = deliver(scene.green, scene.blue.say(Note("second").body(), "green", "duty"))
    early = scene.green.receipt(first)
    later = deliver(scene.green, scene.blue.say(Note("third").body(), "green", "duty"))
    here = deliver(scene.blue, scene.green.receipt(later))
    head = scene.blue.standing.heads["green"]
    assert isinstance(scene.blue.receive(early), Accepted)
    assert scene.blue.standing.heads["green"] == head
    assert scene.blue.receive(scene.green.receipt(later, NOW_S + 5.0), NOW_S + 5.0) == Known(here)


def test_a_node_key_that_follows_another_gives_receipts_over_a_head_that_the_other_signed() -> None:
    scene = Scene()
    blue, green = scene.blue, scene.green
    place = green.journal.frontier.size - 1
    for body, kind in (
        (certificate("green node 2", Role.NODE).body(), "key.certificate"),
        (Revocation(key("green node").fingerprint, Because.RETIRED).body(), "key.revocation"),
    ):
        deliver(blue, green.say(body, "blue", "root", kind=kind))
    old = green.receipt(place)
    refused = blue.receive(old)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.KEY_REVOKED
    log = Log(green.journal, NoteSigner.from_seed(green.origin, key("green node 2").seed))
    green.desk = Correspondence(log, "green", [agreement("blue", "green")], PLAIN)
    deliver(blue, green.desk.receipt(place, key("green node 2"), NOW_S))


def test_a_certificate_said_again_is_one_term_and_a_longer_one_a_further() -> None:
    scene = Scene()
    duty = key("blue duty").fingerprint

    def terms() -> int:
        return len(scene.green.standing.rings.rings[MEMORANDUM]["blue"].parties["blue"].keys[duty].terms)

    scene.tell(certificate("blue duty", Role.DUTY).body(), "root", "key.certificate")
    assert terms() == 1
    scene.tell(certificate("blue duty", Role.DUTY, until_s=NOW_S + 2 * YEAR_S).body(), "root", "key.certificate")
    assert terms() == 2
    late_s = NOW_S + 1.5 * YEAR_S
    deliver(scene.green, scene.blue.say(Note("within the longer").body(), "green", "duty", late_s), late_s)


def test_receipts_are_given_for_what_others_sent_alone() -> None:
    scene = Scene()
    with pytest.raises(TrustError, match="no other party sent it"):
        scene.blue.receipt(0)


def test_a_party_notes_things_of_its_own_under_numbers_of_their_own() -> None:
    scene = Scene()
    scene.blue.say(Note("for the record").body(), "blue", "duty")
    assert scene.blue.standing.stream(("blue", "blue")).next_number == 2
    assert scene.blue.standing.stream(("blue", "green")).next_number == 6


def test_what_the_other_would_refuse_is_not_logged_here() -> None:
    scene = Scene()
    before = scene.blue.standing.digest()
    for by, sender, recipient, reason in (
        ("node", "blue", "green", Reason.ROLE_NOT_ALLOWED),
        ("duty", "green", "blue", Reason.UNKNOWN_SENDER),
        ("duty", "blue", "red", Reason.WRONG_RECIPIENT),
    ):
        message = Message(MEMORANDUM, sender, recipient, "talk.note", 1, Note("x").body())
        refused = scene.blue.desk.send(message, key(f"blue {by}"), NOW_S)
        assert isinstance(refused, Refused)
        assert refused.reason is reason
    receipt = scene.green.receipt(8)
    assert receipt.body is not None
    refused = scene.blue.desk.send(
        Message(MEMORANDUM, "blue", "green", "log.receipt", 1, receipt.body), key("blue node"), NOW_S
    )
    assert isinstance(refused, Refused)
    assert scene.blue.standing.digest() == before


def test_a_lost_root_is_replaced_with_the_consent_of_both_others_and_ends_all_its_keys() -> None:
    parties = ("blue", "green", "red")
    sides = {party: Side(party, parties) for party in parties}
    for one in sides.values():
        for other in set(parties) - {one.name}:
            for parcel in one.introduce(other):
                deliver(sides[other], parcel)
    blue, green, red = (sides[party] for party in parties)
    consent = Consent("blue", key("blue root").fingerprint, key("blue root 2").public).body()
    for one in (green, red):
        for other in set(parties) - {one.name}:
            deliver(sides[other], one.say(consent, other, "root", kind="root.consent"))
    replacement = Replacement(key("blue root").fingerprint).body()
    new = certificate("blue relief", Role.DUTY).body()
    for other in (green, red):
        deliver(other, blue.say(replacement, other.name, "root 2", kind="root.replacement"))
        old = blue.make(Note("under the old root").body(), other.name, "duty")
        refused = other.receive(old)
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.KEY_REPLACED
        deliver(other, blue.say(new, other.name, "root 2", kind="key.certificate"))
        deliver(other, blue.say(Note("under the new").body(), other.name, "relief"))


def test_a_root_names_its_successor_to_each_of_the_others_and_each_goes_by_what_it_was_told() -> None:
    parties = ("blue", "green", "red")
    blue, green, red = (Side(party, parties) for party in parties)
    for other in (green, red, blue):
        for parcel in blue.introduce(other.name):
            if other is not blue:
                deliver(other, parcel)
    old, new = key("blue root"), key("blue root 2")
    successor = name_successor("blue", old.fingerprint, new).body()
    deliver(green, blue.say(successor, "green", "root", kind="root.successor"))
    deliver(red, blue.say(certificate("blue relief", Role.DUTY).body(), "red", "root", kind="key.certificate"))
    deliver(red, blue.say(successor, "red", "root", kind="root.successor"))
    for other in (green, red):
        refused = other.receive(
            blue.make(certificate("x", Role.DUTY).body(), other.name, "root", kind="key.certificate")
        )
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.KEY_SUPERSEDED
        deliver(other, blue.say(Note("still certified").body(), other.name, "duty"))
    blue.say(Note("known to myself").body(), "blue", "duty")
    assert review(blue.log, "blue", [agreement(*parties)], PLAIN) == []


def test_a_body_that_was_erased_breaks_neither_the_log_nor_what_is_judged_by_it() -> None:
    scene = Scene()
    green = scene.green
    place = green.journal.frontier.size - 1
    root, digest = green.desk.log.root(place + 1), green.standing.digest()
    green.desk.erase([place], NOW_S)
    assert isinstance(green.journal.body(place), Erased)
    leaves = list(green.journal.leaves(0, place + 1))
    entries = [*(Parcel(leaf, b.content, b.salt) for leaf, b in zip(leaves, bodies(green, place), strict=False))]
    assert review([*entries, Parcel(leaves[place], None, None)], "green", [agreement("blue", "green")], PLAIN) == []
    again = Standing("green", [agreement("blue", "green")], PLAIN)
    refold(again, green.journal)
    assert (again.digest(), green.desk.log.root(place + 1)) == (digest, root)
    deliver(scene.blue, green.receipt(place))


def bodies(side: Side, count: int) -> list[Body]:
    return [each for each in side.journal.bodies(0, count) if isinstance(each, Body)]


def test_bodies_that_keys_are_judged_by_are_not_erased() -> None:
    scene = Scene()
    for index in range(scene.green.journal.frontier.size - 1):
        with pytest.raises(TrustError, match=r"key\.certificate stays"):
            scene.green.desk.erase([scene.green.journal.frontier.size - 1, index], NOW_S)
    assert len(scene.green.log) == scene.green.journal.frontier.size


def test_an_agreement_of_others_is_not_one_to_be_judged_by() -> None:
    with pytest.raises(SkyaccordError, match="no party"):
        Standing("red", [agreement("blue", "green")], PLAIN)
    with pytest.raises(SkyaccordError, match="one root key"):
        Agreement(MEMORANDUM, {"blue": key("a").fingerprint, "green": key("a").fingerprint})
    with pytest.raises(SkyaccordError, match="root fingerprint"):
        Agreement(MEMORANDUM, {"blue": "", "green": key("a").fingerprint})
    with pytest.raises(SkyaccordError, match="hash of a memorandum"):
        Agreement("sha256:1", {"blue": key("b").fingerprint})


def test_an_agreement_that_is_renewed_has_a_keyring_of_its_own() -> None:
    """Keys certified under one memorandum sign nothing under another."""
    scene = Scene()
    renewed = agreement("blue", "green", memorandum="sha256:" + "ef" * 32)
    standing = Standing("green", [agreement("blue", "green"), renewed], PLAIN)
    ring = standing.rings.rings[renewed.hash]["blue"]
    assert list(ring.parties["blue"].keys) == [key("blue root").fingerprint]
    assert len(scene.green.standing.rings.rings[MEMORANDUM]["blue"].parties["blue"].keys) == 4


def test_a_journal_of_something_else_is_not_opened(tmp_path: Path) -> None:
    side = Side("blue", path=tmp_path / "log.sqlite")
    side.journal.append([entry(1)])
    with pytest.raises(JournalError, match="entry 0"):
        Side("blue", path=tmp_path / "log.sqlite")
