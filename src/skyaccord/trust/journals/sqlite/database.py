"""One SQLite file: opened, told from other files, and asked so that its own errors name the place."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.sqlite.schema import APPLICATION_ID, PRAGMAS, TABLES, VERSION

Row: TypeAlias = tuple[Any, ...]

OLDEST_SQLITE: Final = (3, 37, 0)
"""Knows STRICT tables; each Python from 3.11 on comes with a later one, some systems' own do not."""

WAIT_S: Final = 5.0
"""For another process that reads or writes the file."""


class Connection(Protocol):
    """What is used of ``sqlite3.Connection``, in autocommit mode; a test may put a failing disk under it."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> Iterator[Row]:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> Iterator[Row]:
        """Run one statement for each row."""

    def close(self) -> None:
        """Close the file."""


Connect: TypeAlias = Callable[[Path], Connection]


def connect(path: Path) -> Connection:
    """Open a file with Python's own SQLite, without the transactions that module would begin by itself."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        problem = f"SQLite {sqlite3.sqlite_version} is too old"
        raise JournalError(str(path), problem, "Use a Python with SQLite 3.37 or later, or a folder of files")
    return sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)


class Database:
    """A connection whose answers are checked and whose errors say where and what to do."""

    def __init__(self, path: Path, connection: Connection) -> None:
        self.place = str(path)
        self._connection = connection

    def all(self, sql: str, *parameters: object) -> list[Row]:
        """Return all rows that a statement gives."""
        with self._named_errors():
            return list(self._connection.execute(sql, parameters))

    def one(self, sql: str, *parameters: object) -> Row | None:
        """Return the first row that a statement gives."""
        rows = self.all(sql, *parameters)
        return rows[0] if rows else None

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement for each row."""
        with self._named_errors():
            self._connection.executemany(sql, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is done within durable together at its end, or not at all."""
        self.all("BEGIN IMMEDIATE")
        try:
            yield
            self.all("COMMIT")
        except BaseException:
            with suppress(sqlite3.OperationalError):  # a full disk has ended the transaction already
                self._connection.execute("ROLLBACK")
            raise

    def forget_deleted(self) -> None:
        """Bring all changes into the file and empty the write-ahead log, which still holds what was deleted.

        Raises:
            JournalError: another process reads the file; the deletion itself is durable.
        """
        row = self.one("PRAGMA wal_checkpoint(TRUNCATE)")
        if row is None or row[0]:
            cure = "Close what reads it and erase again: the bodies are gone from the tables, not yet from the disk"
            raise JournalError(self.place, "another process reads the journal", cure)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise  # a mistake of this program
        except sqlite3.DatabaseError as error:
            is_busy = "locked" in str(error) or "busy" in str(error)
            cure = "Another process writes to it; a journal has one writer" if is_busy else CURE
            raise JournalError(self.place, f"SQLite says: {error}", cure) from error


def open_database(path: Path, origin: str, connect: Connect = connect) -> Database:
    """Open the journal of a log, or make an empty one where no file is.

    Raises:
        JournalError: another kind of file, another log's, or one of a later version.
    """
    database = Database(path, connect(path))
    try:
        _recognise(database, origin)
    except BaseException:
        database.close()
        raise
    return database


def _recognise(database: Database, origin: str) -> None:
    version, application = (database.one(f"PRAGMA {name}") or (0,) for name in ("user_version", "application_id"))
    is_empty = not database.all("SELECT name FROM sqlite_schema LIMIT 1")
    if not is_empty and application[0] != APPLICATION_ID:
        raise JournalError(database.place, "no journal of skyaccord", "Name another file, or one that is not there yet")
    if version[0] > VERSION:
        problem = f"a journal of version {version[0]}; this program knows {VERSION}"
        raise JournalError(database.place, problem, "Use a later skyaccord")
    for pragma in PRAGMAS:
        database.all(pragma)
    if is_empty:
        with database.transaction():
            for table in TABLES:
                database.all(table)
            database.all("INSERT INTO log VALUES (0, ?)", origin)
            database.all(f"PRAGMA application_id = {APPLICATION_ID}")
            database.all(f"PRAGMA user_version = {VERSION}")
    found = database.one("SELECT origin FROM log")
    if found != (origin,):
        named = found[0] if found else "nobody"
        raise JournalError(database.place, f"the journal of {named}, not of {origin}", "Name the journal of this log")
    # SQLite does not sync the emptying of its write-ahead log: after a power cut what was deleted may be in it again
    database.one("PRAGMA wal_checkpoint(TRUNCATE)")
