"""Signals seen from one aircraft of a pair, against geodesics between positions flown by other means."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skyaccord.detect.encounters import find_encounters
from skyaccord.detect.volume import Volume
from skyaccord.memorandum import parse_formula
from skyaccord.rules.evaluate import Error, holds
from skyaccord.rules.scene import trace_of_found
from skyaccord.rules.signals import single
from skyaccord.rules.signals.nose import nose_crossing
from skyaccord.rules.signals.side import aspect, height, wake
from skyaccord.rules.trace import Trace
from skyaccord.units import FPM, FT, KT, NM
from tests.builders import T0_S, Flight, fly, make_tracks

WGS84 = Geod(ellps="WGS84")
WIDE = Volume(60 * NM, 20_000 * FT)


def trace_of_flights(one: Flight, two: Flight) -> Trace:
    found = find_encounters(make_tracks({"aaaaaa": one, "bbbbbb": two}), WIDE)
    assert len(found) == 1
    return trace_of_found(found, needs_motion=True)


def seen_from(one: Flight, two: Flight, t_s: float) -> tuple[float, float]:
    """Return range and relative bearing (deg, 0 ahead, clockwise) of the second from the first, by geodesic."""
    lon = [np.interp(t_s, f.t_s, f.lon_deg) for f in (one, two)]
    lat = [np.interp(t_s, f.t_s, f.lat_deg) for f in (one, two)]
    later = [(np.interp(t_s + 0.5, one.t_s, c), np.interp(t_s - 0.5, one.t_s, c)) for c in (one.lon_deg, one.lat_deg)]
    track, _, _ = WGS84.inv(later[0][1], later[1][1], later[0][0], later[1][0])
    bearing, _, range_m = WGS84.inv(lon[0], lat[0], lon[1], lat[1])
    return range_m, (bearing - track) % 360.0


courses = st.floats(0.0, 360.0, exclude_max=True)
flights = st.builds(
    lambda track, speed, lat: fly(120.0, every_s=4.0, track_deg=track, speed_kt=speed, lat_deg=lat),
    courses,
    st.floats(120.0, 480.0),
    st.sampled_from([-35.0, 2.0, 40.0, 62.0]),
)


@settings(max_examples=60)
@given(flights, courses, st.floats(120.0, 480.0), st.floats(1.0, 15.0), courses)
def test_aspect_is_the_angle_off_the_tail(
    one: Flight, track: float, speed: float, away_nm: float, direction: float
) -> None:
    two = fly(120.0, every_s=4.0, track_deg=track, speed_kt=speed, lat_deg=float(one.lat_deg[0]))
    two = two.moved(away_nm * np.cos(np.radians(direction)), away_nm * np.sin(np.radians(direction)))
    trace = trace_of_flights(one, two)
    assert trace.motion is not None
    for side, (own, other) in enumerate(((one, two), (two, one))):
        curve = aspect(trace.motion, side)
        assert (curve.end_s - curve.begin_s).max() <= 1.0 + 1e-9
        for k in range(2, len(curve.owner) - 2, 17):
            range_m, bearing = seen_from(own, other, float(curve.begin_s[k]))
            if range_m > 500.0:
                expected = 180.0 - min(bearing, 360.0 - bearing)
                assert curve.first[k] == pytest.approx(expected, abs=0.5)


def test_height_above_has_the_sign_of_who_is_above() -> None:
    high, low = fly(60.0, every_s=5.0, altitude_ft=21_000.0, climb_fpm=600.0), fly(60.0, every_s=5.0).moved(2.0)
    motion = trace_of_flights(high, low).motion
    assert motion is not None
    assert height(motion, 0).first[0] == pytest.approx(1000 * FT)
    assert height(motion, 0).last[-1] == pytest.approx(1600 * FT)
    assert height(motion, 1).last[-1] == pytest.approx(-1600 * FT)


def crossing_ahead(by_nm: float) -> tuple[Flight, Flight]:
    """Return a flight eastwards, and one northwards that crosses its track line this far ahead of it at 60 s."""
    one = fly(120.0, every_s=5.0, speed_kt=300.0)
    two = fly(120.0, every_s=5.0, speed_kt=300.0, track_deg=0.0)
    return one, two.moved(north_nm=-5.0, east_nm=5.0 + by_nm)


@pytest.mark.parametrize("by_nm", [0.4, 2.0])
def test_nose_crossing_is_the_distance_ahead_at_the_instant_of_crossing(by_nm: float) -> None:
    one, two = crossing_ahead(by_nm)
    motion = trace_of_flights(one, two).motion
    assert motion is not None
    (crossing,) = nose_crossing(motion, 0, Error.AS_MEASURED)
    assert crossing.first == pytest.approx([seen_from(one, two, T0_S + 60.0)[0]], rel=0.005)
    assert crossing.begin_s == pytest.approx([T0_S + 60.0], abs=0.6)
    assert len(nose_crossing(motion, 1, Error.AS_MEASURED)[0].owner) == 0, "the first crosses behind the second"


def test_crossing_behind_is_no_nose_crossing() -> None:
    motion = trace_of_flights(*crossing_ahead(-1.0)).motion
    assert motion is not None
    assert len(nose_crossing(motion, 0, Error.AS_MEASURED)[0].owner) == 0


def test_nose_crossing_nearer_than_the_error_can_be_told_is_possible_only() -> None:
    far = trace_of_flights(*crossing_ahead(3.0))
    near = parse_formula("nose_crossing of either < 4 NM")
    assert len(holds(near, far, Error.CERTAINLY)) == 1
    along = fly(120.0, every_s=5.0, speed_kt=300.0)  # beside the track line by 50 m, never across it
    beside = trace_of_flights(along, along.moved(north_nm=50.0 / NM, east_nm=2.0))
    assert len(holds(near, beside, Error.AS_MEASURED)) == 0
    assert len(holds(near, beside, Error.CERTAINLY)) == 0
    assert len(holds(near, beside, Error.POSSIBLY)) == 1


@pytest.mark.parametrize(
    ("behind_nm", "aside_nm", "below_ft", "is_in"),
    [
        (3.0, 0.0, 500.0, True),
        (3.0, 0.3, 900.0, True),
        (3.0, 0.6, 500.0, False),
        (3.0, 0.0, 1300.0, False),
        (3.0, 0.0, -300.0, False),
        (-3.0, 0.0, 500.0, False),
    ],
)
def test_wake_is_behind_near_the_track_line_and_below(
    behind_nm: float, aside_nm: float, below_ft: float, is_in: bool
) -> None:
    leader = fly(60.0, every_s=5.0)
    trace = trace_of_flights(leader, leader.moved(north_nm=aside_nm, east_nm=-behind_nm, climb_ft=-below_ft))
    assert trace.motion is not None
    curve = wake(trace.motion, 0, Error.AS_MEASURED)
    if is_in:
        assert curve.first == pytest.approx(np.full(len(curve.first), 3.0 * NM), rel=0.01)
    else:
        assert np.isinf(curve.first).all()
    assert (len(holds(parse_formula("wake_behind of either < 4 NM"), trace)) == 1) == is_in


def test_signals_of_one_aircraft_are_what_it_flies() -> None:
    one = fly(60.0, every_s=5.0, speed_kt=250.0, climb_fpm=1200.0)
    motion = trace_of_flights(one, fly(60.0, every_s=5.0, speed_kt=410.0).moved(3.0)).motion
    assert motion is not None
    assert single.groundspeed(motion, 0).first == pytest.approx(np.full(12, 250 * KT), rel=0.005)
    assert single.groundspeed(motion, 1).first == pytest.approx(np.full(12, 410 * KT), rel=0.005)
    assert single.vertical_rate(motion, 0).first == pytest.approx(np.full(12, 1200 * FPM), rel=1e-6)
    assert single.altitude(motion, 0).last[-1] == pytest.approx(21_200 * FT)


def circle(rate_deg_s: float, every_s: float) -> Flight:
    """Return a level turn at 240 kt."""
    flight = fly(120.0, every_s=every_s, speed_kt=240.0)
    radius_nm = 240.0 / 3600.0 / np.radians(rate_deg_s)
    angle = np.radians(rate_deg_s) * (flight.t_s - T0_S)
    flight.lat_deg = 40.0 + radius_nm * np.sin(angle) / 60.0
    flight.lon_deg = 10.0 + radius_nm * (1.0 - np.cos(angle)) / 60.0 / np.cos(np.radians(40.0))
    return flight


@pytest.mark.parametrize("rate", [0.5, 1.5, 3.0])
@pytest.mark.parametrize("every_s", [1.0, 5.0])
def test_turn_rate_is_that_of_the_circle(rate: float, every_s: float) -> None:
    motion = trace_of_flights(circle(rate, every_s), fly(120.0, every_s=5.0).moved(5.0)).motion
    assert motion is not None
    curve = single.turn_rate(motion, 0)
    assert curve.first[3:-3] == pytest.approx(np.full(len(curve.first) - 6, rate), rel=0.02)


def test_what_hovers_has_no_rate_of_turn_and_leaves_that_of_the_other_as_it_is() -> None:
    motion = trace_of_flights(circle(1.5, 5.0), fly(120.0, every_s=5.0, speed_kt=0.0).moved(5.0)).motion
    assert motion is not None
    turning, hovering = single.turn_rate(motion, 0), single.turn_rate(motion, 1)
    assert turning.first[3:-3] == pytest.approx(np.full(len(turning.first) - 6, 1.5), rel=0.02)
    assert np.isinf(hovering.error).all(), "it may be any"


def test_value_of_a_doubtful_aircraft_is_possible_anywhere_and_certain_nowhere() -> None:
    one, two = crossing_ahead(1.0)
    trace = trace_of_flights(one, two)
    assert trace.motion is not None
    endless = np.full(len(trace.owner), np.inf)
    motion = replace(
        trace.motion, horizontal_error_m=endless, vertical_error_m=endless, velocity_error_mps=(endless, endless)
    )
    lost = replace(trace, motion=motion, horizontal_error_m=endless, vertical_error_m=endless, curves={})
    for rule in (
        "aspect of both < 10 deg",
        "groundspeed of both > 900 kt",
        "nose_crossing of either < 0.1 NM",
        "height_above of either > 9000 ft",
        "wake_behind of either < 0.1 NM",
    ):
        formula = parse_formula(rule)
        assert holds(formula, lost, Error.CERTAINLY).of(0) == [], rule
        assert holds(formula, lost, Error.POSSIBLY).of(0) == trace.domain.of(0), rule


def test_two_reports_at_one_instant_show_no_velocity() -> None:
    # Seen together at one instant, at which the second reports twice: nearer first, so that it stays on that line.
    two = fly(20.0, every_s=5.0)
    nearer = two.take(slice(0, 1)).moved(north_nm=-0.5)
    trace = trace_of_flights(fly(0.0).moved(north_nm=-1.0), nearer.then(two))
    assert trace.motion is not None
    assert np.isinf(trace.motion.velocity_error_mps[1]).all()
    assert holds(parse_formula("groundspeed of both < 1 kt"), trace, Error.CERTAINLY).of(0) == []
