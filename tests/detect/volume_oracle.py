"""When a moved pair is in a volume, by the definitions alone: no roots, no shared code, times as an array.

Each function takes a pair (own minus intruder: sx, sy, sz, vx, vy, vz) and times, and says for each time whether the
pair, flown on straight until then, is in the volume.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Times = npt.NDArray[np.float64]
Pair = Sequence[float]


def horizontal_state(pair: Pair, at: Times) -> tuple[Times, Times, float]:
    """Return s·s and s·v at each time, and v·v."""
    x, y = pair[0] + at * pair[3], pair[1] + at * pair[4]
    return x * x + y * y, x * pair[3] + y * pair[4], pair[3] ** 2 + pair[4] ** 2


def miss_distance(pair: Pair) -> float:
    """Return the distance of the line of motion from the intruder; infinite where nothing moves."""
    speed = float(np.hypot(pair[3], pair[4]))
    return abs(pair[0] * pair[4] - pair[1] * pair[3]) / speed if speed > 0.0 else np.inf


def in_height(pair: Pair, at: Times, height: float, ahead: float) -> Flags:
    z = pair[2] + at * pair[5]
    meets = z * pair[5] < 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return (np.abs(z) <= height) | (meets & (-z / pair[5] <= ahead))


def in_well_clear_volume(kind: str, pair: Pair, at: Times, size: tuple[float, float, float, float]) -> Flags:
    """Say for TAUMOD, TCPA or TEP; size is D, ZTHR, TTHR, TCOA."""
    radius, height, ahead, coaltitude = size
    s_s, s_v, v_v = horizontal_state(pair, at)
    near = s_s <= radius**2
    comes = (s_v < 0.0) & (miss_distance(pair) <= radius)
    with np.errstate(divide="ignore", invalid="ignore"):
        if kind == "TAUMOD":
            variable = (radius**2 - s_s) / s_v
        elif kind == "TCPA":
            variable = -s_v / v_v
        else:
            variable = (-s_v - np.sqrt(np.maximum(0.0, radius**2 * v_v - (s_s * v_v - s_v**2)))) / v_v
    return (near | (comes & (variable <= ahead))) & in_height(pair, at, height, coaltitude)


def in_cylinder(pair: Pair, at: Times, radius: float, height: float) -> Flags:
    s_s, _, _ = horizontal_state(pair, at)
    return (s_s < radius**2) & (np.abs(pair[2] + at * pair[5]) < height)


def in_advisory(pair: Pair, at: Times, size: tuple[float, float, float, float, float], *, is_filtered: bool) -> Flags:
    """Say for TCAS at one sensitivity level; size is TAU, TCOA, DMOD, ZTHR, HMD."""
    tau, coaltitude, radius, height, miss = size
    s_s, s_v, _ = horizontal_state(pair, at)
    with np.errstate(divide="ignore", invalid="ignore"):
        is_in = (s_s <= radius**2) | ((s_v < 0.0) & ((radius**2 - s_s) / s_v <= tau))
    if is_filtered:
        is_in &= (s_s <= miss**2) | ((s_v < 0.0) & (miss_distance(pair) <= miss))
    return is_in & in_height(pair, at, height, coaltitude)
