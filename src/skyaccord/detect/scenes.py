"""Scenarios of DAIDALUS as scenes for alerting and guidance, one for each time at which the ownship reports.

Geodetic scenarios are projected on the sphere that the format's users compute in (`geometry.sphere`). Where the ownship
has heading and airspeed, the wind they imply is taken off every aircraft, and what follows is motion through the air.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from skyaccord.detect.alerting import NO_ALERTER, Scene
from skyaccord.detect.profile import Profile
from skyaccord.detect.uncertainty import horizontal_error
from skyaccord.geometry.sphere import project
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.tracks.formats.daa_states import DaaScenario


@dataclass(frozen=True, slots=True)
class Step:
    """One time of a scenario."""

    time_s: float
    ownship: str
    intruders: tuple[str, ...]
    numbers: Ints  # shape (n,): each intruder's alerter as the scenario counts them, from 1
    own_number: int
    scene: Scene  # its alerters are those numbers less one

    def for_profile(self, profile: Profile) -> Scene:
        """Return the scene with the alerters that a profile has for it."""
        numbers = np.full(len(self.numbers), self.own_number) if profile.is_ownship_centric else self.numbers
        exists = (numbers >= 1) & (numbers <= len(profile.alerters))
        alerters = np.where(exists, numbers - 1, NO_ALERTER)
        return Scene(self.scene.ownship, self.scene.intruders, self.scene.std, alerters)


_COLUMNS = (
    "time_s",
    "latitude",
    "longitude",
    "x_m",
    "y_m",
    "altitude_m",
    "east_mps",
    "north_mps",
    "up_mps",
    "heading_deg",
    "airspeed_mps",
    "alerter",
    "s_ew_std_m",
    "s_ns_std_m",
    "s_en_std_m",
    "sz_std_m",
    "v_ew_std_mps",
    "v_ns_std_mps",
    "v_en_std_mps",
    "vz_std_mps",
)


def steps(scenario: DaaScenario) -> Iterator[Step]:
    """Yield a step for each time of a scenario at which its ownship has a row, in the order of the file."""
    column = {name: scenario.states[name].to_numpy() for name in _COLUMNS}
    names = scenario.states["name"].to_pylist()
    time_s = column["time_s"]
    begins = [0, *(np.flatnonzero(np.diff(time_s) != 0.0) + 1).tolist(), len(time_s)] if len(time_s) else [0]
    for begin, end in pairwise(begins):
        rows = range(begin, end)
        own = next((k for k in rows if names[k] == names[0]), None)
        if own is None:
            continue
        others = [k for k in rows if names[k] != names[0]]
        yield _step(column, names, own, others, is_geodetic=scenario.is_geodetic)


def _step(column: dict[str, Floats], names: list[str], own: int, others: list[int], *, is_geodetic: bool) -> Step:
    wind = _wind(column, own)
    states = np.array([_state(column, k, own, wind, is_geodetic=is_geodetic) for k in [own, *others]]).reshape(-1, 6)
    stds = np.array([_std(column, k) for k in [own, *others]]).reshape(-1, 4)
    numbers = np.array([_number(column["alerter"][k]) for k in [own, *others]], np.int64)
    scene = Scene(states[0], states[1:], stds[1:] + stds[0], numbers[1:] - 1)
    time_s = float(column["time_s"][own])
    return Step(time_s, names[own], tuple(names[k] for k in others), numbers[1:], int(numbers[0]), scene)


def _wind(column: dict[str, Floats], own: int) -> tuple[float, float]:
    heading, airspeed = math.radians(column["heading_deg"][own]), column["airspeed_mps"][own]
    if math.isnan(heading) or math.isnan(airspeed):
        return 0.0, 0.0
    east, north = airspeed * math.sin(heading), airspeed * math.cos(heading)
    return float(column["east_mps"][own] - east), float(column["north_mps"][own] - north)


def _state(
    column: dict[str, Floats], k: int, own: int, wind: tuple[float, float], *, is_geodetic: bool
) -> tuple[float, float, float, float, float, float]:
    east, north = column["east_mps"][k] - wind[0], column["north_mps"][k] - wind[1]
    if is_geodetic:
        lat, lon = np.radians(column["latitude"]), np.radians(column["longitude"])
        x, y, vx, vy = project(lat[k], lon[k], east, north, lat[own], lon[own])
    else:
        x, y, vx, vy = column["x_m"][k], column["y_m"][k], east, north
    return x, y, column["altitude_m"][k], vx, vy, column["up_mps"][k]


def _std(column: dict[str, Floats], k: int) -> tuple[float, float, float, float]:
    value = {name: float(np.nan_to_num(column[name][k])) for name in _COLUMNS[-8:]}
    position = horizontal_error(value["s_ew_std_m"], value["s_ns_std_m"], value["s_en_std_m"])
    velocity = horizontal_error(value["v_ew_std_mps"], value["v_ns_std_mps"], value["v_en_std_mps"])
    return position, velocity, value["sz_std_m"], value["vz_std_mps"]


def _number(value: float) -> int:
    return 1 if math.isnan(value) else int(value)
