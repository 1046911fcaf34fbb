"""The four kinds of manoeuvre as grids that can be scanned: direction, speed, vertical speed, altitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from skyaccord.detect.guidance.altitude import scan_altitudes
from skyaccord.detect.guidance.manoeuvre import VX, VY, VZ, change_climb, change_speed, turn
from skyaccord.detect.guidance.scan import Limits, Mask, Stakes, scan
from skyaccord.detect.profile import Axis, Profile
from skyaccord.geometry.vectors import Floats, Ints

STANDARD_GRAVITY_MPS2: Final = 9.80665
_WHOLE: Final = 1e-6
"""Share of a step that is rounding."""


class Kind(StrEnum):
    """What a manoeuvre changes."""

    DIRECTION = "dir"
    SPEED = "hs"
    CLIMB = "vs"
    ALTITUDE = "alt"


@dataclass(frozen=True, slots=True)
class Grid:
    """The values that a manoeuvre can lead to, and how to ask which of them are free of conflict."""

    kind: Kind
    axis: Axis
    own: Floats
    current: float  # rad, m/s or m
    values: Floats  # ascending; the first and last are the limits
    left: Floats  # paths of detect.guidance.manoeuvre; empty for altitudes
    right: Floats
    rates: tuple[float, float]  # climb rate and acceleration, for altitudes
    fastest: tuple[float, float]  # greatest horizontal and vertical speed flown (m/s)

    def scan(self, stakes: Stakes, limits: Limits, *, asks_who: bool) -> tuple[Mask, Ints]:
        """Return which values are free and which stakes forbid any; see `scan.scan`."""
        limits = limits._replace(fastest=self.fastest)
        if self.kind is not Kind.ALTITUDE:
            return scan(self.left, self.right, self.own, stakes, limits, asks_who)
        count, (rate_mps, acceleration_mps2) = len(self.values), self.rates
        lowest_m, step_m = float(self.values[0]), self.axis.step
        return scan_altitudes(self.own, lowest_m, step_m, count, rate_mps, acceleration_mps2, stakes, limits, asks_who)


def present_value(kind: Kind, own: Floats) -> float:
    """Return the ownship's direction (rad, from 0 to a full turn), speed, vertical speed (m/s) or altitude (m)."""
    if kind is Kind.DIRECTION:
        return math.atan2(own[3], own[4]) % math.tau
    if kind is Kind.SPEED:
        return math.hypot(own[3], own[4])
    return float(own[5] if kind is Kind.CLIMB else own[2])


def grid_of(kind: Kind, own: Floats, profile: Profile) -> Grid | None:
    """Return the grid of a kind of manoeuvre; ``None`` where the present value is outside its limits."""
    if kind is Kind.DIRECTION:
        return _direction(own, profile)
    if kind is Kind.ALTITUDE:
        return _altitude(own, profile)
    axis = profile.speed if kind is Kind.SPEED else profile.climb
    current = present_value(kind, own)
    low, high = _limits(axis, current)
    if not low <= current <= high:
        return None
    below = max(0, math.ceil((current - low) / axis.step - _WHOLE))
    above = max(0, math.ceil((high - current) / axis.step - _WHOLE))
    change = change_speed if kind is Kind.SPEED else change_climb
    performance = profile.performance
    rate = performance.acceleration_mps2 if kind is Kind.SPEED else performance.climb_acceleration_mps2
    left, right = change(own, below, axis.step, -1.0, rate), change(own, above, axis.step, 1.0, rate)
    values: Floats = current + axis.step * np.arange(-below, above + 1, dtype=np.float64)
    values[0], values[-1] = low, high
    return Grid(kind, axis, own, current, values, left, right, (0.0, 0.0), _fastest(left, right))


def _limits(axis: Axis, current: float) -> tuple[float, float]:
    low = max(axis.least, current - axis.below_relative) if axis.below_relative > 0.0 else axis.least
    high = min(axis.most, current + axis.above_relative) if axis.above_relative > 0.0 else axis.most
    return low, high


def _direction(own: Floats, profile: Profile) -> Grid:
    axis, performance = profile.direction, profile.performance
    current = present_value(Kind.DIRECTION, own)
    least_mps = max(performance.least_airspeed_mps, profile.speed.step)
    rate = performance.turn_rate_rps
    if rate <= 0.0 and performance.bank_rad > 0.0:
        speed = max(math.hypot(own[3], own[4]), least_mps)
        rate = STANDARD_GRAVITY_MPS2 * math.tan(performance.bank_rad) / speed
    below, above = int(axis.least / axis.step + _WHOLE), int(axis.most / axis.step + _WHOLE)
    left = turn(own, below, axis.step, -1.0, rate, least_mps)
    right = turn(own, above, axis.step, 1.0, rate, least_mps)
    values: Floats = current + axis.step * np.arange(-below, above + 1, dtype=np.float64)
    return Grid(Kind.DIRECTION, axis, own, current, values, left, right, (0.0, 0.0), _fastest(left, right))


def _altitude(own: Floats, profile: Profile) -> Grid | None:
    axis, performance = profile.altitude, profile.performance
    current = present_value(Kind.ALTITUDE, own)
    if not axis.least <= current <= axis.most:
        return None
    count = int((axis.most - axis.least) / axis.step + _WHOLE) + 1
    values: Floats = axis.least + axis.step * np.arange(count, dtype=np.float64)
    rate, acceleration = performance.climb_rate_mps, performance.climb_acceleration_mps2
    is_instant = rate <= 0.0 or acceleration <= 0.0
    vertical_mps = math.inf if is_instant else max(rate, abs(float(own[5])))
    fastest = (math.hypot(own[3], own[4]), vertical_mps)
    empty = np.empty((0, 7))
    return Grid(Kind.ALTITUDE, axis, own, current, values, empty, empty, (rate, acceleration), fastest)


def _fastest(left: Floats, right: Floats) -> tuple[float, float]:
    both = np.concatenate([left, right])
    return float(np.hypot(both[:, VX], both[:, VY]).max()), float(np.abs(both[:, VZ]).max())
