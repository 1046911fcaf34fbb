"""Bounds of what an aircraft does between two reports, against paths that are known at every instant."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.accuracy import line_errors
from skyaccord.detect.line import T
from skyaccord.detect.observation import observe
from skyaccord.units import FT, KT
from tests.builders import T0_S, Flight, Floats, make_tracks

METRES_A_DEGREE = 111_319.491  # of longitude at the equator of WGS-84
NORTH = 110_574.276
FINE_S = 0.05
DURATION_S = 120.0


def path(speed_mps: float, bank_deg: float, from_s: float, for_s: float) -> tuple[Floats, Floats, Floats]:
    """Return times, points and courses of a flight that turns once, in fine steps."""
    t_s = np.arange(0.0, DURATION_S + FINE_S / 2, FINE_S)
    turn = 9.80665 * np.tan(np.radians(bank_deg)) / speed_mps
    course = turn * np.clip(t_s - from_s, 0.0, for_s)
    middle = 0.5 * (course[1:] + course[:-1])
    step = speed_mps * FINE_S * np.column_stack((np.sin(middle), np.cos(middle)))
    return t_s, np.concatenate((np.zeros((1, 2)), np.cumsum(step, axis=0))), course


def reported(every_s: float, t_s: Floats, points_m: Floats, course: Floats, speed_mps: float) -> tuple[Flight, Floats]:
    """Return what is reported of a path, and which of its steps."""
    k = np.arange(0, len(t_s), round(every_s / FINE_S))
    same = np.ones(len(k))
    flight = Flight(
        T0_S + 0.37 + t_s[k],  # a clock finer than a second
        points_m[k, 1] / NORTH,
        points_m[k, 0] / METRES_A_DEGREE,
        20_000.0 * same,
        speed_mps / KT * same,
        np.degrees(course[k]) % 360.0,
        0.0 * same,
        error_m=3.0 * same,
    )
    return flight, k


def farthest_m(k: Floats, points_m: Floats) -> Floats:
    """Return how far the path goes off the straight line between each two reports, at the same instants."""
    off = []
    for one, other in pairwise(k):
        share = np.linspace(0.0, 1.0, other - one + 1)[:, None]
        straight = points_m[one] + share * (points_m[other] - points_m[one])
        off.append(np.linalg.norm(points_m[one : other + 1] - straight, axis=1).max())
    return np.array(off)


def bounds_m(flight: Flight) -> Floats:
    """Return the bound of the turn between each two reports."""
    tracks = make_tracks({"a": flight})
    seen = observe(tracks)
    turn = line_errors(tracks, seen).unseen.turn_mps2
    return (0.125 * turn[:-1] * np.diff(seen.line[:, T]) ** 2)[: len(flight) - 1]


@given(
    speed_mps=st.floats(30.0, 350.0),
    bank_deg=st.floats(0.0, 70.0),
    every_s=st.sampled_from([1.0, 2.0, 5.0, 10.0]),
    from_s=st.floats(-10.0, 60.0),
    for_s=st.floats(0.0, 120.0),
)
def test_a_turn_with_reported_velocities_stays_within_the_bound(
    speed_mps: float, bank_deg: float, every_s: float, from_s: float, for_s: float
) -> None:
    course_change = 9.80665 * np.tan(np.radians(bank_deg)) / speed_mps * every_s
    if course_change > np.pi / 2:
        return  # a quarter circle between reports looks like a smaller turn
    t_s, points_m, course = path(speed_mps, bank_deg, from_s, for_s)
    flight, k = reported(every_s, t_s, points_m, course, speed_mps)
    assert (farthest_m(k, points_m) <= bounds_m(flight) + 0.5).all()


@given(bank_deg=st.floats(0.0, 30.0), every_s=st.sampled_from([1.0, 5.0, 10.0, 30.0]), from_s=st.floats(0.0, 60.0))
def test_the_usual_bank_is_within_the_bound_where_no_velocity_is_reported(
    bank_deg: float, every_s: float, from_s: float
) -> None:
    t_s, points_m, course = path(230.0, bank_deg, from_s, 40.0)
    flight, k = reported(every_s, t_s, points_m, course, 230.0)
    flight.speed_kt[:] = np.nan
    assert (farthest_m(k, points_m) <= bounds_m(flight) + 0.5).all()


def test_a_fighter_at_60_degrees_of_bank_is_within_the_bound() -> None:
    t_s, points_m, course = path(250.0, 60.0, -10.0, 1000.0)
    flight, k = reported(10.0, t_s, points_m, course, 250.0)
    off_m = farthest_m(k, points_m)
    assert off_m.max() > 200.0, "or there is nothing to bound: 14 degrees of bank would be 31 m"
    assert (off_m <= bounds_m(flight)).all()


def test_straight_flight_that_says_so_is_granted_little() -> None:
    t_s, points_m, course = path(230.0, 0.0, 0.0, 0.0)
    ten, _ = reported(10.0, t_s, points_m, course, 230.0)
    one, _ = reported(1.0, t_s, points_m, course, 230.0)
    assert bounds_m(ten).max() < 10.0
    assert bounds_m(one).max() < 0.1


def test_velocities_that_stand_still_in_a_turn_do_not_make_it_straight() -> None:
    t_s, points_m, course = path(230.0, 25.0, 0.0, 1000.0)
    flight, k = reported(10.0, t_s, points_m, course, 230.0)
    flight.track_deg[:] = 0.0
    assert (farthest_m(k, points_m) <= bounds_m(flight)).all()


def altitude_bounds_ft(flight: Flight) -> Floats:
    tracks = make_tracks({"a": flight})
    unseen = line_errors(tracks, observe(tracks)).unseen
    return (0.125 * unseen.climb_mps2 * (unseen.climb_until_s - unseen.climb_from_s) ** 2 / FT)[:-1]


@pytest.mark.parametrize("tells_rate", [True, False])
def test_levelling_off_between_two_reports_is_within_the_bound(tells_rate: bool) -> None:
    t_s = np.arange(0.0, 100.1, 0.1)
    climb_fps = np.where(t_s < 44.0, 50.0, 0.0)  # 3,000 ft/min, ended at once
    altitude_ft = np.concatenate(([0.0], np.cumsum(0.1 * climb_fps[:-1]))) + 10_000.0
    k = np.arange(0, len(t_s), 100)
    same = np.ones(len(k))
    rate = climb_fps[k] * 60.0 if tells_rate else np.nan * same
    flight = Flight(
        T0_S + t_s[k], 0.002 * np.arange(len(k)), 0.0 * same, altitude_ft[k], 200.0 * same, 0.0 * same, rate
    )
    straight = np.interp(t_s, t_s[k], altitude_ft[k])
    off_ft = np.array([np.abs(altitude_ft - straight)[a : b + 1].max() for a, b in pairwise(k)])
    assert off_ft.max() > 100.0
    assert (off_ft <= altitude_bounds_ft(flight) + 1e-6).all()


def test_missing_altitudes_are_bounded_by_those_around_them() -> None:
    t_s = np.arange(0.0, 61.0, 1.0)
    same = np.ones(len(t_s))
    altitude_ft = 10_000.0 + 25.0 * t_s
    altitude_ft[11:30] = np.nan
    flight = Flight(T0_S + t_s, 0.001 * t_s, 0 * same, altitude_ft, 200 * same, 0 * same, np.nan * same)
    bound = altitude_bounds_ft(flight)
    assert bound[20] > 100.0 * bound[5]
