"""The plain cylinder: when two aircraft that fly straight on are within D horizontally and H vertically.

Strict on every side, as DAIDALUS 2.0.4 has it for its cylinders: a pair at distance D exactly is outside until it
comes nearer. (The encounter
search has its own kernels for recorded motion, `detect.intervals`.) A pair is given as ownship minus intruder.
"""

from __future__ import annotations

import math

from skyaccord.detect.well_clear import INSTANT_S, TIE, ZERO, circle_time
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import NEVER
from skyaccord.geometry.vectors import Pair


@kernel
def cylinder_interval(pair: Pair, range_m: float, height_m: float, until_s: float) -> tuple[float, float]:
    """Return when a pair is within the cylinder in [0, until_s]; an interval without length is none."""
    sx, sy, sz, vx, vy, vz = pair
    entry_s, exit_s = 0.0, until_s
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    if v_v < ZERO:
        if s_s >= range_m * range_m:
            return NEVER
    else:
        inward_s = circle_time(s_s, s_v, v_v, range_m, -1.0)
        if math.isnan(inward_s):
            return NEVER
        entry_s, exit_s = max(entry_s, inward_s), min(exit_s, circle_time(s_s, s_v, v_v, range_m, 1.0))
    if abs(vz) < ZERO:
        if abs(sz) >= height_m * (1.0 - TIE):
            return NEVER
    else:
        side_m = math.copysign(height_m, vz)
        entry_s, exit_s = max(entry_s, (-side_m - sz) / vz), min(exit_s, (side_m - sz) / vz)
    return (entry_s, exit_s) if exit_s - entry_s > INSTANT_S else NEVER
