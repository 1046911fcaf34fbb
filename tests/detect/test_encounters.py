"""What an encounter says of itself: edges, closest instants, grade."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.observation import observe
from skyaccord.detect.volume import Volume
from skyaccord.errors import SkyaccordError
from skyaccord.model.encounter import Datum, Edge, Grade
from skyaccord.model.quality import Mark
from skyaccord.units import FT, NM
from tests.builders import T0_S, Flight, fly, make_tracks

VOLUME = Volume(3 * NM, 3000 * FT)


def crossing(every_s: float = 5.0, offset_nm: float = 0.5, height_ft: float = 500.0) -> dict[str, Flight]:
    """Return one flight eastwards and one northwards, through each other's path at the middle of 600 s."""
    one = fly(600.0, every_s=every_s, speed_kt=360.0)
    two = fly(600.0, every_s=every_s, speed_kt=360.0, track_deg=0.0)
    east_nm, north_nm = 360.0 / 3600.0 * 300.0, -360.0 / 3600.0 * 300.0
    return {"aaaaaa": one, "bbbbbb": two.moved(east_nm=east_nm + offset_nm, north_nm=north_nm, climb_ft=height_ft)}


def dense(flights: dict[str, Flight]) -> tuple[np.ndarray, np.ndarray]:
    """Return times every 0.05 s and the geodesic distance of the two flights."""
    one, two = flights.values()
    t_s = np.arange(max(one.t_s[0], two.t_s[0]), min(one.t_s[-1], two.t_s[-1]), 0.05)
    ends = [np.interp(t_s, f.t_s, place) for f in (one, two) for place in (f.lon_deg, f.lat_deg)]
    return t_s, np.asarray(Geod(ellps="WGS84").inv(*ends)[2])


def find(flights: dict[str, Flight], volume: Volume = VOLUME) -> Found:
    return find_encounters(make_tracks(flights), volume)


def test_crossing_is_one_complete_encounter_with_its_closest_instant_between_reports() -> None:
    flights = crossing()
    (encounter,) = find(flights).encounters
    t_s, apart_m = dense(flights)
    assert encounter.is_complete
    assert encounter.min_horizontal_m == pytest.approx(apart_m.min(), abs=1.0)
    assert encounter.t_cpa_s == pytest.approx(t_s[apart_m.argmin()], abs=0.1)
    assert encounter.t_cpa_s % 5.0 > 0.2, "the instant is not that of a report"
    assert encounter.vertical_at_cpa_m == pytest.approx(500 * FT, abs=0.01)
    assert encounter.datum is Datum.PRESSURE
    assert encounter.grade is Grade.GOOD


@pytest.mark.parametrize("every_s", [1.0, 5.0, 10.0, 20.0])
def test_answer_does_not_depend_on_how_often_straight_flight_is_reported(every_s: float) -> None:
    (dense,), (sparse,) = find(crossing(1.0)).encounters, find(crossing(every_s)).encounters
    assert sparse.min_horizontal_m == pytest.approx(dense.min_horizontal_m, abs=1.0)
    assert sparse.start_s == pytest.approx(dense.start_s, abs=0.1)
    assert sparse.end_s == pytest.approx(dense.end_s, abs=0.1)


def test_minima_of_different_instants_are_never_combined() -> None:
    # Nearest on the map while 2,900 ft apart, at one level while 2.9 NM apart.
    one = fly(600.0, every_s=5.0, speed_kt=360.0)
    two = fly(600.0, every_s=5.0, speed_kt=360.0, climb_fpm=-600.0, altitude_ft=22_900.0).moved(north_nm=0.1)
    two.lat_deg += 2.9 / 60.0 * (two.t_s - T0_S) / 300.0
    (encounter,) = find({"aaaaaa": one, "bbbbbb": two}).encounters
    assert encounter.min_horizontal_m < 0.2 * NM
    assert encounter.min_vertical_m < 10 * FT
    assert encounter.vertical_at_cpa_m > 2800 * FT
    assert encounter.min_normalised > 0.45
    at = max(encounter.horizontal_at_closest_m / VOLUME.range_m, encounter.vertical_at_closest_m / VOLUME.height_m)
    assert encounter.min_normalised == pytest.approx(at)


