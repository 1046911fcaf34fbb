"""Landings and take-offs in an aircraft's own altitudes: what shows that a run of ground codes is one on the ground.

The lowest altitude flown near a place says little where few fly: an aircraft alone is always at its own lowest. So
the aircraft must be seen coming down to, or climbing away from, the lowest it was at that time.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.quality.motion import Flags
from skyaccord.units import FT

PROFILE_S: Final = 300.0
"""Time before a landing, or after a take-off, in which the descent or climb must show."""

PROFILE_M: Final = 300.0 * FT
"""Height of that descent or climb: the lower part of a traffic circuit. Assumption."""

LOWEST_WITHIN_S: Final = 900.0
"""The last altitude before touchdown is the lowest of the quarter hour around it, on both sides."""

FIELD_M: Final = 200.0 * FT
"""By this much it may miss: altitudes come in steps of 25 or 100 ft, and the last report may be on short final."""


def find_touchdowns(near: Ints, is_landing: bool, aircraft: Ints, t_s: Floats, altitude_m: Floats) -> Flags:
    """Return which of the rows ``near`` are the last before a landing, or the first after a take-off.

    ``near`` holds rows with a measured altitude, or -1 for none, which is no touchdown. Altitudes of 0 and missing
    ones are skipped.
    """
    rows, back = np.unique(near, return_inverse=True)
    found: Flags = _touchdowns(rows, is_landing, aircraft, t_s, altitude_m).astype(np.bool_)[back]
    return found


@kernel
def _touchdowns(rows: Ints, is_landing: bool, aircraft: Ints, t_s: Floats, altitude_m: Floats) -> Ints:
    out = np.zeros(rows.size, np.int64)
    for k in range(rows.size):
        row = rows[k]
        if row >= 0:
            lowest = highest = altitude_m[row]
            for step in (-1, 1):
                at = row + step
                while 0 <= at < t_s.size and aircraft[at] == aircraft[row]:
                    elapsed = abs(t_s[at] - t_s[row])
                    if elapsed > LOWEST_WITHIN_S:
                        break
                    altitude = altitude_m[at]
                    if altitude != 0.0 and altitude == altitude:
                        lowest = min(lowest, altitude)
                        if (step == -1) == is_landing and elapsed <= PROFILE_S:
                            highest = max(highest, altitude)
                    at += step
            is_bottom = altitude_m[row] <= lowest + FIELD_M
            out[k] = is_bottom and highest >= altitude_m[row] + PROFILE_M
    return out
