"""The journal that a node keeps in its folder, opened by one thread and used by the desk's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from skyaccord.trust.journals.sqlite.database import WAIT_S, Connection
from skyaccord.trust.journals.sqlite.journal import SqliteJournal


def connect_across_threads(path: Path) -> Connection:
    """Open a file for whichever thread uses it; only one does at a time."""
    return sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)


def open_journal(path: Path, origin: str) -> SqliteJournal:
    """Return the journal of a log in a file, made where there is none.

    Raises:
        JournalError: it is another log's, damaged, or of a later version.
    """
    return SqliteJournal(path, origin, connect=connect_across_threads)
