"""Which steps of a manoeuvre are free of conflict, from the exposure of what they must keep clear of.

A step is free when straight flight from it is outside the volume within its horizon and nothing was penetrated on the
way to it. An intruder that is alerting counts over the look-ahead, another one only over its alerting time after the
manoeuvre. Free steps that stand alone do not count.

With a recovery time B a step is free when it keeps out of a cylinder until B and out of the volume from then on; for a
stake that does not count as far as B it is enough to keep out of the cylinder over its horizon.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from skyaccord.detect.guidance.exposure import SHORTEST_S, Exposure
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

Mask = npt.NDArray[np.bool_]

NO_RECOVERY: Final = -1.0


class Question(NamedTuple):
    """What is asked of exposures."""

    horizon_s: Floats  # shape (n,): how long after the manoeuvre each stake counts
    look_ahead_s: float
    recovery_s: float  # B, or NO_RECOVERY
    adds_time: bool  # whether horizons count from the manoeuvre's end


@kernel
def drop_lone_steps(free: Mask) -> None:
    """Clear the marks of free steps without a free neighbour."""
    was = False
    for k in range(free.size):
        here = free[k]
        if here and not was and not (k + 1 < free.size and free[k + 1]):
            free[k] = False
        was = here


@kernel
def overlaps(entry_s: float, exit_s: float, from_s: float, until_s: float) -> bool:
    """Return whether a time in a volume reaches into an interval by more than rounding."""
    return min(exit_s, until_s) - max(entry_s, from_s) > SHORTEST_S


@kernel
def flight_is_forbidden(
    volume: tuple[float, float],
    cylinder: tuple[float, float],
    now_s: float,
    until_s: float,
    horizon_s: float,
    by_s: float,
) -> bool:
    """Return whether straight flight begun at ``now_s`` is forbidden by a stake, from its times in both volumes."""
    if by_s < 0.0:
        return overlaps(volume[0], volume[1], now_s, until_s)
    if by_s > horizon_s:
        return overlaps(cylinder[0], cylinder[1], now_s, until_s)
    if overlaps(cylinder[0], cylinder[1], now_s, by_s):
        return True
    from_s = max(by_s, now_s)
    if from_s == until_s:  # nothing is left but the instant itself
        return volume[0] <= until_s <= volume[1]
    return overlaps(volume[0], volume[1], from_s, until_s)


@kernel
def free_side(
    times: Floats,
    first: int,
    places: tuple[int, int],
    volume: Exposure,
    cylinder: Exposure,
    n: int,
    asked: Question,
    free: Mask,
) -> None:
    """Take off ``free`` what stake n forbids on one side.

    Args:
        times: when the steps of the side are reached, from the present on.
        first: column of its first step in the exposures.
        places: where the present lies in ``free``, and -1 or 1, the direction in which the side goes on.
        volume: exposure to the volumes.
        cylinder: exposure to the cylinder.
        n: the stake.
        asked: horizons, look-ahead, recovery time.
        free: where to take off.
    """
    horizon_s, by_s, look_ahead_s = asked.horizon_s[n], asked.recovery_s, asked.look_ahead_s
    entry_s, exit_s = volume.entry_s[n], volume.exit_s[n]
    near_s, far_s = cylinder.entry_s[n], cylinder.exit_s[n]
    way_in_s, way_out_s = volume.way_entry_s[n], volume.way_exit_s[n]
    way_near_s, way_far_s = cylinder.way_entry_s[n], cylinder.way_exit_s[n]
    zero, side = places
    for k in range(times.size):
        now_s, at = times[k], first + k
        until_s = min(look_ahead_s, horizon_s + now_s if asked.adds_time else horizon_s)
        in_volume, in_cylinder = (entry_s[at], exit_s[at]), (near_s[at], far_s[at])
        if flight_is_forbidden(in_volume, in_cylinder, now_s, until_s, horizon_s, by_s):
            free[zero + side * k] = False
        if by_s < 0.0 or by_s <= min(now_s, horizon_s):
            is_blocked = way_out_s[at] > way_in_s[at]
        else:
            end_s = look_ahead_s if by_s > horizon_s else by_s
            is_blocked = overlaps(way_near_s[at], way_far_s[at], now_s, end_s)
        if is_blocked:
            for later in range(k + 1, times.size):
                free[zero + side * later] = False
            return


@kernel
def free_steps(
    left: Floats, right: Floats, volume: Exposure, cylinder: Exposure, question: Question
) -> tuple[Mask, Ints]:
    """Return which steps are free of every stake, from the far left to the far right, and which stakes forbid any.

    Args:
        left: times of the steps to the left (or down), from the present on.
        right: times of the steps to the right (or up).
        volume: exposure to the stakes' volumes.
        cylinder: exposure to the cylinder of a recovery; only asked where there is one.
        question: horizons, look-ahead, recovery time.
    """
    zero = left.size - 1
    free = np.ones(zero + right.size, np.bool_)
    one = np.empty(free.size, np.bool_)
    forbids = np.zeros(volume.entry_s.shape[0], np.int64)
    for n in range(volume.entry_s.shape[0]):
        one[:] = True
        free_side(left, 0, (zero, -1), volume, cylinder, n, question, one)
        free_side(right, left.size, (zero, 1), volume, cylinder, n, question, one)
        forbids[n] = take_off(one, free)
    drop_lone_steps(free)
    return free, forbids


@kernel
def take_off(one: Mask, free: Mask) -> int:
    """Take what one stake forbids off what is free; return 1 where it forbids anything."""
    drop_lone_steps(one)
    forbids = 0
    for k in range(free.size):
        if not one[k]:
            forbids = 1
            free[k] = False
    return forbids


@kernel
def free_altitudes(
    times: Floats, speeding_s: Floats, spare_s: float, volume: Exposure, cylinder: Exposure, question: Question
) -> tuple[Mask, Ints]:
    """Return which altitudes are free of every stake, and which stakes forbid any; see `detect.guidance.altitude`.

    Args:
        times: when each altitude is reached.
        speeding_s: how long the way there speeds up.
        spare_s: how long after that level flight counts from.
        volume: exposure to the stakes' volumes.
        cylinder: exposure to the cylinder of a recovery.
        question: horizons, look-ahead, recovery time.
    """
    free = np.ones(times.size, np.bool_)
    one = np.empty(times.size, np.bool_)
    forbids = np.zeros(volume.entry_s.shape[0], np.int64)
    by_s, look_ahead_s = question.recovery_s, question.look_ahead_s
    for n in range(volume.entry_s.shape[0]):
        horizon_s = question.horizon_s[n]
        entry_s, exit_s = volume.entry_s[n], volume.exit_s[n]
        near_s, far_s = cylinder.entry_s[n], cylinder.exit_s[n]
        way_in_s, levelling_s, latest_s = volume.way_entry_s[n], volume.levelling_s[n], volume.latest_s[n]
        way_near_s, levelling_near_s = cylinder.way_entry_s[n], cylinder.levelling_s[n]
        for k in range(times.size):
            now_s = times[k] + spare_s
            until_s = min(look_ahead_s, horizon_s + now_s if question.adds_time else horizon_s)
            in_volume, in_cylinder = (entry_s[k], exit_s[k]), (near_s[k], far_s[k])
            one[k] = not flight_is_forbidden(in_volume, in_cylinder, now_s, until_s, horizon_s, by_s)
            cut_s = min(look_ahead_s, horizon_s + speeding_s[k])
            if by_s < 0.0:
                is_met = way_in_s[k] < cut_s or levelling_s[k] < look_ahead_s
            elif by_s > horizon_s:
                is_met = way_near_s[k] < cut_s or levelling_near_s[k] < look_ahead_s
            else:
                is_met = way_near_s[k] < by_s - SHORTEST_S or latest_s[k] >= by_s
            one[k] = one[k] and not is_met
        forbids[n] = take_off(one, free)
    drop_lone_steps(free)
    return free, forbids
