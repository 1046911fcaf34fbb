"""Which steps of a manoeuvre are free of conflict.

A step is free when straight flight from it is outside the volume within its horizon and nothing was penetrated on the
way to it. A *stake* is one intruder, one volume and how far ahead it counts: an intruder that is alerting counts over
the look-ahead, another one only over its alerting time after the manoeuvre.

With a recovery time B a step is free when it keeps out of a cylinder until B and out of the volume from then on; for a
stake that does not count as far as B it is enough to keep out of the cylinder. Free steps that stand alone do not
count.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from skyaccord.detect.guidance.conflict import has_conflict, has_conflict_to_the_end
from skyaccord.detect.guidance.manoeuvre import T
from skyaccord.detect.guidance.reach import is_out_of_reach
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

Mask = npt.NDArray[np.bool_]

NO_RECOVERY: Final = -1.0


class Stakes(NamedTuple):
    """Intruders and volumes that a manoeuvre must keep clear of, one a row."""

    intruders: Floats  # shape (n, 6)
    std: Floats  # shape (n, 4)
    hazards: Floats  # shape (n, columns of detect.hazard)
    horizon_s: Floats  # shape (n,): how long after the manoeuvre it counts


class Limits(NamedTuple):
    """What holds for all stakes of a scan."""

    look_ahead_s: float
    recovery_s: float  # B, or NO_RECOVERY
    cylinder: Floats  # row of the cylinder kept until B
    fastest: tuple[float, float]  # greatest speeds that the manoeuvre flies (m/s)
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
def scan_side(
    path: Floats, zero: int, side: int, number: int, stakes: Stakes, limits: Limits, wanted: Mask, free: Mask
) -> None:
    """Take off ``free`` the steps of one side that a stake forbids; steps that are not ``wanted`` need no answer."""
    intruder, hazard, horizon_s = stakes.intruders[number], stakes.hazards[number], stakes.horizon_s[number]
    std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
    recovery_s, look_ahead_s = limits.recovery_s, limits.look_ahead_s
    is_recovery = recovery_s >= 0.0
    is_beyond = recovery_s > horizon_s
    step_s = path[1, T] if path.shape[0] > 1 else 0.0
    is_blocked = False
    for k in range(path.shape[0]):
        at = zero + side * k
        if is_blocked:
            free[at] = False
            continue
        point = path[k]
        t = point[T]
        until_s = min(look_ahead_s, horizon_s + t if limits.adds_time else horizon_s)
        next_s = min(t + step_s, look_ahead_s)
        if not is_recovery:
            if wanted[at] and has_conflict(hazard, point, intruder, std, t, until_s):
                free[at] = False
            is_blocked = step_s > 0.0 and has_conflict(hazard, point, intruder, std, t, next_s)
        elif is_beyond:
            if wanted[at] and has_conflict(limits.cylinder, point, intruder, std, t, until_s):
                free[at] = False
            is_blocked = step_s > 0.0 and has_conflict(limits.cylinder, point, intruder, std, t, next_s)
        else:
            if wanted[at] and (
                has_conflict(limits.cylinder, point, intruder, std, t, recovery_s)
                or has_conflict_to_the_end(hazard, point, intruder, std, recovery_s, until_s)
            ):
                free[at] = False
            if step_s > 0.0 and t < recovery_s:
                is_blocked = has_conflict(limits.cylinder, point, intruder, std, t, min(next_s, recovery_s))
            elif step_s > 0.0:
                is_blocked = has_conflict(hazard, point, intruder, std, t, next_s)


@kernel
def scan(left: Floats, right: Floats, own: Floats, stakes: Stakes, limits: Limits, asks_who: bool) -> tuple[Mask, Ints]:
    """Return which grid steps are free of every stake, and which stakes forbid any.

    Args:
        left: path to the left or down, shape (l + 1, 7).
        right: path to the right or up, shape (r + 1, 7).
        own: the ownship's present state, shape (6,).
        stakes: what to keep clear of.
        limits: look-ahead, recovery.
        asks_who: whether each stake is asked for every step, even where another forbids it already.

    Returns:
        Free steps from the far left to the far right, shape (l + 1 + r,); 1 for each stake that forbids a step.
    """
    zero = left.shape[0] - 1
    free = np.ones(zero + right.shape[0], np.bool_)
    everything = np.ones(free.size, np.bool_)
    one = np.empty(free.size, np.bool_)
    forbids = np.zeros(stakes.intruders.shape[0], np.int64)
    longest_s = max(left[zero, T], right[right.shape[0] - 1, T])
    for number in range(stakes.intruders.shape[0]):
        std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
        until_s = min(limits.look_ahead_s, stakes.horizon_s[number] + longest_s)
        if step_is_idle(stakes.hazards[number], own, stakes.intruders[number], std, limits, until_s):
            continue
        one[:] = True
        wanted = everything if asks_who else free
        scan_side(left, zero, -1, number, stakes, limits, wanted, one)
        scan_side(right, zero, 1, number, stakes, limits, wanted, one)
        drop_lone_steps(one)
        has_any = False
        for k in range(free.size):
            if not one[k]:
                forbids[number] = 1
                free[k] = False
            has_any = has_any or free[k]
        if not has_any and not asks_who:
            break
    drop_lone_steps(free)
    return free, forbids


@kernel
def step_is_idle(
    hazard: Floats,
    own: Floats,
    intruder: Floats,
    std: tuple[float, float, float, float],
    limits: Limits,
    until_s: float,
) -> bool:
    """Return whether no step can meet the volume, nor the cylinder of a recovery."""
    if not is_out_of_reach(hazard, own, intruder, std, limits.fastest, until_s):
        return False
    if limits.recovery_s < 0.0:
        return True
    return is_out_of_reach(limits.cylinder, own, intruder, std, limits.fastest, limits.look_ahead_s)
