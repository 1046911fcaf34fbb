"""The clock of one message: by when it is acknowledged, what stopped it, and how late that was.

Times are compared on the recipient's clock alone: the clock starts when its node had the message and stops when its
duty officer signed. A difference between the two parties' clocks makes no one late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from skyaccord.hotline.bodies.check import Check, CheckAnswer
from skyaccord.hotline.bodies.spoken import Correction, Withdrawal
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.kinds import Awaits, Refers


class State(StrEnum):
    """How far a message has come."""

    UNDELIVERED = "undelivered"  # no receipt: the other party's node does not have it, as far as is known
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"  # another stands in its place
    NOTED = "noted"  # a message that waits for nothing


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a message, stopped by the first of what may stop it."""

    entry: Entry
    limit_s: float
    stopped_by: Entry | None = None
    answered_by: Entry | None = None
    replaced_by: Entry | None = None  # its withdrawal or correction

    @property
    def awaits(self) -> Awaits:
        """Return what the message waits for."""
        return self.entry.kind.awaits

    @property
    def due_s(self) -> float | None:
        """Return by when it is to be acknowledged; ``None`` while the clock does not run."""
        received_s = self.entry.received_s
        return None if received_s is None or self.awaits is Awaits.NOTHING else received_s + self.limit_s

    @property
    def is_running(self) -> bool:
        """Return whether someone still has to acknowledge it."""
        return self.awaits is not Awaits.NOTHING and self.stopped_by is None and self.replaced_by is None

    @property
    def is_settled(self) -> bool:
        """Return whether nothing remains to be said to it."""
        if self.replaced_by is not None or self.awaits is Awaits.NOTHING or self.answered_by is not None:
            return True
        return self.awaits is Awaits.ACKNOWLEDGEMENT and self.stopped_by is not None

    @property
    def state(self) -> State:
        """Return how far the message has come."""
        if self.replaced_by is not None:
            return State.WITHDRAWN if isinstance(self.replaced_by.body, Withdrawal) else State.CORRECTED
        if self.awaits is Awaits.NOTHING:
            return State.NOTED
        if self.answered_by is not None:
            return State.ANSWERED
        if self.stopped_by is not None:
            return State.ACKNOWLEDGED
        return State.UNDELIVERED if self.entry.received_s is None else State.OPEN

    @property
    def took_s(self) -> float | None:
        """Return the time from receipt to acknowledgement, by the recipient's clock.

        ``None`` where there is no acknowledgement or no receipt, and where the clock ran backwards between the two.
        """
        if self.stopped_by is None or self.entry.received_s is None:
            return None
        took_s = self.stopped_by.sent_s - self.entry.received_s
        return took_s if took_s >= 0.0 else None

    def late_by_s(self, now_s: float) -> float:
        """Return by how much the acknowledgement was late, or is so far; 0 in time, and where it cannot be said."""
        if self.due_s is None or (self.stopped_by is not None and self.took_s is None):
            return 0.0
        ends_s = [
            *([self.stopped_by.sent_s] if self.stopped_by else []),
            *([self.replaced_by.received_s] if self.replaced_by and self.replaced_by.received_s is not None else []),
        ]
        return max(0.0, min(ends_s, default=now_s) - self.due_s)


def set_clock(entry: Entry, referring: Iterable[Entry], limit_s: float) -> Clock:
    """Return the clock of a message, from all that refers to it; in whatever order that came."""
    stops: list[Entry] = []
    answers: list[Entry] = []
    replaces: list[Entry] = []
    for other in sorted(referring, key=lambda each: each.order):
        if _replaces(other, entry):
            replaces.append(other)
        elif _is_back(other, entry) and _is_right(other, entry):
            is_answer = other.kind.name in entry.kind.answered_by
            if is_answer:
                answers.append(other)
            if is_answer or entry.kind.awaits is not Awaits.ANSWER:
                stops.append(other)
    first = next(iter(stops), None)
    replaced = next(iter(replaces), None)
    return Clock(entry, limit_s, first, next(iter(answers), None), replaced)


def _is_back(other: Entry, entry: Entry) -> bool:
    """Return whether a message goes back from whom the other went to, to whom it came from.

    A withdrawal or correction of what is not one's own says nothing.
    """
    goes_back = (other.sender, other.recipient) == (entry.recipient, entry.sender)
    return goes_back and other.kind.refers is not Refers.OWN


def _replaces(other: Entry, entry: Entry) -> bool:
    same = (other.sender, other.recipient) == (entry.sender, entry.recipient)
    return same and isinstance(other.body, Withdrawal | Correction)


def _is_right(other: Entry, entry: Entry) -> bool:
    """Return whether an answer to a check has its challenge; other messages need none."""
    if isinstance(entry.body, Check) and isinstance(other.body, CheckAnswer):
        return other.body.challenge == entry.body.challenge
    return True
