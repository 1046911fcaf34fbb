"""Tracks at common instants."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.detect.observation import observe
from skyaccord.detect.resample import Resampled, resample
from skyaccord.model.quality import Mark
from skyaccord.units import FPM, FT, KT
from tests.builders import T0_S, Flight, fly, make_tracks


def at(flights: dict[str, Flight], every_s: float) -> Resampled:
    tracks = make_tracks(flights)
    return resample(tracks, observe(tracks), every_s)


def test_states_lie_on_the_way_between_reports() -> None:
    found = at({"a": fly(60.0, every_s=10.0, climb_fpm=600.0), "b": fly(60.0, every_s=7.0, start_s=T0_S + 3.0)}, 5.0)
    own = found.aircraft == 0
    assert found.begin_s == T0_S
    assert found.instant[own].tolist() == list(range(12))
    assert found.states.altitude_m[own] == pytest.approx((20_000.0 + 50.0 * np.arange(12)) * FT)
    assert found.states.groundspeed_mps == pytest.approx(300.0 * KT)
    assert found.states.track_deg == pytest.approx(90.0)
    assert found.states.vertical_rate_mps[own] == pytest.approx(600.0 * FPM)
    flown = 300.0 * found.instant[own] * 5.0 / 3600.0 / 60.0 / np.cos(np.radians(40.0))
    assert found.states.lon_deg[own] == pytest.approx(10.0 + flown)
    assert found.instant[~own].tolist() == list(range(1, 14))  # reports from 3 s to 66 s
    assert np.all(np.diff(found.instant) >= 0)


def test_nothing_is_known_across_a_gap_or_on_rows_of_doubt() -> None:
    whole = fly(200.0)
    gap = whole.take((whole.t_s < T0_S + 50.0) | (whole.t_s > T0_S + 100.0))
    assert set(at({"a": gap}, 10.0).instant.tolist()) == {0, 1, 2, 3, 4, *range(11, 20)}
    whole.marks[60:70] = np.uint32(Mark.FROZEN)
    assert set(range(20)) - set(at({"a": whole}, 10.0).instant.tolist()) == {6}


def test_velocity_that_is_not_reported_follows_from_positions() -> None:
    flight = fly(60.0, every_s=10.0, track_deg=30.0, climb_fpm=-300.0)
    for values in (flight.speed_kt, flight.track_deg, flight.climb_fpm):
        values[:] = np.nan
    found = at({"a": flight}, 5.0).states
    assert found.groundspeed_mps == pytest.approx(300.0 * KT, rel=5e-3)
    assert found.track_deg == pytest.approx(30.0, abs=0.3)
    assert found.vertical_rate_mps == pytest.approx(-300.0 * FPM)


def test_tracks_are_followed_across_the_date_line() -> None:
    found = at({"a": fly(120.0, every_s=20.0, lat_deg=0.0, lon_deg=179.95, speed_kt=600.0)}, 10.0).states
    assert found.lon_deg.max() < 180.0 < found.lon_deg.max() + 0.05
    assert found.lon_deg.min() > -180.0
    steps = (np.diff(found.lon_deg) + 180.0) % 360.0 - 180.0
    assert steps == pytest.approx(600.0 / 360.0 / 60.0)


def test_a_turn_through_north_is_interpolated_by_the_short_way() -> None:
    flight = fly(10.0, every_s=10.0, track_deg=0.0)
    flight.track_deg[:] = 350.0, 10.0
    track = np.radians(at({"a": flight}, 5.0).states.track_deg)
    assert np.cos(track) == pytest.approx([np.cos(np.radians(350.0)), 1.0])
    assert np.sin(track[1]) == pytest.approx(0.0, abs=1e-12)
