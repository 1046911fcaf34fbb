"""Aircraft on the ground without a flag, and altitudes of 0 that are none."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.assess import Assessment, assess
from skyaccord.tracks.quality.floor import find_floor
from skyaccord.units import FT, KT
from tests.builders import T0_S, Flight, fly, make_tracks
from tests.tracks.recorded import read

FIELD_FT = 3800.0


def look(**flights: Flight) -> Assessment:
    return assess(make_tracks(flights))


def on_ground(result: Assessment, name: str) -> np.ndarray:
    index = [a.id for a in result.tracks.aircraft].index(name)
    return (result.tracks.marks[result.tracks.rows(index)] & np.uint32(Mark.ON_GROUND)) != 0


def landing(end_code: float = 0.0, taxi_kt: float = 10.0) -> Flight:
    """Five minutes down to the field at 70 kt and 600 ft/min, then five of taxi with an altitude code."""
    down = fly(300, every_s=5.0, speed_kt=70.0, altitude_ft=FIELD_FT + 3000.0, climb_fpm=-600.0)
    taxi = fly(300, every_s=5.0, speed_kt=taxi_kt, altitude_ft=end_code, start_s=T0_S + 305.0)
    return down.then(taxi.moved(north_nm=0.0, east_nm=70.0 / 12.0))


def test_taxi_with_altitude_zero_after_a_landing_is_on_the_ground() -> None:
    marked = on_ground(look(a=landing()), "a")
    assert marked[61:].all()
    assert not marked[:61].any()


def test_taxi_without_any_altitude_after_a_landing_is_on_the_ground() -> None:
    assert on_ground(look(a=landing(end_code=np.nan)), "a")[61:].all()


def test_a_slow_aircraft_that_never_reports_an_altitude_is_searched() -> None:
    hover = fly(600, speed_kt=5.0, altitude_ft=np.nan)
    assert not on_ground(look(a=hover), "a").any()


def test_altitude_zero_between_altitudes_in_flight_is_a_code_and_withdrawn() -> None:
    """A slow climber whose transponder says "on ground" below some speed."""
    climb = fly(120, speed_kt=45.0, altitude_ft=FIELD_FT, climb_fpm=500.0)
    climb.altitude_ft[90:105] = 0.0
    result = look(a=climb)
    assert not on_ground(result, "a").any()
    assert np.isnan(result.tracks.altitude_m[90:105]).all()
    assert result.altitudes_withdrawn == 15
    assert not np.isnan(result.tracks.altitude_m[:90]).any()


def test_altitude_zero_at_cruising_speed_is_withdrawn_not_grounded() -> None:
    result = look(a=fly(60, speed_kt=450.0, altitude_ft=0.0))
    assert result.counts["on_ground"] == 0
    assert np.isnan(result.tracks.altitude_m).all()


def test_flight_through_zero_over_the_sea_keeps_its_measured_zero() -> None:
    low = fly(300, speed_kt=15.0, altitude_ft=0.0)
    low.altitude_ft[::2] = 25.0
    result = look(a=low)
    assert result.altitudes_withdrawn == 0
    assert not on_ground(result, "a").any()


def test_a_landing_roll_is_on_the_ground_from_touchdown() -> None:
    flight = landing(taxi_kt=5.0)
    flight.speed_kt[61:64] = [60.0, 55.0, 40.0]
    assert on_ground(look(a=flight), "a")[61:64].all()


@pytest.mark.parametrize("code", [0.0, np.nan])
@pytest.mark.parametrize("climb_fpm", [0.0, 300.0, -300.0])
def test_an_aircraft_alone_that_loses_its_altitude_in_slow_flight_is_searched(code: float, climb_fpm: float) -> None:
    """It is at the lowest altitude anyone flew there, since it is alone; that is no sign of ground."""
    flight = fly(900, every_s=5.0, speed_kt=15.0, altitude_ft=6000.0, climb_fpm=climb_fpm)
    flight.altitude_ft[60:120] = code
    assert not on_ground(look(a=flight), "a").any()


def test_a_hover_over_coded_taxi_is_searched() -> None:
    taxi = fly(300, every_s=5.0, speed_kt=4.0, altitude_ft=0.0)
    hover = fly(300, every_s=5.0, speed_kt=4.0, altitude_ft=4600.0)
    result = look(taxi=taxi, hover=hover)
    assert on_ground(result, "taxi").all()
    assert not on_ground(result, "hover").any()


def test_a_helicopter_whose_altitude_becomes_a_code_when_it_slows_to_hover_is_searched() -> None:
    cruise = fly(300, every_s=5.0, speed_kt=100.0, altitude_ft=1000.0)
    hover = fly(280, every_s=5.0, speed_kt=2.0, altitude_ft=0.0, start_s=T0_S + 305.0)
    result = look(a=cruise.then(hover.moved(east_nm=100.0 / 12.0)))
    assert not on_ground(result, "a").any()


def test_a_short_descent_is_no_landing() -> None:
    down = fly(60, every_s=5.0, speed_kt=70.0, altitude_ft=FIELD_FT + 250.0, climb_fpm=-250.0)
    taxi = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=0.0, start_s=T0_S + 65.0)
    assert not on_ground(look(a=down.then(taxi.moved(east_nm=70.0 / 60.0))), "a").any()


def test_taxi_before_a_take_off_is_on_the_ground() -> None:
    taxi = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=0.0)
    up = fly(300, every_s=5.0, speed_kt=70.0, altitude_ft=FIELD_FT, climb_fpm=600.0, start_s=T0_S + 305.0)
    marked = on_ground(look(a=taxi.then(up.moved(east_nm=10.0 / 12.0))), "a")
    assert marked[:61].all()
    assert not marked[61:].any()


def test_standing_without_any_altitude_known_is_on_the_ground_and_flying_so_is_not() -> None:
    for speed, expected in ((3.0, True), (25.0, False)):
        assert on_ground(look(a=fly(600, every_s=5.0, speed_kt=speed, altitude_ft=0.0)), "a").any() == expected


def test_taxi_far_from_the_runway_is_still_on_the_ground() -> None:
    """Miles beyond the cells where altitudes were measured."""
    down = fly(300, every_s=5.0, speed_kt=70.0, altitude_ft=FIELD_FT + 3000.0, climb_fpm=-600.0)
    taxi = fly(1800, every_s=5.0, speed_kt=15.0, altitude_ft=np.nan, start_s=T0_S + 305.0)
    assert on_ground(look(a=down.then(taxi.moved(east_nm=70.0 / 12.0))), "a")[61:].all()


def test_a_low_pass_with_a_code_that_never_slows_to_taxi_is_searched() -> None:
    assert not on_ground(look(a=landing(taxi_kt=30.0)), "a").any()


def test_a_row_at_flying_speed_within_coded_taxi_is_searched() -> None:
    flight = landing()
    flight.speed_kt[80] = 120.0
    marked = on_ground(look(a=flight), "a")
    assert not marked[80]
    assert marked[[79, 81]].all()


def test_a_climb_that_keeps_the_code_is_on_the_ground_for_half_a_minute_at_most() -> None:
    taxi = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=0.0)
    blind = fly(120, every_s=5.0, speed_kt=55.0, altitude_ft=0.0, start_s=T0_S + 305.0)
    up = fly(300, every_s=5.0, speed_kt=55.0, altitude_ft=FIELD_FT + 1200.0, climb_fpm=600.0, start_s=T0_S + 430.0)
    flight = taxi.then(blind.moved(east_nm=10.0 / 12.0)).then(up.moved(east_nm=10.0 / 12.0 + 55.0 * 125.0 / 3600.0))
    marked = on_ground(look(a=flight), "a")
    assert marked[:61].all()
    assert not marked[flight.t_s > T0_S + 330.0].any()


def test_slow_codes_just_before_a_known_height_over_the_field_are_searched() -> None:
    """1,200 ft over the field at 300 s cannot have been on it after 260 s, at 1,500 ft/min and 200 ft of tolerance."""
    taxi = fly(295, every_s=5.0, speed_kt=10.0, altitude_ft=0.0)
    up = fly(300, every_s=5.0, speed_kt=30.0, altitude_ft=FIELD_FT + 1200.0, climb_fpm=600.0, start_s=T0_S + 300.0)
    flight = taxi.then(up.moved(east_nm=10.0 / 12.0))
    seen = fly(600, every_s=5.0, speed_kt=10.0, altitude_ft=FIELD_FT)  # gives the floor along the taxi
    marked = on_ground(look(a=flight, b=seen), "a")
    assert marked[flight.t_s <= T0_S + 255.0].all()
    assert not marked[flight.t_s > T0_S + 260.0].any()


def test_a_hover_that_moves_up_and_down_over_the_field_is_searched() -> None:
    hover = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=FIELD_FT).moved(east_nm=70.0 / 12.0)
    hover.altitude_ft[1::2] += 125.0
    assert not on_ground(look(a=landing(), b=hover), "b").any()


def test_its_own_flag_is_kept_whatever_else_is_found() -> None:
    flight = fly(60)
    flight.marks[10:20] = np.uint32(Mark.ON_GROUND)
    marked = on_ground(look(a=flight), "a")
    assert np.flatnonzero(marked).tolist() == list(range(10, 20))


def test_measured_taxi_beside_coded_taxi_is_on_the_ground() -> None:
    taxi = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=FIELD_FT).moved(east_nm=70.0 / 12.0)
    assert on_ground(look(a=landing(), b=taxi), "b").all()


def test_a_hover_at_height_over_the_field_is_searched() -> None:
    hover = fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=FIELD_FT + 400.0).moved(east_nm=70.0 / 12.0)
    assert not on_ground(look(a=landing(), b=hover), "b").any()


def test_aircraft_that_dip_at_one_place_are_searched_where_nothing_shows_an_airfield() -> None:
    dips = {
        name: fly(300, every_s=5.0, speed_kt=10.0, altitude_ft=50.0 + 25.0 * k)
        for k, name in enumerate(["a", "b", "c"])
    }
    assert look(**dips).counts["on_ground"] == 0


def test_an_approach_over_the_field_is_searched() -> None:
    approach = fly(240, every_s=5.0, speed_kt=70.0, altitude_ft=FIELD_FT + 600.0, climb_fpm=-150.0)
    assert not on_ground(look(a=landing(), b=approach.moved(east_nm=70.0 / 12.0 - 3.0)), "b").any()


def test_a_speed_of_zero_with_moving_positions_is_no_speed() -> None:
    flight = fly(600, every_s=5.0, speed_kt=100.0, altitude_ft=0.0)
    flight.speed_kt[:] = 0.0
    assert not on_ground(look(a=flight), "a").any()


def test_floor_is_the_lowest_flown_in_the_cell_and_those_around_it() -> None:
    floor = find_floor(
        np.array([40.01, 40.01, 40.03]), np.array([10.01, 10.01, 10.01]), np.array([500.0, 300.0, 100.0])
    )
    found = floor.at(np.array([40.01, 40.05, 40.07]), np.array([10.01, 10.01, 10.01]))
    assert found[:2].tolist() == [100.0, 100.0]
    assert np.isnan(found[2])


def test_floor_ignores_missing_and_impossible_altitudes() -> None:
    floor = find_floor(np.full(3, 40.01), np.full(3, 10.01), np.array([np.nan, -5000.0, 200.0]))
    assert floor.at(np.array([40.01]), np.array([10.01])).tolist() == [200.0]


def test_floor_of_nothing_is_unknown() -> None:
    assert np.isnan(find_floor(np.empty(0), np.empty(0), np.empty(0)).at(np.array([1.0]), np.array([1.0]))).all()


def closest(tracks: Tracks, one: str, two: str) -> tuple[int, int, float]:
    """Rows and distance, NM, where two aircraft above 35 kt come closest, seen within 15 s of one another."""
    ids = [a.id for a in tracks.aircraft]
    best = (-1, -1, np.inf)
    theirs = np.arange(*tracks.rows(ids.index(two)).indices(len(tracks)))
    for row in range(*tracks.rows(ids.index(one)).indices(len(tracks))):
        near = theirs[np.abs(tracks.t_s[theirs] - tracks.t_s[row]) <= 15.0]
        near = near[(tracks.groundspeed_mps[near] > 35 * KT) & (tracks.groundspeed_mps[row] > 35 * KT)]
        north = (tracks.lat_deg[near] - tracks.lat_deg[row]) * 60.0
        east = (tracks.lon_deg[near] - tracks.lon_deg[row]) * 60.0 * np.cos(np.radians(tracks.lat_deg[row]))
        distance = np.hypot(north, east)
        if len(near) and distance.min() < best[2]:
            best = (row, int(near[np.argmin(distance)]), float(distance.min()))
    return best


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "one", "two"),
    [
        ("adsbactions_n36w122_20250601", "aa0415", "ab0a19"),
        ("adsbactions_n36w122_20250601", "a4ff9c", "a7dbd2"),
        ("adsbactions_blackrock_20230829_1h", "a1deaa", "a9ddb5"),
        ("adsbactions_blackrock_20230829_1h", "a23e55", "ac88b6"),
    ],
)
def test_real_close_pairs_are_searched_with_their_altitudes(recordings, name: str, one: str, two: str) -> None:
    result = assess(read(recordings, name))
    row, other, distance = closest(result.tracks, one, two)
    assert distance < 1.0
    for near in (row, other):
        around = slice(near - 3, near + 4)
        assert not (result.tracks.marks[around] & ~np.uint32(Mark.STALE_GAP)).any()
        assert not np.isnan(result.tracks.altitude_m[around]).any()


@pytest.mark.recordings
def test_the_desert_airstrip_has_its_parked_aircraft_on_the_ground(recordings) -> None:
    """Every row with altitude 0 that reports less than 30 kt at the strip, but for one.

    It is of a take-off roll: aab1cf reports 26 kt, but its positions imply 36, 31 s after its last slow row.
    """
    tracks = read(recordings, "adsbactions_blackrock_20230829_1h")
    result = assess(tracks)
    at_strip = np.hypot((tracks.lat_deg - 40.763) * 60, (tracks.lon_deg + 119.205) * 60 * 0.757) < 2.0
    taxi = at_strip & (tracks.altitude_m == 0.0) & (tracks.groundspeed_mps > 0.0) & (tracks.groundspeed_mps < 30 * KT)
    marked = (result.tracks.marks & np.uint32(Mark.ON_GROUND)) != 0
    assert taxi.sum() > 500
    missed = np.flatnonzero(taxi & ~marked)
    index = [a.id for a in tracks.aircraft].index("aab1cf")
    assert [row - tracks.start[index] for row in missed] == [5]
    flying = tracks.altitude_m > 4200.0 * FT  # the strip lies near 3,900 ft
    assert not marked[flying].any()
    assert not marked[tracks.groundspeed_mps > 80 * KT].any()


@pytest.mark.recordings
def test_an_ultralight_that_calls_itself_grounded_in_the_climb_is_searched(recordings) -> None:
    """a9ddb5 reports altitude 0 for fifteen seconds between 4,600 and 4,800 ft, 800 ft above the strip."""
    result = assess(read(recordings, "adsbactions_blackrock_20230829_1h"))
    index = [a.id for a in result.tracks.aircraft].index("a9ddb5")
    own = result.tracks.rows(index)
    since = result.tracks.t_s[own] - result.tracks.t_s[own][0]
    climbing = (since >= 179.0) & (since <= 192.0)
    assert climbing.sum() == 8
    assert not (result.tracks.marks[own][climbing] & np.uint32(Mark.ON_GROUND)).any()
    assert np.isnan(result.tracks.altitude_m[own][climbing]).all()
