"""Sets of time, one for each of many owners (encounters), and the operations of logic on them.

A set is a list of disjoint intervals in order. All operations are sweeps over begins and ends, for all owners at once.
Sets that touch are joined and what is left without length is dropped: truth at a single instant does not count here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.geometry.vectors import Floats, Ints

Bools: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spans:
    """Disjoint intervals sorted by owner and time."""

    owner: Ints
    begin_s: Floats
    end_s: Floats

    def __len__(self) -> int:
        return len(self.owner)

    def of(self, owner: int) -> list[tuple[float, float]]:
        """Return one owner's intervals."""
        return self.by_owner().get(owner, [])

    def by_owner(self) -> dict[int, list[tuple[float, float]]]:
        """Return the intervals of each owner that has any."""
        found: dict[int, list[tuple[float, float]]] = {}
        for owner, begin_s, end_s in zip(self.owner.tolist(), self.begin_s.tolist(), self.end_s.tolist(), strict=True):
            found.setdefault(owner, []).append((begin_s, end_s))
        return found

    def owners(self, count: int) -> npt.NDArray[np.bool_]:
        """Return which of ``count`` owners have any time at all."""
        has = np.zeros(count, bool)
        has[self.owner] = True
        return has


def joined(parts: Spans) -> Spans:
    """Return intervals that are sorted by owner and time with those that touch joined, and none without length."""
    if len(parts) == 0:
        return parts
    goes_on = (parts.owner[1:] == parts.owner[:-1]) & (parts.begin_s[1:] <= parts.end_s[:-1])
    first, last = np.flatnonzero(np.append(True, ~goes_on)), np.flatnonzero(np.append(~goes_on, True))
    owner, begin_s, end_s = parts.owner[first], parts.begin_s[first], parts.end_s[last]
    long = end_s > begin_s
    return Spans(owner[long], begin_s[long], end_s[long])


def union(parts: Sequence[Spans]) -> Spans:
    """Return the times in at least one of the sets."""
    return _sweep([(part, 1) for part in parts], 1)


def intersection(parts: Sequence[Spans]) -> Spans:
    """Return the times in all of the sets."""
    return _sweep([(part, 1) for part in parts], len(parts))


def difference(whole: Spans, part: Spans) -> Spans:
    """Return the times in ``whole`` and not in ``part``."""
    return _sweep([(whole, 1), (part, -1)], 1)


def by_time(parts: Spans) -> Spans:
    """Return intervals sorted by owner and begin, the longer first of those that begin together."""
    order = np.lexsort((-parts.end_s, parts.begin_s, parts.owner))
    return Spans(parts.owner[order], parts.begin_s[order], parts.end_s[order])


def _sweep(parts: Sequence[tuple[Spans, int]], least: int) -> Spans:
    """Return the times at which the sum of the weights of the sets that hold is at least ``least``."""
    owner = np.concatenate([np.concatenate((p.owner, p.owner)) for p, _ in parts])
    t_s = np.concatenate([np.concatenate((p.begin_s, p.end_s)) for p, _ in parts])
    step = np.concatenate([np.repeat((weight, -weight), len(p)) for p, weight in parts])
    order = np.lexsort((-step, t_s, owner))
    owner, t_s, step = owner[order], t_s[order], step[order]
    inside = np.cumsum(step) >= least
    before = np.concatenate(([False], inside[:-1]))
    opens, closes = np.flatnonzero(inside & ~before), np.flatnonzero(before & ~inside)
    # A set that ends where its neighbour begins leaves two spans that touch, when both ends sort before both begins.
    return joined(Spans(owner[opens], t_s[opens], t_s[closes]))
