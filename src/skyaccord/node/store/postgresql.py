"""A store in PostgreSQL: the same promises, with the server's own means."""

from __future__ import annotations

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

import psycopg

from skyaccord.errors import StoreError
from skyaccord.node.store.dialect import POSTGRESQL, Dialect
from skyaccord.node.store.one_writer import BUSY
from skyaccord.node.store.store import Row

OLDEST: Final = 130000
"""PostgreSQL 13, as the server counts its versions: what is tested here is later; earlier ones are no longer mended."""

WAIT_S: Final = 5
"""For the server to answer a new connection."""

SETTINGS: Final = (
    "SET synchronous_commit = on",  # a commit that was answered survives a power cut, whatever the server's default
    "SET statement_timeout = '10s'",
    "SET lock_timeout = '5s'",
    "SET idle_in_transaction_session_timeout = '60s'",
    "SET TIME ZONE 'UTC'",
)
LOCK: Final = "SELECT pg_try_advisory_lock(1397446990, hashtext(current_schema()))"
"""One writer for each schema; the first number is ``SKYN``. The server lets go of it when the connection ends."""


class PostgresqlEngine:
    """A connection that is made again after it broke, and holds the lock that makes it the only one that writes."""

    dialect: Dialect = POSTGRESQL

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.place = f"postgresql://{parts.hostname or ''}{parts.path}"
        self._url = url
        self._is_within = False
        self._connection = self._connect()

    def _connect(self) -> psycopg.Connection[Row]:
        try:
            made = psycopg.connect(self._url, autocommit=True, connect_timeout=WAIT_S, application_name="skyaccord")
        except psycopg.Error as error:
            cure = "Start the server, or mend [store] url in node.toml"
            raise StoreError(self.place, f"no connection: {str(error).strip()}", cure) from None
        try:
            self._recognise(made)
        except BaseException:
            made.close()
            raise
        return made

    def _recognise(self, made: psycopg.Connection[Row]) -> None:
        if made.info.server_version < OLDEST:
            raise StoreError(self.place, f"PostgreSQL {made.info.server_version} is too old", "Use 13 or later")
        for setting in SETTINGS:
            made.execute(setting.encode())
        fsync = made.execute("SHOW fsync").fetchone()
        if fsync != ("on",):
            raise StoreError(self.place, "its fsync is off: a power cut would lose messages", "Set fsync = on")
        if made.execute(LOCK.encode()).fetchone() != (True,):
            raise StoreError(self.place, "it is locked", BUSY)

    def execute(self, sql: str, parameters: tuple[object, ...]) -> list[Row]:
        """Run one statement and return its rows; a connection that broke is made again at the next one."""
        if self._connection.closed and not self._is_within:
            self._connection = self._connect()
        try:
            done = self._connection.execute(sql.encode(), parameters or None)
            return done.fetchall() if done.description else []
        except psycopg.ProgrammingError:
            raise  # a mistake of this program
        except psycopg.Error as error:
            cure = "Check the server, its log and its disk; what was promised before is there"
            raise StoreError(self.place, f"PostgreSQL says: {str(error).strip()}", cure) from error

    def begin(self) -> None:
        """Begin a transaction that writes."""
        self.execute("BEGIN", ())
        self._is_within = True

    def commit(self) -> None:
        """Make it durable."""
        self.execute("COMMIT", ())
        self._is_within = False

    def roll_back(self) -> None:
        """Undo it; where the connection is gone, the server has."""
        self._is_within = False
        with suppress(psycopg.Error):
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection, and with it the lock."""
        self._connection.close()
