"""Flight beside another aircraft: where it is, how it gets there, and that its speed is that of its positions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.tracks.scenarios.flightpath import fly
from skyaccord.tracks.scenarios.legs import Leg, State
from skyaccord.tracks.scenarios.stations import Station, fly_beside, least_jerk, offsets
from skyaccord.units import FT, KT

BEGIN = State(44.0, 33.0, 25_000 * FT, 320 * KT, 80.0)
STRAIGHT = fly(BEGIN, [], 120.0, 0.25)


@given(
    lat=st.floats(-80, 80),
    lon=st.sampled_from([-179.9, 0.0, 33.0, 179.9]),
    track=st.floats(0, 359),
    ahead_m=st.floats(-8000, 8000),
    right_m=st.floats(-8000, 8000),
    above_m=st.floats(-1000, 1000),
)
def test_at_its_stations_it_is_where_they_say_as_the_other_sees_it(
    lat: float, lon: float, track: float, ahead_m: float, right_m: float, above_m: float
) -> None:
    other = fly(State(lat, lon, 5000.0, 150.0, track), [], 60.0, 0.25)
    path = fly_beside(other, (Station(0.0, 0.0, 0.0, 0.0), Station(40.0, ahead_m, right_m, above_m)))
    for k in (160, 200):  # at 40 s, and still there at 50 s
        way = Geodesic.WGS84.Inverse(other.lat_deg[k], other.lon_deg[k], path.lat_deg[k], path.lon_deg[k])
        bearing = np.radians(way["azi1"] - other.track_deg[k])
        assert way["s12"] * np.cos(bearing) == pytest.approx(ahead_m, abs=0.01)
        assert way["s12"] * np.sin(bearing) == pytest.approx(right_m, abs=0.01)
        assert path.altitude_m[k] - other.altitude_m[k] == pytest.approx(above_m, abs=1e-6)


def test_it_begins_and_ends_a_way_at_rest_and_moves_on_a_straight_line() -> None:
    stations = (Station(0.0, -1000.0, 300.0, 0.0), Station(60.0, 200.0, -100.0, 50.0))
    t_s = np.arange(0.0, 80.0, 0.01)
    ahead_m, right_m, above_m = offsets(t_s, stations)
    speed = np.hypot(np.gradient(ahead_m, t_s), np.gradient(right_m, t_s))
    assert speed[0] < 0.01
    assert np.max(speed[t_s > 60]) < 0.01
    assert np.max(speed) == pytest.approx(1.875 * np.hypot(1200, 400) / 60, rel=1e-3)
    assert right_m == pytest.approx(300 - (ahead_m + 1000) / 3, abs=1e-9)
    assert above_m == pytest.approx((ahead_m + 1000) / 24, abs=1e-9)


def test_polynomial_of_least_jerk_is_half_done_at_half_time_and_symmetric() -> None:
    x = np.linspace(-1.0, 2.0, 301)
    assert least_jerk(x) + least_jerk(1 - x) == pytest.approx(np.ones(301))
    assert least_jerk(np.array([0.5])) == pytest.approx([0.5])


@pytest.mark.parametrize("arch_m", [30.0, -30.0])
def test_arch_is_half_an_ellipse_over_or_under_the_other(arch_m: float) -> None:
    stations = (Station(0.0, 0.0, -40.0, 0.0), Station(16.0, 0.0, 40.0, 0.0, arch_m))
    t_s = np.arange(0.0, 16.01, 0.1)
    _, right_m, above_m = offsets(t_s, stations)
    assert (right_m / 40.0) ** 2 + (above_m / 30.0) ** 2 == pytest.approx(np.ones(len(t_s)))
    assert np.sign(above_m[80]) == np.sign(arch_m)


@pytest.mark.parametrize("turn", [[], [Leg(duration_s=20.0), Leg(turn_to_deg=140.0, turn_rate_degps=1.0, roll_s=10.0)]])
def test_speed_track_and_climb_are_those_of_its_positions(turn: list[Leg]) -> None:
    other = fly(BEGIN, turn, 120.0, 0.25)
    path = fly_beside(other, (Station(0.0, -600.0, 200.0, -50.0), Station(90.0, 100.0, -150.0, 100.0)))
    places = list(zip(path.lat_deg, path.lon_deg, strict=True))
    ways = [Geodesic.WGS84.Inverse(*p, *q) for p, q in pairwise(places)]
    speed = np.array([way["s12"] for way in ways]) / 0.25
    assert speed == pytest.approx((path.speed_mps[1:] + path.speed_mps[:-1]) / 2, abs=0.05)
    course = np.array([way["azi1"] for way in ways])
    middle = (path.track_deg[1:] + path.track_deg[:-1]) / 2
    assert np.max(np.abs((course - middle + 180) % 360 - 180)) < 0.05
    climb = np.diff(path.altitude_m) / 0.25
    assert climb == pytest.approx((path.climb_mps[1:] + path.climb_mps[:-1]) / 2, abs=0.01)


def test_formation_held_beside_a_straight_flight_is_as_fast_as_it() -> None:
    path = fly_beside(STRAIGHT, (Station(0.0, 0.0, -30.0, 0.0),))
    assert path.speed_mps == pytest.approx(STRAIGHT.speed_mps, abs=1e-3)
    assert path.track_deg == pytest.approx(STRAIGHT.track_deg, abs=1e-3)
