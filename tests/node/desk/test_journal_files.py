"""The journal in use and the one that follows it: wherever a change is interrupted, one whole log is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.errors import JournalError
from skyaccord.node.desk.journal_files import JournalFiles
from skyaccord.node.desk.room import Room
from skyaccord.trust.journals.entry import Entry

FIRST = "skyaccord/blue/0123456789abcdef"
NEXT = f"{FIRST}/0badcafe"


def make_both(folder: Path) -> JournalFiles:
    files = JournalFiles(folder, FIRST)
    old = files.open()
    old.append([Entry(b"old")])
    old.close()
    following = files.begin_next(NEXT)
    following.append([Entry(b"new"), Entry(b"newer")])
    following.close()
    return files


def test_a_following_journal_takes_the_place_and_the_old_one_is_kept(tmp_path: Path) -> None:
    files = JournalFiles(tmp_path, FIRST)
    for number, origin in enumerate((NEXT, f"{FIRST}/00000002"), 1):
        old, following = files.open(), files.begin_next(origin)
        following.append([Entry(b"new")])
        placed = files.put_in_place(following, old)
        assert placed.origin == origin
        placed.close()
        assert (tmp_path / f"log.lost-{number}.sqlite").exists()


def test_only_its_owner_can_read_a_journal(tmp_path: Path) -> None:
    files = JournalFiles(tmp_path, FIRST)
    old, following = files.open(), files.begin_next(NEXT)
    old.append([Entry(b"old")])
    modes = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    assert {"log.sqlite", "log.sqlite-wal", "log.next.sqlite"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    files.put_in_place(following, old).close()


def test_a_file_that_was_made_and_not_begun_is_begun(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite").touch()
    journal = JournalFiles(tmp_path, FIRST).open()
    assert journal.origin == FIRST
    journal.close()


def test_ended_before_the_old_one_was_put_away_the_old_one_is_in_use(tmp_path: Path) -> None:
    files = make_both(tmp_path)
    journal = files.open()
    assert (journal.origin, journal.frontier.size) == (FIRST, 1)
    journal.close()
    again = files.begin_next(f"{FIRST}/00000002")
    assert again.frontier.size == 0, "what was not finished is begun anew"
    again.close()


def test_ended_after_the_old_one_was_put_away_the_following_one_is_in_use(tmp_path: Path) -> None:
    files = make_both(tmp_path)
    files.path.replace(tmp_path / "log.lost-1.sqlite")
    journal = files.open()
    assert (journal.origin, journal.frontier.size) == (NEXT, 2)
    journal.close()
    assert files.path.exists()


def test_a_file_that_is_no_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite").write_bytes(b"no journal at all, and long enough to be looked at")
    with pytest.raises(JournalError, match=r"log\.sqlite"):
        JournalFiles(tmp_path, FIRST).open()


def test_storing_is_tried_again_after_a_while_that_grows_with_its_cost() -> None:
    now = [0.0]
    room = Room(lambda: now[0])
    assert room.may_try()
    room.note_failure(JournalError("journal", "it failed", "Wait"), took_s=3.0)
    assert not room.may_try()
    assert not room.is_full
    assert "cannot be written" in (room.trouble or "")
    now[0] = 14.9
    assert not room.may_try()
    now[0] = 15.0
    assert room.may_try()
    room.note_success()
    assert room.trouble is None
