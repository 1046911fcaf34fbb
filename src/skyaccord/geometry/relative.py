"""Relative motion along straight lines at constant velocity: when two are near, and when they are nearest.

The pair is described by relative position ``s`` and velocity ``v`` (intruder minus ownship, any Cartesian frame, metres
and metres per second) and by relative altitude ``z`` and its rate ``w``. Intervals are closed and come back as
``(t_in, t_out)``; an interval that does not exist comes back as `NEVER`, for which ``t_in > t_out``.

Source: standard closed forms, as in Muñoz et al., DAIDALUS, DASC 2015; written from the quadratic
``|s + v t|² = D²``.
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.geometry.kernel import kernel

NEVER: Final = (1.0, 0.0)
STILL_M2PS2: Final = 1e-12  # relative speed below 1 µm/s: the range does not change within any recording


@kernel
def time_of_least_range(s_v: float, v_v: float) -> float:
    """Return the time at which ``|s + v t|`` is least, from ``s·v`` and ``v·v``; 0 where nothing moves."""
    if v_v <= STILL_M2PS2:
        return 0.0
    return -s_v / v_v


@kernel
def interval_within_range(s_s: float, s_v: float, v_v: float, range_m: float) -> tuple[float, float]:
    """Return when ``|s + v t| <= range_m``, from the dot products of s and v. Unbounded where nothing moves."""
    excess = s_s - range_m * range_m
    if v_v <= STILL_M2PS2:
        if excess <= 0.0:
            return (-math.inf, math.inf)
        return NEVER
    disc = s_v * s_v - v_v * excess
    if disc < 0.0:
        return NEVER
    root = math.sqrt(disc)
    # The larger root of the quadratic without cancellation; the other one from the product of the roots.
    if s_v <= 0.0:
        late = (-s_v + root) / v_v
        early = excess / (-s_v + root) if -s_v + root > 0.0 else late
    else:
        early = (-s_v - root) / v_v
        late = excess / (-s_v - root)
    return (early, late)


@kernel
def interval_within_height(z: float, w: float, height_m: float) -> tuple[float, float]:
    """Return when ``|z + w t| <= height_m``. Unbounded where the height does not change."""
    if abs(w) <= 1e-9:
        if abs(z) <= height_m:
            return (-math.inf, math.inf)
        return NEVER
    first = (-height_m - z) / w
    second = (height_m - z) / w
    return (min(first, second), max(first, second))


@kernel
def is_nearer(value: float, total: float, best: float, best_total: float) -> bool:
    """Return whether a pair is nearer than the best so far; equal values (to rounding) go by the sum of squares."""
    if abs(value - best) <= 1e-9 * best:
        return total < best_total
    return value < best


@kernel
def least_normalised(
    s_s: float, s_v: float, v_v: float, z: float, w: float, range_m: float, height_m: float, until_s: float
) -> tuple[float, float, float]:
    """Return the least ``max(|s + v t| / D, |z + w t| / H)`` in [0, until_s], its t, and the sum of squares there.

    Both terms are convex, and so is their maximum: its minimum lies at an end, at the minimum of one of the terms, or
    where the two are equal. Where it is least over a whole interval (level flight, height deciding) the instant with
    the least sum of squares is returned, which is then that of the least horizontal distance.
    """
    a2, a1, a0 = v_v / range_m**2, 2.0 * s_v / range_m**2, s_s / range_m**2
    b2, b1, b0 = w * w / height_m**2, 2.0 * z * w / height_m**2, z * z / height_m**2
    best, best_t, best_sum = math.inf, 0.0, math.inf
    d2, d1, d0 = a2 - b2, a1 - b1, a0 - b0
    disc = d1 * d1 - 4.0 * d2 * d0
    root = math.sqrt(disc) if disc > 0.0 else 0.0
    for k in range(6):
        if k == 0:
            t = 0.0
        elif k == 1:
            t = until_s
        elif k == 2:
            t = time_of_least_range(s_v, v_v)
        elif k == 3:
            t = -z / w if abs(w) > 1e-9 else 0.0
        elif d2 != 0.0:
            t = (-d1 + root) / (2.0 * d2) if k == 4 else (-d1 - root) / (2.0 * d2)
        else:
            t = -d0 / d1 if d1 != 0.0 else 0.0
        t = min(max(t, 0.0), until_s)
        a, b = a0 + t * (a1 + t * a2), b0 + t * (b1 + t * b2)
        if is_nearer(max(a, b), a + b, best, best_sum):
            best, best_t, best_sum = max(a, b), t, a + b
    return (math.sqrt(max(best, 0.0)), best_t, max(best_sum, 0.0))
