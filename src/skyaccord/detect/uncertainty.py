"""Well clear in modified tau for states that are only known within errors: the widest violation that they allow.

The pair's horizontal position may be off by S, its velocity by V, vertically by Sz and Vz. The interval goes from the
earliest entry to the latest exit over all states within these errors: horizontally the pair may already be S nearer, V
faster, and both turned towards each other by as much as the errors allow; vertically the band grows by Sz and, with
time, by Vz. Both parts are taken from now on and intersected. No single state need be nearer, faster and turned at
once; a pair that none of them brings within D, ``|s + v t| <= D + S + V t`` at no time, is clear.

Errors come from standard deviations and z-scores; that of horizontal velocity shrinks with range. Source: Narkawicz,
Muñoz, Dutle, DASC 2018; `reference` outputs of DAIDALUS 2.0.4 decide the details (see docs/detection.md).
"""

from __future__ import annotations

import math

from skyaccord.detect.well_clear import TAUMOD, horizontal_interval
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import NEVER
from skyaccord.geometry.vectors import Pair


@kernel
def horizontal_error(east_std: float, north_std: float, root_covariance: float) -> float:
    """Return the standard deviation along the worst direction: the root of the largest eigenvalue of the covariance.

    ``root_covariance`` is the signed root of the covariance of east and north.
    """
    covariance = math.copysign(root_covariance * root_covariance, root_covariance)
    mean = 0.5 * (east_std * east_std + north_std * north_std)
    inner = mean * mean - (east_std * east_std * north_std * north_std - covariance * covariance)
    return math.sqrt(mean + math.sqrt(max(inner, 0.0)))


@kernel
def widened_vertical_interval(
    z: float, w: float, z_error_m: float, w_error_mps: float, height_m: float, ahead_s: float, until_s: float
) -> tuple[float, float]:
    """Return earliest entry and latest exit in [0, until_s] of altitudes within ZTHR or meeting within TCOA."""
    height_m += z_error_m
    begin_s, end_s = 0.0, until_s
    if abs(z) > height_m:
        closing_mps = w_error_mps - math.copysign(w, z * w)
        if closing_mps <= 0.0:
            return NEVER
        begin_s = max(0.0, (abs(z) - max(height_m, ahead_s * closing_mps)) / closing_mps)
    leaving_mps = abs(w) - w_error_mps
    if leaving_mps > 0.0:
        end_s = min(until_s, (height_m - math.copysign(z, z * w)) / leaving_mps)
    return begin_s, end_s


@kernel
def latest_exit(s_s: float, s_v: float, v_v: float, range_m: float, v_error_mps: float, until_s: float) -> float:
    """Return when the slowest pair that the error of velocity allows leaves the circle; NaN where it never enters.

    The larger root of ``(v·v - V²) t² + 2 (s·v - V R) t + s·s - R² = 0``, R the widened radius.
    """
    a = v_v - v_error_mps * v_error_mps
    if a <= 0.0:
        return until_s
    half_b = s_v - v_error_mps * range_m
    disc = half_b * half_b - a * (s_s - range_m * range_m)
    return math.nan if disc < 0.0 else min(until_s, (-half_b + math.sqrt(disc)) / a)


@kernel
def widened_horizontal_interval(
    s_s: float,
    s_v: float,
    v_v: float,
    s_error_m: float,
    v_error_mps: float,
    range_m: float,
    ahead_s: float,
    until_s: float,
) -> tuple[float, float]:
    """Return earliest entry and latest exit of the horizontal part in [0, until_s]."""
    outer_m = range_m + s_error_m
    leaves_s = latest_exit(s_s, s_v, v_v, outer_m, v_error_mps, until_s)
    if s_s <= outer_m * outer_m:
        return 0.0, leaves_s
    range_now_m, speed_mps = math.sqrt(s_s), math.sqrt(v_v)
    turned = 0.0  # angle between the line of sight and the relative velocity, after both are turned
    if speed_mps > v_error_mps:
        angle = math.acos(max(-1.0, min(1.0, -s_v / (range_now_m * speed_mps))))
        turned = max(0.0, angle - math.asin(s_error_m / range_now_m) - math.asin(v_error_mps / speed_mps))
    near_m, fast_mps = range_now_m - s_error_m, speed_mps + v_error_mps
    closing = -near_m * fast_mps * math.cos(turned)
    entry_s, exit_s = horizontal_interval(
        TAUMOD, near_m * near_m, closing, fast_mps * fast_mps, range_m, ahead_s, until_s
    )
    if entry_s > exit_s or math.isnan(leaves_s):
        return NEVER
    return entry_s, leaves_s


@kernel
def widened_interval(
    pair: Pair,
    error: tuple[float, float, float, float],
    range_m: float,
    height_m: float,
    time_s: float,
    coaltitude_s: float,
    until_s: float,
) -> tuple[float, float]:
    """Return the widest interval of violation in [0, until_s]; entry >= exit where there is none.

    Args:
        pair: sx, sy, sz, vx, vy, vz, ownship minus intruder.
        error: S, V, Sz, Vz of the pair (m, m/s).
        range_m: threshold D.
        height_m: threshold ZTHR.
        time_s: threshold TTHR.
        coaltitude_s: threshold TCOA.
        until_s: look-ahead.
    """
    sx, sy, sz, vx, vy, vz = pair
    s_error_m, v_error_mps, z_error_m, w_error_mps = error
    begin_s, end_s = widened_vertical_interval(sz, vz, z_error_m, w_error_mps, height_m, coaltitude_s, until_s)
    if begin_s >= end_s:
        return NEVER
    s_s, s_v, v_v = sx * sx + sy * sy, sx * vx + sy * vy, vx * vx + vy * vy
    entry_s, exit_s = widened_horizontal_interval(s_s, s_v, v_v, s_error_m, v_error_mps, range_m, time_s, until_s)
    return max(begin_s, entry_s), min(end_s, exit_s)
