"""Paths against circles, geodesics and profiles that can be worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.tracks.scenarios.closest_approach import ClosestApproach, Side, UnreachableError, begin_for
from skyaccord.tracks.scenarios.flightpath import LegTooShortError, fly
from skyaccord.tracks.scenarios.legs import CLIMB_ACCELERATION_MPS2, Leg, State
from skyaccord.units import FPM, FT, KT, NM
from tests.oracle.brute_force import WGS84

BEGIN = State(36.0, 38.0, 20_000 * FT, 400 * KT, 30.0)


def test_straight_flight_follows_the_geodesic_of_geographiclib() -> None:
    path = fly(BEGIN, [], 600.0, 1.0)
    end = Geodesic.WGS84.Direct(36.0, 38.0, 30.0, 400 * KT * 600)
    assert path.lat_deg[-1] == pytest.approx(end["lat2"], abs=1e-9)
    assert path.lon_deg[-1] == pytest.approx(end["lon2"], abs=1e-9)
    assert path.track_deg[-1] == pytest.approx(end["azi2"], abs=1e-6)
    assert len(path.t_s) == 601


@pytest.mark.parametrize(("is_right", "bearing"), [(True, 120.0), (False, -60.0)])
def test_half_a_turn_ends_one_diameter_to_its_side(is_right: bool, bearing: float) -> None:
    leg = Leg(turn_to_deg=210.0, is_right_turn=is_right, turn_rate_degps=3.0)
    path = fly(BEGIN, [leg], 60.0, 1.0)
    way = Geodesic.WGS84.Inverse(36.0, 38.0, path.lat_deg[60], path.lon_deg[60])
    assert way["s12"] == pytest.approx(2 * 400 * KT / math.radians(3.0), rel=1e-4)
    assert way["azi1"] == pytest.approx(bearing, abs=0.05)


def test_bank_gives_the_radius_of_a_coordinated_turn() -> None:
    path = fly(BEGIN, [Leg(turn_to_deg=210.0, is_right_turn=True, bank_deg=30.0)], 200.0, 1.0)
    turning = np.flatnonzero(np.abs(path.track_deg - 210.0) < 0.1)[0]
    way = Geodesic.WGS84.Inverse(36.0, 38.0, path.lat_deg[turning], path.lon_deg[turning])
    assert way["s12"] == pytest.approx(2 * (400 * KT) ** 2 / (9.80665 * math.tan(math.radians(30))), rel=2e-3)


def test_without_a_side_the_turn_goes_the_shorter_way() -> None:
    path = fly(BEGIN, [Leg(turn_to_deg=350.0, turn_rate_degps=2.0)], 10.0, 1.0)
    assert path.track_deg[10] == pytest.approx(10.0, abs=0.01)


def test_climb_takes_its_time_ends_level_and_bounds_vertical_acceleration() -> None:
    path = fly(BEGIN, [Leg(altitude_to_m=22_000 * FT, climb_mps=1500 * FPM)], 120.0, 0.25)
    assert path.altitude_m[-1] == 22_000 * FT
    assert path.climb_mps[-1] == 0.0
    assert path.climb_mps.max() == pytest.approx(1500 * FPM)
    lasts_s = 2000 / 1500 * 60 + 1500 * FPM / CLIMB_ACCELERATION_MPS2
    assert path.t_s[path.altitude_m < 22_000 * FT].max() == pytest.approx(lasts_s, abs=0.25)
    assert np.abs(np.diff(path.climb_mps)).max() <= CLIMB_ACCELERATION_MPS2 * 0.25 + 1e-9
    by_difference = np.diff(path.altitude_m) / 0.25
    assert by_difference == pytest.approx((path.climb_mps[1:] + path.climb_mps[:-1]) / 2, abs=0.3)


def test_small_descent_never_reaches_the_rate() -> None:
    path = fly(BEGIN, [Leg(altitude_to_m=19_990 * FT, climb_mps=3000 * FPM)], 20.0, 0.25)
    assert path.climb_mps.min() == pytest.approx(-math.sqrt(CLIMB_ACCELERATION_MPS2 * 10 * FT), abs=0.5)
    assert path.altitude_m[-1] == 19_990 * FT


def test_change_of_speed_covers_the_mean_speed_times_the_time() -> None:
    path = fly(BEGIN, [Leg(speed_to_mps=500 * KT, speed_over_s=50.0)], 50.0, 1.0)
    way = Geodesic.WGS84.Inverse(36.0, 38.0, path.lat_deg[-1], path.lon_deg[-1])
    assert way["s12"] == pytest.approx(450 * KT * 50, abs=1e-3)
    assert path.speed_mps[-1] == pytest.approx(500 * KT)


def test_path_does_not_depend_on_how_often_it_is_sampled() -> None:
    legs = [Leg(duration_s=20.0), Leg(turn_to_deg=150.0, bank_deg=40.0, speed_to_mps=450 * KT, speed_over_s=30.0)]
    often, seldom = fly(BEGIN, legs, 120.0, 1.0), fly(BEGIN, legs, 120.0, 10.0)
    _, _, apart = WGS84.inv(often.lon_deg[::10], often.lat_deg[::10], seldom.lon_deg, seldom.lat_deg)
    assert np.max(apart) < 0.5


def test_leg_too_short_for_its_turn_says_what_it_needs() -> None:
    with pytest.raises(LegTooShortError) as caught:
        fly(BEGIN, [Leg(duration_s=10.0), Leg(duration_s=20.0, turn_to_deg=120.0, turn_rate_degps=3.0)], 60.0, 1.0)
    assert (caught.value.leg, caught.value.lasts_s) == (1, 20.0)
    assert caught.value.needs_s == pytest.approx(30.0, abs=0.3)


@given(
    lat=st.floats(-84, 84),
    lon=st.sampled_from([-179.99, 0.0, 38.0, 179.99]),
    track=st.floats(0, 359),
    other_track=st.floats(0, 359),
    knots=st.floats(150, 600),
    distance_m=st.floats(50, 30_000),
    side=st.sampled_from(list(Side)),
)
def test_closest_approach_is_met_at_its_instant_and_nowhere_undercut(
    lat: float, lon: float, track: float, other_track: float, knots: float, distance_m: float, side: Side
) -> None:
    other = fly(State(lat, lon, 5000.0, 200.0, other_track), [], 200.0, 1.0)
    approach = ClosestApproach("other", 100.0, distance_m, side, 300.0)
    begin = State(math.nan, math.nan, 0.0, knots * KT, track)
    try:
        path = fly(begin_for(approach, begin, other, lambda s: fly(s, [], 200.0, 1.0)), [], 200.0, 1.0)
    except UnreachableError:
        assume(False)
    _, _, apart = WGS84.inv(path.lon_deg, path.lat_deg, other.lon_deg, other.lat_deg)
    assert apart[100] == pytest.approx(distance_m, abs=1e-3)
    if abs(knots * KT - 200) > 5 or 5 < abs(track - other_track) < 355:  # else a formation: distance hardly changes
        assert np.min(apart) > distance_m - 0.01
    assert path.altitude_m[100] == pytest.approx(5300.0)


def test_impossible_side_is_refused_with_the_possible_ones() -> None:
    other = fly(State(0.0, 0.0, 5000.0, 200.0, 90.0), [], 200.0, 1.0)
    head_on = State(math.nan, math.nan, 5000.0, 200.0, 270.0)
    with pytest.raises(UnreachableError, match="left or right, not behind"):
        begin_for(ClosestApproach("other", 100.0, NM, Side.BEHIND), head_on, other, lambda s: fly(s, [], 200.0, 1.0))


def test_climb_to_a_fixed_altitude_cannot_also_be_so_much_higher() -> None:
    other = fly(State(0.0, 0.0, 5000.0, 200.0, 90.0), [], 200.0, 1.0)
    legs = [Leg(altitude_to_m=6000.0, climb_mps=50.0)]
    begin = State(math.nan, math.nan, 5000.0, 200.0, 0.0)
    approach = ClosestApproach("other", 150.0, NM, Side.AHEAD, 500.0)
    with pytest.raises(UnreachableError, match="fixes the height"):
        begin_for(approach, begin, other, lambda s: fly(s, legs, 200.0, 1.0))


def test_turn_with_a_time_to_roll_begins_and_ends_gently_and_turns_all_the_way() -> None:
    legs = [Leg(turn_to_deg=210.0, is_right_turn=True, turn_rate_degps=1.0, roll_s=10.0)]
    path = fly(BEGIN, legs, 240.0, 1.0)
    rate = (np.diff(path.track_deg) + 180) % 360 - 180
    assert path.track_deg[-1] == pytest.approx(210.0, abs=0.1)
    assert np.max(rate) == pytest.approx(1.0, abs=0.01)
    assert np.max(np.abs(np.diff(rate))) < 0.11
    assert np.ptp(path.t_s[:-1][rate > 0.5]) == pytest.approx(180.0, abs=2.0)  # 180 deg at 1 deg/s, between halves


def test_climb_with_a_stated_acceleration_keeps_it() -> None:
    legs = [Leg(altitude_to_m=BEGIN.altitude_m - 8000 * FT, climb_mps=23_600 * FPM, climb_mps2=8.0)]
    path = fly(BEGIN, legs, 60.0, 0.25)
    assert path.altitude_m[-1] == pytest.approx(12_000 * FT)
    assert np.max(np.abs(np.diff(path.climb_mps))) / 0.25 == pytest.approx(8.0, rel=1e-6)
    lost_m = path.altitude_m[:-120] - path.altitude_m[120:]
    assert np.max(lost_m) / FT == pytest.approx(7820, abs=30)  # in 30 of the 35.3 s: less twice 1/2 * 8 * 2.65**2 m


def test_straight_pieces_between_turns_join_without_a_jump() -> None:
    legs = [Leg(duration_s=30.0, speed_to_mps=450 * KT, speed_over_s=20.0), Leg(turn_to_deg=90.0, bank_deg=30.0)]
    path = fly(BEGIN, legs, 120.0, 0.25)
    _, _, way = WGS84.inv(path.lon_deg[:-1], path.lat_deg[:-1], path.lon_deg[1:], path.lat_deg[1:])
    assert np.asarray(way) == pytest.approx((path.speed_mps[1:] + path.speed_mps[:-1]) / 2 * 0.25, abs=0.01)
