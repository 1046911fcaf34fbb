"""Jumping positions and two aircraft under one id."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.model.quality import Mark
from skyaccord.tracks.quality.assess import Assessment, assess
from tests.builders import T0_S, Flight, fly, make_tracks
from tests.tracks.recorded import read


def look(flight: Flight) -> Assessment:
    return assess(make_tracks({"a": flight}))


def rows(result: Assessment, mark: Mark) -> list[int]:
    return np.flatnonzero(result.tracks.marks & np.uint32(mark)).tolist()


def spoofed(first: int, last: int, *, north_nm: float = 60.0) -> Flight:
    """An hour's flight at 450 kt that between two rows reports another place, smoothly, at 450 kt."""
    flight = fly(3600, speed_kt=450.0)
    away = flight.moved(north_nm=north_nm)
    flight.lat_deg[first : last + 1] = away.lat_deg[first : last + 1]
    flight.lon_deg[first : last + 1] = away.lon_deg[first : last + 1]
    return flight


def test_a_smooth_stretch_elsewhere_is_doubted_whole_and_nothing_else() -> None:
    result = look(spoofed(1200, 1799))
    assert rows(result, Mark.JUMPING) == list(range(1200, 1800))
    (stretch,) = result.doubtful_stretches
    assert (stretch.last_believed, stretch.first_believed) == (1199, 1800)
    assert (stretch.from_s, stretch.until_s) == (T0_S + 1200.0, T0_S + 1799.0)


def test_the_report_after_the_stretch_is_believed_although_the_step_to_it_is_impossible() -> None:
    marks = look(spoofed(1200, 1799)).tracks.marks
    assert marks[1200] & np.uint32(Mark.IMPOSSIBLE_SPEED)
    assert marks[1800] == 0


def test_a_spoofed_place_that_drifts_slowly_away_at_its_own_speed_is_doubted() -> None:
    true = fly(3600, speed_kt=450.0)
    false = fly(900, speed_kt=50.0, track_deg=270.0, start_s=T0_S + 1500.0).moved(north_nm=150.0)
    silent = (true.t_s >= T0_S + 1000.0) & (true.t_s <= T0_S + 2600.0)
    result = look(true.take(~silent).then(false))
    t_s = result.tracks.t_s
    jumping = np.zeros(len(t_s), bool)
    jumping[rows(result, Mark.JUMPING)] = True
    assert jumping[(t_s >= T0_S + 1500.0) & (t_s <= T0_S + 2400.0)].all()
    assert not jumping[(t_s < T0_S + 1000.0) | (t_s > T0_S + 2600.0)].any()


def test_a_stretch_that_lasts_until_the_end_has_no_believed_report_after_it() -> None:
    (stretch,) = look(spoofed(3000, 3600)).doubtful_stretches
    assert (stretch.last_believed, stretch.first_believed) == (2999, -1)


def test_where_no_part_holds_the_majority_everything_is_doubted() -> None:
    flight = fly(600, speed_kt=300.0)
    for part in range(6):
        flight.lat_deg[part * 100 : part * 100 + 100] += part * 2.0  # 120 NM further each time
    assert len(rows(look(flight), Mark.JUMPING)) == len(flight)


def test_short_agreement_inside_a_doubtful_stretch_is_doubted_too() -> None:
    flight = spoofed(1200, 1799)
    true = fly(3600, speed_kt=450.0)
    flight.lat_deg[1500:1530] = true.lat_deg[1500:1530]  # half a minute back on track
    flight.lon_deg[1500:1530] = true.lon_deg[1500:1530]
    assert rows(look(flight), Mark.JUMPING) == list(range(1200, 1800))


def test_two_minutes_of_agreement_are_believed() -> None:
    flight = spoofed(1200, 1799)
    true = fly(3600, speed_kt=450.0)
    flight.lat_deg[1500:1620] = true.lat_deg[1500:1620]
    flight.lon_deg[1500:1620] = true.lon_deg[1500:1620]
    assert not set(rows(look(flight), Mark.JUMPING)) & set(range(1500, 1620))


def test_ten_second_samples_that_are_late_by_one_sample_do_not_jump() -> None:
    flight = fly(1800, every_s=10.0, speed_kt=450.0)
    late = flight.moved()
    for k in range(10, 170, 7):
        flight.lon_deg[k] = (late.lon_deg[k] + late.lon_deg[k - 1]) / 2.0
        flight.lon_deg[k + 1] = late.lon_deg[k + 1] + (late.lon_deg[k + 1] - late.lon_deg[k]) * 0.4
    assert look(flight).counts["jumping"] == 0


