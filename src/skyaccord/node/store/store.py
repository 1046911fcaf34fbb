"""A store: statements, and transactions that are durable when they end. Thread-safe, with one writer.

SQL is written once, with ``?`` for parameters; `Dialect` says what differs. Whatever goes wrong is a `StoreError` that
names the place and the cure.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol, TypeAlias

from skyaccord.errors import StoreError
from skyaccord.node.store.dialect import Dialect

Row: TypeAlias = tuple[Any, ...]


class Engine(Protocol):
    """A connection to one kind of database, in autocommit mode; its errors are `StoreError`."""

    @property
    def place(self) -> str:
        """The file or database, without a password."""

    @property
    def dialect(self) -> Dialect:
        """How statements are put to it."""

    def execute(self, sql: str, parameters: tuple[object, ...]) -> list[Row]:
        """Run one statement and return its rows."""

    def begin(self) -> None:
        """Begin a transaction that writes."""

    def commit(self) -> None:
        """Make it durable."""

    def roll_back(self) -> None:
        """Undo it; where the connection is gone, that has happened."""

    def close(self) -> None:
        """Let go of the connection and of being its one writer."""


class Store:
    """One party's store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.RLock()
        self._depth = 0
        self._is_spoilt = False

    @property
    def place(self) -> str:
        """The file or database, without a password."""
        return self._engine.place

    @property
    def dialect(self) -> Dialect:
        """The kind of database and its words."""
        return self._engine.dialect

    def all(self, sql: str, *parameters: object) -> list[Row]:
        """Return all rows that a statement gives; outside a transaction it is one by itself."""
        with self._lock:
            return self._engine.execute(self.dialect.statement(sql), parameters)

    def one(self, sql: str, *parameters: object) -> Row | None:
        """Return the first row that a statement gives."""
        rows = self.all(sql, *parameters)
        return rows[0] if rows else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is done within durable together at its end, or not at all.

        One within another is part of it: whatever fails within undoes all of the outer one, even where the outer one
        would go on.
        """
        with self._lock:
            if self._depth:
                yield from self._within()
            else:
                yield from self._outermost()

    def _within(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        except BaseException:
            self._is_spoilt = True
            raise
        finally:
            self._depth -= 1

    def _outermost(self) -> Iterator[None]:
        self._engine.begin()
        self._depth, self._is_spoilt = 1, False
        try:
            yield
            if self._is_spoilt:
                raise StoreError(self.place, "a part of what was to be stored had failed", "Try all of it again")
            self._engine.commit()
        except BaseException:
            self._engine.roll_back()
            raise
        finally:
            self._depth = 0

    def close(self) -> None:
        """Let go of the store. Nothing needs it: what was promised is durable already."""
        with self._lock:
            self._engine.close()
