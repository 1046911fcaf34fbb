"""What must not change a conduct: names, place, time and direction."""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.detect.conduct.classify import Conduct
from skyaccord.detect.conduct.features import Features
from skyaccord.detect.conduct.manner import Manner
from tests.builders import Flight
from tests.detect.conduct.flights import Flown, Sensor
from tests.detect.conduct.manners import CASES, find, main_conduct, reports

MANNERS = st.sampled_from(list(CASES))
LEFT_OUT = {
    *("begin_s", "end_s"),  # times of day
    *("distance_error_m", "height_error_m"),  # of the piece at the closest instant: at a report, of either neighbour
}
SEEDS = st.integers(0, 10_000)


def drawn(manner: Manner, seed: int) -> dict[str, Flight]:
    random = np.random.default_rng((seed, 20))
    return reports(CASES[manner](random), random)


def numbers(features: Features) -> dict[str, float]:
    """Return the features as numbers."""
    found: dict[str, float] = {}

    def walk(values: dict[str, object], path: str) -> None:
        for name, value in values.items():
            if isinstance(value, dict):
                walk(value, f"{path}{name}.")
            elif isinstance(value, float) and name not in LEFT_OUT:
                found[path + name] = value

    walk(asdict(features), "")
    return found


def same_numbers(one: Features, two: Features) -> None:
    a, b = numbers(one), numbers(two)
    assert a.keys() == b.keys()
    for name, value in a.items():
        both_unknown = math.isnan(value) and math.isnan(b[name])
        angle = name.endswith("_deg") and abs(value - b[name]) % 360.0 > 359.9
        assert both_unknown or angle or value == pytest.approx(b[name], rel=1e-3, abs=0.02), name


def decided(conduct: Conduct) -> tuple[Manner, int | None]:
    return conduct.manner, conduct.interceptor


@settings(max_examples=30)
@given(manner=MANNERS, seed=SEEDS)
def test_swapping_the_names_swaps_the_roles_and_leaves_the_manner(manner: Manner, seed: int) -> None:
    one, two = drawn(manner, seed).values()
    conduct = main_conduct(find({"aaaaaa": one, "bbbbbb": two}))
    swapped = main_conduct(find({"aaaaaa": two, "bbbbbb": one}))
    other = {None: None, 0: 1, 1: 0}
    assert decided(swapped) == (conduct.manner, other[conduct.interceptor])
    f, g = conduct.features, swapped.features
    sides = {None: None, 0: 1, 1: 0}
    station = g.station and replace(
        g.station, off_tail_a_deg=g.station.off_tail_b_deg, off_tail_b_deg=g.station.off_tail_a_deg
    )
    joined, left = (replace(told, by=sides[told.by]) for told in (g.joined, g.left))
    same_numbers(f, replace(g, a=g.b, b=g.a, station=station, joined=joined, left=left))


@settings(max_examples=30)
@given(manner=MANNERS, seed=SEEDS, later_s=st.integers(-100_000_000, 100_000_000))
def test_shift_in_time_changes_nothing(manner: Manner, seed: int, later_s: int) -> None:
    flights = drawn(manner, seed)
    conduct = main_conduct(find(flights))
    shifted = main_conduct(find({name: f.moved(later_s=float(later_s)) for name, f in flights.items()}))
    assert decided(shifted) == decided(conduct)
    same_numbers(conduct.features, shifted.features)


@settings(max_examples=30)
@given(manner=MANNERS, seed=SEEDS, east_deg=st.floats(-180.0, 180.0))
def test_shift_around_the_earth_changes_nothing(manner: Manner, seed: int, east_deg: float) -> None:
    flights = drawn(manner, seed)
    conduct = main_conduct(find(flights))
    for flight in flights.values():
        flight.lon_deg = (flight.lon_deg + east_deg + 180.0) % 360.0 - 180.0
    moved = main_conduct(find(flights))
    assert decided(moved) == decided(conduct)
    same_numbers(conduct.features, moved.features)


@settings(max_examples=30)
@given(manner=MANNERS, seed=SEEDS, turn_deg=st.floats(0.0, 360.0))
def test_direction_of_flight_changes_nothing(manner: Manner, seed: int, turn_deg: float) -> None:
    # Both paths are turned about one place of the ellipsoid, which bends distances by less than a thousandth.
    case = CASES[manner](np.random.default_rng((seed, 21)))
    sensor = Sensor(every_s=2.0, sigma_m=1e-3)
    conducts = []
    for angle in (0.0, turn_deg):
        flown = (turned(path, case.one, angle) for path in (case.one, case.two))
        flights = {n: sensor.report(f, np.random.default_rng(0)) for n, f in zip("ab", flown, strict=True)}
        conducts.append(main_conduct(find(flights)))
    assert decided(conducts[0]) == decided(conducts[1])
    assert conducts[0].features.a.turned_deg == pytest.approx(conducts[1].features.a.turned_deg, abs=1.0)
    assert conducts[0].features.between_deg == pytest.approx(conducts[1].features.between_deg, abs=1.0)


def turned(path: Flown, about: Flown, angle_deg: float) -> Flown:
    from tests.detect.conduct.flights import wgs84

    lon, lat = np.full(len(path.lon_deg), about.lon_deg[0]), np.full(len(path.lat_deg), about.lat_deg[0])
    azimuth, _, distance = wgs84().inv(lon, lat, path.lon_deg, path.lat_deg)
    lon, lat, _ = wgs84().fwd(lon, lat, np.asarray(azimuth) + angle_deg, distance)
    return Flown(np.asarray(lat), np.asarray(lon), path.course_deg + angle_deg, path.altitude_m)
