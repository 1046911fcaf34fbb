"""Every kind of journal, opened the same way: the suite of tests runs over all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from skyaccord.trust.journals.entry import Body, Entry
from skyaccord.trust.journals.folder.journal import FolderJournal
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.journals.sqlite.journal import SqliteJournal
from skyaccord.trust.log import Log
from skyaccord.trust.notes.note_key import NoteSigner

ORIGIN: Final = "skyaccord/blue/0123456789abcdef"
SIGNER: Final = NoteSigner.from_seed(ORIGIN, bytes(range(32)))
NOW: Final = datetime(2026, 12, 1, 12, 0, 0, 250_000, tzinfo=UTC)


@dataclass(frozen=True)
class Kind:
    """A kind of journal: what opens it at a place, and the place that a test gives it."""

    name: str
    place: str
    open_at: Callable[[Path, str], Journal]

    def open(self, folder: Path, origin: str = ORIGIN) -> Journal:
        journal = self.open_at(folder / self.place, origin)
        OPENED.append(journal)
        return journal

    def log(self, folder: Path) -> Log:
        return Log(self.open(folder), SIGNER)


OPENED: Final[list[Journal]] = []
"""Closed after each test."""

KINDS: Final = [
    Kind("sqlite", "log.sqlite", SqliteJournal),
    Kind("folder", "log", FolderJournal),
    Kind("short segments", "log", lambda place, origin: FolderJournal(place, origin, segment_bytes=5000)),
]


def leaf(number: int, length: int = 400) -> bytes:
    text = b'{"sequence":%d,"padding":"' % number
    return text + b"x" * max(0, length - len(text) - 2) + b'"}'


def entry(number: int, *, with_body: bool = True) -> Entry:
    return Entry(leaf(number), body(number) if with_body else None)


def body(number: int) -> Body:
    return Body(bytes([number % 251 + 1]) * 32, b"said in confidence, number %d" % number)


def entries(first: int, count: int, *, with_body: bool = True) -> list[Entry]:
    return [entry(number, with_body=with_body) for number in range(first, first + count)]


def close_all() -> None:
    """Close the journals that a test has opened."""
    while OPENED:
        OPENED.pop().close()
