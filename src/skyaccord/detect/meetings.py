"""Who came within a volume of where a hidden aircraft may have been: of others that were seen, or hidden as well."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from skyaccord.detect.candidates import STEP_S, Candidates
from skyaccord.detect.hidden import ALT0, ALT1, SPEED, Hidden, place_at
from skyaccord.detect.line import ALT, VX, T, X, advance
from skyaccord.detect.observation import Observation
from skyaccord.detect.volume import Volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

JOIN_S: Final = 60.0
"""Meetings of a pair no farther apart are one: a slot that holds two of them gives one, wherever slots begin."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """Times in which a pair may have been within a volume, one of them hidden at least; sorted by pair and time."""

    a: Ints  # aircraft, a < b
    b: Ints
    hidden: Ints  # which of `Hidden`: of the first of the two that is, when they are nearest
    from_s: Floats
    until_s: Floats
    closest_s: Floats  # when the straight lines between believed reports are nearest
    horizontal_m: Floats  # and how near
    vertical_m: Floats

    def __len__(self) -> int:
        return len(self.a)

    def take(self, kept: Ints) -> Meetings:
        """Return some of them, in order."""
        return Meetings(*(getattr(self, field.name)[kept] for field in fields(self)))


def find_meetings(seen: Observation, hidden: Hidden, candidates: Candidates, slack: Floats, volume: Volume) -> Meetings:
    """Return the meetings of a recording; those of one pair within `JOIN_S` of each other are one.

    Args:
        seen: usable rows.
        hidden: when aircraft were hidden.
        candidates: which may meet, of this volume or a larger one.
        slack: what each line may be off by (`accuracy.line_slack`).
        volume: D and H.
    """
    pairs = candidates.hidden_pairs
    found = meet(
        seen.line,
        seen.last,
        slack,
        hidden.region,
        np.column_stack((hidden.from_s, hidden.until_s)),
        pairs,
        candidates.hidden_window_s,
        volume.range_m,
        volume.height_m,
    )
    some = np.flatnonzero(found[:, 0] <= found[:, 1])
    found, pairs = found[some], pairs[some]
    one = hidden.aircraft[pairs[:, 0]] if len(pairs) else np.zeros(0, np.int64)
    other = np.zeros(0, np.int64)
    if len(pairs):
        other = np.where(pairs[:, 1] >= 0, hidden.aircraft[pairs[:, 1]], seen.aircraft[pairs[:, 2]])
    a, b = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((found[:, 1], found[:, 0], b, a))
    hidden_one = np.where(pairs[:, 1] >= 0, np.minimum(pairs[:, 0], pairs[:, 1]), pairs[:, 0])
    return _joined(a[order], b[order], hidden_one[order], found[order])


def _joined(a: Ints, b: Ints, hidden: Ints, found: Floats) -> Meetings:
    """Return meetings sorted by pair and begin, with those of one pair that nearly touch joined."""
    groups: list[list[int]] = []
    until_s = -np.inf
    for n in range(len(a)):
        is_one = n > 0 and a[n] == a[n - 1] and b[n] == b[n - 1] and found[n, 0] <= until_s + JOIN_S
        if is_one:
            groups[-1].append(n)
            until_s = max(until_s, found[n, 1])
        else:
            groups.append([n])
            until_s = found[n, 1]
    first = np.array([group[0] for group in groups], np.int64)
    nearest = np.array([min(group, key=lambda n: found[n, 3]) for group in groups], np.int64)
    last_s = np.array([max(found[n, 1] for n in group) for group in groups])
    return Meetings(
        a[first],
        b[first],
        hidden[nearest],
        found[first, 0],
        last_s,
        found[nearest, 2],
        found[nearest, 3],
        found[nearest, 4],
    )


@kernel
def meet(
    line: Floats,
    last: Ints,
    slack: Floats,
    region: Floats,
    times: Floats,
    pairs: Ints,
    window: Floats,
    range_m: float,
    height_m: float,
) -> Floats:
    """Return from when until when each pair of candidates may meet, when they are nearest, and how near.

    Shape (pairs, 5): begin (after the end where they do not), end, nearest instant, horizontal, vertical. ``pairs``
    holds a hidden time, another one or -1, and else the first and last row of what was seen.
    """
    out = np.empty((pairs.shape[0], 5))
    one, other = np.empty(5), np.empty(5)
    for n in range(pairs.shape[0]):
        h, g, low_row, high_row = pairs[n, 0], pairs[n, 1], pairs[n, 2], pairs[n, 3]
        begin, end = times[h, 0], times[h, 1]
        if g >= 0:
            begin, end = max(begin, times[g, 0]), min(end, times[g, 1])
        else:
            begin, end = max(begin, line[low_row, T]), min(end, line[high_row, T])
        out[n, 0], out[n, 1], out[n, 2], out[n, 3], out[n, 4] = np.inf, -np.inf, begin, np.inf, np.nan
        first, last_second = np.ceil(max(begin, window[n, 0])), np.floor(min(end, window[n, 1]))
        k = low_row
        t = first - 1.0
        while t <= last_second + 1.0:
            at = min(max(t, begin), end)  # whole seconds, and both ends
            t += STEP_S
            if at < window[n, 0] or at > window[n, 1] or begin > end:
                continue
            reach = range_m + place_at(region[h], at, one)
            speed = region[h, SPEED]
            if g >= 0:
                reach += place_at(region[g], at, other)
                speed += region[g, SPEED]
            else:
                k = advance(line, last, k, at)
                after = at - line[k, T]
                square = 0.0
                for axis in range(3):
                    other[axis] = line[k, X + axis] + line[k, VX + axis] * after
                    square += line[k, VX + axis] ** 2
                other[3] = line[k, ALT] + line[k, ALT + 1] * after - slack[k, 1]
                other[4] = other[3] + 2.0 * slack[k, 1]
                reach += slack[k, 0]
                speed += np.sqrt(square)
            reach += 0.5 * speed * STEP_S
            square = 0.0
            for axis in range(3):
                square += (one[axis] - other[axis]) ** 2
            apart = max(one[3] - other[4], other[3] - one[4])
            if square <= reach * reach and not apart >= height_m:  # an unknown height excludes nothing
                out[n, 0], out[n, 1] = min(out[n, 0], at), max(out[n, 1], at)
                if np.sqrt(square) < out[n, 3]:
                    out[n, 2], out[n, 3] = at, np.sqrt(square)
                    mine = 0.5 * (region[h, ALT0] + region[h, ALT1])
                    theirs = 0.5 * (region[g, ALT0] + region[g, ALT1]) if g >= 0 else 0.5 * (other[3] + other[4])
                    out[n, 4] = abs(mine - theirs)
    return out
