"""Changes of altitude: fly there at the climb rate, level off, go on level.

Speeding up and levelling off are looked at second by second, the cruise between them and level flight as straight
lines. All altitudes above share one way up to where they begin to level off, and all below one way down. A second that
begins before the climb rate is reached belongs to speeding up, one that begins after the cruise to levelling off, and
level flight counts from a second after the altitude is held.

An intruder that is not alerting counts until its alerting time after speeding up, over all of levelling off, and over
its alerting time of level flight. With climb rate 0 the altitude changes at once.
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
def times_to_altitudes(own: Floats, values: Floats, rate_mps: float, acceleration_mps2: float) -> tuple[Floats, Floats]:
    """Return for each altitude how long speeding up takes and when the altitude is held."""
    speeding_s, held_s = np.zeros(values.size), np.zeros(values.size)
    if rate_mps <= 0.0 or acceleration_mps2 <= 0.0:
        return speeding_s, held_s
    for k in range(values.size):
        profile = level_off(own[5], values[k] - own[2], rate_mps, acceleration_mps2)
        speeding_s[k] = profile[1]
        held_s[k] = profile[1] + profile[2] + profile[3]
    return speeding_s, held_s


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
def second_after(time_s: float) -> float:
    """Return the first whole second after a time."""
    return (math.floor(time_s / SECOND_S + SHORTEST_S) + 1.0) * SECOND_S


@kernel
def seconds_in_volume(
    own: Floats, profile: Floats, acceleration_mps2: float, stakes: Stakes, n: int, span_s: tuple[float, float, float]
) -> tuple[float, float]:
    """Return the first entry in the whole seconds of a span, and when the last one that is in the volume begins.

    ``span_s`` holds the whole second at which it begins, its end and the look-ahead.
    """
    first_s, latest_s = math.inf, -math.inf
    t, end_s, look_ahead_s = span_s
    end_s = min(end_s, look_ahead_s) - SHORTEST_S
    if t >= end_s:  # most altitudes are further than the look-ahead reaches
        return first_s, latest_s
    point, std = np.empty(PATH_COLUMNS), pair_std(stakes, n)
    while t < end_s:
        point_on_way(own, profile, acceleration_mps2, t, point)
        until_s = min(t + SECOND_S, look_ahead_s)
        entry_s, exit_s = time_in_volume(stakes.hazards[n], point, stakes.intruders[n], std, t, until_s)
        if exit_s - entry_s > SHORTEST_S:
            first_s, latest_s = min(first_s, entry_s), t
        t += SECOND_S
    return first_s, latest_s


@kernel
def shared_way(
    own: Floats, side: float, rate_mps: float, acceleration_mps2: float, stakes: Stakes, look_ahead_s: float
) -> Floats:
    """Return what is shared on the way up (side +1) or down, one stake a row.

    Columns: first entry and begin of the last second in the volume while speeding up; entry and exit of the cruise, if
    it went on.
    """
    out = np.empty((stakes.intruders.shape[0], 4))
    profile = level_off(own[5], side * FAR_M, rate_mps, acceleration_mps2)
    point = np.empty(PATH_COLUMNS)
    cruise_s = profile[1]
    point_on_way(own, profile, acceleration_mps2, cruise_s, point)
    for n in range(stakes.intruders.shape[0]):
        span_s = (0.0, cruise_s, look_ahead_s)
        out[n, 0], out[n, 1] = seconds_in_volume(own, profile, acceleration_mps2, stakes, n, span_s)
        hazard, intruder, std = stakes.hazards[n], stakes.intruders[n], pair_std(stakes, n)
        out[n, 2], out[n, 3] = time_in_volume(hazard, point, intruder, std, cruise_s, look_ahead_s)
    return out


@kernel
def expose_altitudes(
    own: Floats,
    values: Floats,
    held_s: Floats,
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
        held_s: when each altitude is held.
        rate_mps: climb rate; 0 changes at once.
        acceleration_mps2: vertical acceleration.
        stakes: what to keep clear of.
        look_ahead_s: nothing later counts.
        out: where to write.
    """
    point = np.empty(PATH_COLUMNS)
    if rate_mps > 0.0 and acceleration_mps2 > 0.0:
        up = shared_way(own, 1.0, rate_mps, acceleration_mps2, stakes, look_ahead_s)
        down = shared_way(own, -1.0, rate_mps, acceleration_mps2, stakes, look_ahead_s)
        for k in range(values.size):
            profile = level_off(own[5], values[k] - own[2], rate_mps, acceleration_mps2)
            way = up if values[k] >= own[2] else down
            # What never reaches the climb rate shares no way with the others.
            way = way if profile[4] >= rate_mps else way[:0]
            expose_way(own, profile, acceleration_mps2, look_ahead_s, way, stakes, k, out)
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
    look_ahead_s: float,
    way: Floats,
    stakes: Stakes,
    k: int,
    out: Exposure,
) -> None:
    """Write the exposure to the way to altitude k.

    Args:
        own: the ownship's present state.
        profile: how the altitude is flown to.
        acceleration_mps2: vertical acceleration.
        look_ahead_s: nothing later counts.
        way: what is shared with the other altitudes, from `shared_way`; empty where nothing is.
        stakes: what to keep clear of.
        k: the altitude.
        out: where to write.
    """
    begins_s = profile[1] + profile[2]
    levels_s, held_s = second_after(begins_s), begins_s + profile[3] + SECOND_S
    for n in range(stakes.intruders.shape[0]):
        if way.shape[0]:
            first_s, latest_s = way[n, 0], way[n, 1]
            entry_s, exit_s = way[n, 2], min(way[n, 3], levels_s)
            if exit_s - entry_s > SHORTEST_S:
                first_s, latest_s = min(first_s, entry_s), exit_s - SHORTEST_S
        else:
            span_s = (0.0, levels_s, look_ahead_s)
            first_s, latest_s = seconds_in_volume(own, profile, acceleration_mps2, stakes, n, span_s)
        span_s = (levels_s, held_s, look_ahead_s)
        levelling_s, late_s = seconds_in_volume(own, profile, acceleration_mps2, stakes, n, span_s)
        out.way_entry_s[n, k] = min(first_s, levelling_s)
        out.latest_s[n, k] = max(latest_s, late_s)
        out.levelling_s[n, k] = levelling_s
