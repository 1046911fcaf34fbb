"""Pairs of aircraft for tests and benchmarks of alerting, and the en-route thresholds that DAIDALUS 2.0.4 ships."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.hazard import well_clear
from skyaccord.detect.profile import Alerter, Level, Region
from skyaccord.detect.well_clear import TAUMOD
from skyaccord.model.states import States
from skyaccord.units import FT, NM

LOOK_AHEAD_S = 180.0
WELL_CLEAR = well_clear(TAUMOD, 0.66 * NM, 450 * FT, 35.0)
EN_ROUTE = Alerter(
    "en-route",
    (
        Level(well_clear(TAUMOD, 0.66 * NM, 700 * FT, 35.0), 55.0, 75.0, Region.NONE),
        Level(WELL_CLEAR, 55.0, 75.0, Region.MID),
        Level(WELL_CLEAR, 25.0, 55.0, Region.NEAR),
    ),
)


def anywhere(rng: np.random.Generator, count: int) -> States:
    """Return aircraft all over the globe up to 70° of latitude."""
    return States(
        lat_deg=rng.uniform(-70.0, 70.0, count),
        lon_deg=rng.uniform(-180.0, 180.0, count),
        altitude_m=rng.uniform(300.0, 12_000.0, count),
        groundspeed_mps=rng.uniform(30.0, 260.0, count),
        track_deg=rng.uniform(0.0, 360.0, count),
        vertical_rate_mps=np.where(rng.uniform(size=count) < 0.5, 0.0, rng.normal(0.0, 6.0, count)),
    )


def meeting(rng: np.random.Generator, own: States, within_s: float, miss_m: float, height_m: float) -> States:
    """Return an intruder for each ownship that passes it at most so far and high, at most so many seconds from now."""
    count = len(own)
    speed, track = rng.uniform(30.0, 260.0, count), rng.uniform(0.0, 360.0, count)
    climb = np.where(rng.uniform(size=count) < 0.5, 0.0, rng.normal(0.0, 6.0, count))
    time_s, aside_m = rng.uniform(0.0, within_s, count), rng.uniform(-miss_m, miss_m, count)
    east = own.groundspeed_mps * np.sin(np.radians(own.track_deg)) - speed * np.sin(np.radians(track))
    north = own.groundspeed_mps * np.cos(np.radians(own.track_deg)) - speed * np.cos(np.radians(track))
    relative = np.hypot(east, north)
    return States(
        lat_deg=own.lat_deg + (north * time_s - aside_m * east / relative) / 111_195.0,
        lon_deg=own.lon_deg
        + (east * time_s + aside_m * north / relative) / 111_195.0 / np.cos(np.radians(own.lat_deg)),
        altitude_m=own.altitude_m + (own.vertical_rate_mps - climb) * time_s + rng.uniform(-height_m, height_m, count),
        groundspeed_mps=speed,
        track_deg=track,
        vertical_rate_mps=climb,
    )


def around(rng: np.random.Generator, own: States, range_m: float, height_m: float) -> States:
    """Return an intruder for each ownship somewhere around it, on a course of its own."""
    count = len(own)
    far_m, bearing = range_m * np.sqrt(rng.uniform(size=count)), rng.uniform(0.0, 2.0 * np.pi, count)
    other = anywhere(rng, count)
    return States(
        lat_deg=own.lat_deg + far_m * np.cos(bearing) / 111_195.0,
        lon_deg=own.lon_deg + far_m * np.sin(bearing) / 111_195.0 / np.cos(np.radians(own.lat_deg)),
        altitude_m=own.altitude_m + rng.uniform(-height_m, height_m, count),
        groundspeed_mps=other.groundspeed_mps,
        track_deg=other.track_deg,
        vertical_rate_mps=other.vertical_rate_mps,
    )
