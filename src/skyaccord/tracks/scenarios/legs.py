"""One piece of a flight: what changes, and how it changes with time.

Altitude follows a profile whose vertical acceleration is the leg's at its two ends, zero between; a turn with a time to
roll follows the same profile in its rate.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

GRAVITY_MPS2: Final = 9.80665  # standard gravity, ISO 80000-3
CLIMB_ACCELERATION_MPS2: Final = 2.0  # 0.2 g, felt but not flown through in anger
DONE_DEG: Final = 1e-9


@dataclass(frozen=True, slots=True)
class State:
    """Where an aircraft is and how it moves; level unless a leg says otherwise."""

    lat_deg: float
    lon_deg: float
    altitude_m: float
    speed_mps: float  # over the ground
    track_deg: float


@dataclass(frozen=True, slots=True)
class Leg:
    """One piece of a flight: what changes, and for how long it lasts (``None``: until the changes are done)."""

    duration_s: float | None = None
    turn_to_deg: float | None = None
    is_right_turn: bool | None = None  # None: the shorter way
    bank_deg: float | None = None  # turn by bank, or
    turn_rate_degps: float | None = None  # by rate
    roll_s: float = 0.0  # time in which the turn's rate grows, and shrinks
    speed_to_mps: float | None = None
    speed_over_s: float = 0.0  # time in which the speed changes, evenly
    altitude_to_m: float | None = None
    climb_mps: float = 0.0  # rate of climb or descent, without sign
    climb_mps2: float = CLIMB_ACCELERATION_MPS2  # at its two ends


def turn_rate_degps(leg: Leg, speed_mps: float) -> float:
    """Return the rate of a leg's coordinated turn, without sign: ``g tan(bank) / speed``, or the rate it states."""
    if leg.turn_rate_degps is not None:
        return leg.turn_rate_degps
    return math.degrees(GRAVITY_MPS2 * math.tan(math.radians(leg.bank_deg or 0.0)) / speed_mps)


def climb_profile(from_m: float, leg: Leg) -> tuple[Callable[[float], tuple[float, float]], float]:
    """Return altitude and vertical rate as a function of time in the leg, and the time until the new altitude.

    The rate grows evenly to the leg's rate, holds and shrinks evenly; a small change never reaches the leg's rate.
    """
    if leg.altitude_to_m is None or leg.altitude_to_m == from_m:
        return lambda _: (from_m, 0.0), 0.0
    height_m, sign = abs(leg.altitude_to_m - from_m), math.copysign(1.0, leg.altitude_to_m - from_m)
    risen, total_s = _eased(height_m, leg.climb_mps, leg.climb_mps2)
    return lambda t_s: (from_m + sign * risen(t_s)[0], sign * risen(t_s)[1]), total_s


def turn_profile(begin: State, leg: Leg) -> tuple[Callable[[float], float], float]:
    """Return how far a leg with a time to roll has turned, as a function of time, and how long the turn takes."""
    if leg.turn_to_deg is None or not leg.roll_s:
        return lambda _: 0.0, 0.0
    turn_deg, rate_degps = remaining_deg(begin.track_deg, leg), turn_rate_degps(leg, begin.speed_mps)
    turned, total_s = _eased(abs(turn_deg), rate_degps, rate_degps / leg.roll_s)
    return lambda t_s: math.copysign(turned(t_s)[0], turn_deg), total_s


def _eased(way: float, rate: float, growth: float) -> tuple[Callable[[float], tuple[float, float]], float]:
    """Return way done and rate as a function of time, and the time for all of it: the rate grows, holds and shrinks."""
    peak = min(rate, math.sqrt(growth * way))
    grow_s = peak / growth
    total_s = way / peak + grow_s

    def done(t_s: float) -> tuple[float, float]:
        if t_s <= grow_s:
            return growth * t_s * t_s / 2, growth * t_s
        if t_s <= total_s - grow_s:
            return peak * (t_s - grow_s / 2), peak
        rest_s = max(total_s - t_s, 0.0)
        return way - growth * rest_s * rest_s / 2, growth * rest_s

    return done, total_s


def speed_at_mps(begin: State, leg: Leg, t_s: float) -> float:
    """Return the speed of a leg at a time in it."""
    if leg.speed_to_mps is None:
        return begin.speed_mps
    share = min(t_s / leg.speed_over_s, 1.0)
    return begin.speed_mps + share * (leg.speed_to_mps - begin.speed_mps)


def remaining_deg(track_deg: float, leg: Leg) -> float:
    """Return what is left of the leg's turn, positive to the right."""
    to_right = ((leg.turn_to_deg or 0.0) - track_deg) % 360.0
    to_right = 0.0 if 360.0 - to_right < DONE_DEG else to_right
    if leg.is_right_turn is None:
        return to_right if to_right <= 180.0 else to_right - 360.0
    return to_right if leg.is_right_turn or to_right == 0.0 else to_right - 360.0
