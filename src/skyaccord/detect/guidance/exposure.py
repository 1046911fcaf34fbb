"""When each step of a manoeuvre, flown on straight, is in a volume: looked at once, asked many times.

A *stake* is an intruder with a volume. Its exposure to a path holds, for every step, the time in the volume in straight
flight from there to the end of the look-ahead, and the time in the volume on the way to the next step. Whatever is
asked later, free within a horizon or out of the volume by a recovery time, is a comparison with these times.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from skyaccord.detect.guidance.manoeuvre import T
from skyaccord.detect.guidance.straight_on import time_in_volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

SHORTEST_S: Final = 1e-9
"""A shorter time in a volume is rounding."""


class Stakes(NamedTuple):
    """Intruders and volumes that a manoeuvre must keep clear of, one a row."""

    intruders: Floats  # shape (n, 6)
    std: Floats  # shape (n, 4)
    hazards: Floats  # shape (n, columns of detect.hazard)
    horizon_s: Floats  # shape (n,): how long after the manoeuvre it counts


class Exposure(NamedTuple):
    """Times in the volumes of stakes, shape (n, steps); entry infinite and exit minus infinite where there is none.

    Steps are those of the path to the left (or down) from the present on, then those to the right. For altitudes they
    are the altitudes, and the exit on the way is not kept: ``levelling_s`` is the first entry while levelling off,
    ``latest_s`` the time by which a recovery has the volume behind it (the exit from the cruise, or the begin of the
    last second of speeding up or levelling off that is in the volume).
    """

    entry_s: Floats
    exit_s: Floats
    way_entry_s: Floats
    way_exit_s: Floats
    levelling_s: Floats
    latest_s: Floats


def no_exposure(stakes: int, steps: int) -> Exposure:
    """Return the exposure of stakes that no step meets."""
    never, none = np.full((stakes, steps), math.inf), np.full((stakes, steps), -math.inf)
    return Exposure(never, none, never.copy(), none.copy(), never.copy(), none.copy())


@kernel
def expose_path(path: Floats, first: int, stakes: Stakes, look_ahead_s: float, out: Exposure) -> None:
    """Write the exposure of every stake to one path, its steps from column ``first`` on."""
    count = path.shape[0]
    step_s = path[1, T] if count > 1 else 0.0
    for number in range(stakes.intruders.shape[0]):
        intruder, hazard = stakes.intruders[number], stakes.hazards[number]
        std = (stakes.std[number, 0], stakes.std[number, 1], stakes.std[number, 2], stakes.std[number, 3])
        for k in range(count):
            point = path[k]
            if point[T] >= look_ahead_s:
                break
            entry_s, exit_s = time_in_volume(hazard, point, intruder, std, point[T], look_ahead_s)
            if exit_s - entry_s <= SHORTEST_S:
                continue
            out.entry_s[number, first + k], out.exit_s[number, first + k] = entry_s, exit_s
            # Straight flight from a step meets the volume on the way to the next one, or it does not meet it there.
            next_s = min(point[T] + step_s, look_ahead_s)
            if min(exit_s, next_s) - entry_s > SHORTEST_S:
                out.way_entry_s[number, first + k], out.way_exit_s[number, first + k] = entry_s, min(exit_s, next_s)
