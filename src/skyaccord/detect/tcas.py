"""The volumes in which TCAS II would advise, ideally: no tracker, no coordination, straight flight.

A pair is in the volume when it is so horizontally and vertically: ``|s| <= DMOD`` or modified tau below TAU while
converging; ``|z| <= ZTHR`` or co-altitude within TCOA. The filter of horizontal miss distance asks besides that the
pair comes, or is, within HMD. Parameters follow the sensitivity level, which follows the ownship's altitude: where it
flies through a level's boundary in the look-ahead, the time is split there.

Source: Muñoz, Narkawicz, Chamberlain, AIAA 2013-4622; parameters as profiles give them (FAA booklet TCAS II v7.1).
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.detect.well_clear import ZERO, circle_time, is_within_vertically, modified_tau, vertical_interval
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import NEVER
from skyaccord.geometry.vectors import Floats, Pair

SENSITIVITY_LEVELS: Final = 8

# Columns of a table of sensitivity levels, shape (8, 6): altitude up to which it holds (m) and the thresholds there.
CEILING: Final = 0
TAU: Final = 1
TCOA: Final = 2
DMOD: Final = 3
ZTHR: Final = 4
HMD: Final = 5


@kernel
def sensitivity_level(table: Floats, altitude_m: float) -> int:
    """Return the row of the table that holds at an altitude."""
    for level in range(SENSITIVITY_LEVELS - 1):
        if altitude_m <= table[level, CEILING]:
            return level
    return SENSITIVITY_LEVELS - 1


@kernel
def horizontal_advisory(
    row: Floats, is_filtered: bool, s_s: float, s_v: float, v_v: float, until_s: float
) -> tuple[float, float]:
    """Return when a pair is in the horizontal part in [0, until_s], from its dot products."""
    excess = s_s - row[DMOD] ** 2
    if v_v < ZERO:
        return (0.0, until_s) if excess <= 0.0 else NEVER
    if is_filtered:
        leaves_s = circle_time(s_s, s_v, v_v, row[HMD], 1.0)
        if math.isnan(leaves_s) or leaves_s <= 0.0:
            return NEVER
        until_s = min(until_s, leaves_s)
    outward_s = circle_time(s_s, s_v, v_v, row[DMOD], 1.0)
    if excess <= 0.0:
        return 0.0, min(until_s, outward_s)
    if s_v >= 0.0:
        return NEVER
    # Where modified tau equals TAU; a pair that misses the circle leaves at the larger root, before its CPA.
    b = 2.0 * s_v + row[TAU] * v_v
    disc = b * b - 4.0 * v_v * (excess + row[TAU] * s_v)
    if disc < 0.0:
        return NEVER
    entry_s, exit_s = (-b - math.sqrt(disc)) / (2.0 * v_v), (-b + math.sqrt(disc)) / (2.0 * v_v)
    if not math.isnan(outward_s):
        exit_s = outward_s
    return max(entry_s, 0.0), min(exit_s, until_s)


@kernel
def advisory_at_level(row: Floats, is_filtered: bool, pair: Pair, until_s: float) -> tuple[float, float]:
    """Return when a pair is in the volume of one sensitivity level in [0, until_s]; a row of zeros has no volume."""
    if row[DMOD] <= 0.0 and row[TAU] <= 0.0:
        return NEVER
    sx, sy, sz, vx, vy, vz = pair
    begin_s, end_s = vertical_interval(sz, vz, row[ZTHR], row[TCOA], until_s)
    if begin_s > end_s:
        return NEVER
    sx, sy = sx + begin_s * vx, sy + begin_s * vy
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    entry_s, exit_s = horizontal_advisory(row, is_filtered, s_s, s_v, v_v, end_s - begin_s)
    return (begin_s + entry_s, begin_s + exit_s) if entry_s < exit_s else NEVER


@kernel
def advisory_interval(
    table: Floats, is_filtered: bool, pair: Pair, altitude_m: float, climb_mps: float, until_s: float
) -> tuple[float, float]:
    """Return first entry and last exit of the volume in [0, until_s] along the ownship's climb."""
    first_s, last_s, begin_s = until_s, 0.0, 0.0
    has_any = False
    while begin_s < until_s:
        level, end_s = sensitivity_level(table, altitude_m + begin_s * climb_mps), until_s
        if climb_mps > 0.0 and altitude_m + begin_s * climb_mps >= table[level, CEILING]:
            level += 1  # it climbs off a boundary
        if climb_mps > 0.0 and level < SENSITIVITY_LEVELS - 1:
            end_s = min(until_s, (table[level, CEILING] - altitude_m) / climb_mps)
        elif climb_mps < 0.0 and level > 0:
            end_s = min(until_s, (table[level - 1, CEILING] - altitude_m) / climb_mps)
        if end_s <= begin_s:  # rounding at a boundary: step over it
            end_s = begin_s + 1e-9 * max(1.0, begin_s)
        sx, sy, sz, vx, vy, vz = pair
        there = (sx + begin_s * vx, sy + begin_s * vy, sz + begin_s * vz, vx, vy, vz)
        entry_s, exit_s = advisory_at_level(table[level], is_filtered, there, end_s - begin_s)
        if entry_s < exit_s:
            first_s, last_s, has_any = min(first_s, begin_s + entry_s), begin_s + exit_s, True
        begin_s = end_s
    return (first_s, last_s) if has_any else NEVER


@kernel
def is_in_advisory(table: Floats, is_filtered: bool, pair: Pair, altitude_m: float) -> bool:
    """Return whether a pair is in the volume now."""
    row = table[sensitivity_level(table, altitude_m)]
    if row[DMOD] <= 0.0 and row[TAU] <= 0.0:
        return False
    sx, sy, sz, vx, vy, vz = pair
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    if not is_within_vertically(sz, vz, row[ZTHR], row[TCOA]):
        return False
    if is_filtered and s_s > row[HMD] ** 2 and (s_v >= 0.0 or s_s - s_v * s_v / v_v > row[HMD] ** 2):
        return False
    return bool(s_s <= row[DMOD] ** 2) or 0.0 <= modified_tau(s_s, s_v, row[DMOD]) <= row[TAU]
