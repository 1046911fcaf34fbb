"""The four kinds of manoeuvre as grids that can be scanned: direction, speed, vertical speed, altitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from skyaccord.detect.guidance.altitude import expose_altitudes, times_to_altitudes
from skyaccord.detect.guidance.exposure import Exposure, Stakes, expose_path, no_exposure
from skyaccord.detect.guidance.free import Mask, Question, free_altitudes, free_steps
from skyaccord.detect.guidance.manoeuvre import PATH_COLUMNS, SECOND_S, VX, VY, VZ, T, change_climb, change_speed, turn
from skyaccord.detect.guidance.reach import within_reach
from skyaccord.detect.profile import Axis, Profile
from skyaccord.geometry.vectors import Floats, Ints

STANDARD_GRAVITY_MPS2: Final = 9.80665
_WHOLE: Final = 1e-5
"""Share of a step that is rounding."""

_NO_TIMES: Final = (np.empty(0), np.empty(0))


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
    altitude_times: tuple[Floats, Floats]  # those of detect.guidance.altitude; empty for the others
    fastest: tuple[float, float]  # greatest horizontal and vertical speed flown (m/s)

    def times(self) -> tuple[Floats, Floats]:
        """Return when the steps to the left and to the right are reached; both from the present on."""
        return np.ascontiguousarray(self.left[:, T]), np.ascontiguousarray(self.right[:, T])

    def reach(self, stakes: Stakes, cylinder: Floats, look_ahead_s: float) -> Ints:
        """Return the stakes that some value may meet."""
        longest_s = look_ahead_s if self.kind is Kind.ALTITUDE else float(max(self.left[-1, T], self.right[-1, T]))
        return within_reach(self.own, stakes, cylinder, self.fastest, longest_s, look_ahead_s)

    def expose(self, stakes: Stakes, look_ahead_s: float) -> Exposure:
        """Return the exposure of every stake to every value."""
        count = len(stakes.intruders)
        if self.kind is Kind.ALTITUDE:
            exposure = no_exposure(count, len(self.values))
            held_s = self.altitude_times[1]
            expose_altitudes(self.own, self.values, held_s, *self.rates, stakes, look_ahead_s, exposure)
            return exposure
        exposure = no_exposure(count, len(self.left) + len(self.right))
        expose_path(self.left, 0, stakes, look_ahead_s, exposure)
        expose_path(self.right, len(self.left), stakes, look_ahead_s, exposure)
        return exposure

    def free(self, volume: Exposure, cylinder: Exposure, question: Question) -> tuple[Mask, Ints]:
        """Return which values are free and which stakes forbid any."""
        if self.kind is Kind.ALTITUDE:
            speeding_s, held_s = self.altitude_times
            spare_s = SECOND_S if min(self.rates) > 0.0 else 0.0
            return free_altitudes(held_s, speeding_s, spare_s, volume, cylinder, question)
        return free_steps(*self.times(), volume, cylinder, question)


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
    return Grid(kind, axis, own, current, values, left, right, (0.0, 0.0), _NO_TIMES, _fastest(left, right))


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
    return Grid(Kind.DIRECTION, axis, own, current, values, left, right, (0.0, 0.0), _NO_TIMES, _fastest(left, right))


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
    empty = np.empty((0, PATH_COLUMNS))
    times = times_to_altitudes(own, values, rate, acceleration)
    return Grid(Kind.ALTITUDE, axis, own, current, values, empty, empty, (rate, acceleration), times, fastest)


def _fastest(left: Floats, right: Floats) -> tuple[float, float]:
    both = np.concatenate([left, right])
    return float(np.hypot(both[:, VX], both[:, VY]).max()), float(np.abs(both[:, VZ]).max())
