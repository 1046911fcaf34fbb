"""How an aircraft's positions move: new positions, the steps between them, and how far it can have gone.

Recordings resampled to a fixed rate repeat the last position until a new one arrives. A repeat says nothing about
motion, so every test of speed works on *fixes*: rows whose position differs from the one before. The time of a step
runs from the first sight of one position to the first sight of the next; a jump that only catches up with a pause
in reception is then no jump.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.geometry.earth import surface_points
from skyaccord.geometry.kernel import kernel
from skyaccord.model.tracks import Floats, Ints, Tracks
from skyaccord.units import KT

Flags: TypeAlias = npt.NDArray[np.bool_]

SPEED_MARGIN: Final = 1.15
"""Distance flown over reported speed times time. Of 2,064 steps of 1 to 10 minutes flown by fire-fighting aircraft
99 % stay below 1.06, the largest is 1.26; of 193 of general aviation 99 % stay below 1.11."""

CLOCK_TOLERANCE_S: Final = 2.0
"""Each end of a step may be stamped 1 s off: recorders commonly keep whole seconds."""

SAMPLE_LAG_S: Final = 15.0
"""A position may be older than its row by as much as one sampling interval, up to this. A day sampled every 10 s holds
63 steps of 18 to 24 s of flight in 10 s, each with a short step within the three before or after it."""

POSITION_NOISE_M: Final = 200.0
"""0.1 NM, the containment radius of NIC 8 (DO-260B), rounded up; more where a source states less accuracy."""

ERRORS: Final = 1.4
"""Times the 95 % bound of the difference of two positions: exceeded by noise alone once in 350 steps."""

UNSEEN_ACCELERATION_MPS2: Final = 1.0
"""What a slow aircraft may gain while it is not seen, about 2 kt/s: a take-off run. Assumption."""

UNSEEN_SPEED_MPS: Final = 300.0 * KT
"""An aircraft slower than this may have flown up to this fast unseen; a faster one is taken to be near its cruise.
Assumption: above the 250 kt that most rules allow below 10,000 ft (ICAO Annex 11, appendix 4)."""

FASTEST_MPS: Final = 1500.0 * KT
"""Taken where no speed is reported, and the limit of the possible: Mach 2.6 in the stratosphere, more than any
aircraft now in service holds. Assumption."""


@dataclass(frozen=True, slots=True)
class Fixes:
    """New positions in the order of their rows; all arrays have one entry a fix."""

    row: Ints
    until: Ints  # last row that repeats this position
    aircraft: Ints
    t_s: Floats
    t_until_s: Floats
    points_m: Floats  # (n, 3), on the ellipsoid, earth-centred
    speed_mps: Floats  # the greater one reported at either end of the fix; NaN where none is, or only 0
    error_m: Floats  # 95 % bound that is stated, 0 where none is

    def __len__(self) -> int:
        return len(self.row)

    def take(self, kept: Flags | slice) -> Fixes:
        """Return some of the fixes, in order."""
        return Fixes(
            self.row[kept],
            self.until[kept],
            self.aircraft[kept],
            self.t_s[kept],
            self.t_until_s[kept],
            self.points_m[kept],
            self.speed_mps[kept],
            self.error_m[kept],
        )


def aircraft_of_rows(tracks: Tracks) -> Ints:
    """Return the index of the aircraft of each row."""
    return np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))


def find_fixes(tracks: Tracks, rows: Ints, aircraft: Ints) -> Fixes:
    """Return the fixes among ``rows`` (ascending); ``aircraft`` has one entry a row of the table.

    A reported speed of 0 counts as none: several archives write 0 where no velocity message was heard, and an
    aircraft that does stand still moves too little to need the number.
    """
    lat, lon, of = tracks.lat_deg[rows], tracks.lon_deg[rows], aircraft[rows]
    is_new = np.ones(len(rows), np.bool_)
    is_new[1:] = (lat[1:] != lat[:-1]) | (lon[1:] != lon[:-1]) | (of[1:] != of[:-1])
    at = np.flatnonzero(is_new)
    last = np.append(at[1:], len(rows)) - 1 if len(at) else at
    row, until = rows[at], rows[last]
    speed = np.fmax(tracks.groundspeed_mps[row], tracks.groundspeed_mps[until])
    speed = np.where(speed > 0.0, speed, np.nan)
    points = surface_points(lat[at], lon[at])
    error = np.nan_to_num(tracks.horizontal_error_m[row])
    return Fixes(row, until, of[at], tracks.t_s[row], tracks.t_s[until], points, speed, error)


@kernel
def reach_one(speed_mps: float, elapsed_s: float, error_m: float) -> float:
    """Return how far an aircraft can have gone by its reported speed, with what clocks and sampling add, metres.

    ``speed_mps`` is the greater one of both ends; NaN takes the fastest possible. ``error_m`` is that of both positions
    together.
    """
    reported = FASTEST_MPS if math.isnan(speed_mps) else speed_mps * SPEED_MARGIN
    unseen = min(reported + UNSEEN_ACCELERATION_MPS2 * elapsed_s / 4.0, UNSEEN_SPEED_MPS)
    slack_s = CLOCK_TOLERANCE_S + min(elapsed_s, SAMPLE_LAG_S)
    return max(reported, unseen) * (elapsed_s + slack_s) + max(POSITION_NOISE_M, ERRORS * error_m)


@kernel
def reach_m(speed_mps: Floats, elapsed_s: Floats, error_m: Floats) -> Floats:
    """Return `reach_one` of each pair."""
    out = np.empty(speed_mps.size)
    for k in range(speed_mps.size):
        out[k] = reach_one(speed_mps[k], elapsed_s[k], error_m[k])
    return out


@kernel
def _excess(
    earlier: Ints, later: Ints, aircraft: Ints, t_s: Floats, points_m: Floats, speed_mps: Floats, error_m: Floats
) -> Floats:
    out = np.zeros(earlier.size)
    for k in range(earlier.size):
        i, j = earlier[k], later[k]
        if aircraft[i] == aircraft[j]:
            x, y, z = points_m[j, 0] - points_m[i, 0], points_m[j, 1] - points_m[i, 1], points_m[j, 2] - points_m[i, 2]
            a, b = speed_mps[i], speed_mps[j]
            speed = a if a > b or math.isnan(b) else b
            reach = reach_one(speed, t_s[j] - t_s[i], math.hypot(error_m[i], error_m[j]))
            out[k] = math.sqrt(x * x + y * y + z * z) / reach
    return out


def excess_between(fixes: Fixes, earlier: Ints, later: Ints) -> Floats:
    """Return distance over reach between pairs of fixes; 0 between two aircraft. More than 1 cannot be flown."""
    return _excess(earlier, later, fixes.aircraft, fixes.t_s, fixes.points_m, fixes.speed_mps, fixes.error_m)


def excess(fixes: Fixes) -> Floats:
    """Return `excess_between` each fix and the next, shape (n - 1,)."""
    index = np.arange(len(fixes))
    return excess_between(fixes, index[:-1], index[1:])


def find_impossible(fixes: Fixes) -> Ints:
    """Return the fixes no aircraft could have reached from the fix before, one second of clock error allowed."""
    distance = step_lengths(fixes.points_m)
    allowed = FASTEST_MPS * (np.diff(fixes.t_s) + CLOCK_TOLERANCE_S / 2.0) + POSITION_NOISE_M
    return np.flatnonzero((distance > allowed) & (np.diff(fixes.aircraft) == 0)) + 1


@kernel
def step_lengths(points_m: Floats) -> Floats:
    """Return the distance from each point to the next."""
    out = np.empty(max(points_m.shape[0] - 1, 0))
    for k in range(out.size):
        x = points_m[k + 1, 0] - points_m[k, 0]
        y = points_m[k + 1, 1] - points_m[k, 1]
        z = points_m[k + 1, 2] - points_m[k, 2]
        out[k] = math.sqrt(x * x + y * y + z * z)
    return out
