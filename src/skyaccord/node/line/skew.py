"""How far a peer's clock is from one's own, from the times of one call and its answer (as NTP does, RFC 5905, 8)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

RESOLUTION_S: Final = 0.001
"""Times on the line are written in milliseconds."""

KEPT: Final = 8
"""Measurements of which the best counts; NTP's clock filter keeps as many."""

STALE_S: Final = 60.0
"""How long a measurement counts: an ordinary clock drifts some milliseconds in that time."""


@dataclass(frozen=True, slots=True)
class Skew:
    """The peer's clock minus one's own, within ± the uncertainty, measured at an instant of one's own clock."""

    offset_s: float
    uncertainty_s: float
    at_s: float


def measure(sent_s: float, received_s: float, answered_s: float, returned_s: float) -> Skew:
    """Return the skew that four times show.

    Args:
        sent_s: when the call left, by one's own clock.
        received_s: when it arrived, by the peer's.
        answered_s: when the answer left, by the peer's.
        returned_s: when it arrived, by one's own.
    """
    offset_s = ((received_s - sent_s) + (answered_s - returned_s)) / 2.0
    round_trip_s = max(0.0, (returned_s - sent_s) - (answered_s - received_s))
    return Skew(offset_s, round_trip_s / 2.0 + RESOLUTION_S, returned_s)


class SkewFilter:
    """The measurements of late; the one with the shortest way there and back is the truest."""

    def __init__(self) -> None:
        self._kept: deque[Skew] = deque(maxlen=KEPT)

    def add(self, skew: Skew) -> None:
        """Take a measurement; those that contradict it are forgotten, since a clock was set."""
        agreeing = [each for each in self._kept if _agree(each, skew)]
        self._kept = deque([*agreeing, skew], maxlen=KEPT)

    def best(self) -> Skew | None:
        """Return the best of those that are not stale."""
        newest_s = max((each.at_s for each in self._kept), default=0.0)
        return _best(each for each in self._kept if newest_s - each.at_s <= STALE_S)


def _agree(one: Skew, other: Skew) -> bool:
    return abs(one.offset_s - other.offset_s) <= one.uncertainty_s + other.uncertainty_s + RESOLUTION_S


def _best(skews: Iterable[Skew]) -> Skew | None:
    return min(skews, key=lambda each: each.uncertainty_s, default=None)
