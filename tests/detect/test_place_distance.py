"""Distances from areas over time: right at the reports, and passing the boundary when the aircraft truly does."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.detect.observation import observe
from skyaccord.detect.place_distance import STEP_S, Samples, distance_at_rows, distance_over_time
from skyaccord.detect.places import boundary_of
from skyaccord.geometry.boundary import Disc, ring_of
from skyaccord.memorandum import EVERY_ALTITUDE, Area, Circle, NamedArea
from skyaccord.units import NM, Quantity
from tests.builders import T0_S, fly, make_tracks
from tests.detect.straight import Straight
from tests.geometry.edges import WGS84, winds_around


def passages(samples: Samples, level_m: float = 0.0) -> list[float]:
    """Return when linear interpolation of the samples passes a level, in seconds after `T0_S`."""
    off = samples.distance_m - level_m
    t = samples.t_s - T0_S
    return [
        float(t[k] + (t[k + 1] - t[k]) * off[k] / (off[k] - off[k + 1]))
        for k in np.flatnonzero((off[:-1] < 0.0) != (off[1:] < 0.0))
    ]


@st.composite
def flights_by_a_ring(draw: st.DrawFn) -> tuple[Straight, np.ndarray, list[tuple[float, float]]]:
    """Return a flight of some minutes with reports up to 30 s apart, and a ring about its middle."""
    lat, lon = draw(st.floats(-70.0, 70.0)), draw(st.floats(-180.0, 180.0))
    flight = Straight(lat, lon, draw(st.floats(0.0, 360.0)), draw(st.floats(50.0, 350.0)))
    steps = draw(st.lists(st.floats(0.5, 30.0), min_size=10, max_size=30))
    times = np.concatenate(([0.0], np.cumsum(steps)))
    y, x = flight.at(float(times[-1]) / 2.0)
    size_m = draw(st.floats(300.0, 30_000.0))
    count = draw(st.integers(3, 7))
    begin = draw(st.floats(0.0, 360.0))
    lengths = draw(st.lists(st.floats(0.4, 1.0), min_size=count, max_size=count))
    ring = []
    for k, length in enumerate(lengths):
        corner_lon, corner_lat, _ = WGS84.fwd(x, y, begin - 360.0 * k / count, length * size_m)
        ring.append((corner_lon, corner_lat))
    return flight, times, ring


@settings(max_examples=60)
@given(flights_by_a_ring())
def test_straight_flight_passes_the_boundary_within_a_tenth_of_a_second_of_truth(
    drawn: tuple[Straight, np.ndarray, list[tuple[float, float]]],
) -> None:
    flight, times, ring = drawn
    seen = observe(make_tracks({"a": flight.reports(times)}))
    found = passages(distance_over_time(seen, ring_of(ring)))
    assume(all(b - a > 1.5 for a, b in pairwise(found)))  # nearer ones the slow search may miss
    true = flight.changes(lambda lat, lon: winds_around(ring, lat, lon), float(times[-1]))
    assert found == pytest.approx(true, abs=0.1)


@settings(max_examples=60)
@given(flights_by_a_ring(), st.floats(300.0, 20_000.0), st.floats(-100.0, 100.0))
def test_straight_flight_passes_any_distance_from_a_circle_within_a_tenth_of_a_second_of_truth(
    drawn: tuple[Straight, np.ndarray, object], radius_m: float, level_m: float
) -> None:
    flight, times, _ = drawn
    y, x = flight.at(float(times[-1]) / 2.0)
    x, y, _ = WGS84.fwd(x, y, 10.0, 0.7 * radius_m)
    seen = observe(make_tracks({"a": flight.reports(times)}))
    found = passages(distance_over_time(seen, Disc(y, x, radius_m), (level_m,)), level_m)
    assume(all(b - a > 1.5 for a, b in pairwise(found)))

    def is_within(lat: float, lon: float) -> bool:
        return WGS84.inv(x, y, lon, lat)[2] < radius_m + level_m

    assert found == pytest.approx(flight.changes(is_within, float(times[-1])), abs=0.1)


SQUARE = [(10.0, 39.9), (10.2, 39.9), (10.2, 40.1), (10.0, 40.1)]


def test_every_report_is_a_sample_with_its_own_distance() -> None:
    tracks = make_tracks({"a": fly(600, every_s=10, lon_deg=9.8), "b": fly(300, every_s=5, lat_deg=41.0)})
    seen, ring = observe(tracks), ring_of(SQUARE)
    samples = distance_over_time(seen, ring)
    first = np.flatnonzero(np.append(True, np.diff(samples.row) > 0))
    assert samples.row[first].tolist() == list(range(len(seen)))
    assert samples.distance_m[first].tolist() == distance_at_rows(seen, ring).tolist()
    assert distance_at_rows(seen, ring) == pytest.approx(ring.distance_m(tracks.lat_deg, tracks.lon_deg), abs=1e-6)


def test_only_stretches_that_may_reach_the_boundary_are_sampled_more_finely() -> None:
    seen = observe(make_tracks({"a": fly(600, every_s=10, lon_deg=9.8)}))
    samples = distance_over_time(seen, ring_of(SQUARE))
    assert len(seen) < len(samples) < len(seen) + 40  # two crossings, each found in seven halvings or so
    finest = np.diff(samples.t_s).min()
    assert STEP_S / 2 < finest <= STEP_S


def test_flight_along_the_boundary_is_sampled_at_the_finest_step_and_no_finer() -> None:
    seen = observe(make_tracks({"a": fly(60, every_s=30, lon_deg=10.05, lat_deg=40.1)}))
    samples = distance_over_time(seen, ring_of(SQUARE))
    assert len(samples) == 2 * 512 + 1


def test_across_a_gap_nothing_is_sampled() -> None:
    flight = fly(600, every_s=10, lon_deg=9.8)
    outside = flight.take((flight.lon_deg < 9.9) | (flight.lon_deg > 10.3))
    seen = observe(make_tracks({"a": outside}))
    samples = distance_over_time(seen, ring_of(SQUARE))
    assert len(samples) == len(seen)
    assert (samples.distance_m > 0.0).all()


def test_level_may_differ_from_row_to_row() -> None:
    seen = observe(make_tracks({"a": fly(600, every_s=10, lon_deg=9.8)}))
    ring = ring_of(SQUARE)
    level = np.where(np.arange(len(seen)) < 30, 100.0, -100.0)
    begin, end = passages(distance_over_time(seen, ring, (100.0,)), 100.0)[0], None
    both = distance_over_time(seen, ring, (level,))
    assert begin == pytest.approx(passages(both, 100.0)[0], abs=1e-9)
    end = passages(distance_over_time(seen, ring, (-100.0,)), -100.0)[1]
    assert end == pytest.approx(passages(both, -100.0)[1], abs=1e-9)


def test_no_rows_have_no_samples() -> None:
    assert len(distance_over_time(observe(make_tracks({})), ring_of(SQUARE))) == 0


def test_area_of_application_and_named_areas_have_boundaries() -> None:
    ring = ((10.0, 50.0), (11.0, 50.0), (10.0, 51.0))
    assert boundary_of(Area(ring, EVERY_ALTITUDE)).polygon == ring  # type: ignore[union-attr]
    assert boundary_of(NamedArea("a", ring)).polygon == ring  # type: ignore[union-attr]
    assert boundary_of(NamedArea("a", Circle((11.0, 50.0), Quantity(7.0, "NM")))) == Disc(50.0, 11.0, 7 * NM)
