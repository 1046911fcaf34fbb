"""A parabola through the reports of one aircraft about an instant: its place, velocity and acceleration there.

The fit reaches `HALF_S` to either side, further where reports are few, less where they do not lie on a parabola (a hard
turn).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, ALT_RATE, GEO, GEO_RATE, T, X, advance
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

HALF_S: Final = 15.0
"""Reports this far to either side make a velocity: 30 s, in which an airliner turns through no more than 90°."""

WIDEST_S: Final = 30.0
"""Never further than the longest silence that is bridged (`observation.GAP_S`)."""

NARROWEST_S: Final = 5.0

ENOUGH: Final = 5
"""Reports for which a parabola is better known than its three numbers need."""

OFF_PARABOLA: Final = 1.3
"""Residuals larger than this many standard errors show that the aircraft did not fly a parabola."""

LASTING_S: Final = 10.0
"""Errors of satellite positions last: reports nearer in time than this are counted as one. Assumed."""

USUAL_MPS2: Final = 2.5 / 1.96
"""Acceleration across the track that an aircraft has unless its reports show more: as a standard error, so that 95 %
stay below the 14° of bank of `accuracy.UNSEEN_TURN_MPS2`."""

# Columns of a fit: position, velocity, acceleration; standard errors of each on one axis; pressure altitude, height.
P, V, A, SIGMA_P, SIGMA_V, SIGMA_A, PRESSURE_ALTITUDE, ELLIPSOID_HEIGHT = 0, 3, 6, 9, 10, 11, 12, 13
FIT_COLUMNS: Final = 14


@kernel
def reports_about(line: Floats, begin: int, end: int, k: int, t: float, half_s: float) -> tuple[int, int]:
    """Return the first and the last of rows begin to end that are within half_s of t; k is one at or before t."""
    low = k
    while low > begin and line[low - 1, T] >= t - half_s:
        low -= 1
    if line[low, T] < t - half_s and low < end:
        low += 1
    high = low
    while high < end and line[high + 1, T] <= t + half_s:
        high += 1
    return low, high


@kernel
def fit_parabola(
    line: Floats, low: int, high: int, t: float, half_s: float, sigma: float, out: Floats
) -> tuple[float, float, float]:
    """Write position, velocity and acceleration at t, from rows low to high; return their standard errors.

    Least squares in time scaled by half_s, of reports wrong by sigma and an acceleration that is 0 but for
    `USUAL_MPS2`: where reports are few or to one side of t, that keeps the velocity from running away.
    """
    m0, m1, m2, m3, m4 = 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(low, high + 1):
        u = (line[k, T] - t) / half_s
        m0 += 1.0
        m1 += u
        m2 += u * u
        m3 += u * u * u
        m4 += u * u * u * u
    m4 += (sigma / (0.5 * USUAL_MPS2 * half_s**2)) ** 2
    c00, c01, c02 = m2 * m4 - m3 * m3, m2 * m3 - m1 * m4, m1 * m3 - m2 * m2
    c11, c12, c22 = m0 * m4 - m2 * m2, m1 * m2 - m0 * m3, m0 * m2 - m1 * m1
    det = m0 * c00 + m1 * c01 + m2 * c02
    is_moving = c22 > 1e-9 * m0 * m0 and det > 0.0  # at least two different times
    for axis in range(3):
        y0, y1, y2 = 0.0, 0.0, 0.0
        near = line[low, X + axis]
        for k in range(low, high + 1):
            u = (line[k, T] - t) / half_s
            y = line[k, X + axis] - near
            y0 += y
            y1 += u * y
            y2 += u * u * y
        out[P + axis] = near + ((c00 * y0 + c01 * y1 + c02 * y2) / det if is_moving else y0 / m0)
        out[V + axis] = (c01 * y0 + c11 * y1 + c12 * y2) / det / half_s if is_moving else np.nan
        out[A + axis] = 2.0 * (c02 * y0 + c12 * y1 + c22 * y2) / det / half_s**2 if is_moving else np.nan
    if not is_moving:
        return sigma, np.inf, np.inf
    return (
        sigma * math.sqrt(c00 / det),
        sigma * math.sqrt(c11 / det) / half_s,
        sigma * 2.0 * math.sqrt(c22 / det) / half_s**2,
    )


@kernel
def residual(line: Floats, low: int, high: int, t: float, out: Floats) -> float:
    """Return the root mean square of the reports' distances from a fit, one axis; 0 where it is no parabola."""
    total = 0.0
    for k in range(low, high + 1):
        dt = line[k, T] - t
        for axis in range(3):
            at = out[P + axis] + dt * (out[V + axis] + 0.5 * dt * out[A + axis])
            total += (line[k, X + axis] - at) ** 2
    free = high - low + 1 - 3
    return math.sqrt(0.5 * total / free) if free > 0 and np.isfinite(total) else 0.0


@kernel
def error_of(line: Floats, low: int, high: int, sigma_m: Floats) -> float:
    """Return the standard error of the reports low to high, larger where several fall within `LASTING_S`."""
    total = 0.0
    for m in range(low, high + 1):
        total += sigma_m[m] ** 2
    apart_s = (line[high, T] - line[low, T]) / max(high - low, 1)
    alike = max(1.0, LASTING_S / apart_s) if apart_s > 0.0 else 1.0
    return math.sqrt(total / (high - low + 1) * alike)


@kernel
def fit_at(line: Floats, begin: int, end: int, k: int, t: float, sigma_m: Floats, out: Floats) -> None:
    """Write one row of a fit for the instant t of the run from begin to end; k is the row at or before t."""
    half_s = HALF_S
    low, high = reports_about(line, begin, end, k, t, half_s)
    while high - low + 1 < ENOUGH and half_s < WIDEST_S:
        half_s += 5.0
        low, high = reports_about(line, begin, end, k, t, half_s)
    while True:
        sigma = error_of(line, low, high, sigma_m)
        out[SIGMA_P], out[SIGMA_V], out[SIGMA_A] = fit_parabola(line, low, high, t, half_s, sigma, out)
        if residual(line, low, high, t, out) <= OFF_PARABOLA * sigma or half_s <= NARROWEST_S:
            break
        fewer = reports_about(line, begin, end, k, t, 0.7 * half_s)
        if fewer[1] - fewer[0] + 1 < ENOUGH:
            break
        half_s *= 0.7
        low, high = fewer
    out[SIGMA_P] = max(out[SIGMA_P], sigma_m[k])
    dt = t - line[k, T]
    out[PRESSURE_ALTITUDE] = line[k, ALT] + dt * line[k, ALT_RATE]
    out[ELLIPSOID_HEIGHT] = line[k, GEO] + dt * line[k, GEO_RATE]


@kernel
def fit_all(line: Floats, first: Ints, last: Ints, sigma_m: Floats, start: Ints, t_s: Floats, row: Ints) -> Floats:
    """Return the fits at instants in groups: group n is ``start[n] <= p < start[n + 1]``, in the run of ``row[n]``."""
    out = np.empty((t_s.size, FIT_COLUMNS))
    for n in range(start.size - 1):
        k = first[row[n]] if start[n] == start[n + 1] else row[n]
        for p in range(start[n], start[n + 1]):
            while k > first[row[n]] and line[k, T] > t_s[p]:
                k -= 1
            k = advance(line, last, k, t_s[p])
            fit_at(line, first[k], last[k], k, t_s[p], sigma_m, out[p])
    return out
