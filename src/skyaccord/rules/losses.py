"""How long a duty was lost: the clock of ``keep`` and ``restore``, with its rule of re-entry.

The clock starts when the duty is lost and stops when it has held again for the time of re-entry; the loss then ends
where it was restored. A second outside does not reset it: losses with less than that between them are one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.rules.overlaps import overlaps
from skyaccord.rules.scene import Surroundings
from skyaccord.rules.spans import Bools, Spans


@dataclass(frozen=True, slots=True)
class Loss:
    """A time over which a duty was lost, by its clock."""

    begin_s: float
    end_s: float
    is_open: bool  # it may have begun before, or gone on after: the pair was not seen there

    @property
    def duration_s(self) -> float:
        """Return how long the clock ran under observation."""
        return self.end_s - self.begin_s


@dataclass(frozen=True, slots=True)
class Losses:
    """The losses of many pairs, sorted by pair and time."""

    lost: Spans  # owned by pairs
    is_open: Bools

    def gravest(self, about: Spans, restore_s: float) -> list[Loss | None]:
        """Return the gravest loss about each of some times of pairs: too long by itself, else open, else the longest.

        Of losses that are equally grave the first counts.
        """
        place, loss = overlaps(about, self.lost)
        lasted_s = self.lost.end_s[loss] - self.lost.begin_s[loss]
        order = np.lexsort((loss, -lasted_s, ~self.is_open[loss], lasted_s <= restore_s, place))
        place, loss = place[order], loss[order]
        first = np.flatnonzero(np.diff(place, prepend=-1))
        found: list[Loss | None] = [None] * len(about)
        for n, begin_s, end_s, is_open in zip(
            place[first].tolist(),
            self.lost.begin_s[loss[first]].tolist(),
            self.lost.end_s[loss[first]].tolist(),
            self.is_open[loss[first]].tolist(),
            strict=True,
        ):
            found[n] = Loss(begin_s, end_s, is_open)
        return found


def losses(lost: Spans, around: Surroundings, reenter_s: float) -> Losses:
    """Return the losses of each pair.

    A loss ends where the pair was no longer seen, and is then open: it may have gone on, for how long no one knows.

    Args:
        lost: when the duty was lost, owned by stretches.
        around: the stretches.
        reenter_s: how long the duty must hold for a loss to have ended.
    """
    pair = around.times.owner[lost.owner]
    if len(pair) == 0:
        return Losses(lost, np.zeros(0, bool))
    open_begin, open_end = around.open_begin, around.open_end
    is_open = open_begin[lost.owner] & (lost.begin_s <= around.times.begin_s[lost.owner])
    is_open |= open_end[lost.owner] & (lost.end_s >= around.times.end_s[lost.owner])
    before, after = lost.owner[:-1], lost.owner[1:]
    was_unseen = (before != after) & (open_end[before] | open_begin[after])
    goes_on = (pair[1:] == pair[:-1]) & ~was_unseen & (lost.begin_s[1:] - lost.end_s[:-1] < reenter_s)
    first = np.flatnonzero(np.append(True, ~goes_on))
    last = np.append(first[1:], len(pair)) - 1
    joined = Spans(pair[first], lost.begin_s[first], lost.end_s[last])
    return Losses(joined, np.logical_or.reduceat(is_open, first))
