"""When aircraft are within an altitude band, by the datum that they report."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.band_times import RunTimes, times_in_band, times_without_height
from skyaccord.detect.observation import observe
from skyaccord.memorandum import EVERY_ALTITUDE, AltitudeBand, AltitudeDatum
from skyaccord.units import FT, Quantity
from tests.builders import T0_S, Flight, fly, make_tracks

PRESSURE, ELLIPSOID = AltitudeDatum.PRESSURE, AltitudeDatum.ELLIPSOID


def band(floor_ft: float | None, ceiling_ft: float | None, datum: AltitudeDatum = PRESSURE) -> AltitudeBand:
    limits = [None if limit is None else Quantity(limit, "ft") for limit in (floor_ft, ceiling_ft)]
    return AltitudeBand(limits[0], limits[1], datum)


def spans(times: RunTimes) -> list[tuple[float, float]]:
    return [
        (pytest.approx(begin - T0_S, abs=1e-5), pytest.approx(end - T0_S, abs=1e-5))
        for begin, end in zip(times.begin_s.tolist(), times.end_s.tolist(), strict=True)
    ]


def within(flight: Flight, limits: AltitudeBand, widened_by_m: float = 0.0) -> list[tuple[float, float]]:
    return spans(times_in_band(observe(make_tracks({"a": flight})), limits, widened_by_m))


CLIMB = fly(600, every_s=10, altitude_ft=10_000, climb_fpm=1_000)  # 20,000 ft at its end


def test_climb_through_a_band_is_within_it_between_its_limits() -> None:
    assert within(CLIMB, band(12_000, 15_500)) == [(120.0, 330.0)]
    assert within(CLIMB, band(None, 12_345)) == [(0.0, 140.7)]
    assert within(CLIMB, band(19_000, None)) == [(540.0, 600.0)]
    assert within(CLIMB, band(20_001, None)) == []


def test_descent_through_a_band_is_within_it_between_its_limits() -> None:
    down = fly(600, every_s=10, altitude_ft=20_000, climb_fpm=-1_000)
    assert within(down, band(12_000, 15_500)) == [(270.0, 480.0)]


@pytest.mark.parametrize(("level_ft", "is_in"), [(10_000, True), (12_000, True), (9_999, False), (12_001, False)])
def test_limits_belong_to_the_band(level_ft: float, is_in: bool) -> None:
    assert within(fly(100, every_s=10, altitude_ft=level_ft), band(10_000, 12_000)) == ([(0.0, 100.0)] if is_in else [])


def test_peak_that_only_touches_the_floor_is_no_time_in_the_band() -> None:
    down = fly(300, every_s=10, altitude_ft=15_000, climb_fpm=-1_000).moved(later_s=300)
    assert within(CLIMB.take(slice(0, 30)).then(down), band(15_000, None)) == []


def test_band_is_widened_by_the_error_of_heights() -> None:
    assert within(CLIMB, band(12_000, 15_500), 500 * FT) == [(90.0, 360.0)]
    assert within(CLIMB, band(12_000, 15_500), -500 * FT) == [(150.0, 300.0)]
    assert within(CLIMB, band(12_000, 15_500), -2_000 * FT) == []


@pytest.mark.parametrize("datum", [AltitudeDatum.MSL, AltitudeDatum.GROUND, ELLIPSOID])
def test_band_in_a_datum_that_is_not_reported_leaves_nothing_out(datum: AltitudeDatum) -> None:
    limits = band(0, 100, datum)
    assert within(CLIMB, limits) == [(0.0, 600.0)]
    assert spans(times_without_height(observe(make_tracks({"a": CLIMB})), limits)) == [(0.0, 600.0)]


def test_ellipsoidal_band_is_judged_by_ellipsoidal_heights() -> None:
    flight = CLIMB.take(slice(None))
    flight.geoaltitude_ft = flight.altitude_ft + 1_000
    assert within(flight, band(12_000, 15_500, ELLIPSOID)) == [(60.0, 270.0)]


def test_band_without_limits_asks_for_no_height() -> None:
    blind = CLIMB.take(slice(None))
    blind.altitude_ft[:] = np.nan
    assert within(blind, EVERY_ALTITUDE) == [(0.0, 600.0)]
    assert spans(times_without_height(observe(make_tracks({"a": blind})), EVERY_ALTITUDE)) == []


def test_where_height_is_missing_the_band_leaves_nothing_out_and_it_is_said_when() -> None:
    flight = CLIMB.take(slice(None))
    flight.altitude_ft[20:40] = np.nan  # too long to be bridged: unknown from 190 s to 400 s
    assert within(flight, band(None, 12_000)) == [(0.0, 120.0), (190.0, 400.0)]
    seen = observe(make_tracks({"a": flight}))
    assert spans(times_without_height(seen, band(None, 12_000))) == [(190.0, 400.0)]


def test_across_a_gap_there_is_no_time_in_the_band() -> None:
    gappy = CLIMB.take((CLIMB.t_s < T0_S + 200) | (CLIMB.t_s > T0_S + 300))
    assert within(gappy, band(12_000, 15_500)) == [(120.0, 190.0), (310.0, 330.0)]


def test_report_that_stands_alone_is_an_instant_in_the_band_or_none() -> None:
    assert within(CLIMB.take(slice(12, 13)), band(12_000, None)) == [(120.0, 120.0)]
    assert within(CLIMB.take(slice(11, 12)), band(12_000, None)) == []


def test_times_are_of_the_run_they_lie_in() -> None:
    seen = observe(make_tracks({"a": CLIMB, "b": fly(100, every_s=10, altitude_ft=13_000)}))
    times = times_in_band(seen, band(12_000, 15_500))
    assert times.first.tolist() == [0, len(CLIMB)]


@given(
    st.lists(st.integers(0, 40), min_size=2, max_size=15), st.integers(0, 40), st.integers(0, 40), st.floats(0.01, 0.99)
)
def test_height_is_in_the_band_at_exactly_these_times(heights: list[int], one: int, other: int, share: float) -> None:
    flight = fly(10.0 * (len(heights) - 1), every_s=10)
    flight.altitude_ft[:] = np.array(heights) * 1_000.0
    low, high = sorted((one, other))
    found = times_in_band(observe(make_tracks({"a": flight})), band(low * 1_000.0 + 1.0, high * 1_000.0 + 501.0))
    for k in range(len(heights) - 1):
        t_s = (k + share) * 10.0
        height_ft = float(np.interp(t_s, flight.t_s - T0_S, flight.altitude_ft))
        edges = (low * 1_000.0 + 1.0, high * 1_000.0 + 501.0)
        if min(abs(height_ft - edge) for edge in edges) > 0.01:
            is_in = bool(((found.begin_s - T0_S <= t_s) & (t_s <= found.end_s - T0_S)).any())
            assert is_in == (edges[0] <= height_ft <= edges[1])
