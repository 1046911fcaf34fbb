"""Hazard volumes as rows of numbers, so that one kernel serves every kind that a profile may name.

A row holds the kind in column 0 and its thresholds behind it, SI units. `hazard_interval` answers for any row.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.cylinder import cylinder_interval
from skyaccord.detect.tcas import advisory_interval, is_in_advisory
from skyaccord.detect.uncertainty import widened_interval
from skyaccord.detect.well_clear import INSTANT_S, TAUMOD, TCPA, TEP, is_well_clear_violated, well_clear_interval
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import NEVER
from skyaccord.geometry.vectors import Floats, Pair

# Kinds; the first three are those of detect.well_clear.
CYLINDER: Final = 3
TCAS: Final = 4
UNCERTAIN: Final = 5

# Columns of a row.
KIND: Final = 0
RANGE: Final = 1  # D (m)
HEIGHT: Final = 2  # ZTHR or H (m)
TIME: Final = 3  # TTHR (s)
COALTITUDE: Final = 4  # TCOA (s)
Z_POSITION: Final = 5  # z-scores of UNCERTAIN: horizontal position,
Z_VELOCITY_NEAR: Final = 6  # horizontal velocity at range 0
Z_VELOCITY_FAR: Final = 7  # and from Z_RANGE on,
Z_RANGE: Final = 8  # (m)
Z_ALTITUDE: Final = 9  # altitude
Z_CLIMB: Final = 10  # and vertical speed
IS_FILTERED: Final = 5  # of TCAS: 1 where miss distance is asked for
TABLE: Final = 11  # of TCAS: the table of detect.tcas, row by row
COLUMNS: Final = 59

Error = tuple[float, float, float, float]
"""Standard deviations of a pair, summed over both aircraft: horizontal position, velocity, altitude, vertical speed."""


@kernel
def pair_error(hazard: Floats, pair: Pair, std: Error) -> Error:
    """Return the errors S, V, Sz, Vz that a row's z-scores make of a pair's standard deviations."""
    s_error_m = hazard[Z_POSITION] * std[0]
    range_m = max(0.0, math.sqrt(pair[0] * pair[0] + pair[1] * pair[1]) - s_error_m)
    share = min(1.0, range_m / hazard[Z_RANGE]) if hazard[Z_RANGE] > 0.0 else 1.0
    z_velocity = hazard[Z_VELOCITY_NEAR] + share * (hazard[Z_VELOCITY_FAR] - hazard[Z_VELOCITY_NEAR])
    return s_error_m, z_velocity * std[1], hazard[Z_ALTITUDE] * std[2], hazard[Z_CLIMB] * std[3]


@kernel
def hazard_interval(
    hazard: Floats, pair: Pair, std: Error, altitude_m: float, climb_mps: float, until_s: float
) -> tuple[float, float]:
    """Return when a pair is in the volume within [0, until_s]; an interval without length is none (entry >= exit).

    Args:
        hazard: a row.
        pair: ownship minus intruder.
        std: the pair's standard deviations; only volumes with uncertainty use them.
        altitude_m: the ownship's altitude; only TCAS uses it.
        climb_mps: its vertical speed.
        until_s: look-ahead.
    """
    kind = int(hazard[KIND])
    if kind == CYLINDER:
        return cylinder_interval(pair, hazard[RANGE], hazard[HEIGHT], until_s)
    if kind == TCAS:
        table = hazard[TABLE:].reshape((8, 6))
        return advisory_interval(table, hazard[IS_FILTERED] > 0.0, pair, altitude_m, climb_mps, until_s)
    if kind == UNCERTAIN:
        error = pair_error(hazard, pair, std)
        if error[0] > 0.0 or error[1] > 0.0 or error[2] > 0.0 or error[3] > 0.0:
            return widened_interval(
                pair, error, hazard[RANGE], hazard[HEIGHT], hazard[TIME], hazard[COALTITUDE], until_s
            )
        kind = TAUMOD
    return well_clear_interval(kind, pair, hazard[RANGE], hazard[HEIGHT], hazard[TIME], hazard[COALTITUDE], until_s)


@kernel
def moved(pair: Pair, by_s: float) -> Pair:
    """Return a pair after straight flight."""
    sx, sy, sz, vx, vy, vz = pair
    return sx + by_s * vx, sy + by_s * vy, sz + by_s * vz, vx, vy, vz


@kernel
def hazard_interval_between(
    hazard: Floats, pair: Pair, std: Error, altitude_m: float, climb_mps: float, from_s: float, until_s: float
) -> tuple[float, float]:
    """Return when a pair is in the volume within [from_s, until_s]; arguments as those of `hazard_interval`."""
    if from_s > until_s:
        return NEVER
    there = moved(pair, from_s)
    entry_s, exit_s = hazard_interval(hazard, there, std, altitude_m + from_s * climb_mps, climb_mps, until_s - from_s)
    return from_s + entry_s, from_s + exit_s


@kernel
def is_hazard_violated(hazard: Floats, pair: Pair, std: Error, altitude_m: float) -> bool:
    """Return whether a pair is in the volume now."""
    kind = int(hazard[KIND])
    if kind == TCAS:
        table = hazard[TABLE:].reshape((8, 6))
        return is_in_advisory(table, hazard[IS_FILTERED] > 0.0, pair, altitude_m)
    if kind in (CYLINDER, UNCERTAIN):
        entry_s, exit_s = hazard_interval(hazard, pair, std, altitude_m, 0.0, 1.0)
        return entry_s < exit_s and entry_s <= INSTANT_S
    return is_well_clear_violated(kind, pair, hazard[RANGE], hazard[HEIGHT], hazard[TIME], hazard[COALTITUDE])


def well_clear(kind: int, range_m: float, height_m: float, time_s: float, coaltitude_s: float = 0.0) -> Floats:
    """Return the row of a well-clear volume; ``kind`` is `TAUMOD`, `TCPA` or `TEP`."""
    if kind not in (TAUMOD, TCPA, TEP):
        raise ValueError(f"{kind} is no kind of well-clear volume: TAUMOD, TCPA and TEP are")
    return _row(kind, range_m, height_m, time_s, coaltitude_s)


def cylinder(range_m: float, height_m: float) -> Floats:
    """Return the row of a cylinder."""
    return _row(CYLINDER, range_m, height_m)


def uncertain_well_clear(thresholds: tuple[float, float, float, float], z_scores: tuple[float, ...]) -> Floats:
    """Return the row of modified tau with errors: D, ZTHR, TTHR, TCOA; z-scores in the order of the columns."""
    return _row(UNCERTAIN, *thresholds, *z_scores)


def tcas(table: Floats, *, is_filtered: bool) -> Floats:
    """Return the row of a TCAS volume from a table of `detect.tcas`, shape (8, 6)."""
    row = _row(TCAS)
    row[IS_FILTERED] = float(is_filtered)
    row[TABLE:] = table.ravel()
    return row


def _row(*values: float) -> Floats:
    row = np.zeros(COLUMNS)
    row[: len(values)] = values
    return row
