"""A store in one SQLite file: write-ahead log, every commit on the disk before it counts."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from skyaccord.errors import StoreError
from skyaccord.node.folder import FILE_MODE
from skyaccord.node.store.dialect import SQLITE, Dialect
from skyaccord.node.store.one_writer import BUSY, FileLock
from skyaccord.node.store.store import Row

OLDEST: Final = (3, 37, 0)
"""Knows STRICT tables and RETURNING."""

WAIT_S: Final = 5.0
"""For a reader, such as a backup, that holds the file for a moment."""

APPLICATION_ID: Final = 0x534B594E
"""``SKYN``: what ``file`` and SQLite's header say the file is."""

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # with WAL, NORMAL would lose the last commits in a power cut
    "PRAGMA fullfsync = ON",  # for systems whose fsync stops in front of the disk
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


class SqliteEngine:
    """A connection to one SQLite file, and the lock that makes it the only one that writes."""

    dialect: Dialect = SQLITE

    def __init__(self, path: Path, lock: Path) -> None:
        self.place = str(path)
        if sqlite3.sqlite_version_info < OLDEST:
            problem = f"SQLite {sqlite3.sqlite_version} is too old"
            raise StoreError(self.place, problem, "Use a Python with SQLite 3.37 or later, or PostgreSQL")
        self._lock = FileLock(lock)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
            self._connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
            self._recognise()
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise StoreError(self.place, f"it cannot be opened: {error.strerror}", "Check the folder") from None
            raise

    def _recognise(self) -> None:
        application = self.execute("PRAGMA application_id", ())[0][0]
        is_empty = not self.execute("SELECT name FROM sqlite_schema LIMIT 1", ())
        if not is_empty and application != APPLICATION_ID:
            raise StoreError(self.place, "it is no store of a node", "Move it away, or name another folder")
        for pragma in PRAGMAS:
            self.execute(pragma, ())
        if is_empty:
            self.execute(f"PRAGMA application_id = {APPLICATION_ID}", ())

    def execute(self, sql: str, parameters: tuple[object, ...]) -> list[Row]:
        """Run one statement and return its rows."""
        try:
            return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.ProgrammingError:
            raise  # a mistake of this program
        except sqlite3.DatabaseError as error:
            cure = BUSY if "locked" in str(error) else "Check the disk and its space; else restore a backup"
            raise StoreError(self.place, f"SQLite says: {error}", cure) from error

    def begin(self) -> None:
        """Begin a transaction that writes."""
        self.execute("BEGIN IMMEDIATE", ())

    def commit(self) -> None:
        """Make it durable."""
        self.execute("COMMIT", ())

    def roll_back(self) -> None:
        """Undo it; SQLite has done so by itself after some errors, such as a full disk."""
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file and let go of the lock."""
        if hasattr(self, "_connection"):
            self._connection.close()
        self._lock.release()
