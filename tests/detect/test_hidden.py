"""Where a silent aircraft may have been: against points that it could have reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.detect.hidden import REACH_FACTOR, REGION_COLUMNS, SPEED, T0, T1, X0, X1, find_hidden, place_at
from skyaccord.detect.observation import observe
from skyaccord.model.quality import Mark
from skyaccord.units import KT
from tests.builders import T0_S, Flight, fly, make_tracks

unit = st.floats(-1.0, 1.0)


def region(apart_m: float, took_s: float, speed_mps: float) -> np.ndarray:
    """Return the region between two points of the x axis."""
    out = np.full(REGION_COLUMNS, np.nan)
    out[T0], out[T1], out[SPEED] = 0.0, took_s, speed_mps
    out[X0 : X0 + 3], out[X1 : X1 + 3] = 0.0, (apart_m, 0.0, 0.0)
    out[9], out[12], out[13], out[14] = 0.0, 30.0, -np.inf, np.inf
    return out


@given(
    share=st.floats(0.0, 1.0),
    detour=st.floats(1.0, 20.0),
    took_s=st.floats(31.0, 600.0),
    at=st.tuples(unit, unit, unit),
)
def test_whatever_could_be_reached_and_left_in_time_lies_within_the_region(
    share: float, detour: float, took_s: float, at: tuple[float, float, float]
) -> None:
    speed_mps = 230.0
    apart_m = speed_mps * took_s / detour
    t = share * took_s
    near, far = speed_mps * t, speed_mps * (took_s - t)
    point = np.array(at) * min(near, far) + (0.0 if near < far else 1.0) * np.array((apart_m, 0.0, 0.0))
    assume(np.linalg.norm(point) <= near)
    assume(np.linalg.norm(point - (apart_m, 0.0, 0.0)) <= far)
    middle = np.empty(5)
    radius = place_at(region(apart_m, took_s, speed_mps), t, middle)
    assert np.linalg.norm(point - middle[:3]) <= radius + 1e-6


def test_the_region_of_straight_flight_is_thin() -> None:
    middle = np.empty(5)
    radius = place_at(region(6_000.0, 60.0, 110.0), 30.0, middle)
    assert radius == np.sqrt(3_300.0**2 - 3_000.0**2)  # the rim of two balls about points 6 km apart
    assert middle[0] == 3_000.0


def silent(from_s: float, until_s: float, seconds: float = 900.0) -> Flight:
    flight = fly(seconds, every_s=5.0)
    elapsed = flight.t_s - T0_S
    return flight.take((elapsed <= from_s) | (elapsed >= until_s))


def hidden_times(flight: Flight) -> list[tuple[float, float, bool]]:
    tracks = make_tracks({"a": flight})
    found = find_hidden(tracks, observe(tracks))
    times = zip(found.from_s - T0_S, found.until_s - T0_S, found.is_doubt, strict=True)
    return [(float(a), float(b), bool(c)) for a, b, c in times]


def test_a_pause_between_two_reports_hides_an_aircraft() -> None:
    assert hidden_times(silent(100.0, 200.0)) == [(100.0, 200.0, False)]


def test_reports_thirty_seconds_apart_hide_nothing() -> None:
    assert hidden_times(silent(100.0, 130.0)) == []


def test_after_ten_minutes_of_silence_nothing_is_said() -> None:
    assert hidden_times(silent(100.0, 705.0)) == []


def test_an_aircraft_that_was_on_the_ground_meanwhile_was_not_hidden() -> None:
    flight = silent(100.0, 200.0)
    landed = fly(10.0, every_s=5.0, start_s=T0_S + 150.0)
    landed.marks[:] = Mark.ON_GROUND
    assert hidden_times(flight.then(landed)) == []


def test_doubted_reports_hide_an_aircraft_from_the_believed_one_before_to_the_one_after() -> None:
    flight = fly(300.0, every_s=5.0)
    flight.marks[20:31] = Mark.JUMPING
    assert hidden_times(flight) == [(95.0, 155.0, True)]


def test_doubt_at_the_begin_of_a_track_is_bounded_by_what_follows() -> None:
    flight = fly(300.0, every_s=5.0)
    flight.marks[:10] = Mark.JUMPING
    assert hidden_times(flight) == [(0.0, 50.0, True)]


def test_of_a_track_that_is_doubted_throughout_only_silence_hides_the_aircraft() -> None:
    flight = fly(300.0, every_s=5.0)
    flight.marks[:] = Mark.JUMPING
    assert hidden_times(flight) == []
    flight = silent(100.0, 200.0)
    flight.marks[:] = Mark.JUMPING
    assert hidden_times(flight) == [(100.0, 200.0, False)]


def test_reach_follows_the_fastest_speed_reported_about_then() -> None:
    flight = silent(400.0, 500.0)
    flight.speed_kt[(flight.t_s - T0_S) < 50.0] = 600.0  # more than five minutes before
    flight.speed_kt[(flight.t_s - T0_S) == 600.0] = 350.0
    tracks = make_tracks({"a": flight})
    found = find_hidden(tracks, observe(tracks))
    assert found.region[0, SPEED] == pytest.approx(REACH_FACTOR * 350.0 * KT)