def alternating(altitude_of_second: float) -> Flight:
    one = fly(600, every_s=4.0, altitude_ft=10_000.0)
    two = fly(600, every_s=4.0, altitude_ft=altitude_of_second, start_s=T0_S + 2.0).moved(north_nm=30.0)
    return one.then(two)


def test_two_tracks_told_in_turns_are_one_id_twice() -> None:
    result = look(alternating(24_000.0))
    assert result.counts["duplicate_id"] == len(result.tracks)
    assert result.counts["jumping"] == result.counts["outlier"] == 0


def test_positions_in_turns_at_one_altitude_are_one_aircraft_that_jumps() -> None:
    result = look(alternating(10_000.0))
    assert result.counts["duplicate_id"] == 0
    assert result.counts["jumping"] > 0


def test_a_second_aircraft_under_the_id_for_a_minute_spoils_that_minute_only() -> None:
    one = fly(3600, every_s=4.0, altitude_ft=10_000.0)
    two = fly(60, every_s=4.0, altitude_ft=24_000.0, start_s=T0_S + 1802.0).moved(north_nm=60.0)
    result = look(one.then(two))
    marked = result.tracks.t_s[rows(result, Mark.DUPLICATE_ID)]
    assert marked.min() >= T0_S + 1790.0
    assert marked.max() <= T0_S + 1880.0
    assert set(result.tracks.t_s.tolist()) >= {T0_S + 1802.0}
    assert (T0_S + 1802.0) in marked


@pytest.mark.recordings
def test_the_spoofed_flight_is_doubted_from_its_last_true_position_to_its_next(recordings) -> None:
    """Rows were read off the recording: the last position at 481 kt, the first at 438 kt on the way to it."""
    result = assess(read(recordings, "traffic_gps_spoofing_20240917"))
    (stretch,) = [s for s in result.doubtful_stretches if s.mark is Mark.JUMPING]
    tracks = result.tracks
    last, first = stretch.last_believed, stretch.first_believed
    assert (tracks.lat_deg[last], tracks.lon_deg[last]) == pytest.approx((47.4369, 22.9151), abs=1e-4)
    assert (tracks.lat_deg[first], tracks.lon_deg[first]) == pytest.approx((53.5786, 18.6838), abs=1e-4)
    assert rows(result, Mark.JUMPING) == list(range(last + 1, first))
    slow = np.flatnonzero(tracks.groundspeed_mps < 50.0)  # the false signal reported 50 to 68 kt at 38,000 ft
    assert set(slow.tolist()) <= set(range(last + 1, first))
    assert not tracks.marks[first:].any()


@pytest.mark.recordings
@pytest.mark.parametrize(
    "name", ["traffic_switzerland_20180801", "traffic_mil_carrier_20200914", "modes_rs1090_tutorial_20240606"]
)
def test_sound_recordings_do_not_jump(recordings, name: str) -> None:
    result = assess(read(recordings, name))
    assert [result.counts[m] for m in ("jumping", "impossible_speed", "duplicate_id", "outlier")] == [0, 0, 0, 0]


@pytest.mark.recordings
def test_the_formation_jumps_only_where_its_positions_step_back(recordings) -> None:
    """At two places the recording runs ahead of the aircraft, then steps back 2.7 and 0.9 NM within two seconds."""
    result = assess(read(recordings, "traffic_dreamliner_formation_20171201"))
    stretches = [s for s in result.doubtful_stretches if s.mark is Mark.JUMPING]
    assert [result.tracks.aircraft[s.aircraft].id for s in stretches] == ["39c424", "39c424"]
    assert max(s.until_s - s.from_s for s in stretches) < 30.0


@pytest.mark.recordings
def test_fire_fighting_aircraft_jump_in_two_reports_only(recordings) -> None:
    """2.3 NM in one second at 173 kt, and 1.7 NM in ten at 165 kt."""
    result = assess(read(recordings, "traffic_calfire_202009"))
    assert result.counts["jumping"] == 2
    assert result.counts["on_ground"] == result.counts["ghost"] == result.counts["duplicate_id"] == 0
