"""Changes of altitude: fly there at the climb rate, level off, go on level.

All altitudes above share one way up to where they begin to level off, and all below one way down; each way is looked
at once, second by second. What is left for each altitude is its own levelling off and level flight. An intruder that is
not alerting counts, on the way, over its alerting time after the speeding up, and over its alerting time and a second
once level. With climb rate 0 the altitude changes at once.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.guidance.exposure import SHORTEST_S, Exposure, Stakes
from skyaccord.detect.guidance.manoeuvre import PATH_COLUMNS, SECOND_S, level_off, rise_at
from skyaccord.detect.guidance.straight_on import time_in_volume
from skyaccord.detect.hazard import Error
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

FAR_M: Final = 1e7
"""A climb that never ends within a look-ahead."""


@kernel
def times_to_altitudes(
    own: Floats, values: Floats, rate_mps: float, acceleration_mps2: float
) -> tuple[Floats, Floats, Floats]:
    """Return for each altitude how long speeding up takes, when levelling off begins and when the altitude is held."""
    speeding_s, levels_s, held_s = np.zeros(values.size), np.zeros(values.size), np.zeros(values.size)
    if rate_mps <= 0.0 or acceleration_mps2 <= 0.0:
        return speeding_s, levels_s, held_s
    for k in range(values.size):
        profile = level_off(own[5], values[k] - own[2], rate_mps, acceleration_mps2)
        speeding_s[k] = profile[1]
        # What never reaches the climb rate shares no way with the others.
        levels_s[k] = profile[1] + profile[2] if profile[4] >= rate_mps else 0.0
        held_s[k] = profile[1] + profile[2] + profile[3]
    return speeding_s, levels_s, held_s


@kernel
def point_on_way(own: Floats, profile: Floats, acceleration_mps2: float, t: float, point: Floats) -> None:
    """Write the state at a time of a change of altitude, as a row of a path."""
    rise_m, climb_mps = rise_at(t, own[5], profile, acceleration_mps2)
    point[0], point[1], point[2], point[3] = t, own[0] + own[3] * t, own[1] + own[4] * t, own[2] + rise_m
    point[4], point[5], point[6] = own[3], own[4], climb_mps


@kernel
def pair_std(stakes: Stakes, n: int) -> Error:
    """Return the standard deviations of a stake."""
    return stakes.std[n, 0], stakes.std[n, 1], stakes.std[n, 2], stakes.std[n, 3]


@kernel
def shared_way(
    own: Floats, side: float, rate_mps: float, acceleration_mps2: float, stakes: Stakes, look_ahead_s: float
) -> Floats:
    """Return first entry and last exit on the way up (side +1) or down, by stake and whole seconds flown, (n, s, 2)."""
    count = math.ceil(look_ahead_s / SECOND_S) + 1
    out = np.empty((stakes.intruders.shape[0], count, 2))
    out[:, 0, 0], out[:, 0, 1] = math.inf, -math.inf
    profile = level_off(own[5], side * FAR_M, rate_mps, acceleration_mps2)
    point = np.empty(PATH_COLUMNS)
    for second in range(1, count):
        t = (second - 1) * SECOND_S
        until_s = min(t + SECOND_S, look_ahead_s)
        point_on_way(own, profile, acceleration_mps2, t, point)
        for n in range(stakes.intruders.shape[0]):
            std = pair_std(stakes, n)
            entry_s, exit_s = time_in_volume(stakes.hazards[n], point, stakes.intruders[n], std, t, until_s)
            is_in = exit_s - entry_s > SHORTEST_S
            out[n, second, 0] = min(out[n, second - 1, 0], entry_s) if is_in else out[n, second - 1, 0]
            out[n, second, 1] = max(out[n, second - 1, 1], exit_s) if is_in else out[n, second - 1, 1]
    return out


@kernel
def expose_altitudes(
    own: Floats,
    values: Floats,
    times: tuple[Floats, Floats, Floats],
    rate_mps: float,
    acceleration_mps2: float,
    stakes: Stakes,
    look_ahead_s: float,
    out: Exposure,
) -> None:
    """Write the exposure of every stake to each altitude.

    Args:
        own: the ownship's present state.
        values: the altitudes (m).
        times: those of `times_to_altitudes`.
        rate_mps: climb rate; 0 changes at once.
        acceleration_mps2: vertical acceleration.
        stakes: what to keep clear of.
        look_ahead_s: nothing later counts.
        out: where to write.
    """
    point = np.empty(PATH_COLUMNS)
    _, levels_s, held_s = times
    if rate_mps > 0.0 and acceleration_mps2 > 0.0:
        up = shared_way(own, 1.0, rate_mps, acceleration_mps2, stakes, look_ahead_s)
        down = shared_way(own, -1.0, rate_mps, acceleration_mps2, stakes, look_ahead_s)
        for k in range(values.size):
            way = up if values[k] >= own[2] else down
            profile = level_off(own[5], values[k] - own[2], rate_mps, acceleration_mps2)
            expose_way(own, profile, acceleration_mps2, (levels_s[k], held_s[k], look_ahead_s), way, stakes, k, out)
    for k in range(values.size):
        t = held_s[k]
        if t >= look_ahead_s:
            continue
        point[0], point[1], point[2], point[3] = t, own[0] + own[3] * t, own[1] + own[4] * t, values[k]
        point[4], point[5], point[6] = own[3], own[4], 0.0
        for n in range(stakes.intruders.shape[0]):
            std = pair_std(stakes, n)
            entry_s, exit_s = time_in_volume(stakes.hazards[n], point, stakes.intruders[n], std, t, look_ahead_s)
            if exit_s - entry_s > SHORTEST_S:
                out.entry_s[n, k], out.exit_s[n, k] = entry_s, exit_s


@kernel
def expose_way(
    own: Floats,
    profile: Floats,
    acceleration_mps2: float,
    times: tuple[float, float, float],
    way: Floats,
    stakes: Stakes,
    k: int,
    out: Exposure,
) -> None:
    """Write the exposure to the way to altitude k: the shared seconds and those of its own after them.

    Args:
        own: the ownship's present state.
        profile: how the altitude is flown to.
        acceleration_mps2: vertical acceleration.
        times: when levelling off begins, when the altitude is held, and the look-ahead.
        way: the shared way to it, from `shared_way`.
        stakes: what to keep clear of.
        k: the altitude.
        out: where to write.
    """
    levels_s, held_s, look_ahead_s = times
    shared = min(int(levels_s / SECOND_S), way.shape[1] - 1)
    for n in range(stakes.intruders.shape[0]):
        out.way_entry_s[n, k], out.way_exit_s[n, k] = way[n, shared, 0], way[n, shared, 1]
    last = math.ceil(held_s / SECOND_S - SHORTEST_S) - 1
    point = np.empty(PATH_COLUMNS)
    second = shared
    while second <= last and second * SECOND_S < look_ahead_s:
        t = second * SECOND_S
        point_on_way(own, profile, acceleration_mps2, t, point)
        until_s = min(held_s, look_ahead_s) if second == last else min(t + SECOND_S, look_ahead_s)
        for n in range(stakes.intruders.shape[0]):
            std = pair_std(stakes, n)
            entry_s, exit_s = time_in_volume(stakes.hazards[n], point, stakes.intruders[n], std, t, until_s)
            if exit_s - entry_s > SHORTEST_S:
                out.way_entry_s[n, k] = min(out.way_entry_s[n, k], entry_s)
                out.way_exit_s[n, k] = max(out.way_exit_s[n, k], exit_s)
                if second == last:
                    out.last_s[n, k] = entry_s
        second += 1
