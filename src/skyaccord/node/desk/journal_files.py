"""The journal that a node keeps in its folder, and the one that follows it where entries were lost.

The one in use is always ``log.sqlite``. A following one is made whole beside it and then put in its place; the old one
is kept under another name. Wherever that is interrupted, opening finishes it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from skyaccord.errors import JournalError
from skyaccord.node.folder import FILE_MODE
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.sqlite.database import WAIT_S, Connect, Connection
from skyaccord.trust.journals.sqlite.journal import SqliteJournal


def connect_across_threads(path: Path) -> Connection:
    """Open a file for whichever thread uses it; only one does at a time."""
    return sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)


class JournalFiles:
    """The journals of one party in a folder."""

    def __init__(self, folder: Path, origin: str, connect: Connect = connect_across_threads) -> None:
        """Name the folder; nothing is opened yet.

        Args:
            folder: it is there.
            origin: of the party's first log.
            connect: opens a SQLite file.
        """
        self._folder = folder
        self._origin = origin
        self._connect = connect

    @property
    def path(self) -> Path:
        """Return where the journal in use is."""
        return self._folder / "log.sqlite"

    @property
    def _next(self) -> Path:
        return self._folder / "log.next.sqlite"

    def open(self) -> Journal:
        """Return the journal in use, made where there is none.

        Raises:
            JournalError: it is another party's, damaged, or of a later version.
        """
        if not self.path.exists() and self._next.exists():
            self._next.replace(self.path)  # the old one was put away, and then the process ended
        is_begun = self.path.exists() and self.path.stat().st_size > 0
        origin = _origin_of(self.path) if is_begun else self._origin
        return self._open(self.path, origin)

    def begin_next(self, origin: str) -> Journal:
        """Return an empty journal beside the one in use, which is to follow it."""
        for each in self._folder.glob("log.next.sqlite*"):
            each.unlink()  # one that was not finished
        return self._open(self._next, origin)

    def _open(self, path: Path, origin: str) -> Journal:
        """Open a file that only its owner can read; SQLite gives those beside it the same mode."""
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
        return SqliteJournal(path, origin, connect=self._connect)

    def put_in_place(self, following: Journal, old: Journal) -> Journal:
        """Put a following journal, whole and durable, in the place of the old one; close both and return it open."""
        following.close()
        old.close()
        number = 1
        while (kept := self._folder / f"log.lost-{number}.sqlite").exists():
            number += 1
        self.path.replace(kept)
        for ending in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.path.with_name(self.path.name + ending).replace(kept.with_name(kept.name + ending))
        self._next.replace(self.path)
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return self.open()


def _origin_of(path: Path) -> str:
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute("SELECT origin FROM log").fetchone()
    except sqlite3.DatabaseError as error:
        raise JournalError(str(path), f"SQLite says: {error}", "Restore it from a copy") from error
    if row is None:
        raise JournalError(str(path), "it is the journal of nobody", "Restore it from a copy")
    return str(row[0])
