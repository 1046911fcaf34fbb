"""Second reports of real aircraft under ids with ``~``."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.model.quality import Mark
from skyaccord.tracks.quality.assess import Assessment, assess
from skyaccord.tracks.quality.ghosts import GhostOf
from tests.builders import T0_S, Flight, fly, make_tracks
from tests.tracks.recorded import read


def look(flights: dict[str, Flight]) -> Assessment:
    return assess(make_tracks(flights))


def names_of(result: Assessment) -> list[tuple[str, str]]:
    ids = [a.id for a in result.tracks.aircraft]
    return [(ids[g.ghost], ids[g.host]) for g in result.ghosts]


def host() -> Flight:
    return fly(600, every_s=2.0, speed_kt=120.0, altitude_ft=4000.0)


def test_a_track_on_top_of_a_real_one_is_its_ghost_in_every_row() -> None:
    result = look({"a": host(), "~g": host().take(slice(50, 150)).moved(north_nm=0.05, climb_ft=100.0)})
    assert names_of(result) == [("~g", "a")]
    ghost: GhostOf = result.ghosts[0]
    assert (ghost.samples, ghost.share) == (100, 1.0)
    assert ghost.median_m == pytest.approx(0.05 * 1852.0, rel=0.01)
    assert result.counts["ghost"] == 100
    assert "~g lies beside a" in ghost.reason(result.tracks)


@pytest.mark.parametrize("lag_s", [-8.0, 8.0])
def test_a_ghost_may_trail_or_lead_by_some_seconds(lag_s: float) -> None:
    fast = fly(600, every_s=2.0, speed_kt=450.0)
    result = look({"a": fast, "~g": fast.take(slice(50, 150)).moved(later_s=lag_s)})
    assert names_of(result) == [("~g", "a")]
    assert result.ghosts[0].lag_s == lag_s


def test_a_trail_of_half_a_minute_is_another_aircraft() -> None:
    assert look({"a": host(), "~g": host().take(slice(50, 150)).moved(later_s=30.0)}).ghosts == ()


def test_two_ordinary_ids_in_close_formation_are_never_ghosts() -> None:
    assert look({"a": host(), "b": host().moved(north_nm=0.01)}).ghosts == ()


def test_two_ids_with_a_tilde_are_not_ghosts_of_one_another() -> None:
    assert look({"~a": host(), "~b": host().moved(north_nm=0.01)}).ghosts == ()


def test_an_unknown_aircraft_alone_stays() -> None:
    assert look({"a": host().moved(north_nm=20.0), "~g": host()}).counts["ghost"] == 0


def test_an_unknown_aircraft_that_crosses_stays() -> None:
    crossing = fly(600, every_s=2.0, speed_kt=120.0, altitude_ft=4000.0, track_deg=0.0, lat_deg=40.0 - 10.0 / 60.0)
    assert look({"a": host(), "~g": crossing.moved(east_nm=10.0)}).counts["ghost"] == 0


def test_a_wingman_a_third_of_a_mile_off_stays() -> None:
    assert look({"a": host(), "~g": host().moved(north_nm=0.35)}).counts["ghost"] == 0


def test_a_track_five_hundred_feet_above_stays() -> None:
    assert look({"a": host(), "~g": host().moved(climb_ft=500.0)}).counts["ghost"] == 0


def test_a_track_on_the_same_line_the_other_way_stays() -> None:
    opposite = host().take(slice(50, 150))
    opposite.track_deg[:] = 270.0
    assert look({"a": host(), "~g": opposite}).counts["ghost"] == 0


def test_a_track_that_reports_another_speed_stays() -> None:
    other = host().take(slice(50, 150))
    other.speed_kt[:] = 160.0
    assert look({"a": host(), "~g": other}).counts["ghost"] == 0


def test_without_an_altitude_there_is_no_telling() -> None:
    unknown = host()
    unknown.altitude_ft[:] = np.nan
    assert look({"a": host(), "~g": unknown}).counts["ghost"] == 0


@pytest.mark.parametrize(("samples", "expected"), [(3, 0), (4, 1)])
def test_fewer_than_four_reports_prove_nothing(samples: int, expected: int) -> None:
    few = host().take(slice(50, 50 + 4 * samples, 4)).moved(north_nm=0.02)
    assert len(look({"a": host(), "~g": few}).ghosts) == expected


def test_reports_within_a_few_seconds_prove_nothing() -> None:
    few = host().take(slice(50, 54)).moved(north_nm=0.02)
    assert look({"a": host(), "~g": few}).ghosts == ()


@pytest.mark.parametrize(("beside", "expected"), [(85, 0), (92, 1)])
def test_nine_in_ten_reports_must_lie_beside(beside: int, expected: int) -> None:
    """The rest is told before the host is seen at all; 7 s of lag, the most that stays near, may add three."""
    early = fly(600, every_s=2.0, speed_kt=120.0, altitude_ft=4000.0)
    assert len(look({"a": early.take(slice(100 - beside, 301)), "~g": early.take(slice(0, 100))}).ghosts) == expected


def test_of_two_hosts_the_nearer_is_named() -> None:
    result = look({"a": host().moved(north_nm=0.2), "b": host().moved(north_nm=-0.1), "~g": host()})
    assert names_of(result) == [("~g", "b")]


def test_nothing_is_bridged_across_a_long_pause_of_the_host() -> None:
    gone = host().take((host().t_s < T0_S + 100.0) | (host().t_s > T0_S + 400.0))
    assert look({"a": gone, "~g": host().take(slice(60, 190))}).ghosts == ()


@pytest.mark.recordings
def test_the_california_day_has_four_ghosts_among_38_unknown_ids(recordings) -> None:
    """Found by laying each over every other track: the rest were alone, beside one for a part, or too short."""
    result = assess(read(recordings, "adsbactions_n36w122_20250601"))
    assert sum(a.id.startswith("~") for a in result.tracks.aircraft) == 38
    assert names_of(result) == [
        ("~2b00e1", "a9da33"),
        ("~2b0134", "a9d63a"),
        ("~2b0d0d", "ab1b2d"),
        ("~2b2963", "a4ebc0"),
    ]
    marked = (result.tracks.marks & np.uint32(Mark.GHOST)) != 0
    assert marked.sum() == sum(g.samples for g in result.ghosts)


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["traffic_dreamliner_formation_20171201", "traffic_calfire_202009"])
def test_formations_and_lead_planes_have_no_ghosts(recordings, name: str) -> None:
    assert assess(read(recordings, name)).ghosts == ()
