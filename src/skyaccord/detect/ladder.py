"""The levels of an alerter as arrays, and the highest that stands for one pair: the kernel of every alert level.

From the highest level downward, each distinct volume once (two levels that differ in their alerting time share one).
Before a volume's closed form is asked, a few products say for most pairs that it cannot be entered in time; this
rejects nothing that the closed form would find.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.alerting import is_before
from skyaccord.detect.hazard import COALTITUDE, CYLINDER, HEIGHT, KIND, RANGE, TIME, Error, hazard_interval
from skyaccord.detect.profile import Alerter
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints, Pair

SLACK: Final = 1e-6
"""Relative widening of a volume in the cheap test: far more than rounding, far less than what it saves."""

# Columns of the limits of a level.
ALERTING: Final = 0
EARLY: Final = 1

Rungs = tuple[Floats, Ints, Floats, Floats, float]
"""A `Ladder` as kernels take it: hazards, volume, limits, within, until."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """An alerter's levels; level l is entry l - 1."""

    hazards: Floats  # rows of detect.hazard, each distinct volume once
    volume: Ints  # the row of each level
    limits_s: Floats  # (levels, 2): alerting time, and early alerting time while the level stands
    within_s: Floats  # (volumes, 2): the longest of these among the levels of each volume
    until_s: float  # look-ahead

    @property
    def rungs(self) -> Rungs:
        """Return the arrays in the order of `Rungs`."""
        return self.hazards, self.volume, self.limits_s, self.within_s, self.until_s


def ladder(alerter: Alerter, look_ahead_s: float) -> Ladder:
    """Return the levels of an alerter as arrays."""
    rows: list[Floats] = []
    volume = []
    for level in alerter.levels:
        same = next((k for k, row in enumerate(rows) if np.array_equal(row, level.hazard)), len(rows))
        if same == len(rows):
            rows.append(level.hazard)
        volume.append(same)
    limits_s = np.array([(level.alerting_time_s, level.early_alerting_time_s) for level in alerter.levels])
    of = np.array(volume, np.int64)
    within_s = np.array([limits_s[of == k].max(axis=0) for k in range(len(rows))])
    within_s[:, EARLY] = within_s.max(axis=1)  # levels that do not stand keep their alerting time
    return Ladder(np.array(rows), of, limits_s, within_s, look_ahead_s)


@kernel
def is_out_of_reach(hazard: Floats, pair: Pair, within_s: float) -> bool:
    """Return True only where a pair in straight flight is neither in the volume nor enters it before ``within_s``.

    Range and its time variable at t obey ``|s(t)| <= D + TTHR * closing`` inside the volume, closing speed only falls,
    and range is convex: so ``|s| + (within + TTHR) * range rate <= D`` now. Besides, a pair outside D enters only where
    its miss distance is below D. Volumes of other kinds (TCAS, with uncertainty) are never out of reach here.
    """
    if hazard[KIND] > CYLINDER:
        return False
    sx, sy, sz, vx, vy, vz = pair
    rise_m = -within_s * abs(vz) if sz * vz < 0.0 else 0.0
    if abs(sz) + rise_m > max(hazard[HEIGHT], abs(vz) * hazard[COALTITUDE]) * (1.0 + SLACK):
        return True
    range_2 = hazard[RANGE] * hazard[RANGE] * (1.0 + SLACK)
    s_s = sx * sx + sy * sy
    if s_s <= range_2:
        return False
    s_v, v_v = sx * vx + sy * vy, vx * vx + vy * vy
    if s_v >= 0.0 or s_s * v_v - s_v * s_v > range_2 * v_v:
        return True
    ahead = s_s + (within_s + hazard[TIME]) * s_v
    return bool(ahead > 0.0 and ahead * ahead > range_2 * s_s)


@kernel
def highest_level(
    rungs: Rungs, standing: int, pair: Pair, std: Error, altitude_m: float, climb_mps: float
) -> tuple[int, float]:
    """Return the highest level that stands for a pair, 0 where none does, and the entry of its volume (s), else NaN.

    Args:
        rungs: what `Ladder.rungs` gives.
        standing: the level of the update before; it alone is held by its early alerting time; 0 without memory.
        pair: ownship minus intruder.
        std: standard deviations as in `detect.hazard`.
        altitude_m: the ownship's altitude.
        climb_mps: its vertical speed.
    """
    hazards, volume, limits_s, within_s, until_s = rungs
    last, entry_s = -1, math.nan
    for level in range(volume.size, 0, -1):
        which = volume[level - 1]
        if which != last:
            last, entry_s = which, math.nan
            longest_s = within_s[which, EARLY] if standing > 0 else within_s[which, ALERTING]
            if not is_out_of_reach(hazards[which], pair, longest_s):
                begin_s, end_s = hazard_interval(hazards[which], pair, std, altitude_m, climb_mps, until_s)
                if begin_s < end_s:
                    entry_s = begin_s
        limit_s = limits_s[level - 1, EARLY] if level == standing else limits_s[level - 1, ALERTING]
        if entry_s == 0.0 or is_before(entry_s, limit_s):
            return level, entry_s
    return 0, math.nan
