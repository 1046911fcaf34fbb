"""Rows without a time or a place, and gaps."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.model.quality import Mark
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.quality.clock import is_clock_broken
from tests.builders import T0_S, fly, make_tracks

YEAR_S = 365.0 * 86_400.0


def marked(flight, mark: Mark) -> list[int]:
    result = assess(make_tracks({"a": flight}))
    return np.flatnonzero(result.tracks.marks & np.uint32(mark)).tolist()


def test_a_position_of_exactly_zero_is_marked() -> None:
    flight = fly(60)
    flight.lat_deg[7], flight.lon_deg[7] = 0.0, 0.0
    assert marked(flight, Mark.ZERO_POSITION) == [7]


def test_a_flight_through_the_equator_off_greenwich_is_not_a_zero_position() -> None:
    flight = fly(60)
    flight.lat_deg[7] = 0.0
    assert marked(flight, Mark.ZERO_POSITION) == []


@pytest.mark.parametrize(
    ("lat", "lon"), [(90.01, 0.0), (-90.01, 0.0), (0.0, 180.01), (0.0, -180.01), (np.nan, 1.0), (1.0, np.inf)]
)
def test_a_position_off_the_globe_is_out_of_range(lat: float, lon: float) -> None:
    flight = fly(60)
    flight.lat_deg[7], flight.lon_deg[7] = lat, lon
    assert marked(flight, Mark.OUT_OF_RANGE) == [7]


def test_the_pole_and_the_date_line_are_in_range() -> None:
    flight = fly(2)
    flight.lat_deg[:] = [90.0, -90.0, 0.0]
    flight.lon_deg[:] = [180.0, -180.0, 180.0]
    assert marked(flight, Mark.OUT_OF_RANGE) == []


@pytest.mark.parametrize("moment", [0.0, 631_151_999.0, 4_102_444_801.0, np.nan, np.inf])
def test_a_time_outside_1990_to_2100_is_broken(moment: float) -> None:
    assert is_clock_broken(np.array([T0_S, T0_S + 1.0, moment])).tolist() == [False, False, True]


def test_a_row_a_year_from_a_days_recording_is_broken() -> None:
    t_s = np.append(T0_S + np.arange(86_400.0), T0_S - 2.0 * YEAR_S)
    assert np.flatnonzero(is_clock_broken(t_s)).tolist() == [86_400]


def test_a_row_eleven_months_away_is_kept() -> None:
    t_s = np.append(T0_S + np.arange(86_400.0), T0_S - 11.0 / 12.0 * YEAR_S)
    assert not is_clock_broken(t_s).any()


def test_an_archive_of_years_has_no_bulk_to_be_away_from() -> None:
    assert not is_clock_broken(T0_S + np.linspace(0.0, 5.0 * YEAR_S, 1000)).any()


def test_the_first_row_after_a_gap_is_marked_and_the_gap_counted() -> None:
    flight = fly(100)
    result = assess(make_tracks({"a": flight.take(np.r_[0:20, 51:101])}))  # row 19 is at 19 s, row 20 at 51 s
    assert np.flatnonzero(result.tracks.marks & np.uint32(Mark.STALE_GAP)).tolist() == [20]
    assert (result.gaps, result.unobserved_s) == (1, 32.0)


def test_a_pause_of_exactly_the_limit_is_no_gap() -> None:
    flight = fly(120, every_s=30.0)
    assert assess(make_tracks({"a": flight}), gap_s=30.0).gaps == 0
    assert assess(make_tracks({"a": flight}), gap_s=29.9).gaps == 4


def test_the_time_between_two_aircraft_is_no_gap() -> None:
    tracks = make_tracks({"a": fly(60), "b": fly(60, start_s=T0_S + 5000.0, lat_deg=50.0)})
    assert assess(tracks).gaps == 0