def test_gap_ends_an_encounter_and_says_so() -> None:
    flights = crossing()
    since = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"] = flights["bbbbbb"].take((since <= 285.0) | (since >= 320.0))
    before, after = find(flights).encounters
    assert (before.ends_by, after.starts_by) == (Edge.GAP, Edge.GAP)
    assert (before.end_s - T0_S, after.start_s - T0_S) == (285.0, 320.0)
    assert not before.is_complete
    assert "gap" in " ".join(before.reasons)


def test_silence_of_thirty_seconds_is_bridged_and_longer_is_not() -> None:
    flights = crossing()
    since = flights["bbbbbb"].t_s - T0_S
    bridged = {**flights, "bbbbbb": flights["bbbbbb"].take((since <= 290.0) | (since >= 320.0))}
    broken = {**flights, "bbbbbb": flights["bbbbbb"].take((since <= 285.0) | (since >= 320.0))}
    assert len(find(bridged).encounters) == 1
    assert len(find(broken).encounters) == 2


def test_track_that_begins_inside_says_so() -> None:
    flights = crossing()
    flights["bbbbbb"] = flights["bbbbbb"].take(flights["bbbbbb"].t_s - T0_S >= 300.0)
    (encounter,) = find(flights).encounters
    assert encounter.starts_by is Edge.TRACK
    assert encounter.ends_by is Edge.CROSSING


def test_single_reports_at_one_instant_are_an_encounter_of_one_instant() -> None:
    flights = {name: flight.take(flight.t_s - T0_S == 300.0) for name, flight in crossing().items()}
    (encounter,) = find(flights).encounters
    assert encounter.start_s == encounter.end_s
    assert "one instant" in " ".join(encounter.reasons)
    assert encounter.grade is Grade.FAIR


def test_marks_that_leave_out_leave_out_and_marks_of_doubt_make_doubtful() -> None:
    flights = crossing()
    flights["bbbbbb"].marks[:] = np.uint32(Mark.ON_GROUND)
    assert find(flights).encounters == ()
    flights["bbbbbb"].marks[:] = np.uint32(Mark.FROZEN)
    (encounter,) = find(flights).encounters
    assert encounter.grade is Grade.DOUBTFUL
    assert "frozen" in encounter.reasons[0]
    assert encounter.horizontal_error_m == float("inf")


def test_impossible_step_is_not_flown_through() -> None:
    # The second aircraft is reported 100 NM west, then 100 NM east: the line between passes the first one.
    one = fly(60.0, every_s=5.0)
    two = fly(60.0, every_s=5.0)
    late = two.t_s - T0_S >= 30.0
    two.lon_deg += np.where(late, 2.0, -2.0)
    assert len(find({"aaaaaa": one, "bbbbbb": two}).encounters) == 1
    two.marks[np.flatnonzero(late)[0]] = np.uint32(Mark.IMPOSSIBLE_SPEED)
    assert find({"aaaaaa": one, "bbbbbb": two}).encounters == ()


def test_minimum_below_what_the_data_can_measure_is_said_to_be() -> None:
    east = fly(600.0, every_s=5.0)
    west = fly(600.0, every_s=5.0, track_deg=270.0).moved(east_nm=45.0)
    (encounter,) = find({"aaaaaa": east, "bbbbbb": west}).encounters
    assert encounter.min_horizontal_m < 5.0
    assert encounter.is_below_floor
    assert "measurement floor" in " ".join(encounter.reasons)


def test_altitude_missing_between_two_known_ones_is_filled_and_beyond_is_not() -> None:
    flights = crossing()
    since = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"].altitude_ft[(since > 290.0) & (since < 310.0)] = np.nan
    (filled,) = find(flights).encounters
    assert filled.datum is Datum.PRESSURE
    flights["bbbbbb"].altitude_ft[since > 290.0] = np.nan
    seen = observe(make_tracks(flights))
    rows = seen.aircraft == 1
    assert np.isnan(seen.line[rows, 7]).sum() == (since > 290.0).sum()


@pytest.mark.parametrize(("range_m", "height_m"), [(0.0, 300.0), (5000.0, 0.0), (-1.0, 300.0), (float("inf"), 300.0)])
def test_volume_that_cannot_be_searched_is_refused(range_m: float, height_m: float) -> None:
    with pytest.raises(SkyaccordError, match="cannot be searched"):
        Volume(range_m, height_m)


def test_no_tracks_have_no_encounters() -> None:
    assert find({}).encounters == ()
    assert find({"aaaaaa": crossing()["aaaaaa"]}).encounters == ()
