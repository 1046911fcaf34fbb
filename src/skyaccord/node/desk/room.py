"""Whether the journal has room: once storing has failed nothing is promised, until trying again succeeds."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Final

from skyaccord.errors import JournalError

AGAIN_S: Final = 1.0
"""Between two attempts while the disk is full: people wait no longer for a node that has room again."""

DEAR: Final = 5.0
"""How many times as long as a failed attempt took is waited for the next: going back costs reading the log."""

_FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC})


class Room:
    """What came of the last attempt to store."""

    def __init__(self, elapsed: Callable[[], float] = time.monotonic) -> None:
        self.trouble: str | None = None
        """Why nothing is stored, in words for the officer; ``None`` in service."""
        self.is_full = False
        """Whether it is for want of room, and not damage."""
        self._elapsed = elapsed
        self._again_at_s = 0.0

    def may_try(self) -> bool:
        """Return whether to try: always in service, now and then in trouble."""
        return self.trouble is None or self._elapsed() >= self._again_at_s

    def note_success(self) -> None:
        """Take that something was stored."""
        self.trouble, self.is_full = None, False

    def note_failure(self, error: JournalError, took_s: float) -> None:
        """Take that storing failed."""
        self.is_full = getattr(error.__cause__, "sqlite_errorcode", None) in _FULL
        what = "The disk is full" if self.is_full else "The journal cannot be written"
        self.trouble = f"{what}: nothing is taken, sent or acknowledged until it can be stored. {error}"
        self._again_at_s = self._elapsed() + max(AGAIN_S, DEAR * took_s)

    def error(self) -> JournalError:
        """Return what a job is answered that is not tried."""
        return JournalError("the journal", self.trouble or "it failed", "Make room on the disk; it is tried again")
