"""Generated near mid-air collisions and what ADS-B would show of them.

Every encounter ends, at time 0, with the pair inside the cylinder of 500 ft by 100 ft: the place in it is drawn evenly,
and both flights are laid out backwards from there. Distributions, each aircraft by itself: ground speed even from 60 to
500 kt; track even; half of them level, the others climbing with a spread of 1,000 ft/min. A manoeuvring pair has one
aircraft (three in ten: both) that turned by 30° to 180° at 10° to 30° of bank, or changed its climb at 0.1 g, and ended
that evenly between 60 s and 0 s before; from then on all fly straight.

Flights lie about the equator, where a straight line in latitude and longitude is one on the earth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.histories import AlertHistories
from skyaccord.detect.ladder import ladder
from skyaccord.detect.levels import pair_levels
from skyaccord.detect.profile import Alerter, Hysteresis
from skyaccord.model.states import States
from skyaccord.units import FPM, FT, KT
from tests.detect.pairs import LOOK_AHEAD_S

Floats = np.ndarray

NMAC_RANGE_M, NMAC_HEIGHT_M = 500 * FT, 100 * FT
BEFORE_S = 150
FINE_S = 0.25  # step of the backward integration
METRES_NORTH, METRES_EAST = 110_574.276, 111_319.491  # a degree at the equator of WGS-84


@dataclass(frozen=True)
class Sensor:
    """Standard deviations of what is reported: horizontally for each axis."""

    name: str
    position_m: float  # drifting, with a memory of 60 s
    velocity_mps: float  # anew each second
    altitude_m: float = 40 * FT  # one error an aircraft and encounter
    climb_mps: float = 100 * FPM
    lost: float = 0.05  # share of seconds without a report of one of the two


def by_category(name: str, position_95_m: float, velocity_95_mps: float) -> Sensor:
    """Return the sensor whose radial error exceeds these in one case of twenty: 2.448 deviations of an axis."""
    return Sensor(name, position_95_m / 2.448, velocity_95_mps / 2.448)


SENSORS = (
    Sensor("no error", 0.0, 0.0, 0.0, 0.0, 0.0),
    by_category("NACp 9, NACv 2", 30.0, 3.0),
    by_category("NACp 8, NACv 1", 92.6, 10.0),
    by_category("NACp 7, NACv 1", 185.2, 10.0),
)


@dataclass(frozen=True)
class Encounters:
    """Flights of both aircraft, shape (2, seconds, encounters, 6): x, y, z and rates; second k is k - `BEFORE_S`."""

    flight: Floats
    nmac_s: Floats  # when the cylinder is first entered, at most 0
    straight_s: Floats  # for how long both have flown straight when it is

    def __len__(self) -> int:
        return self.flight.shape[2]


def generate(rng: np.random.Generator, count: int, *, manoeuvring: bool) -> Encounters:
    """Return encounters that end inside the NMAC cylinder."""
    steps = round(BEFORE_S / FINE_S)
    end_s = rng.uniform(0.0, 60.0, count) if manoeuvring else np.full(count, np.inf)
    first = rng.uniform(size=count) < 0.5
    both = rng.uniform(size=count) < 0.3
    far, angle = NMAC_RANGE_M * np.sqrt(rng.uniform(size=count)), rng.uniform(0.0, 2 * np.pi, count)
    apart = np.stack([far * np.cos(angle), far * np.sin(angle), rng.uniform(-1, 1, count) * NMAC_HEIGHT_M])
    flights = []
    for who in range(2):
        moves = both | (first == (who == 0))
        end = apart if who else np.stack([np.zeros(count), np.zeros(count), rng.uniform(1000.0, 10_000.0, count)])
        flights.append(_backwards(rng, end + (flights[0][-1, :, :3].T if who else 0.0), np.where(moves, end_s, np.inf)))
    fine = np.stack(flights)
    step = fine[0, :, :, :3] - fine[1, :, :, :3]
    inside = (np.hypot(step[..., 0], step[..., 1]) <= NMAC_RANGE_M) & (np.abs(step[..., 2]) <= NMAC_HEIGHT_M)
    assert inside[-1].all()
    # The first instant of the last stretch inside: the pair may have been there before, and parted again.
    last = np.argmin(inside[::-1], axis=0) - 1
    nmac_s = -FINE_S * np.where(inside.all(axis=0), steps, last)
    return Encounters(fine[:, :: round(1 / FINE_S)], nmac_s, end_s + nmac_s)


def _backwards(rng: np.random.Generator, end: Floats, straight_s: Floats) -> Floats:
    """Return flights that end at a place, shape (steps + 1, encounters, 6), earliest first."""
    count = end.shape[1]
    steps = round(BEFORE_S / FINE_S)
    speed, track = rng.uniform(60 * KT, 500 * KT, count), rng.uniform(0.0, 2 * np.pi, count)
    climb = np.where(rng.uniform(size=count) < 0.5, 0.0, rng.normal(0.0, 1000 * FPM, count))
    turns = rng.uniform(size=count) < 0.6
    rate = (
        np.where(rng.uniform(size=count) < 0.5, -1, 1) * 9.81 * np.tan(np.radians(rng.uniform(10, 30, count))) / speed
    )
    turn_s = np.radians(rng.uniform(30.0, 180.0, count)) / np.abs(rate)
    before = np.where(rng.uniform(size=count) < 0.5, 0.0, rng.normal(0.0, 1000 * FPM, count))
    ago_s = np.arange(steps, -1, -1)[:, None] * FINE_S
    into_s = np.clip(ago_s - straight_s, 0.0, None)  # how long before the manoeuvre ended
    heading = track - np.where(turns, rate * np.minimum(into_s, turn_s), 0.0)
    change = np.clip(before - climb, -0.981 * into_s, 0.981 * into_s)
    up = climb + np.where(turns, 0.0, change)
    rates = np.stack([speed * np.sin(heading), speed * np.cos(heading), up], axis=-1)
    way = 0.5 * FINE_S * (rates[1:] + rates[:-1])
    back = np.concatenate([np.cumsum(way[::-1], axis=0)[::-1], np.zeros((1, count, 3))])
    return np.concatenate([end.T - back, rates], axis=-1)


def observed(rng: np.random.Generator, flight: Floats, sensor: Sensor) -> Floats:
    """Return what one aircraft reports, same shape as its flight: errors, and the steps of ADS-B."""
    seconds, count, _ = flight.shape
    out = flight.copy()
    keep = np.exp(-1.0 / 60.0)
    drift = rng.normal(size=(count, 2))
    for k in range(seconds):
        out[k, :, :2] += sensor.position_m * drift
        drift = keep * drift + np.sqrt(1 - keep * keep) * rng.normal(size=(count, 2))
    out[..., 3:5] += sensor.velocity_mps * rng.normal(size=(seconds, count, 2))
    out[..., 2] += sensor.altitude_m * rng.normal(size=count)
    out[..., 5] += sensor.climb_mps * rng.normal(size=(seconds, count))
    if sensor.position_m > 0.0:
        for column, unit in ((2, 25 * FT), (3, KT), (4, KT), (5, 64 * FPM)):
            out[..., column] = np.round(out[..., column] / unit) * unit
    return out


def as_states(rows: Floats) -> States:
    return States(
        lat_deg=rows[:, 1] / METRES_NORTH,
        lon_deg=rows[:, 0] / METRES_EAST,
        altitude_m=rows[:, 2],
        groundspeed_mps=np.hypot(rows[:, 3], rows[:, 4]),
        track_deg=np.degrees(np.arctan2(rows[:, 3], rows[:, 4])) % 360.0,
        vertical_rate_mps=rows[:, 5],
    )


def alerts(
    rng: np.random.Generator, encounters: Encounters, sensor: Sensor, alerter: Alerter, hysteresis: Hysteresis
) -> Floats:
    """Return the level that stands at each second, shape (seconds, encounters), the first aircraft as ownship."""
    rule = ladder(alerter, LOOK_AHEAD_S)
    seen = [observed(rng, flight, sensor) for flight in encounters.flight]
    histories = AlertHistories(hysteresis, len(encounters))
    level = np.zeros((seen[0].shape[0], len(encounters)), np.int64)
    for k in range(len(level)):
        which = np.flatnonzero(rng.uniform(size=len(encounters)) >= sensor.lost)
        own, other = (as_states(each[k, which]) for each in seen)
        raw = pair_levels(own, other, rule, standing=histories.standing(which, float(k))).level
        level[k] = level[k - 1] if k else 0
        level[k, which] = histories.update(which, raw, float(k))
    return level


@dataclass(frozen=True)
class Warned:
    """How far ahead of the NMAC encounters were warned, seconds; NaN where never."""

    first_s: Floats  # since the level was first raised
    steady_s: Floats  # since it was raised for the last time, standing until the NMAC

    def share(self, ahead_s: float = 30.0) -> float:
        return float(np.mean(self.first_s >= ahead_s))

    def steady_share(self, ahead_s: float = 30.0) -> float:
        return float(np.mean(self.steady_s >= ahead_s))


def warned(encounters: Encounters, level: Floats, least: int = 2) -> Warned:
    """Return how far ahead each encounter was warned at a level or above it."""
    time_s = np.arange(level.shape[0])[:, None] - float(BEFORE_S)
    before = time_s <= encounters.nmac_s
    raised = (level >= least) & before
    ever = raised.any(axis=0)
    first = encounters.nmac_s - time_s[np.argmax(raised, axis=0), 0]
    quiet = before & (level < least)
    last_quiet = np.where(quiet.any(axis=0), level.shape[0] - 1 - np.argmax(quiet[::-1], axis=0), -1)
    steady = encounters.nmac_s - (last_quiet + 1 - float(BEFORE_S))
    return Warned(np.where(ever, first, np.nan), np.where(ever, np.maximum(steady, 0.0), np.nan))
