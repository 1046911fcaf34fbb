"""Which altitudes are free of conflict: fly there at the climb rate, level off, go on level.

All altitudes above share one way up to where they begin to level off, and all below one way down; each way is looked
at once, second by second, for the first conflict. What is left for each altitude is the last second of levelling off
and level flight. An intruder that is not alerting counts, on the way, over its alerting time after the speeding up,
and over its alerting time and a second once level. With climb rate 0 the altitude changes at once.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.guidance.conflict import has_conflict, has_conflict_to_the_end
from skyaccord.detect.guidance.manoeuvre import PATH_COLUMNS, SECOND_S, level_off, rise_at
from skyaccord.detect.guidance.scan import Limits, Mask, Stakes, drop_lone_steps, step_is_idle
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

FAR_M: Final = 1e7
"""A climb that never ends within a look-ahead."""

SHORTEST_SHARE: Final = 1e-9
"""Share of a second that is rounding."""


@kernel
def point_on_way(own: Floats, profile: Floats, acceleration_mps2: float, t: float, point: Floats) -> None:
    """Write the state at a time of a change of altitude, as a row of a path."""
    rise_m, climb_mps = rise_at(t, own[5], profile, acceleration_mps2)
    point[0], point[1], point[2], point[3] = t, own[0] + own[3] * t, own[1] + own[4] * t, own[2] + rise_m
    point[4], point[5], point[6] = own[3], own[4], climb_mps


@kernel
def way_has_conflict(point: Floats, number: int, stakes: Stakes, limits: Limits, from_s: float, until_s: float) -> bool:
    """Return whether a stake forbids a piece of the way."""
    intruder, hazard, horizon_s = stakes.intruders[number], stakes.hazards[number], stakes.horizon_s[number]
    std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
    recovery_s = limits.recovery_s
    if recovery_s < 0.0:
        return has_conflict(hazard, point, intruder, std, from_s, until_s)
    if recovery_s > horizon_s:
        return has_conflict(limits.cylinder, point, intruder, std, from_s, until_s)
    return has_conflict(limits.cylinder, point, intruder, std, from_s, min(until_s, recovery_s)) or has_conflict(
        hazard, point, intruder, std, max(from_s, recovery_s), until_s
    )


@kernel
def level_has_conflict(point: Floats, number: int, stakes: Stakes, limits: Limits, until_s: float) -> bool:
    """Return whether a stake forbids level flight from a point on."""
    intruder, hazard, horizon_s = stakes.intruders[number], stakes.hazards[number], stakes.horizon_s[number]
    std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
    recovery_s = limits.recovery_s
    if recovery_s < 0.0:
        return has_conflict(hazard, point, intruder, std, 0.0, until_s)
    if recovery_s > horizon_s:
        return has_conflict(limits.cylinder, point, intruder, std, 0.0, until_s)
    return has_conflict(limits.cylinder, point, intruder, std, 0.0, recovery_s) or has_conflict_to_the_end(
        hazard, point, intruder, std, recovery_s, until_s
    )


@kernel
def first_conflict(
    own: Floats, side: float, rate_mps: float, acceleration_mps2: float, number: int, stakes: Stakes, limits: Limits
) -> float:
    """Return the second, from now on, in which the shared way up (side +1) or down (-1) is first in conflict."""
    profile = level_off(own[5], side * FAR_M, rate_mps, acceleration_mps2)
    horizon_s = stakes.horizon_s[number]
    is_cut = limits.recovery_s < 0.0
    end_s = min(limits.look_ahead_s, horizon_s + profile[1]) if is_cut else limits.look_ahead_s
    point = np.empty(PATH_COLUMNS)
    t = 0.0
    while t < end_s:
        point_on_way(own, profile, acceleration_mps2, t, point)
        if way_has_conflict(point, number, stakes, limits, t, min(t + SECOND_S, end_s)):
            return t
        t += SECOND_S
    return math.inf


@kernel
def altitude_is_free(
    own: Floats,
    target_m: float,
    rate_mps: float,
    acceleration_mps2: float,
    number: int,
    stakes: Stakes,
    limits: Limits,
    first_s: float,
    point: Floats,
) -> bool:
    """Return whether a stake lets the ownship fly to an altitude; ``first_s`` as `first_conflict` has it."""
    horizon_s, look_ahead_s = stakes.horizon_s[number], limits.look_ahead_s
    end_s, spare_s = 0.0, 0.0
    if rate_mps > 0.0 and acceleration_mps2 > 0.0:
        profile = level_off(own[5], target_m - own[2], rate_mps, acceleration_mps2)
        end_s = profile[1] + profile[2] + profile[3]
        spare_s = SECOND_S if end_s > 0.0 else 0.0
        levels_s = profile[1] + profile[2]  # when it leaves the shared way
        if profile[4] >= rate_mps and first_s + SECOND_S <= levels_s:
            return False
        last = math.ceil(end_s / SECOND_S - SHORTEST_SHARE) - 1.0
        t = 0.0 if profile[4] < rate_mps else max(0.0, math.floor(levels_s / SECOND_S) * SECOND_S)
        way_end_s = min(look_ahead_s, horizon_s + profile[1]) if limits.recovery_s < 0.0 else look_ahead_s
        while t < end_s - SHORTEST_SHARE and t <= look_ahead_s:
            is_last = t / SECOND_S >= last - SHORTEST_SHARE
            until_s = min(end_s, look_ahead_s) if is_last else min(t + SECOND_S, way_end_s)
            point_on_way(own, profile, acceleration_mps2, t, point)
            if way_has_conflict(point, number, stakes, limits, t, until_s):
                return False
            t += SECOND_S
    point[0], point[1], point[2], point[3] = end_s, own[0] + own[3] * end_s, own[1] + own[4] * end_s, target_m
    point[4], point[5], point[6] = own[3], own[4], 0.0
    until_s = min(look_ahead_s, horizon_s + end_s + spare_s if limits.adds_time else horizon_s)
    return not level_has_conflict(point, number, stakes, limits, until_s)


@kernel
def scan_altitudes(
    own: Floats,
    lowest_m: float,
    step_m: float,
    count: int,
    rate_mps: float,
    acceleration_mps2: float,
    stakes: Stakes,
    limits: Limits,
    asks_who: bool,
) -> tuple[Mask, Ints]:
    """Return which altitudes of a grid are free of every stake, and which stakes forbid any, as `scan.scan` does.

    Args:
        own: the ownship's present state.
        lowest_m: first altitude of the grid.
        step_m: its step.
        count: number of its altitudes.
        rate_mps: climb rate to fly there with; 0 changes at once.
        acceleration_mps2: vertical acceleration.
        stakes: what to keep clear of.
        limits: look-ahead, recovery.
        asks_who: whether each stake is asked for every altitude.
    """
    free = np.ones(count, np.bool_)
    one = np.empty(count, np.bool_)
    forbids = np.zeros(stakes.intruders.shape[0], np.int64)
    point = np.empty(PATH_COLUMNS)
    for number in range(stakes.intruders.shape[0]):
        std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
        if step_is_idle(stakes.hazards[number], own, stakes.intruders[number], std, limits, limits.look_ahead_s):
            continue
        up_s = down_s = math.inf
        if rate_mps > 0.0 and acceleration_mps2 > 0.0:
            up_s = first_conflict(own, 1.0, rate_mps, acceleration_mps2, number, stakes, limits)
            down_s = first_conflict(own, -1.0, rate_mps, acceleration_mps2, number, stakes, limits)
        has_any = False
        for k in range(count):
            target_m = lowest_m + k * step_m
            first_s = up_s if target_m >= own[2] else down_s
            one[k] = (not asks_who and not free[k]) or altitude_is_free(
                own, target_m, rate_mps, acceleration_mps2, number, stakes, limits, first_s, point
            )
        drop_lone_steps(one)
        for k in range(count):
            if not one[k]:
                forbids[number] = 1
                free[k] = False
            has_any = has_any or free[k]
        if not has_any and not asks_who:
            break
    drop_lone_steps(free)
    return free, forbids
