"""How the ownship gets from its present motion to another: the states along a manoeuvre, one for each step of its grid.

A path is an array of shape (steps + 1, 7): time (s), x, y, z (m) and their rates (m/s) at which the manoeuvre, if ended
there, goes on straight. Row 0 is the present state. A rate of 0 changes the motion at once: all times are 0.

Source: turn at constant rate and speed, constant acceleration; see docs/detection.md.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

# Columns of a path.
T: Final = 0
X: Final = 1
Y: Final = 2
Z: Final = 3
VX: Final = 4
VY: Final = 5
VZ: Final = 6
PATH_COLUMNS: Final = 7

SECOND_S: Final = 1.0
"""Step of time along a change of altitude."""


@kernel
def turn(own: Floats, steps: int, step_rad: float, side: float, rate_rps: float, least_mps: float) -> Floats:
    """Return the path of a turn to the right (side +1) or left (-1); slower than ``least_mps`` it is flown at that."""
    path = np.empty((steps + 1, PATH_COLUMNS))
    speed, track = max(math.hypot(own[3], own[4]), least_mps), math.atan2(own[3], own[4])
    for k in range(steps + 1):
        now = track + side * k * step_rad
        t = k * step_rad / rate_rps if rate_rps > 0.0 else 0.0
        radius = side * speed / rate_rps if rate_rps > 0.0 else 0.0
        path[k, T] = t
        path[k, X] = own[0] + radius * (math.cos(track) - math.cos(now))
        path[k, Y] = own[1] + radius * (math.sin(now) - math.sin(track))
        path[k, Z] = own[2] + own[5] * t
        path[k, VX] = speed * math.sin(now)
        path[k, VY] = speed * math.cos(now)
        path[k, VZ] = own[5]
    return path


@kernel
def change_speed(own: Floats, steps: int, step_mps: float, side: float, acceleration_mps2: float) -> Floats:
    """Return the path of a speed-up (side +1) or slow-down (-1) along the track; north where there is none."""
    path = np.empty((steps + 1, PATH_COLUMNS))
    speed = math.hypot(own[3], own[4])
    east, north = (own[3] / speed, own[4] / speed) if speed > 0.0 else (0.0, 1.0)
    for k in range(steps + 1):
        t = k * step_mps / acceleration_mps2 if acceleration_mps2 > 0.0 else 0.0
        way_m = speed * t + 0.5 * side * acceleration_mps2 * t * t
        now = speed + side * k * step_mps
        path[k, T] = t
        path[k, X] = own[0] + east * way_m
        path[k, Y] = own[1] + north * way_m
        path[k, Z] = own[2] + own[5] * t
        path[k, VX] = east * now
        path[k, VY] = north * now
        path[k, VZ] = own[5]
    return path


@kernel
def change_climb(own: Floats, steps: int, step_mps: float, side: float, acceleration_mps2: float) -> Floats:
    """Return the path to a greater (side +1) or smaller (-1) vertical speed."""
    path = np.empty((steps + 1, PATH_COLUMNS))
    for k in range(steps + 1):
        t = k * step_mps / acceleration_mps2 if acceleration_mps2 > 0.0 else 0.0
        path[k, T] = t
        path[k, X] = own[0] + own[3] * t
        path[k, Y] = own[1] + own[4] * t
        path[k, Z] = own[2] + own[5] * t + 0.5 * side * acceleration_mps2 * t * t
        path[k, VX] = own[3]
        path[k, VY] = own[4]
        path[k, VZ] = own[5] + side * k * step_mps
    return path


@kernel
def level_off(climb_mps: float, rise_m: float, rate_mps: float, acceleration_mps2: float) -> Floats:
    """Return how an altitude is flown to: side (+1 up), seconds of speeding up, cruise and levelling off, cruise rate.

    Speed up to the climb rate (or keep a greater one), cruise, level off; where the way is short, level off from less.
    An aircraft that can no longer stop in time levels off beyond and counts as at the altitude then.
    """
    out = np.zeros(5)
    side = 1.0 if rise_m >= 0.0 else -1.0
    now, way_m = side * climb_mps, abs(rise_m)
    rate_mps = max(rate_mps, now)
    speeding_s, levelling_s = (rate_mps - now) / acceleration_mps2, rate_mps / acceleration_mps2
    flat_m = way_m - 0.5 * (now + rate_mps) * speeding_s - 0.5 * rate_mps * levelling_s
    out[0] = side
    if flat_m >= 0.0:
        out[1], out[2], out[3], out[4] = speeding_s, flat_m / rate_mps, levelling_s, rate_mps
        return out
    peak_mps = math.sqrt(max(acceleration_mps2 * way_m + 0.5 * now * now, 0.0))
    if peak_mps >= now:
        out[1], out[3], out[4] = (peak_mps - now) / acceleration_mps2, peak_mps / acceleration_mps2, peak_mps
    else:
        out[1] = abs(now) / acceleration_mps2
    return out


@kernel
def rise_at(t: float, climb_mps: float, profile: Floats, acceleration_mps2: float) -> tuple[float, float]:
    """Return how far (m) and how fast (m/s) an aircraft has risen on the way that `level_off` describes."""
    side, speeding_s, cruise_s, levelling_s, rate_mps = profile[0], profile[1], profile[2], profile[3], profile[4]
    now = side * climb_mps
    a = acceleration_mps2 if rate_mps >= now else -acceleration_mps2
    if t < speeding_s:
        return side * (now * t + 0.5 * a * t * t), side * (now + a * t)
    way_m = now * speeding_s + 0.5 * a * speeding_s * speeding_s
    if t < speeding_s + cruise_s:
        return side * (way_m + rate_mps * (t - speeding_s)), side * rate_mps
    way_m += rate_mps * cruise_s
    late_s = min(t - speeding_s - cruise_s, levelling_s)
    slowed = acceleration_mps2 * late_s
    return side * (way_m + rate_mps * late_s - 0.5 * slowed * late_s), side * (rate_mps - slowed)
