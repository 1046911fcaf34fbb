"""When straight flight through a point of a path is in a volume.

Times count from now, at which the intruder is where it is; it flies straight throughout. Errors of uncertain volumes
grow from now, not from the manoeuvre's end.
"""

from __future__ import annotations

from skyaccord.detect.guidance.manoeuvre import VX, VY, VZ, T, X, Y, Z
from skyaccord.detect.hazard import KIND, UNCERTAIN, Error, hazard_interval
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Pair


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
    if exit_s >= until_s - start_s:  # to the end, not to what rounding makes of it
        return max(from_s, start_s + entry_s), until_s
    return max(from_s, start_s + entry_s), min(until_s, start_s + exit_s)
