"""The path of one aircraft flown leg by leg: geodesics, coordinated turns, bounded accelerations.

Positions are propagated on the WGS-84 ellipsoid. Straight flight follows a geodesic, so its track changes with the
convergence of meridians. A turn advances by the chord of its arc, so that its radius is right whatever the step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

import numpy as np
from pyproj import Geod

from skyaccord.model.tracks import Floats
from skyaccord.tracks.scenarios.legs import (
    DONE_DEG,
    Leg,
    State,
    climb_profile,
    remaining_deg,
    speed_at_mps,
    turn_profile,
    turn_rate_degps,
)

LONGEST_STEP_S: Final = 0.25


@dataclass(frozen=True, slots=True)
class Path:
    """A flown path at equal steps of time, from 0."""

    t_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    altitude_m: Floats
    speed_mps: Floats
    track_deg: Floats
    climb_mps: Floats

    def at(self, t_s: float) -> State:
        """Return the state at the step nearest to ``t_s``."""
        k = int(np.argmin(np.abs(self.t_s - t_s)))
        columns = (self.lat_deg, self.lon_deg, self.altitude_m, self.speed_mps, self.track_deg)
        return State(*(float(c[k]) for c in columns))

    def every(self, steps: int) -> Path:
        """Return the path at every so many steps."""
        return Path(*(getattr(self, field.name)[::steps] for field in fields(self)))


class LegTooShortError(ValueError):
    """A leg that ends before what it asks for is done; ``leg`` counts from 0."""

    def __init__(self, leg: int, needs_s: float, lasts_s: float) -> None:
        self.leg = leg
        self.needs_s = needs_s
        self.lasts_s = lasts_s
        super().__init__(f"leg {leg + 1} needs {needs_s:.1f} s and lasts {lasts_s:g} s")


@cache
def wgs84() -> Geod:
    """Return the ellipsoid; made once, when first asked for."""
    return Geod(ellps="WGS84")


def steps_a_sample(sample_s: float) -> int:
    """Return into how many even steps of `LONGEST_STEP_S` at most a sample is divided."""
    return math.ceil(sample_s / LONGEST_STEP_S)


def fly(begin: State, legs: Sequence[Leg], duration_s: float, sample_s: float) -> Path:
    """Return the path from ``begin`` along ``legs``, straight and level after the last, sampled each ``sample_s``.

    Steps inside are an even share of the sample, 0.25 s at most; legs begin at steps.

    Raises:
        LegTooShortError: a leg's duration does not suffice for its turn, change of speed or climb.
    """
    share = steps_a_sample(sample_s)
    return fly_densely(begin, legs, duration_s, sample_s / share).every(share)


def fly_densely(begin: State, legs: Sequence[Leg], duration_s: float, step_s: float) -> Path:
    """Return the same path with every step of ``step_s``; it ends at or after ``duration_s``, less than a step late."""
    flight = _Flight(begin, step_s)
    for number, leg in enumerate(legs):
        flight.follow(number, leg)
    flight.go_on_until(duration_s)
    count = math.floor(duration_s / step_s + 1e-6) + 1
    rows: Floats = np.array(flight.rows[:count], dtype=np.float64)
    return Path(np.arange(len(rows), dtype=np.float64) * step_s, *rows.T)


class _Flight:
    """The flight so far: one row of the path's columns a step."""

    def __init__(self, begin: State, step_s: float) -> None:
        self.step_s = step_s
        self.now = begin
        self.rows = [(begin.lat_deg, begin.lon_deg, begin.altitude_m, begin.speed_mps, begin.track_deg, 0.0)]

    def follow(self, number: int, leg: Leg) -> None:
        begin = self.now
        height, climb_s = climb_profile(begin.altitude_m, leg)
        turn, turn_s = turn_profile(begin, leg)
        fixed_s = max(climb_s, leg.speed_over_s, leg.duration_s or 0.0)
        is_turning = leg.turn_to_deg is not None
        steps = 0
        if not is_turning:
            count = math.ceil((fixed_s - self.step_s * 1e-6) / self.step_s)
            t_s = np.arange(1, count + 1) * self.step_s
            speeds = np.array([speed_at_mps(begin, leg, t) for t in t_s])
            self._straight(speeds, np.array([height(t) for t in t_s]).reshape(-1, 2))
            steps = count
        while is_turning or steps * self.step_s < fixed_s - self.step_s * 1e-6:
            steps += 1
            speed_mps = speed_at_mps(begin, leg, steps * self.step_s)
            if leg.roll_s:
                turned_deg = turn(steps * self.step_s) - turn((steps - 1) * self.step_s)
                is_turning = steps * self.step_s < turn_s
            else:
                turned_deg, is_turning = self._turn(leg, speed_mps) if is_turning else (0.0, False)
            self._step(turned_deg, speed_mps, *height(steps * self.step_s))
        if leg.duration_s is not None and steps * self.step_s >= leg.duration_s + self.step_s:
            raise LegTooShortError(number, steps * self.step_s, leg.duration_s)

    def go_on_until(self, t_s: float) -> None:
        count = math.ceil((t_s - self.step_s * 1e-6) / self.step_s) - (len(self.rows) - 1)
        if count > 0:
            level = np.tile([self.now.altitude_m, 0.0], (count, 1))
            self._straight(np.full(count, self.now.speed_mps), level)

    def _straight(self, speed_mps: Floats, height: Floats) -> None:
        """Take steps without a turn, all on one geodesic. ``height`` is altitude and rate, a row each."""
        now = self.now
        before = np.append(now.speed_mps, speed_mps[:-1])
        way_m = np.cumsum((before + speed_mps) / 2 * self.step_s)
        same = np.ones(len(way_m))
        lon, lat, back = wgs84().fwd(now.lon_deg * same, now.lat_deg * same, now.track_deg * same, way_m)
        rows = zip(lat, lon, height[:, 0], speed_mps, (np.asarray(back) + 180.0) % 360.0, height[:, 1], strict=True)
        self.rows.extend(rows)
        self.now = State(*(float(value) for value in self.rows[-1][:5]))

    def _turn(self, leg: Leg, speed_mps: float) -> tuple[float, bool]:
        """Return the turn of the next step, positive to the right, and whether it goes on after it."""
        left_deg = remaining_deg(self.now.track_deg, leg)
        most_deg = turn_rate_degps(leg, speed_mps) * self.step_s
        if abs(left_deg) <= most_deg + DONE_DEG:
            return left_deg, False
        return math.copysign(most_deg, left_deg), True

    def _step(self, turned_deg: float, speed_mps: float, altitude_m: float, climb_mps: float) -> None:
        now = self.now
        half_rad = math.radians(turned_deg) / 2
        arc_m = (now.speed_mps + speed_mps) / 2 * self.step_s
        chord_m = arc_m * math.sin(half_rad) / half_rad if half_rad else arc_m
        azimuth = now.track_deg + turned_deg / 2
        lon, lat, back = wgs84().fwd(now.lon_deg, now.lat_deg, azimuth, chord_m)
        track = (back + 180.0 + turned_deg / 2) % 360.0
        self.now = State(lat, lon, altitude_m, speed_mps, track)
        self.rows.append((lat, lon, altitude_m, speed_mps, track, climb_mps))
