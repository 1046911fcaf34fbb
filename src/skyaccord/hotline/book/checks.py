"""Communications checks: which of the plan were held, how long they took, how far the other clock is off."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from enum import StrEnum

from skyaccord.hotline.bodies.check import Check, CheckAnswer
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import Clock


class Held(StrEnum):
    """What became of a check of the plan."""

    ANSWERED = "answered"
    MISSED = "missed"  # called, and no answer within the time of its precedence
    OMITTED = "omitted"  # no one called
    PENDING = "pending"  # the time is not over


@dataclass(frozen=True, slots=True)
class Slot:
    """A check of the plan, due from an instant until the next one."""

    from_s: float
    held: Held


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """Figures about the checks with one party; times in seconds, by the clock of whoever called."""

    party: str
    called: int
    answered: int
    missed: int
    median_s: float | None
    worst_s: float | None
    offset_s: float | None  # by the last answered check: how far the other party's clock is ahead of one's own


def measure_checks(book: Book, party: str, now_s: float) -> CheckFigures:
    """Return figures about the checks between this party and another, whoever called."""
    clocks = _clocks(book, party)
    trips = [trip for trip in map(_round_trip_s, clocks) if trip is not None]
    offsets = [offset for offset in (_offset_s(clock, book.plan.me) for clock in clocks) if offset is not None]
    held = [_held(clock, now_s) for clock in clocks]
    return CheckFigures(
        party=party,
        called=len(clocks),
        answered=held.count(Held.ANSWERED),
        missed=held.count(Held.MISSED),
        median_s=statistics.median(trips) if trips else None,
        worst_s=max(trips, default=None),
        offset_s=offsets[-1] if offsets else None,
    )


def list_slots(book: Book, party: str, now_s: float, since_s: float) -> tuple[Slot, ...]:
    """Return the checks of the plan with a party that fell due from ``since_s`` on; none where none were agreed."""
    every_s = book.plan.check_every_s
    if every_s is None or now_s < book.plan.from_s:
        return ()
    first = max(0, int(-(-(since_s - book.plan.from_s) // every_s)))
    last = int((now_s - book.plan.from_s) // every_s)
    clocks = _clocks(book, party)
    return tuple(
        _slot(book.plan.from_s + number * every_s, every_s, clocks, now_s) for number in range(first, last + 1)
    )


def next_check_s(book: Book, party: str, now_s: float) -> float | None:
    """Return when the next check of the plan is due: now or earlier where one is pending; ``None`` without a plan."""
    every_s = book.plan.check_every_s
    if every_s is None:
        return None
    if now_s < book.plan.from_s:
        return book.plan.from_s
    slot_s = book.plan.from_s + (now_s - book.plan.from_s) // every_s * every_s
    is_called = any(slot_s <= clock.entry.sent_s < slot_s + every_s for clock in _clocks(book, party))
    return slot_s + every_s if is_called else slot_s


def _clocks(book: Book, party: str) -> list[Clock]:
    return [
        book.clock(entry.envelope)
        for entry in book
        if isinstance(entry.body, Check) and party in (entry.sender, entry.recipient)
    ]


def _held(clock: Clock, now_s: float) -> Held:
    """Return what became of a check. Without a receipt it counts from when it was sent: no one answered either way."""
    if clock.answered_by is not None:
        return Held.ANSWERED
    start_s = clock.entry.sent_s if clock.entry.received_s is None else clock.entry.received_s
    return Held.MISSED if now_s > start_s + clock.limit_s else Held.PENDING


def _slot(from_s: float, every_s: float, clocks: list[Clock], now_s: float) -> Slot:
    held = {_held(clock, now_s) for clock in clocks if from_s <= clock.entry.sent_s < from_s + every_s}
    for best in (Held.ANSWERED, Held.PENDING, Held.MISSED):
        if best in held:
            return Slot(from_s, best)
    return Slot(from_s, Held.PENDING if now_s < from_s + every_s else Held.OMITTED)


def _round_trip_s(clock: Clock) -> float | None:
    """Return the time from call to answer, both by the caller's clock."""
    answer = clock.answered_by
    return None if answer is None or answer.received_s is None else answer.received_s - clock.entry.sent_s


def _offset_s(clock: Clock, me: str) -> float | None:
    """Return how far the other clock is ahead: half the sum of both legs' apparent times (RFC 5905, section 8)."""
    answer = clock.answered_by
    if answer is None or answer.received_s is None or not isinstance(answer.body, CheckAnswer):
        return None
    there_s = answer.body.received_s - clock.entry.sent_s
    back_s = answer.sent_s - answer.received_s
    ahead_s = (there_s + back_s) / 2.0
    return ahead_s if clock.entry.sender == me else -ahead_s
