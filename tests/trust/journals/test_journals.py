"""What every journal promises, on each kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from skyaccord.errors import JournalError
from skyaccord.trust.audit import Audit, audit_journal
from skyaccord.trust.journals.entry import LONGEST_BODY, LONGEST_LEAF, Body, Entry, Erased, StoredCheckpoint
from skyaccord.trust.journals.folder import sidelines as folder_sidelines
from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.journals.folder.segments import OPEN_FILES
from skyaccord.trust.journals.refusals import KEPT_REASONS, KEPT_REFUSALS, Evidence, Refusal
from skyaccord.trust.journals.sqlite import sidelines as sqlite_sidelines
from skyaccord.trust.log import InclusionProof, Log
from skyaccord.trust.merkle.hashing import EMPTY_ROOT, hash_leaf
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from skyaccord.trust.notes.checkpoint import Checkpoint, open_checkpoint
from skyaccord.trust.notes.cosign import cosign
from skyaccord.trust.notes.note_key import NoteSigner, SignatureKind
from skyaccord.trust.notes.signed_note import verify_note
from tests.trust.journals.opened import KINDS, NOW, ORIGIN, SIGNER, Kind, body, entries, entry, leaf
from tests.trust.merkle.recursive import consistency_of, path_of, root_of

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def reopened(kind: Kind, folder: Path, log: Log) -> Log:
    log.journal.close()
    return kind.log(folder)


def twice(kind: Kind, folder: Path, log: Log) -> Iterator[Log]:
    """Yield a log, and the same closed and opened again."""
    yield log
    yield reopened(kind, folder, log)


@every_kind
def test_entries_are_numbered_read_back_and_there_again_after_reopening(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    assert log.append([]) == range(0)
    assert log.append(entries(0, 3)) == range(3)
    assert log.append(entries(3, 300, with_body=False)) == range(3, 303)
    for each in twice(kind, tmp_path, log):
        journal = each.journal
        assert (each.size, journal.origin) == (303, ORIGIN)
        assert list(journal.leaves(0, 303)) == [leaf(n) for n in range(303)]
        assert list(journal.leaves(300, 2)) == [leaf(300), leaf(301)]
        assert [journal.body(n) for n in (0, 2, 3)] == [body(0), body(2), None]
        assert journal.frontier.root() == root_of([leaf(n) for n in range(303)])
        assert audit_journal(journal) == Audit(303, 3, 0, 0)


@every_kind
def test_leaves_and_bodies_of_any_length_come_back(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    odd = [
        Entry(b"\x00"),
        Entry(b"\n" * LONGEST_LEAF, Body(b"", b"\x00" * 100_000)),
        Entry(b"a", Body(b"s", b"")),
        Entry(bytes(range(256)) * 16, Body(bytes(32), b"\xff" * 3)),
    ]
    for each in odd:
        log.append([each])
    journal = reopened(kind, tmp_path, log).journal
    assert list(journal.leaves(0, 4)) == [each.leaf for each in odd]
    assert [journal.body(n) for n in range(4)] == [each.body for each in odd]


@pytest.mark.parametrize(
    "made",
    [
        lambda: Entry(b""),
        lambda: Entry(b"a" * (LONGEST_LEAF + 1)),
        lambda: Entry(b"a", Body(b"", b"")),
        lambda: Entry(b"a", Body(b"s", bytes(LONGEST_BODY))),
    ],
)
def test_an_entry_is_within_bounds(made: object) -> None:
    with pytest.raises(ValueError):
        made()  # type: ignore[operator]


@every_kind
def test_what_is_not_there_is_not_read(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 3))
    for first, count in ((0, 4), (3, 1), (-1, 1), (2, -1)):
        with pytest.raises(ValueError):
            list(log.journal.leaves(first, count))
        with pytest.raises(ValueError):
            log.journal.hashes(0, first, count)
    for index in (-1, 3):
        with pytest.raises(ValueError):
            log.journal.body(index)
        with pytest.raises(ValueError):
            log.journal.erase([index], NOW)


@every_kind
def test_proofs_are_those_of_the_definition_across_the_border_of_what_is_stored(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    leaves = [leaf(n, 40) for n in range(530)]
    log.append([Entry(each) for each in leaves[:300]])
    log = reopened(kind, tmp_path, log)
    log.append([Entry(each) for each in leaves[300:]])
    for size in (1, 2, 255, 256, 257, 511, 512, 513, 530):
        assert log.root(size) == root_of(leaves[:size])
        for index in {0, 1, size // 2, size - 2, size - 1} & set(range(size)):
            assert list(log.prove_inclusion(index, size).hashes) == path_of(index, leaves[:size])
        for old in {1, 2, size // 2, size - 1, size, 256, 300} & set(range(1, size + 1)):
            assert list(log.prove_consistency(old, size)) == consistency_of(old, leaves[:size])
    assert log.prove_consistency(0, 530) == ()
    for ask in (lambda: log.prove_inclusion(0, 531), lambda: log.prove_consistency(2, 531), lambda: log.root(-1)):
        with pytest.raises(ValueError):
            ask()


@every_kind
def test_a_checkpoint_is_signed_for_all_entries_and_kept(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    notes = [log.checkpoint()]
    for batch in (1, 4, 300):
        log.append(entries(log.size, batch))
        notes.append(log.checkpoint())
        assert log.checkpoint() == notes[-1]
    log = reopened(kind, tmp_path, log)
    assert log.checkpoint() == notes[-1]
    opened = [open_checkpoint(bytes(note), [SIGNER.key])[0] for note in notes]
    assert [(head.origin, head.size) for head in opened] == [(ORIGIN, size) for size in (0, 1, 5, 305)]
    assert opened[0].root == EMPTY_ROOT
    assert [stored.note for stored in log.journal.checkpoints()] == [bytes(note) for note in notes]
    assert log.journal.checkpoint_at(5) == StoredCheckpoint(5, opened[2].root, bytes(notes[2]))
    assert log.journal.checkpoint_at(6) is None
    assert verify_consistency(5, 305, opened[2].root, opened[3].root, log.prove_consistency(5, 305))
    proof = log.prove_inclusion(4, 305)
    assert proof.holds(hash_leaf(leaf(4)), opened[3])
    assert not proof.holds(hash_leaf(leaf(3)), opened[3])
    assert not proof.holds(hash_leaf(leaf(4)), opened[2])
    assert audit_journal(log.journal) == Audit(305, 305, 0, 4)


def test_a_proof_for_another_size_does_not_hold_though_it_leads_to_the_root() -> None:
    """The third leaf of three would pass for the second of two, were the size not that of the checkpoint."""
    leaves = [b"0", b"1", b"2"]
    head = Checkpoint(ORIGIN, 3, root_of(leaves))
    step = (root_of(leaves[:2]),)
    assert verify_inclusion(hash_leaf(b"2"), 1, 2, step, head.root)
    assert not InclusionProof(1, 2, step).holds(hash_leaf(b"2"), head)
    assert InclusionProof(2, 3, step).holds(hash_leaf(b"2"), head)


@every_kind
def test_a_checkpoint_gains_cosignatures_and_keeps_them(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 2))
    note = log.checkpoint()
    witness = NoteSigner.from_seed("witness", bytes(32), SignatureKind.COSIGNATURE)
    line = cosign(note.text, witness, NOW)
    both = log.add_cosignatures(2, [line])
    assert log.add_cosignatures(2, [line]) == both
    log = reopened(kind, tmp_path, log)
    assert log.checkpoint() == both == note.with_signatures([line])
    with pytest.raises(ValueError, match="no checkpoint of size 1"):
        log.add_cosignatures(1, [line])


@every_kind
def test_a_key_that_follows_another_signs_the_same_checkpoint_beside_it(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 3))
    note = log.checkpoint()
    following = NoteSigner.from_seed(ORIGIN, bytes([5]) * 32)
    both = Log(log.journal, following).checkpoint()
    assert both.text == note.text
    assert verify_note(both, [SIGNER.key, following.key]) == (SIGNER.key, following.key)
    assert log.checkpoint() == both


@every_kind
def test_no_checkpoint_is_stored_that_could_contradict_the_last(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 5))
    note = bytes(log.checkpoint())
    root = log.root(5)
    for size, other in ((4, log.root(4)), (5, hash_leaf(b"")), (6, hash_leaf(b""))):
        with pytest.raises(JournalError):
            log.journal.store_checkpoint(StoredCheckpoint(size, other, b"note"))
    assert log.journal.last_checkpoint() == StoredCheckpoint(5, root, note)
    assert reopened(kind, tmp_path, log).journal.last_checkpoint() == StoredCheckpoint(5, root, note)


@every_kind
def test_an_erased_body_is_gone_from_the_disk_and_breaks_no_proof(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 40))
    log.append(
        [Entry(leaf(40), Body(b"salt of forty, 32 bytes in length", b"secret" * 5000)), entry(41, with_body=False)]
    )
    head = open_checkpoint(bytes(log.checkpoint()), [SIGNER.key])[0]
    before = log.prove_inclusion(7, 42)
    log.journal.erase([7, 40, 41], NOW)
    log.journal.erase([7], NOW + timedelta(days=1))
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert body(7).content not in written
    assert body(7).salt not in written
    assert b"secret" not in written
    assert b"salt of forty" not in written
    assert body(8).content in written
    for each in twice(kind, tmp_path, log):
        assert [each.journal.body(n) for n in (7, 40, 41, 8)] == [Erased(NOW), Erased(NOW), None, body(8)]
        assert each.prove_inclusion(7, 42) == before
        assert before.holds(hash_leaf(next(each.journal.leaves(7, 1))), head)
        assert audit_journal(each.journal) == Audit(42, 39, 2, 1)


@every_kind
def test_refusals_are_counted_for_ever_and_told_for_the_latest(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    for number in range(KEPT_REFUSALS + 20):
        log.journal.refuse(
            Refusal(NOW + timedelta(seconds=number), f"reason{number % 3}", f"number {number}", b"\x00m")
        )
    for each in twice(kind, tmp_path, log):
        found = each.journal.refusals()
        assert found.counts == {"reason0": 340, "reason1": 340, "reason2": 340}
        assert len(found.latest) == KEPT_REFUSALS
        assert found.latest[0] == Refusal(NOW + timedelta(seconds=20), "reason2", "number 20", b"\x00m")
        assert found.latest[-1].words == f"number {KEPT_REFUSALS + 19}"
    assert log.size == 0


@every_kind
def test_refusals_stay_counted_while_details_are_dropped_again_and_again(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sidelines in (sqlite_sidelines, folder_sidelines):
        monkeypatch.setattr(sidelines, "KEPT_REFUSALS", 10)
    log = kind.log(tmp_path)
    for number in range(1, 66):
        log.journal.refuse(Refusal(NOW, f"reason{number % 2}", f"number {number}"))
        if number % 13 == 0:
            log = reopened(kind, tmp_path, log)
        found = log.journal.refusals()
        assert found.counts == {name: n for name, n in (("reason0", number // 2), ("reason1", (number + 1) // 2)) if n}
        assert [refusal.words for refusal in found.latest] == [
            f"number {k}" for k in range(max(1, number - 9), number + 1)
        ]
    if kind.name != "sqlite":
        assert (tmp_path / kind.place / "refusals.log").stat().st_size < 25 * 250


def test_a_folder_with_many_segments_holds_few_files_open(tmp_path: Path) -> None:
    kind = KINDS[2]
    log = kind.log(tmp_path)
    for first in range(0, 600, 12):
        log.append(entries(first, 12))
    log = reopened(kind, tmp_path, log)
    assert isinstance(log.journal, FolderJournal)
    assert len(log.journal._segments.firsts) == 50
    for index in (5, 300, 599, 0, *range(0, 600, 7)):
        assert list(log.journal.leaves(index, 1)) == [leaf(index)]
        assert len(log.journal._segments._open) <= OPEN_FILES
    log.append(entries(600, 12))
    audit_journal(reopened(kind, tmp_path, log).journal)


@every_kind
def test_the_last_seen_notes_take_the_room_of_a_few(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    before: bytes | None = None
    for number in range(50):
        assert log.journal.see("green", before, b"%d" % number * 100)
        before = b"%d" % number * 100
    for _ in range(2):
        log = reopened(kind, tmp_path, log)
        assert log.journal.last_seen("green") == before
    if kind.name != "sqlite":
        assert (tmp_path / kind.place / "seen.log").stat().st_size < 1000


@every_kind
def test_a_refusal_of_any_length_and_any_number_of_reasons_takes_bounded_room(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    for number in range(KEPT_REASONS + 5):
        log.journal.refuse(Refusal(NOW, f"{number}" + "r" * 1000, "w" * 10_000, b"m" * 200_000))
    found = reopened(kind, tmp_path, log).journal.refusals()
    assert len(found.counts) == KEPT_REASONS + 1
    assert found.counts["other"] == 5
    assert max(map(len, found.counts)) == 100
    assert (len(found.latest[0].words), len(found.latest[0].material)) == (2000, 65536)


@every_kind
def test_evidence_is_kept_once_for_each_subject(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    first = Evidence(NOW, "fork", "green 5", (b"one", b"\x00other"))
    second = Evidence(NOW, "fork", "green 6", (b"a",))
    for each in (first, Evidence(NOW, "fork", "green 5", (b"again",)), second):
        log.journal.keep_evidence(each)
    assert list(log.journal.evidence()) == [first, second]
    assert list(reopened(kind, tmp_path, log).journal.evidence()) == [first, second]


@every_kind
def test_the_last_seen_note_is_replaced_only_where_nobody_did_meanwhile(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    assert log.journal.last_seen("green") is None
    assert log.journal.see("green", None, b"first")
    assert not log.journal.see("green", None, b"other")
    assert log.journal.see("green", b"first", b"second")
    assert log.journal.see("white", None, b"w")
    journal = reopened(kind, tmp_path, log).journal
    assert (journal.last_seen("green"), journal.last_seen("white")) == (b"second", b"w")


@every_kind
def test_a_journal_is_of_one_log(kind: Kind, tmp_path: Path) -> None:
    kind.open(tmp_path).close()
    with pytest.raises(JournalError, match="not of skyaccord/green"):
        kind.open(tmp_path, "skyaccord/green/0123456789abcdef")


@every_kind
def test_times_have_a_zone(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    log.append(entries(0, 1))
    with pytest.raises(ValueError, match="no time zone"):
        log.journal.erase([0], NOW.replace(tzinfo=None))
    assert log.journal.body(0) == body(0)
