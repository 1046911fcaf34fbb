"""Damage on the disk is found at opening or at reading, with the place; a second writer is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from skyaccord.errors import JournalError, TrustError
from skyaccord.trust.audit import audit_journal
from skyaccord.trust.journals.entry import StoredCheckpoint
from skyaccord.trust.journals.folder import disk
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.notes.checkpoint import Checkpoint
from skyaccord.trust.notes.signed_note import SignedNote, sign_text
from tests.trust.journals.opened import KINDS, ORIGIN, SIGNER, Kind, body, close_all, entries, leaf

SQLITE, FOLDER, SHORT = KINDS


def filled(kind: Kind, folder: Path, count: int = 100) -> Path:
    """Return the place of a closed journal with a checkpoint over all its entries."""
    log = kind.log(folder)
    for first in range(0, count, 10):
        log.append(entries(first, 10))
    log.checkpoint()
    log.journal.close()
    return folder / kind.place


def flip(file: Path, needle: bytes, bit: int = 1) -> None:
    """Change one bit of the first byte of something in a file."""
    data = bytearray(file.read_bytes())
    place = data.index(needle)
    data[place] ^= bit
    file.write_bytes(data)


def read_all(kind: Kind, folder: Path) -> None:
    """Open and read everything, as whoever verifies a log does."""
    audit_journal(kind.open(folder))


@pytest.mark.parametrize("kind", [FOLDER, SHORT], ids=lambda kind: kind.name)
@pytest.mark.parametrize("number", [0, 55, 99])
@pytest.mark.parametrize(
    "what", [leaf, lambda n: body(n).content, lambda n: body(n).salt], ids=["leaf", "content", "salt"]
)
def test_a_changed_bit_of_an_entry_in_a_folder_is_found(
    kind: Kind, number: int, what: Callable[[int], bytes], tmp_path: Path
) -> None:
    place = filled(kind, tmp_path)
    needle = what(number)
    file = next(file for file in sorted((place / "entries").iterdir()) if needle in file.read_bytes())
    flip(file, needle)
    with pytest.raises(JournalError, match=r"entries/0.*\.seg"):
        read_all(kind, tmp_path)


@pytest.mark.parametrize("number", [0, 55, 99])
@pytest.mark.parametrize("column", ["entry.leaf", "entry.hash", "body.salt", "body.content", "body.hash"])
def test_a_changed_column_in_sqlite_is_found_and_named(number: int, column: str, tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    table, name = column.split(".")
    connection = sqlite3.connect(place)
    with connection:
        (value,) = connection.execute(f"SELECT {name} FROM {table} WHERE id = ?", (number,)).fetchone()  # noqa: S608
        changed = bytes([value[0] ^ 1]) + value[1:]
        connection.execute(f"UPDATE {table} SET {name} = ? WHERE id = ?", (changed, number))  # noqa: S608
    connection.close()
    with pytest.raises(JournalError, match=rf"entry {number}\b|signed at 100|does not give|do not give"):
        read_all(SQLITE, tmp_path)


def run_sql(place: Path, *statements: str) -> None:
    connection = sqlite3.connect(place)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM entry WHERE id = 50",
        "DELETE FROM entry WHERE id >= 90",
        "DELETE FROM node WHERE level = 5 AND place = 1",
        "UPDATE node SET hash = zeroblob(32) WHERE level = 5 AND place = 2",
        "UPDATE node SET hash = zeroblob(32) WHERE level = 6 AND place = 0",
        "UPDATE checkpoint SET root = zeroblob(32)",
        "UPDATE checkpoint SET note = CAST('skyaccord' AS BLOB)",
        "UPDATE entry SET leaf = (SELECT leaf FROM entry WHERE id = 3), hash = (SELECT hash FROM entry WHERE id = 3)"
        " WHERE id = 4",
    ],
)
def test_rows_that_are_gone_or_exchanged_are_found(statement: str, tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    run_sql(place, statement)
    with pytest.raises(TrustError):
        read_all(SQLITE, tmp_path)


@pytest.mark.parametrize("column", ["root", "note"])
def test_an_earlier_checkpoint_that_says_something_else_is_found_by_the_audit(column: str, tmp_path: Path) -> None:
    log = SQLITE.log(tmp_path)
    for first in (0, 10):
        log.append(entries(first, 10))
        log.checkpoint()
    other = Checkpoint(ORIGIN, 10, hash_leaf(b""))
    value = other.root if column == "root" else bytes(SignedNote(other.text, (sign_text(other.text, SIGNER),)))
    connection = sqlite3.connect(tmp_path / SQLITE.place)
    with connection:
        connection.execute(f"UPDATE checkpoint SET {column} = ? WHERE size = 10", (value,))  # noqa: S608
    connection.close()
    with pytest.raises(JournalError, match="signed at 10"):
        audit_journal(log.journal)


def test_an_entry_that_is_exchanged_while_the_journal_is_open_is_found_by_the_audit(tmp_path: Path) -> None:
    log = SQLITE.log(tmp_path)
    log.append(entries(0, 10))
    run_sql(tmp_path / SQLITE.place, "UPDATE entry SET (leaf, hash) = (SELECT leaf, hash FROM entry WHERE id = 3)")
    with pytest.raises(JournalError, match="opened with"):
        audit_journal(log.journal)


def test_what_is_missing_is_missed_by_whoever_reads_it(tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    run_sql(place, "DELETE FROM entry WHERE id = 50", "DELETE FROM node WHERE level = 5 AND place = 1")
    journal = SQLITE.open(tmp_path)
    assert list(journal.leaves(0, 50)) == [leaf(n) for n in range(50)]
    for read in (
        lambda: list(journal.leaves(49, 3)),
        lambda: journal.hashes(0, 40, 20),
        lambda: journal.hashes(5, 0, 3),
    ):
        with pytest.raises(JournalError, match=r"\d of \d+ "):
            read()


def test_a_rewritten_leaf_with_its_hash_breaks_its_own_proof_and_no_other(tmp_path: Path) -> None:
    """Who rewrites one entry of ten thousand is not found by opening, but whoever asks for it gets no proof."""
    place = filled(SQLITE, tmp_path)
    run_sql(place, "UPDATE entry SET hash = zeroblob(32) WHERE id = 4")
    log = SQLITE.log(tmp_path)
    with pytest.raises(JournalError, match="no proof of entry 4"):
        log.prove_inclusion(4, 100)
    assert log.prove_inclusion(70, 100)


def test_no_checkpoint_is_signed_over_entries_that_do_not_continue_the_last(tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    log = SQLITE.log(tmp_path)
    log.append(entries(100, 1))
    run_sql(place, "UPDATE checkpoint SET root = zeroblob(32)")
    with pytest.raises(JournalError, match="Nothing was signed"):
        log.checkpoint()
    assert log.journal.last_checkpoint() is not None
    assert [stored.size for stored in log.journal.checkpoints()] == [100]


def test_a_note_that_was_changed_on_the_disk_is_not_given_away(tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    run_sql(place, "UPDATE checkpoint SET note = CAST(replace(CAST(note AS TEXT), 'blue', 'bluf') AS BLOB)")
    with pytest.raises(JournalError, match="says something else"):
        SQLITE.log(tmp_path).checkpoint()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_entries_that_were_signed_for_may_not_be_missing(kind: Kind, tmp_path: Path) -> None:
    place = filled(kind, tmp_path)
    if kind is SQLITE:
        run_sql(place, "DELETE FROM entry WHERE id = 99")
    else:
        last = max((place / "entries").iterdir())
        last.write_bytes(last.read_bytes()[:-1])
    before = {file: file.read_bytes() for file in place.rglob("*.seg")}
    with pytest.raises(JournalError, match=r"of the 100|does not read any more|signed at 100|begins with entry"):
        kind.open(tmp_path)
    assert {file: file.read_bytes() for file in place.rglob("*.seg")} == before


def test_a_torn_batch_that_was_not_signed_for_is_cut_off(tmp_path: Path) -> None:
    place = filled(FOLDER, tmp_path)
    log = FOLDER.log(tmp_path)
    log.append(entries(100, 7))
    log.journal.close()
    file = next((place / "entries").iterdir())
    whole = file.read_bytes()
    for kept in (len(whole) - 1, len(whole) - 150, len(whole) - 7 * 400):
        file.write_bytes(whole[:kept])
        log = FOLDER.log(tmp_path)
        assert log.size == 100
        assert log.append(entries(100, 7)) == range(100, 107)
        audit_journal(log.journal)
        log.journal.close()
        assert file.read_bytes() == whole


def test_derived_files_are_made_anew_where_they_are_gone_or_short(tmp_path: Path) -> None:
    place = filled(SHORT, tmp_path)
    root = SHORT.log(tmp_path).root(100)
    for file in sorted((place / "derived").iterdir()):
        for data in (b"", file.read_bytes()[:40]):
            close_all()
            file.write_bytes(data)
            log = SHORT.log(tmp_path)
            assert log.root(100) == root
            audit_journal(log.journal)
            log.journal.close()


@pytest.mark.parametrize("file", ["level-00", "level-05", "places"])
def test_a_changed_bit_of_a_derived_file_is_found_and_its_removal_mends_it(file: str, tmp_path: Path) -> None:
    place = filled(SHORT, tmp_path)
    derived = place / "derived" / file
    data = bytearray(derived.read_bytes())
    data[3] ^= 1
    derived.write_bytes(data)
    with pytest.raises(JournalError):
        read_all(SHORT, tmp_path)
    derived.unlink()
    close_all()
    read_all(SHORT, tmp_path)


@pytest.mark.parametrize("kind", [FOLDER, SHORT], ids=lambda kind: kind.name)
def test_a_checkpoint_that_does_not_read_is_damage_where_another_follows(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    for first in (0, 10, 20):
        log.append(entries(first, 10))
        log.checkpoint()
    log.journal.close()
    file = tmp_path / kind.place / "checkpoints.log"
    flip(file, b'"size":20')
    with pytest.raises(JournalError, match=r"checkpoints\.log, byte \d+: .* more follows"):
        kind.open(tmp_path)


def entries_file(folder: Path, count: int) -> Path:
    """Return the one segment of a journal with so many entries; two of one count differ in their keys alone."""
    folder.mkdir()
    return next((filled(FOLDER, folder, count) / "entries").iterdir())


def test_bytes_that_look_like_a_frame_of_another_journal_are_no_damage(tmp_path: Path) -> None:
    """A peer that sends the bytes of a frame as a body cannot make a torn tail look like damage."""
    file, other = entries_file(tmp_path / "ours", 100), entries_file(tmp_path / "theirs", 120)
    end = entries_file(tmp_path / "measure", 110).stat().st_size
    whole = file.read_bytes()
    file.write_bytes(whole + b"x" * (end - len(whole)) + other.read_bytes()[end:])
    log = FOLDER.log(tmp_path / "ours")
    assert log.size == 100
    log.journal.close()
    assert file.read_bytes() == whole
    own = bytearray(other.read_bytes())
    own[len(whole) : end] = b"x" * (end - len(whole))
    other.write_bytes(own)
    with pytest.raises(JournalError, match="more follows"):
        FOLDER.open(tmp_path / "theirs")


@pytest.mark.parametrize("kind", [FOLDER, SHORT], ids=lambda kind: kind.name)
def test_a_folder_has_one_process(kind: Kind, tmp_path: Path) -> None:
    log = kind.log(tmp_path)
    with pytest.raises(JournalError, match="another process has it open"):
        kind.open(tmp_path)
    log.append(entries(0, 1))
    log.journal.close()
    assert kind.log(tmp_path).size == 1


def test_of_two_writers_of_one_sqlite_file_the_second_is_refused(tmp_path: Path) -> None:
    one, other = SQLITE.log(tmp_path), SQLITE.log(tmp_path)
    one.append(entries(0, 3))
    with pytest.raises(JournalError, match="one writer"):
        other.append(entries(50, 3))
    assert list(one.journal.leaves(0, 3)) == [leaf(n) for n in range(3)]
    head = one.checkpoint()
    with pytest.raises(JournalError):
        other.checkpoint()
    with pytest.raises(JournalError):
        other.journal.store_checkpoint(StoredCheckpoint(0, other.root(0), b"note"))
    assert SQLITE.log(tmp_path).checkpoint() == head


def test_a_reader_opens_a_sqlite_file_while_it_is_written(tmp_path: Path) -> None:
    writer = SQLITE.log(tmp_path)
    writer.append(entries(0, 3))
    reader = SQLITE.log(tmp_path)
    writer.append(entries(3, 3))
    assert list(reader.journal.leaves(0, 3)) == [leaf(n) for n in range(3)]
    assert SQLITE.log(tmp_path).size == 6


@pytest.mark.parametrize("made", ["text", "database", "folder"])
def test_what_is_no_journal_is_refused_and_left_as_it_is(made: str, tmp_path: Path) -> None:
    if made == "folder":
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "letter.txt").write_text("dear reader")
        with pytest.raises(JournalError, match="no journal of skyaccord"):
            FOLDER.open(tmp_path)
        return
    place = tmp_path / SQLITE.place
    if made == "text":
        place.write_text("dear reader, " * 100)
    else:
        run_sql(place, "CREATE TABLE letters (id INTEGER)")
    before = place.read_bytes()
    with pytest.raises(JournalError, match=r"no journal of skyaccord|not a database"):
        SQLITE.open(tmp_path)
    assert place.read_bytes() == before


def test_a_journal_of_a_later_version_is_refused(tmp_path: Path) -> None:
    place = filled(SQLITE, tmp_path)
    run_sql(place, "PRAGMA user_version = 2")
    with pytest.raises(JournalError, match="version 2"):
        SQLITE.open(tmp_path)
    folder = filled(FOLDER, tmp_path)
    said = json.loads((folder / "journal.json").read_text())
    (folder / "journal.json").write_text(json.dumps(said | {"version": 2}))
    with pytest.raises(JournalError, match="version 2"):
        FOLDER.open(tmp_path)


def test_the_settings_that_make_a_commit_durable_are_in_force(tmp_path: Path) -> None:
    journal = SqliteJournal(tmp_path / "l", ORIGIN)
    ask = journal._database.one
    assert (ask("PRAGMA journal_mode"), ask("PRAGMA synchronous"), ask("PRAGMA secure_delete")) == (
        ("wal",),
        (2,),
        (1,),
    )
    journal.close()


def test_after_a_write_that_failed_a_folder_journal_writes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = FOLDER.log(tmp_path)
    log.append(entries(0, 5))

    def fail(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "_sync", fail)
    with pytest.raises(OSError, match="No space"):
        log.append(entries(5, 5))
    monkeypatch.undo()
    with pytest.raises(JournalError, match="a write failed before"):
        log.append(entries(5, 5))
    log.journal.close()
    log = Log(FOLDER.open(tmp_path), SIGNER)
    assert log.size in (5, 10)
    audit_journal(log.journal)
