"""Alert levels of many pairs at once: pairs of aircraft row by row, or one ownship against all others.

The same levels as `detect.alerting` finds for scenes, from latitude, longitude, altitude, ground speed, track and
vertical speed, the projection included. A state that lacks a value has no level: `UNDETERMINED`, never 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.hazard import COALTITUDE, CYLINDER, HEIGHT, KIND, RANGE, TIME
from skyaccord.detect.ladder import ALERTING, EARLY, Ladder, Rungs, highest_level
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.ownship_plane import (
    ANGLES,
    BLOCK,
    COS_ANGLE,
    ELLIPSOID,
    HALF_EAST,
    LAT,
    NORTH,
    OWN_LAT,
    OWN_TRACK,
    PLANE,
    SPEED,
    SPEEDS,
    TRACK,
    VX,
    VY,
    X,
    Y,
    lay_in_plane,
)
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.states import States

UNDETERMINED: Final = -1

METRES_A_DEGREE: Final = 109_000.0
"""A degree of latitude is longer than this in the plane of either surface (110,574 m and more along the ground)."""

WIDEST_M: Final = 1e6
"""Reach up to which that holds: the plane foreshortens what is far off."""

Columns: TypeAlias = tuple[Floats, Floats, Floats, Floats, Floats, Floats]
"""The arrays of `States`, in their order."""


@dataclass(frozen=True, slots=True)
class PairLevels:
    """One entry a pair."""

    level: Ints  # 0 none, `UNDETERMINED` where a state lacks a value
    entry_s: Floats  # when the volume of that level is entered, 0 where it is violated; NaN without a level

    def __len__(self) -> int:
        return len(self.level)


@kernel
def reach_of(rungs: Rungs, limit: int) -> tuple[float, float, float, float, float]:
    """Return bounds of all volumes: range and its time, height and its time, time to co-altitude; or infinity.

    ``limit`` is `ALERTING` where no level stands, else `EARLY`.
    """
    hazards, _, _, within_s, _ = rungs
    range_m, height_m, within, time_s, coaltitude_s = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(hazards.shape[0]):
        if hazards[k, KIND] > CYLINDER:
            return math.inf, math.inf, math.inf, math.inf, math.inf
        range_m, height_m = max(range_m, hazards[k, RANGE]), max(height_m, hazards[k, HEIGHT])
        within, time_s = max(within, within_s[k, limit]), max(time_s, hazards[k, TIME])
        coaltitude_s = max(coaltitude_s, hazards[k, COALTITUDE])
    return range_m * 1.001, within + time_s, height_m * 1.001, within, coaltitude_s


@kernel
def levels_of(
    rungs: Rungs, surface: int, own: Columns, other: Columns, std: Floats, standing: Ints, level: Ints, entry_s: Floats
) -> int:
    """Write level and entry of each pair; return how many pairs had to be projected.

    Pairs that height or latitude alone keep apart are set aside first; the others are gathered to blocks. Arrays of
    ``own``, ``std`` and ``standing`` have one entry a pair, or one for all pairs.
    """
    is_memoryless = standing.size == 1 and standing[0] == 0
    range_m, range_s, height_m, height_s, coaltitude_s = reach_of(rungs, ALERTING if is_memoryless else EARLY)
    angle_deg, speed_mps, where = np.zeros(ANGLES), np.zeros(SPEEDS), np.zeros(BLOCK, np.int64)
    sine, cosine, plane = np.empty(ANGLES), np.empty(ANGLES), np.empty(PLANE)
    step = 0 if own[0].size == 1 else 1
    count, projected = 0, 0
    for k in range(other[0].size):
        i = step * k
        level[k], entry_s[k] = 0, math.nan
        z, w, north = own[2][i] - other[2][k], own[5][i] - other[5][k], other[0][k] - own[0][i]
        east, speed, track = other[1][k] - own[1][i], own[3][i] + other[3][k], own[4][i] + other[4][k]
        if not math.isfinite(z + w + north + east + speed + track):
            level[k] = UNDETERMINED
            continue
        if abs(z) - abs(w) * height_s > max(height_m, abs(w) * coaltitude_s):
            continue
        reach_m = range_m + speed * range_s
        if abs(north) * METRES_A_DEGREE > reach_m and reach_m < WIDEST_M:
            continue
        where[count] = k
        angle_deg[count + OWN_LAT], angle_deg[count + LAT], angle_deg[count + NORTH] = own[0][i], other[0][k], north
        angle_deg[count + HALF_EAST], angle_deg[count + OWN_TRACK] = 0.5 * east, own[4][i]
        angle_deg[count + TRACK], speed_mps[count], speed_mps[count + SPEED] = other[4][k], own[3][i], other[3][k]
        count += 1
        if count == BLOCK:
            lay_in_plane(surface, angle_deg, speed_mps, sine, cosine, plane)
            levels_in_plane(rungs, own, other, std, standing, where, plane, level, entry_s)
            projected, count = projected + BLOCK, 0
    if count > 0:
        lay_in_plane(surface, angle_deg, speed_mps, sine, cosine, plane)
        levels_in_plane(rungs, own, other, std, standing, where[:count], plane, level, entry_s)
    return projected + count


@kernel
def levels_in_plane(
    rungs: Rungs,
    own: Columns,
    other: Columns,
    std: Floats,
    standing: Ints,
    where: Ints,
    plane: Floats,
    level: Ints,
    entry_s: Floats,
) -> None:
    """Write level and entry of a block's pairs, whose numbers are ``where``."""
    step = 0 if own[0].size == 1 else 1
    std_step, standing_step = 0 if std.shape[0] == 1 else 1, 0 if standing.size == 1 else 1
    for n in range(where.size):
        if plane[n + COS_ANGLE] <= 0.0:
            continue
        k = where[n]
        i, j = step * k, std_step * k
        z, w = own[2][i] - other[2][k], own[5][i] - other[5][k]
        pair = plane[n + X], plane[n + Y], z, plane[n + VX], plane[n + VY], w
        error = std[j, 0], std[j, 1], std[j, 2], std[j, 3]
        level[k], entry_s[k] = highest_level(rungs, standing[standing_step * k], pair, error, own[2][i], own[5][i])


