"""Who was late, and by how much."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import Clock


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How a party acknowledged what was said to it. Times in seconds, by that party's own clock."""

    party: str
    acknowledged: int
    in_time: int
    late: tuple[Clock, ...]  # acknowledged after the time, or not yet and the time is over
    undetermined: int  # acknowledged, but not known when it was received, or by a clock that ran backwards
    median_s: float | None
    worst_s: float | None


def measure_punctuality(book: Book, party: str, now_s: float) -> Punctuality:
    """Return how a party acknowledged the messages that this book has."""
    clocks = [book.clock(entry.envelope) for entry in book if entry.recipient == party]
    took_s = [clock.took_s for clock in clocks if clock.took_s is not None]
    stopped = [clock for clock in clocks if clock.stopped_by is not None]
    return Punctuality(
        party=party,
        acknowledged=len(stopped),
        in_time=sum(clock.took_s is not None and clock.late_by_s(now_s) == 0.0 for clock in stopped),
        late=tuple(clock for clock in clocks if clock.late_by_s(now_s) > 0.0),
        undetermined=sum(clock.took_s is None for clock in stopped),
        median_s=statistics.median(took_s) if took_s else None,
        worst_s=max(took_s, default=None),
    )
