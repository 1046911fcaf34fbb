"""Well-clear volumes: when two aircraft that fly straight on are not well clear of each other.

A pair is given as OWNSHIP MINUS INTRUDER: relative position s (m) and velocity v (m/s), x and y horizontal, z up, in
any Cartesian frame. Horizontal quantities come as the dot products ``s·s``, ``s·v``, ``v·v``. A pair violates well
clear when it does so horizontally and vertically:

* horizontally when ``|s| <= D``, or ``d_cpa <= D`` and ``0 <= t_var <= TTHR``, where the time variable t_var is
  modified tau, the time to the closest point of approach, or the time to entry of the circle of radius D;
* vertically when ``|z| <= ZTHR``, or the altitudes converge and meet within TCOA.

For converging aircraft outside D whose miss distance is below D, ``TEP <= tau_mod <= t_cpa``, so that the volume of TEP
contains that of modified tau, which contains that of t_cpa. Every volume is locally convex in time: one interval.

Sources: NASA/TM-2014-218155 (entry point), NASA/TM-2014-218280 (boundary models), NFM 2016 doi
10.1007/978-3-319-40648-0_17 (one threshold for both distances). Numerical zero as DAIDALUS 2.0.4 has it.
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import NEVER
from skyaccord.geometry.vectors import Pair

ZERO: Final = 1e-13
"""Below this a rate is none."""

TIE: Final = 4e-12
"""Relative difference that rounding makes: a pair that near to a threshold is at it, and so in violation."""

INSTANT_S: Final = 1e-12
"""A time that is none but for rounding."""

TAUMOD: Final = 0
TCPA: Final = 1
TEP: Final = 2


@kernel
def circle_time(s_s: float, s_v: float, v_v: float, range_m: float, side: float) -> float:
    """Return when a moving pair crosses the circle of radius D: ``side`` -1 inward, +1 outward; NaN where it does not.

    Roots of ``|s + v t|² = D²`` in the form that cancels nothing.
    """
    excess = s_s - range_m * range_m
    disc = s_v * s_v - v_v * excess
    if disc < 0.0:
        return math.nan
    root = side * math.sqrt(disc)
    if s_v * side <= 0.0:
        return (-s_v + root) / v_v
    return -excess / (s_v + root) if s_v + root != 0.0 else 0.0


@kernel
def modified_tau(s_s: float, s_v: float, range_m: float) -> float:
    """Return modified tau, ``(D² - s·s) / s·v``, seconds; -1 where the pair does not converge."""
    return (range_m * range_m - s_s) / s_v if s_v < 0.0 else -1.0


@kernel
def time_variable(kind: int, s_s: float, s_v: float, v_v: float, range_m: float) -> float:
    """Return the time variable of a volume, seconds; negative where the pair diverges or never comes within D."""
    if s_v >= 0.0:
        return -1.0
    if kind == TAUMOD:
        return modified_tau(s_s, s_v, range_m)
    if kind == TCPA:
        return -s_v / v_v
    entry_s = circle_time(s_s, s_v, v_v, range_m, -1.0)
    return -1.0 if math.isnan(entry_s) else entry_s


@kernel
def is_within_horizontally(kind: int, s_s: float, s_v: float, v_v: float, range_m: float, ahead_s: float) -> bool:
    """Return whether a pair violates the horizontal part now."""
    if s_s <= range_m * range_m * (1.0 + TIE):
        return True
    if s_v >= 0.0 or s_s - s_v * s_v / v_v > range_m * range_m:
        return False
    return 0.0 <= time_variable(kind, s_s, s_v, v_v, range_m) <= ahead_s


@kernel
def is_within_vertically(z: float, w: float, height_m: float, ahead_s: float) -> bool:
    """Return whether a pair violates the vertical part now."""
    if abs(z) <= height_m * (1.0 + TIE):
        return True
    return z * w < 0.0 and -z / w <= ahead_s * (1.0 + TIE)


@kernel
def vertical_interval(z: float, w: float, height_m: float, ahead_s: float, until_s: float) -> tuple[float, float]:
    """Return when a pair violates the vertical part in [0, until_s]."""
    if abs(w) < ZERO:
        return (0.0, until_s) if abs(z) <= height_m else NEVER
    entry_height_m = max(height_m, abs(w) * ahead_s)
    if w > 0.0:
        entry_s, exit_s = (-entry_height_m - z) / w, (height_m - z) / w
    else:
        entry_s, exit_s = (entry_height_m - z) / w, (-height_m - z) / w
    if entry_s > until_s or exit_s < 0.0:
        return NEVER
    return max(entry_s, 0.0), min(exit_s, until_s)


@kernel
def horizontal_interval(
    kind: int, s_s: float, s_v: float, v_v: float, range_m: float, ahead_s: float, until_s: float
) -> tuple[float, float]:
    """Return when a pair violates the horizontal part in [0, until_s]."""
    excess = s_s - range_m * range_m
    if v_v < ZERO:
        return (0.0, until_s) if excess <= 0.0 else NEVER
    if excess <= 0.0:
        return 0.0, min(until_s, circle_time(s_s, s_v, v_v, range_m, 1.0))
    if s_v >= 0.0:
        return NEVER
    exit_s = circle_time(s_s, s_v, v_v, range_m, 1.0)
    if math.isnan(exit_s):
        return NEVER
    if kind == TAUMOD:
        entry_s = modified_tau_entry(s_s, s_v, v_v, range_m, ahead_s)
    elif kind == TCPA:
        entry_s = min(circle_time(s_s, s_v, v_v, range_m, -1.0), -s_v / v_v - ahead_s)
    else:
        entry_s = circle_time(s_s, s_v, v_v, range_m, -1.0) - ahead_s
    if math.isnan(entry_s) or entry_s > until_s:
        return NEVER
    return max(entry_s, 0.0), min(exit_s, until_s)


@kernel
def modified_tau_entry(s_s: float, s_v: float, v_v: float, range_m: float, ahead_s: float) -> float:
    """Return when modified tau of a converging pair outside D falls to ``ahead_s``; NaN where it never does.

    The smaller root of ``v·v t² + (2 s·v + τ v·v) t + (s·s + τ s·v - D²) = 0``.
    """
    b = 2.0 * s_v + ahead_s * v_v
    c = s_s + ahead_s * s_v - range_m * range_m
    disc = b * b - 4.0 * v_v * c
    if disc < 0.0:
        return math.nan
    root = math.sqrt(disc)
    if b >= 0.0:
        return (-b - root) / (2.0 * v_v)
    return 2.0 * c / (-b + root)


@kernel
def well_clear_interval(
    kind: int,
    pair: Pair,
    range_m: float,
    height_m: float,
    time_s: float,
    coaltitude_s: float,
    until_s: float,
) -> tuple[float, float]:
    """Return when a pair is not well clear in [0, until_s]; an interval without length is none (entry >= exit).

    Args:
        kind: `TAUMOD`, `TCPA` or `TEP`.
        pair: sx, sy, sz (m), vx, vy, vz (m/s), ownship minus intruder.
        range_m: D, the threshold of distance and of miss distance.
        height_m: ZTHR.
        time_s: TTHR, the threshold of the time variable.
        coaltitude_s: TCOA, the threshold of the time to co-altitude.
        until_s: look-ahead.
    """
    sx, sy, sz, vx, vy, vz = pair
    begin_s, end_s = vertical_interval(sz, vz, height_m, coaltitude_s, until_s)
    if begin_s >= end_s:
        return NEVER
    sx, sy = sx + begin_s * vx, sy + begin_s * vy
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    entry_s, exit_s = horizontal_interval(kind, s_s, s_v, v_v, range_m, time_s, end_s - begin_s)
    return begin_s + entry_s, begin_s + exit_s


@kernel
def is_well_clear_violated(
    kind: int,
    pair: Pair,
    range_m: float,
    height_m: float,
    time_s: float,
    coaltitude_s: float,
) -> bool:
    """Return whether a pair is not well clear now; arguments as those of `well_clear_interval`."""
    sx, sy, sz, vx, vy, vz = pair
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    return is_within_vertically(sz, vz, height_m, coaltitude_s) and is_within_horizontally(
        kind, s_s, s_v, v_v, range_m, time_s
    )
