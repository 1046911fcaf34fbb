"""Whether straight flight from a point of a path is in a volume between two times.

Times count from now, at which the intruder is where it is; it flies straight throughout. Errors of uncertain volumes
grow from now, not from the manoeuvre's end.
"""

from __future__ import annotations

from typing import Final

from skyaccord.detect.guidance.manoeuvre import VX, VY, VZ, T, X, Y, Z
from skyaccord.detect.hazard import KIND, UNCERTAIN, Error, hazard_interval, is_hazard_violated
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Pair

SHORTEST_S: Final = 1e-9
"""A shorter time in the volume is rounding."""


@kernel
def pair_at(point: Floats, intruder: Floats, time_s: float) -> Pair:
    """Return ownship minus intruder at a time, the ownship flying straight through a point of its path."""
    ahead_s = time_s - point[T]
    return (
        point[X] + ahead_s * point[VX] - intruder[0] - time_s * intruder[3],
        point[Y] + ahead_s * point[VY] - intruder[1] - time_s * intruder[4],
        point[Z] + ahead_s * point[VZ] - intruder[2] - time_s * intruder[5],
        point[VX] - intruder[3],
        point[VY] - intruder[4],
        point[VZ] - intruder[5],
    )


@kernel
def time_in_volume(
    hazard: Floats, point: Floats, intruder: Floats, std: Error, from_s: float, until_s: float
) -> tuple[float, float]:
    """Return when straight flight through a point is in the volume within [from_s, until_s]; entry >= exit if never."""
    start_s = 0.0 if int(hazard[KIND]) == UNCERTAIN else from_s
    pair = pair_at(point, intruder, start_s)
    altitude_m = point[Z] + (start_s - point[T]) * point[VZ]
    entry_s, exit_s = hazard_interval(hazard, pair, std, altitude_m, point[VZ], until_s - start_s)
    return max(from_s, start_s + entry_s), min(until_s, start_s + exit_s)


@kernel
def has_conflict(hazard: Floats, point: Floats, intruder: Floats, std: Error, from_s: float, until_s: float) -> bool:
    """Return whether straight flight from a point on is in the volume between two times."""
    from_s = max(from_s, point[T])
    if from_s >= until_s:
        return False
    entry_s, exit_s = time_in_volume(hazard, point, intruder, std, from_s, until_s)
    return exit_s - entry_s > SHORTEST_S


@kernel
def has_conflict_to_the_end(
    hazard: Floats, point: Floats, intruder: Floats, std: Error, from_s: float, until_s: float
) -> bool:
    """Return `has_conflict`, or where both times are one, whether the volume is violated at that instant."""
    if max(from_s, point[T]) == until_s:
        pair = pair_at(point, intruder, until_s)
        return is_hazard_violated(hazard, pair, std, point[Z] + (until_s - point[T]) * point[VZ])
    return has_conflict(hazard, point, intruder, std, from_s, until_s)
