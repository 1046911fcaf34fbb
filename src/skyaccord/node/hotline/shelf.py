"""The book of the running node: shared between threads, kept up to the log, with its news told."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from skyaccord.hotline.bodies.declaration import Declared
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import State
from skyaccord.hotline.book.entry import Entry, make_entry
from skyaccord.hotline.book.plan import Plan
from skyaccord.hotline.book.standing import find_standing
from skyaccord.node.hotline.events import Events, Happened
from skyaccord.node.hotline.folding import Receipted, Said
from skyaccord.node.hotline.telling import describe
from skyaccord.node.watch.message_times import MessageTimes


class Shelf:
    """Holds the book; whoever reads it holds it still meanwhile."""

    def __init__(self, plan: Plan, times: MessageTimes | None, events: Events) -> None:
        self.plan = plan
        self._times = times
        self._events = events
        self._book = Book(plan)
        self._changed = threading.Condition(threading.RLock())
        self._states: dict[str, State] = {}

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """Give the book, which stands still until the block ends."""
        with self._changed:
            yield self._book

    def empty(self) -> None:
        """Begin anew; the log says it all again."""
        with self._changed:
            self._book = Book(self.plan)
            self._states.clear()

    def wait_for(self, envelope: str, wait_s: float) -> Entry | None:
        """Return a message once the book has it; nothing where that takes too long, or it stands aside."""
        with self._changed:
            known = lambda: envelope in self._book or envelope in self._book.aside  # noqa: E731
            self._changed.wait_for(known, wait_s)
            return self._book.entry(envelope)

    def take(self, read: Iterable[Said | Receipted], at_s: float, *, is_new: bool = True) -> None:
        """Take what the log says.

        Args:
            read: in the order of the log.
            at_s: one's own clock: when that came in, unless it is known to have come before.
            is_new: whether to tell of it.
        """
        with self._changed:
            for each in read:
                if isinstance(each, Receipted):
                    self._book.deliver(each.name, each.at_s)
                    touched = self._book.entry(each.name)
                else:
                    touched = self._add(each, at_s, is_new=is_new)
                if touched is not None:
                    self._note_states(touched, at_s, is_new=is_new)
            self._changed.notify_all()

    def suspended(self, now_s: float) -> Mapping[str, bool]:
        """Return for each peer whether it or this party has declared the memorandum suspended or ended."""
        with self._changed:
            declared = {p: find_standing(self._book, p, now_s, now_s).declared for p in self.plan.parties}
        stopped = {p for p, word in declared.items() if word not in (None, Declared.IN_FORCE)}
        return {peer: bool({peer, self.plan.me} & stopped) for peer in self.plan.peers}

    def _add(self, said: Said, at_s: float, *, is_new: bool) -> Entry | None:
        header = said.envelope.header
        received_s = None
        if header.recipient == self.plan.me and header.sender != self.plan.me:
            received_s = at_s if is_new else self._came_s(said, at_s)
        entry = make_entry(said.envelope, said.body, received_s)
        if self._book.add(entry):
            if is_new:
                self._events.add(Happened.MESSAGE, describe(self._book, entry, at_s))
        elif is_new and entry.envelope in self._book.aside:
            why = self._book.aside[entry.envelope].why.value
            self._events.add(Happened.MESSAGE, {"envelope": entry.envelope, "from": entry.sender, "aside": why})
        return self._book.entry(entry.envelope)

    def _came_s(self, said: Said, at_s: float) -> float:
        """Return when a message came that was here before; where that was not kept, people have it from now on."""
        time = self._times.of(said.envelope.header) if self._times else None
        return time.at_s if time else at_s

    def _note_states(self, entry: Entry, at_s: float, *, is_new: bool) -> None:
        """Tell how far a message, and the one that it refers to, have come."""
        for each in (entry, self._book.target(entry)):
            if each is None:
                continue
            state = self._book.clock(each.envelope).state
            before = self._states.get(each.envelope)
            self._states[each.envelope] = state
            if is_new and before is not None and before is not state:
                self._events.add(Happened.STATE, describe(self._book, each, at_s))
