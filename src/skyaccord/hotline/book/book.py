"""The book of one party: all messages from and to it, by envelope, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.book.admit import Aside, find_fault
from skyaccord.hotline.book.clock import Clock, set_clock
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.plan import Plan


class Book:
    """Messages as they come in: late, twice, out of order. What it says depends on what came, not on when."""

    def __init__(self, plan: Plan, entries: Iterable[Entry] = ()) -> None:
        self.plan = plan
        self.aside: dict[str, Aside] = {}
        self._entries: dict[str, Entry] = {}
        self._referring: dict[str, list[str]] = {}
        self._groups: dict[tuple[str, str], list[str]] = {}
        self._received_s: dict[str, float] = {}
        self._unsettled: set[str] = set()
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> bool:
        """Take a message; return whether it was new and counts. What does not count is in ``aside``.

        A message that is there already may only bring its receipt.

        Raises:
            SkyaccordError: another message under the same envelope.
        """
        known = self._entries.get(entry.envelope)
        if known is not None:
            if replace(known, received_s=entry.received_s) != entry:
                raise SkyaccordError(f"{entry.envelope[:23]}… is two different messages: a hash names one only")
            if entry.received_s is not None:
                self.deliver(entry.envelope, entry.received_s)
            return False
        why = find_fault(entry, self.plan)
        if why is not None:
            self.aside[entry.envelope] = Aside(entry, why)
            return False
        self._entries[entry.envelope] = entry
        if entry.received_s is not None:
            self.deliver(entry.envelope, entry.received_s)
        else:
            self._apply_receipt(entry.envelope)
        heading = entry.body.heading
        self._groups.setdefault((entry.sender, heading.date_time_group), []).append(entry.envelope)
        if heading.answers is not None:
            self._referring.setdefault(heading.answers.envelope, []).append(entry.envelope)
            self._settle(heading.answers.envelope)
        self._settle(entry.envelope)
        return True

    def deliver(self, envelope: str, received_s: float) -> None:
        """Note when the recipient's node had a message; the earliest receipt counts, also one that comes first."""
        self._received_s[envelope] = min(received_s, self._received_s.get(envelope, received_s))
        self._apply_receipt(envelope)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the messages in the order in which they were sent."""
        return iter(sorted(self._entries.values(), key=lambda entry: entry.order))

    def __contains__(self, envelope: str) -> bool:
        return envelope in self._entries

    def entry(self, envelope: str) -> Entry | None:
        """Return the message of an envelope."""
        return self._entries.get(envelope)

    def clock(self, envelope: str, as_of_s: float | None = None) -> Clock:
        """Return the clock of a message, as it stands or as this party knew it at an instant of its own clock."""
        entry = self._entries[envelope]
        referring = (self._entries[each] for each in self._referring.get(envelope, ()))
        if as_of_s is not None:
            referring = (each for each in referring if each.known_s(self.plan.me) <= as_of_s)
        return set_clock(entry, referring, self.plan.limit_s(entry.body.heading.precedence))

    def unsettled(self) -> Iterator[Clock]:
        """Yield the clocks of messages to which something remains to be said, in the order in which they were sent."""
        entries = sorted((self._entries[each] for each in self._unsettled), key=lambda entry: entry.order)
        return (self.clock(entry.envelope) for entry in entries)

    def target(self, entry: Entry) -> Entry | None:
        """Return the message to which another refers.

        It is found by its envelope; where that went to another party, by originator and date-time group, if these name
        one message only.
        """
        reference = entry.body.heading.answers
        if reference is None:
            return None
        found = self._entries.get(reference.envelope)
        if found is not None:
            return found
        copies = self._groups.get((reference.originator, reference.date_time_group), [])
        return self._entries[copies[0]] if len(copies) == 1 and copies[0] != entry.envelope else None

    def _apply_receipt(self, envelope: str) -> None:
        if envelope in self._entries and envelope in self._received_s:
            self._entries[envelope] = replace(self._entries[envelope], received_s=self._received_s[envelope])

    def _settle(self, envelope: str) -> None:
        if envelope not in self._entries:
            return
        if self.clock(envelope).is_settled:
            self._unsettled.discard(envelope)
        else:
            self._unsettled.add(envelope)
