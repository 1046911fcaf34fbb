"""The tracks of an example against distances on the ellipsoid computed by another library."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from skyaccord.model.tracks import Tracks
from skyaccord.rules.examples.example import Craft, Example, Kind
from skyaccord.rules.examples.fly_example import fly_example, start_of
from skyaccord.tracks.quality.clock import stamp_error_s
from skyaccord.tracks.scenarios.legs import Leg
from skyaccord.units import FT, KT, NM

START_S = start_of(1_420_070_400.0)
LEVEL = Craft("one", "blue", None, "", 0.0, 0.0, 0.0, 20_000 * FT, 300 * KT, 90.0, ())


def flown(*crafts: Craft, lasts_s: float = 600.0, sample_s: float = 5.0, nac_p: int | None = 10) -> Tracks:
    return fly_example(Example("rule", Kind.KEPT, "", None, lasts_s, sample_s, nac_p, crafts, ()), START_S)


def distance_m(tracks: Tracks, a: int, b: int) -> float:
    places = tracks.lat_deg[a], tracks.lon_deg[a], tracks.lat_deg[b], tracks.lon_deg[b]
    return float(Geodesic.WGS84.Inverse(*(float(value) for value in places))["s12"])


def row_at(tracks: Tracks, aircraft: int, after_s: float) -> int:
    rows = tracks.rows(aircraft)
    return rows.start + int(np.argmin(np.abs(tracks.t_s[rows] - START_S - after_s)))


def test_aircraft_is_at_its_place_at_its_time() -> None:
    craft = replace(LEVEL, north_m=3 * NM, east_m=-2 * NM, at_s=300.0, track_deg=217.0)
    tracks = flown(craft)
    place = Geodesic.WGS84.Direct(0.0, 0.0, 0.0, 3 * NM)
    place = Geodesic.WGS84.Direct(place["lat2"], place["lon2"], 90.0, -2 * NM)
    k = row_at(tracks, 0, 300.0)
    off = Geodesic.WGS84.Inverse(float(tracks.lat_deg[k]), float(tracks.lon_deg[k]), place["lat2"], place["lon2"])
    assert off["s12"] == pytest.approx(0.0, abs=1e-3)
    assert tracks.track_deg[k] == pytest.approx(217.0, abs=1e-6)


def test_aircraft_flies_at_its_speed() -> None:
    tracks = flown(LEVEL)
    assert distance_m(tracks, 0, len(tracks) - 1) == pytest.approx(300 * KT * 600.0, rel=1e-9)
    assert tracks.groundspeed_mps == pytest.approx(np.full(len(tracks), 300 * KT))
    assert tracks.altitude_m == pytest.approx(np.full(len(tracks), 20_000 * FT))


def test_two_that_meet_pass_at_the_stated_distance() -> None:
    one = replace(LEVEL, at_s=300.0)
    two = replace(LEVEL, id="two", party="green", at_s=300.0, track_deg=270.0, north_m=5 * NM)
    tracks = flown(one, two)
    apart = [distance_m(tracks, row_at(tracks, 0, t_s), row_at(tracks, 1, t_s)) for t_s in np.arange(0.0, 601.0, 5.0)]
    assert min(apart) == pytest.approx(5 * NM, abs=0.01)
    assert int(np.argmin(apart)) == 60


def test_legs_begin_at_the_start_of_the_example() -> None:
    legs = (Leg(duration_s=100.0), Leg(turn_to_deg=180.0, turn_rate_degps=3.0))
    tracks = flown(replace(LEVEL, at_s=50.0, legs=legs))
    assert tracks.track_deg[row_at(tracks, 0, 100.0)] == pytest.approx(90.0, abs=1e-3)
    assert tracks.track_deg[row_at(tracks, 0, 115.0)] == pytest.approx(135.0, abs=0.1)
    assert tracks.track_deg[row_at(tracks, 0, 140.0)] == pytest.approx(180.0, abs=1e-3)


def test_reports_state_their_accuracy_party_and_squawk() -> None:
    tracks = flown(replace(LEVEL, squawk="7700"))
    assert set(tracks.horizontal_error_m.tolist()) == {10.0}
    assert set(tracks.squawk.tolist()) == {7700.0}
    assert tracks.aircraft[0].party == "blue"
    unstated = flown(LEVEL, nac_p=None)
    assert np.isnan(unstated.horizontal_error_m).all()
    assert np.isnan(unstated.squawk).all()


def test_times_are_not_those_of_a_coarse_clock() -> None:
    assert stamp_error_s(flown(LEVEL)).tolist() == [0.0]
