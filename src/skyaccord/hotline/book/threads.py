"""Threads: a message and all that was said to it, and the copies of one message that went to several parties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import Clock
from skyaccord.hotline.book.entry import Entry


@dataclass(frozen=True, slots=True)
class Thread:
    """Messages in the order in which they were sent, the first of them the one that began it."""

    entries: tuple[Entry, ...]
    clocks: tuple[Clock, ...]

    @property
    def is_open(self) -> bool:
        """Return whether something remains to be said to one of them."""
        return not all(clock.is_settled for clock in self.clocks)

    def late_by_s(self, now_s: float) -> float:
        """Return the greatest lateness in it."""
        return max(clock.late_by_s(now_s) for clock in self.clocks)


@dataclass(frozen=True, slots=True)
class Copies:
    """One message to several parties: the same body, an envelope and a clock for each."""

    sender: str
    clocks: tuple[Clock, ...]
    unsent: tuple[str, ...]  # addressees for whom this book has no envelope


def list_threads(book: Book) -> tuple[Thread, ...]:
    """Return all threads, in the order in which they began."""
    found: dict[str, list[Entry]] = {}
    for entry in book:
        found.setdefault(_root(book, entry).envelope, []).append(entry)
    threads = (_thread(book, root, entries) for root, entries in found.items())
    return tuple(sorted(threads, key=lambda thread: thread.entries[0].order))


def list_copies(book: Book) -> tuple[Copies, ...]:
    """Return the messages of this party to more than one other."""
    me = book.plan.me
    found: dict[object, list[Entry]] = {}
    for entry in book:
        if entry.sender == me and len(entry.body.heading.addressees) > 1:
            found.setdefault(entry.body, []).append(entry)
    return tuple(_copies(book, entries) for entries in found.values())


def _root(book: Book, entry: Entry) -> Entry:
    seen = {entry.envelope}
    while (target := book.target(entry)) is not None and target.envelope not in seen:
        entry = target
        seen.add(entry.envelope)
    return entry


def _thread(book: Book, root: str, entries: Iterable[Entry]) -> Thread:
    ordered = tuple(sorted(entries, key=lambda entry: (entry.envelope != root, entry.order)))
    return Thread(ordered, tuple(book.clock(entry.envelope) for entry in ordered))


def _copies(book: Book, entries: list[Entry]) -> Copies:
    heading = entries[0].body.heading
    reached = {entry.recipient for entry in entries}
    unsent = tuple(party for party in heading.addressees if party not in reached)
    return Copies(entries[0].sender, tuple(book.clock(entry.envelope) for entry in entries), unsent)
