"""Stray, frozen and impossible positions."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.model.quality import Mark
from skyaccord.tracks.quality.assess import Assessment, assess
from skyaccord.tracks.quality.motion import aircraft_of_rows, excess, find_fixes, reach_m
from skyaccord.units import KT, NM
from tests.builders import Flight, fly, make_tracks
from tests.tracks.recorded import read


def look(flight: Flight) -> Assessment:
    return assess(make_tracks({"a": flight}))


def rows(result: Assessment, mark: Mark) -> list[int]:
    return np.flatnonzero(result.tracks.marks & np.uint32(mark)).tolist()


def hold(flight: Flight, first: int, last: int) -> None:
    """Repeat the position of row ``first`` up to ``last``."""
    flight.lat_deg[first : last + 1] = flight.lat_deg[first]
    flight.lon_deg[first : last + 1] = flight.lon_deg[first]


def test_steady_flight_carries_no_mark() -> None:
    result = look(fly(600))
    assert not result.tracks.marks.any()
    assert result.aircraft == {}
    assert result.doubtful_stretches == ()


@pytest.mark.parametrize("length", [1, 2])
def test_one_or_two_positions_far_off_are_left_out_and_the_track_goes_on(length: int) -> None:
    flight = fly(300)
    flight.lat_deg[100 : 100 + length] += 0.5
    result = look(flight)
    assert rows(result, Mark.OUTLIER) == list(range(100, 100 + length))
    assert result.counts["jumping"] == result.counts["impossible_speed"] == 0


def test_three_agreeing_positions_far_off_are_doubted_not_dropped() -> None:
    flight = fly(300)
    flight.lat_deg[100:103] += 0.5
    result = look(flight)
    assert rows(result, Mark.OUTLIER) == []
    assert set(range(100, 103)) <= set(rows(result, Mark.JUMPING))
    assert len(rows(result, Mark.JUMPING)) <= 40  # to the resolution of a piece


def test_a_stray_position_held_for_some_rows_is_an_outlier_in_all_of_them() -> None:
    flight = fly(300)
    flight.lat_deg[100] += 0.5
    hold(flight, 100, 104)
    assert rows(look(flight), Mark.OUTLIER) == [100, 101, 102, 103, 104]


def test_noise_of_a_tenth_of_a_mile_is_no_outlier() -> None:
    flight = fly(300)
    flight.lat_deg[100] += 0.1 / 60.0
    assert not look(flight).tracks.marks.any()


def test_stamps_one_second_off_are_no_outliers() -> None:
    flight = fly(300, speed_kt=480.0)
    flight.t_s[50:200:10] += 1.0  # the next row has the same second
    assert not look(flight).tracks.marks.any()


def test_positions_repeated_for_two_seconds_are_ordinary_sampling() -> None:
    flight = fly(300)
    for first in range(0, 290, 3):
        hold(flight, first, first + 2)
    assert not look(flight).tracks.marks.any()


def test_a_position_held_fifteen_seconds_in_flight_is_frozen_after_its_first_row() -> None:
    flight = fly(300, speed_kt=120.0)
    hold(flight, 100, 115)
    result = look(flight)
    assert rows(result, Mark.FROZEN) == list(range(101, 116))
    stretch = result.doubtful_stretches[0]
    assert (stretch.mark, stretch.last_believed, stretch.first_believed) == (Mark.FROZEN, 100, 116)
    assert "15 s" in stretch.reason


def test_a_position_held_fourteen_seconds_by_a_slow_aircraft_is_not_frozen() -> None:
    flight = fly(300, speed_kt=120.0)
    hold(flight, 100, 114)
    assert rows(look(flight), Mark.FROZEN) == []


def test_a_fast_aircraft_is_frozen_once_it_flew_a_mile() -> None:
    flight = fly(300, speed_kt=480.0)  # 7.5 s a mile
    hold(flight, 100, 107)
    hold(flight, 200, 208)
    assert rows(look(flight), Mark.FROZEN) == list(range(201, 209))


def test_an_aircraft_that_stands_is_not_frozen() -> None:
    flight = fly(300, speed_kt=0.0)
    assert rows(look(flight), Mark.FROZEN) == []


def test_a_climb_over_one_position_without_a_reported_speed_is_frozen() -> None:
    flight = fly(300, climb_fpm=1200.0)
    flight.speed_kt[:] = np.nan
    hold(flight, 100, 130)
    assert rows(look(flight), Mark.FROZEN) == list(range(101, 131))


@pytest.mark.parametrize("every_s", [1.0, 5.0, 10.0])
def test_without_speed_and_altitude_a_position_is_frozen_if_the_next_has_caught_up(every_s: float) -> None:
    flight = logged(fly(600, every_s=every_s, speed_kt=120.0))
    first, last = int(100 / every_s), int(140 / every_s)
    hold(flight, first, last)
    result = look(flight)
    assert rows(result, Mark.FROZEN) == list(range(first + 1, last + 1))
    assert "while the aircraft flew on" in result.doubtful_stretches[0].reason


def logged(flight: Flight) -> Flight:
    """Return a flight as GPX has it: without speed, course and pressure altitude."""
    for column in (flight.speed_kt, flight.track_deg, flight.climb_fpm, flight.altitude_ft):
        column[:] = np.nan
    return flight


@pytest.mark.parametrize("onward_kt", [30.0, 120.0, 200.0])
def test_a_helicopter_that_hovers_and_flies_on_from_there_is_not_frozen(onward_kt: float) -> None:
    before = fly(100, every_s=5.0, speed_kt=120.0)
    hover = fly(60, every_s=5.0, speed_kt=0.0, lon_deg=float(before.lon_deg[-1]), start_s=float(before.t_s[-1]) + 5.0)
    onward = fly(
        100, every_s=5.0, speed_kt=onward_kt, lon_deg=float(before.lon_deg[-1]), start_s=float(hover.t_s[-1]) + 5.0
    )
    assert rows(look(logged(before.then(hover).then(onward))), Mark.FROZEN) == []


@pytest.mark.parametrize(("speed_kt", "expected"), [(120.0, 0), (300.0, 20)])
def test_without_speed_only_who_is_too_fast_to_stop_is_frozen_at_the_end_of_a_track(
    speed_kt: float, expected: int
) -> None:
    flight = logged(fly(600, every_s=5.0, speed_kt=speed_kt))
    hold(flight, 100, len(flight) - 1)
    assert len(rows(look(flight), Mark.FROZEN)) == expected


@pytest.mark.parametrize(("speed_kt", "expected"), [(120.0, 0), (300.0, 4)])
def test_without_speed_only_who_is_too_fast_to_stop_is_frozen_before_a_pause_in_reception(
    speed_kt: float, expected: int
) -> None:
    flight = logged(fly(600, every_s=5.0, speed_kt=speed_kt))
    hold(flight, 40, 44)
    kept = np.r_[0:45, 80 : len(flight)]  # nothing for three minutes after it
    assert len(rows(look(flight.take(kept)), Mark.FROZEN)) == expected


def test_another_aircraft_s_position_does_not_tell_that_one_has_flown_on() -> None:
    parked = logged(fly(100, speed_kt=0.0, every_s=5.0))
    flights = {"a": logged(fly(100, every_s=5.0)), "b": parked, "c": logged(fly(100, every_s=5.0, lat_deg=41.0))}
    assert not assess(make_tracks(flights)).counts["frozen"]


def test_catching_up_after_a_pause_in_reception_is_no_jump() -> None:
    flight = fly(900, speed_kt=480.0)
    hold(flight, 300, 420)  # then 16 NM in one row
    result = look(flight)
    assert result.counts["jumping"] == result.counts["impossible_speed"] == result.counts["outlier"] == 0
    assert result.counts["frozen"] == 120


def test_a_thousand_knots_without_a_reported_speed_is_possible_and_two_thousand_is_not() -> None:
    for speed, expected in ((1000.0, 0), (2000.0, 1)):
        flight = fly(120, every_s=60.0, speed_kt=speed)
        flight.speed_kt[:] = np.nan
        assert (look(flight).counts["impossible_speed"] > 0) == bool(expected)


def test_fixes_are_found_per_aircraft_even_at_one_position() -> None:
    tracks = make_tracks({"a": fly(0), "b": fly(0)})
    fixes = find_fixes(tracks, np.arange(2), aircraft_of_rows(tracks))
    assert fixes.row.tolist() == [0, 1]
    assert excess(fixes).tolist() == [0.0]  # between two aircraft there is no step


def test_reach_grows_with_time_and_speed() -> None:
    speeds = np.array([0.0, 50.0, 100.0, 299.0, 300.0, 400.0, 600.0]) * KT
    times = np.array([0.0, 1.0, 10.0, 60.0, 3600.0])
    reach = np.array([reach_m(speeds, np.full(len(speeds), t), np.zeros(len(speeds))) for t in times])
    assert (np.diff(reach, axis=0) > 0.0).all()
    assert (np.diff(reach, axis=1) >= 0.0).all()


def test_reach_over_an_hour_is_near_the_reported_speed() -> None:
    assert reach_m(np.array([450.0 * KT]), np.array([3600.0]), np.zeros(1))[0] / NM == pytest.approx(
        450 * 1.15, rel=0.01
    )


@pytest.mark.recordings
def test_sample_and_hold_of_the_carrier_flight_is_no_jump(recordings) -> None:
    result = assess(read(recordings, "traffic_mil_carrier_20200914"))
    assert [result.counts[name] for name in ("jumping", "impossible_speed", "outlier", "duplicate_id")] == [0, 0, 0, 0]
    held = [s.until_s - s.from_s + 1.0 for s in result.doubtful_stretches]
    assert min(held) >= 15.0
