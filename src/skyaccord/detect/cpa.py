"""Measures of a pair that flies straight on: closest approach, miss distances, time to co-altitude.

A pair is ownship minus intruder. Source: standard closed forms, as the papers on well clear state them.
"""

from __future__ import annotations

import math

from skyaccord.detect.well_clear import ZERO, modified_tau
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Pair


@kernel
def time_of_cpa(pair: Pair) -> float:
    """Return when the horizontal distance is least, not before now (s); NaN where neither moves past the other."""
    speed_2 = pair[3] * pair[3] + pair[4] * pair[4]
    if speed_2 < ZERO:
        return math.nan
    return max(0.0, -(pair[0] * pair[3] + pair[1] * pair[4]) / speed_2)


@kernel
def horizontal_miss(pair: Pair, within_s: float) -> float:
    """Return the least horizontal distance within a look-ahead (m)."""
    t = time_of_cpa(pair)
    t = 0.0 if math.isnan(t) else min(t, within_s)
    return math.hypot(pair[0] + t * pair[3], pair[1] + t * pair[4])


@kernel
def time_to_coaltitude(pair: Pair) -> float:
    """Return when altitudes are equal (s), 0 where they are and do not stay so; NaN where they do not converge."""
    if pair[2] == 0.0 and pair[5] != 0.0:
        return 0.0
    return -pair[2] / pair[5] if pair[2] * pair[5] < 0.0 else math.nan


@kernel
def vertical_miss(pair: Pair, within_s: float) -> float:
    """Return the least vertical distance within a look-ahead (m)."""
    t = time_to_coaltitude(pair)
    if math.isnan(t):
        return abs(pair[2])
    return 0.0 if t <= within_s else abs(pair[2] + within_s * pair[5])


@kernel
def modified_tau_of(pair: Pair, range_m: float) -> float:
    """Return modified tau (s); NaN where the pair diverges or is within the range."""
    s_s, s_v = pair[0] * pair[0] + pair[1] * pair[1], pair[0] * pair[3] + pair[1] * pair[4]
    if s_v >= 0.0 or s_s <= range_m * range_m:
        return math.nan
    return modified_tau(s_s, s_v, range_m)
