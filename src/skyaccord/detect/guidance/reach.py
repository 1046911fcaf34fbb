"""Who cannot matter: intruders too far away for any manoeuvre of the ownship within a horizon.

A bound, not a measurement: it may keep an intruder that no manoeuvre meets, never drop one that some manoeuvre meets.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.guidance.exposure import Stakes
from skyaccord.detect.hazard import (
    COALTITUDE,
    HEIGHT,
    KIND,
    RANGE,
    TABLE,
    TCAS,
    TIME,
    UNCERTAIN,
    Z_ALTITUDE,
    Z_CLIMB,
    Z_POSITION,
    Z_VELOCITY_FAR,
    Z_VELOCITY_NEAR,
    Error,
)
from skyaccord.detect.tcas import DMOD, HMD, SENSITIVITY_LEVELS, TAU, TCOA, ZTHR
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

TABLE_COLUMNS: Final = 6


@kernel
def extent(hazard: Floats) -> tuple[float, float, float, float]:
    """Return a volume's greatest range (m), time ahead (s), height (m) and time to co-altitude (s)."""
    if int(hazard[KIND]) != TCAS:
        return hazard[RANGE], hazard[TIME], hazard[HEIGHT], hazard[COALTITUDE]
    range_m, ahead_s, height_m, coaltitude_s = 0.0, 0.0, 0.0, 0.0
    for level in range(SENSITIVITY_LEVELS):
        row = TABLE + TABLE_COLUMNS * level
        range_m = max(range_m, hazard[row + DMOD], hazard[row + HMD])
        ahead_s = max(ahead_s, hazard[row + TAU])
        height_m = max(height_m, hazard[row + ZTHR])
        coaltitude_s = max(coaltitude_s, hazard[row + TCOA])
    return range_m, ahead_s, height_m, coaltitude_s


@kernel
def is_out_of_reach(
    hazard: Floats, own: Floats, intruder: Floats, std: Error, fastest: tuple[float, float], horizon_s: float
) -> bool:
    """Return whether no motion of the ownship up to ``fastest`` (horizontally, vertically; m/s) can be in the volume.

    Args:
        hazard: a row of `detect.hazard`.
        own: the ownship's state.
        intruder: the intruder's state.
        std: standard deviations of the pair.
        fastest: greatest speeds that the manoeuvre flies, horizontal and vertical.
        horizon_s: nothing later counts.
    """
    range_m, ahead_s, height_m, coaltitude_s = extent(hazard)
    closing_mps = fastest[0] + math.hypot(intruder[3], intruder[4])
    rising_mps = fastest[1] + abs(intruder[5])
    if int(hazard[KIND]) == UNCERTAIN:
        range_m += hazard[Z_POSITION] * std[0]
        closing_mps += max(hazard[Z_VELOCITY_NEAR], hazard[Z_VELOCITY_FAR]) * std[1]
        height_m += hazard[Z_ALTITUDE] * std[2]
        rising_mps += hazard[Z_CLIMB] * std[3]
    apart_m = math.hypot(own[0] - intruder[0], own[1] - intruder[1])
    if apart_m > range_m + closing_mps * (horizon_s + ahead_s):
        return True
    return bool(abs(own[2] - intruder[2]) > height_m + rising_mps * (horizon_s + coaltitude_s))


@kernel
def within_reach(
    own: Floats,
    stakes: Stakes,
    cylinder: Floats,
    fastest: tuple[float, float],
    longest_s: float,
    look_ahead_s: float,
) -> Ints:
    """Return the stakes that some manoeuvre may meet, in their volume or in a cylinder about them.

    Args:
        own: the ownship's state.
        stakes: what to keep clear of.
        cylinder: row of the widest cylinder asked for.
        fastest: greatest speeds flown.
        longest_s: how long the longest manoeuvre takes.
        look_ahead_s: nothing later counts.
    """
    found = np.empty(stakes.intruders.shape[0], np.int64)
    count = 0
    for n in range(stakes.intruders.shape[0]):
        std = (stakes.std[n, 0], stakes.std[n, 1], stakes.std[n, 2], stakes.std[n, 3])
        until_s = min(look_ahead_s, stakes.horizon_s[n] + longest_s)
        intruder = stakes.intruders[n]
        if is_out_of_reach(stakes.hazards[n], own, intruder, std, fastest, until_s) and is_out_of_reach(
            cylinder, own, intruder, std, fastest, until_s
        ):
            continue
        found[count] = n
        count += 1
    return found[:count]