def pair_levels(
    own: States,
    other: States,
    rule: Ladder,
    *,
    surface: int = ELLIPSOID,
    std: Floats | None = None,
    standing: Ints | None = None,
) -> PairLevels:
    """Return the alert level of each pair.

    Args:
        own: ownships, one a pair or one for all; altitudes in one datum with those of ``other``.
        other: intruders, one a pair.
        rule: the levels, from `detect.ladder.ladder`.
        surface: `ELLIPSOID` (WGS-84), or `SPHERE` for comparison with DAIDALUS.
        std: standard deviations of each pair, shape (pairs, 4), as in `detect.hazard`; none is certainty.
        standing: level of each pair at the update before, for its early alerting time; none is memory-less.

    Raises:
        SkyaccordError: numbers of ownships and intruders do not fit.
    """
    if len(own) not in (1, len(other)):
        raise SkyaccordError(f"{len(own)} ownships for {len(other)} intruders: give one, or as many")
    level, entry_s = np.empty(len(other), np.int64), np.empty(len(other))
    error = np.zeros((1, 4)) if std is None else np.ascontiguousarray(std, float)
    stands = np.zeros(1, np.int64) if standing is None else np.ascontiguousarray(standing, np.int64)
    levels_of(rule.rungs, surface, _columns(own), _columns(other), error, stands, level, entry_s)
    return PairLevels(level, entry_s)


def _columns(states: States) -> Columns:
    """Return contiguous arrays, so that one compiled form serves every caller."""
    columns = (
        states.lat_deg,
        states.lon_deg,
        states.altitude_m,
        states.groundspeed_mps,
        states.track_deg,
        states.vertical_rate_mps,
    )
    lat, lon, altitude, speed, track, climb = (np.ascontiguousarray(each, float) for each in columns)
    return lat, lon, altitude, speed, track, climb
