"""Pairs of aircraft flown on the ellipsoid by geodesics, with known truth, and reports of them with errors.

Nothing of the package's own kinematics is used: a lead is flown step by step, and the other is placed ahead and to the
right of it as a function of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from pyproj import Geod

from skyaccord.units import FT
from tests.builders import T0_S, Flight

Floats = npt.NDArray[np.float64]
STEP_S = 0.5


@cache
def wgs84() -> Geod:
    return Geod(ellps="WGS84")


@dataclass(frozen=True)
class Flown:
    """A true path every `STEP_S`."""

    lat_deg: Floats
    lon_deg: Floats
    course_deg: Floats
    altitude_m: Floats

    @property
    def t_s(self) -> Floats:
        return STEP_S * np.arange(len(self.lat_deg))


def fly_lead(
    seconds: float,
    speed_mps: float,
    course_deg: float,
    turns: tuple[tuple[float, float, float], ...] = (),
    lat_deg: float = 46.0,
    lon_deg: float = 8.0,
    altitude_m: float = 9000.0,
) -> Flown:
    """Fly at constant speed; ``turns`` are (from second, to second, degrees a second, right positive)."""
    count = round(seconds / STEP_S) + 1
    rate = np.zeros(count)
    for begin, end, degps in turns:
        rate[round(begin / STEP_S) : round(end / STEP_S)] = degps
    lat, lon, course = np.empty(count), np.empty(count), np.empty(count)
    lat[0], lon[0], course[0] = lat_deg, lon_deg, course_deg
    for k in range(1, count):
        turned = rate[k - 1] * STEP_S
        lon[k], lat[k], back = wgs84().fwd(lon[k - 1], lat[k - 1], course[k - 1] + turned / 2, speed_mps * STEP_S)
        course[k] = (back + 180.0 + turned / 2) % 360.0
    return Flown(lat, lon, course, np.full(count, altitude_m))


def beside(lead: Flown, ahead_m: Floats, right_m: Floats, above_m: float | Floats = 0.0) -> Flown:
    """Place an aircraft ahead and to the right of a lead, along the lead's course, at each step."""
    bearing = lead.course_deg + np.degrees(np.arctan2(right_m, ahead_m))
    lon, lat, _ = wgs84().fwd(lead.lon_deg, lead.lat_deg, bearing, np.hypot(ahead_m, right_m))
    lon, lat = np.asarray(lon), np.asarray(lat)
    course, _, _ = wgs84().inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    return Flown(lat, lon, np.append(course, course[-1]) % 360.0, lead.altitude_m + above_m)


def pursue(lead: Flown, keep_m: float, above_m: float) -> Flown:
    """Fly behind a lead: the nose on it, faster where it is further away than ``keep_m``, slower where nearer."""
    count = len(lead.lat_deg)
    lat, lon, course = np.empty(count), np.empty(count), np.empty(count)
    lon[0], lat[0], _ = wgs84().fwd(lead.lon_deg[0], lead.lat_deg[0], lead.course_deg[0] + 180.0, keep_m)
    for k in range(count):
        course[k], _, apart_m = wgs84().inv(lon[k], lat[k], lead.lon_deg[k], lead.lat_deg[k])
        if k + 1 < count:
            _, _, lead_m = wgs84().inv(lead.lon_deg[k], lead.lat_deg[k], lead.lon_deg[k + 1], lead.lat_deg[k + 1])
            step_m = lead_m + 0.05 * (apart_m - keep_m) * STEP_S
            lon[k + 1], lat[k + 1], _ = wgs84().fwd(lon[k], lat[k], course[k], step_m)
    return Flown(lat, lon, course % 360.0, lead.altitude_m + above_m)


def nose_on(lead: Flown, right_m: float, faster: float) -> Flown:
    """Start abeam of a lead, at a steady speed and with the nose on it until it is near, then fly straight on."""
    count = len(lead.lat_deg)
    lat, lon, course = np.empty(count), np.empty(count), np.empty(count)
    lon[0], lat[0], _ = wgs84().fwd(lead.lon_deg[0], lead.lat_deg[0], lead.course_deg[0] + 90.0, right_m)
    _, _, lead_m = wgs84().inv(lead.lon_deg[0], lead.lat_deg[0], lead.lon_deg[1], lead.lat_deg[1])
    is_near = False
    for k in range(count):
        bearing, _, apart_m = wgs84().inv(lon[k], lat[k], lead.lon_deg[k], lead.lat_deg[k])
        is_near = is_near or apart_m < 700.0
        course[k] = course[k - 1] if is_near else bearing
        if k + 1 < count:
            lon[k + 1], lat[k + 1], _ = wgs84().fwd(lon[k], lat[k], course[k], lead_m * faster)
    return Flown(lat, lon, course % 360.0, lead.altitude_m)


@dataclass(frozen=True)
class Sensor:
    """How a path is reported: how often, how wrong, for how long an error lasts, and in which steps of altitude."""

    every_s: float = 4.0
    sigma_m: float = 15.0
    lasting_s: float = 0.0
    phase_s: float = 0.0
    states_error: bool = True

    def report(self, flown: Flown, random: np.random.Generator) -> Flight:
        t_s = np.arange(self.phase_s, flown.t_s[-1] + 1e-9, self.every_s)
        lat, lon = (np.interp(t_s, flown.t_s, values) for values in (flown.lat_deg, flown.lon_deg))
        north, east = (self._errors(len(t_s), random) for _ in range(2))
        lat = lat + north / 111_200.0
        lon = lon + east / (111_200.0 * np.cos(np.radians(lat)))
        step_m = 25 * FT
        altitude = np.rint(np.interp(t_s, flown.t_s, flown.altitude_m) / step_m) * step_m / FT
        bound_m = 2.4477 * self.sigma_m if self.states_error else np.nan  # 95 % of a circular normal error
        n = len(t_s)
        return Flight(
            T0_S + t_s, lat, lon, altitude, np.full(n, 400.0), np.zeros(n), np.zeros(n), error_m=np.full(n, bound_m)
        )

    def _errors(self, count: int, random: np.random.Generator) -> Floats:
        white = random.normal(0.0, self.sigma_m, count)
        if self.lasting_s <= 0.0:
            return white
        keep = float(np.exp(-self.every_s / self.lasting_s))
        out = np.empty(count)
        out[0] = white[0]
        for k in range(1, count):
            out[k] = keep * out[k - 1] + np.sqrt(1.0 - keep * keep) * white[k]
        return out


def smooth(t_s: Floats, begin_s: float, end_s: float) -> Floats:
    """Return 0 before, 1 after, and between a path without jumps of speed or acceleration."""
    u = np.clip((t_s - begin_s) / (end_s - begin_s), 0.0, 1.0)
    return np.asarray(u**3 * (10.0 - 15.0 * u + 6.0 * u * u))


def slowed(t_s: Floats, arrive_s: float, closing_mps: float, slow_over_s: float) -> Floats:
    """Return how far is left to go: closing steadily, then slowing down evenly to arrive at rest."""
    rest = arrive_s - t_s
    braking = 0.5 * closing_mps / slow_over_s * np.clip(rest, 0.0, slow_over_s) ** 2
    steady = closing_mps * np.clip(rest - slow_over_s, 0.0, None)
    return np.asarray(braking + steady)
