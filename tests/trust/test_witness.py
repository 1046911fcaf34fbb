"""The witness: what continues is cosigned, what does not is declined for its own reason, and lies are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from skyaccord.trust.fork import fork_between
from skyaccord.trust.journals.entry import Entry
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import EMPTY_ROOT, hash_leaf
from skyaccord.trust.notes.checkpoint import Checkpoint, open_checkpoint
from skyaccord.trust.notes.cosign import cosigned_at_s
from skyaccord.trust.notes.note_key import NoteSigner, SignatureKind
from skyaccord.trust.notes.signed_note import SignedNote, parse_note, sign_text, verify_note
from skyaccord.trust.witness import Cosigned, Declined, Witness, WitnessReason
from tests.trust.journals.opened import KINDS, NOW, ORIGIN, SIGNER, Kind, close_all

WITNESS = NoteSigner.from_seed("white/witness", bytes([9]) * 32, SignatureKind.COSIGNATURE)
OTHER = NoteSigner.from_seed(ORIGIN, bytes([8]) * 32)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


def note_of(size: int, root: bytes, signer: NoteSigner = SIGNER, origin: str = ORIGIN) -> bytes:
    text = Checkpoint(origin, size, root).text
    return bytes(SignedNote(text, (sign_text(text, signer),)))


class Scene:
    """A log and a witness of it, each with a journal of its own, that remembers its last checkpoint."""

    def __init__(self, kind: Kind, folder: Path) -> None:
        for name in ("log", "witness"):
            (folder / name).mkdir(exist_ok=True)
        self.log: Log = kind.log(folder / "log")
        self.open_witness = lambda: kind.open(folder / "witness", "skyaccord/white/0000000000000000")
        self.store = self.open_witness()
        self.witness = Witness(self.store, WITNESS, {ORIGIN: [SIGNER.key]})

    def grow(self, count: int) -> bytes:
        self.log.append([Entry(b"%d" % n) for n in range(self.log.size, self.log.size + count)])
        return bytes(self.log.checkpoint())

    def show(self, note: bytes, old: int) -> Cosigned | Declined:
        size = parse_note(note).text.split("\n")[1]
        proof = self.log.prove_consistency(old, int(size)) if old <= int(size) <= self.log.size else ()
        return self.witness.add_checkpoint(note, old, proof, NOW)


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Scene:
    return Scene(request.param, tmp_path)


def test_checkpoints_that_continue_each_other_are_cosigned_at_their_time(scene: Scene) -> None:
    old = 0
    for count in (0, 3, 1, 40):
        note = scene.grow(count)
        answer = scene.show(note, old)
        assert isinstance(answer, Cosigned)
        both = parse_note(note).with_signatures([answer.signature])
        assert verify_note(both, [SIGNER.key, WITNESS.key]) == (SIGNER.key, WITNESS.key)
        assert cosigned_at_s(both, WITNESS.key) == int(NOW.timestamp())
        assert scene.store.last_seen(ORIGIN) == note
        old = scene.log.size
    assert isinstance(scene.show(note, old), Cosigned)  # the same again


def test_what_was_cosigned_is_remembered_after_reopening(scene: Scene) -> None:
    first = scene.grow(5)
    assert isinstance(scene.show(first, 0), Cosigned)
    scene.store.close()
    again = Witness(scene.open_witness(), WITNESS, {ORIGIN: [SIGNER.key]})
    answer = again.add_checkpoint(note_of(5, hash_leaf(b"other")), 5, [], NOW)
    assert isinstance(answer, Declined)
    assert answer.reason is WitnessReason.FORK


def declined(scene: Scene, note: bytes, old: int, proof: list[bytes] | None = None) -> WitnessReason:
    """Return why a note is declined, and hold the witness to it that nothing else changed."""
    before = scene.store.last_seen(ORIGIN)
    answer = scene.show(note, old) if proof is None else scene.witness.add_checkpoint(note, old, proof, NOW)
    assert isinstance(answer, Declined)
    assert answer.words
    assert scene.store.last_seen(ORIGIN) == before
    assert answer.known_size in (0, 5)
    return answer.reason


BROKEN: list[tuple[str, Callable[[Scene], tuple[bytes, int]], WitnessReason]] = [
    ("no note", lambda _: (b"", 5), WitnessReason.NOT_A_CHECKPOINT),
    (
        "no checkpoint",
        lambda _: (b"text\n\n" + str(sign_text("text\n", SIGNER)).encode(), 5),
        WitnessReason.NOT_A_CHECKPOINT,
    ),
    ("unknown log", lambda _: (note_of(9, EMPTY_ROOT, OTHER, "x"), 5), WitnessReason.UNKNOWN_LOG),
    ("foreign key", lambda s: (note_of(9, s.log.root(5), OTHER), 5), WitnessReason.BAD_SIGNATURE),
    ("signature of another text", lambda s: (s.grow(4).replace(b"\n9\n", b"\n8\n"), 5), WitnessReason.BAD_SIGNATURE),
    ("rollback", lambda s: (note_of(3, s.log.root(3)), 3), WitnessReason.ROLLBACK),
    ("rollback to nothing", lambda _: (note_of(0, EMPTY_ROOT), 0), WitnessReason.ROLLBACK),
    ("fork", lambda _: (note_of(5, hash_leaf(b"")), 5), WitnessReason.FORK),
    ("old size beyond", lambda s: (s.grow(4), 10), WitnessReason.OLD_SIZE_BEYOND),
    ("old size too small", lambda s: (s.grow(4), 3), WitnessReason.OLD_SIZE_DIFFERS),
    ("old size zero", lambda s: (s.grow(4), 0), WitnessReason.OLD_SIZE_DIFFERS),
    ("other history", lambda _: (note_of(9, hash_leaf(b"")), 5), WitnessReason.BAD_PROOF),
]


@pytest.mark.parametrize(("name", "make", "reason"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_what_does_not_continue_is_declined_for_its_own_reason(
    name: str, make: Callable[[Scene], tuple[bytes, int]], reason: WitnessReason, scene: Scene
) -> None:
    assert isinstance(scene.show(scene.grow(5), 0), Cosigned)
    note, old = make(scene)
    proof = [] if scene.log.size == 5 else None
    assert declined(scene, note, old, proof) is reason
    assert isinstance(scene.show(scene.grow(2), 5), Cosigned)


def test_every_reason_of_a_witness_is_met_above() -> None:
    assert {reason for _, _, reason in BROKEN} == set(WitnessReason)


def test_a_proof_that_is_too_long_or_changed_is_declined(scene: Scene) -> None:
    scene.show(scene.grow(5), 0)
    note = scene.grow(4)
    proof = list(scene.log.prove_consistency(5, 9))
    for wrong in (proof[:-1], [*proof, EMPTY_ROOT], [EMPTY_ROOT] * 64, proof[::-1], [p[:31] for p in proof]):
        assert declined(scene, note, 5, wrong) is WitnessReason.BAD_PROOF


def test_a_first_checkpoint_has_no_proof_and_an_empty_log_the_root_of_an_empty_tree(scene: Scene) -> None:
    note = scene.grow(3)
    assert declined(scene, note, 0, [EMPTY_ROOT]) is WitnessReason.BAD_PROOF
    assert declined(scene, note_of(0, hash_leaf(b"")), 0, []) is WitnessReason.BAD_PROOF
    assert isinstance(scene.witness.add_checkpoint(note, 0, [], NOW), Cosigned)


def test_a_fork_is_kept_as_evidence_that_a_third_party_judges_alone(scene: Scene) -> None:
    honest, forked = scene.grow(5), note_of(5, hash_leaf(b"for other eyes"))
    scene.show(honest, 0)
    assert declined(scene, forked, 5, []) is WitnessReason.FORK
    assert declined(scene, forked, 5, []) is WitnessReason.FORK
    (evidence,) = scene.store.evidence()
    assert (evidence.kind, evidence.subject, evidence.pieces) == ("fork", f"{ORIGIN} 5", (honest, forked))
    assert fork_between(*evidence.pieces, [SIGNER.key])
    assert not fork_between(*evidence.pieces, [OTHER.key])


def test_the_first_rollback_of_a_log_is_kept_with_both_notes(scene: Scene) -> None:
    small, large = scene.grow(2), scene.grow(3)
    scene.show(large, 0)
    for note in (small, note_of(1, scene.log.root(1))):
        assert declined(scene, note, 2, []) is WitnessReason.ROLLBACK
    (evidence,) = scene.store.evidence()
    assert (evidence.kind, evidence.subject, evidence.pieces) == ("rollback", ORIGIN, (large, small))


def test_what_convicts_nobody_is_no_fork() -> None:
    root = hash_leaf(b"a")
    one = note_of(5, root)
    assert fork_between(one, note_of(5, hash_leaf(b"b")), [SIGNER.key])
    assert not fork_between(one, one, [SIGNER.key])
    assert not fork_between(one, note_of(6, hash_leaf(b"b")), [SIGNER.key])
    assert not fork_between(one, note_of(5, hash_leaf(b"b"), OTHER), [SIGNER.key])
    assert not fork_between(one, note_of(5, hash_leaf(b"b"), SIGNER, "other"), [SIGNER.key])
    assert not fork_between(one, b"", [SIGNER.key])
    (head, _) = open_checkpoint(one, [SIGNER.key])
    assert head.root == root


def test_a_fork_shown_to_two_witnesses_is_found_when_they_compare(tmp_path: Path) -> None:
    """Each sees a history that continues; their notes together convict."""
    seen = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        scene = Scene(KINDS[0], tmp_path / name)
        scene.log.append([Entry(name.encode())])
        note = scene.grow(2)
        assert isinstance(scene.show(note, 0), Cosigned)
        seen.append(scene.store.last_seen(ORIGIN) or b"")
    assert fork_between(*seen, [SIGNER.key])


def test_of_two_checkpoints_at_once_only_one_is_cosigned(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between looking and storing another request was answered (the race that tlog-witness describes)."""
    first = scene.grow(5)
    scene.show(first, 0)
    second, third = scene.grow(1), scene.grow(1)
    last_seen = scene.store.last_seen
    answers: list[Cosigned | Declined] = []

    def overtaken(origin: str) -> bytes | None:
        before = last_seen(origin)
        monkeypatch.undo()
        answers.append(scene.show(third, 5))
        return before

    monkeypatch.setattr(scene.store, "last_seen", overtaken)
    answers.append(scene.show(second, 5))
    assert isinstance(answers[0], Cosigned)
    assert isinstance(answers[1], Declined)
    assert scene.store.last_seen(ORIGIN) == third


def test_times_of_cosignatures_are_those_passed_in(scene: Scene) -> None:
    note = scene.grow(1)
    later = NOW + timedelta(days=1)
    answer = scene.witness.add_checkpoint(note, 0, [], later)
    assert isinstance(answer, Cosigned)
    assert cosigned_at_s(parse_note(note).with_signatures([answer.signature]), WITNESS.key) == int(later.timestamp())
