"""Crossings of lines: when, which way, once each, and none where the aircraft flies around the end."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.detect.line_crossings import Crossings, find_crossings
from skyaccord.detect.observation import observe
from skyaccord.detect.places import path_of
from skyaccord.geometry.path import path_through
from skyaccord.memorandum import NamedLine
from tests.builders import T0_S, Flight, fly, make_tracks
from tests.detect.straight import Straight
from tests.geometry.edges import WGS84

NORTHWARDS = [(10.1, 39.9), (10.1, 40.1)]


def crossings(line: list[tuple[float, float]], **flights: Flight) -> Crossings:
    return find_crossings(observe(make_tracks(flights)), path_through(line))


@settings(max_examples=80)
@given(
    st.builds(Straight, st.floats(-70, 70), st.floats(-180, 180), st.floats(0, 360), st.floats(50, 350)),
    st.lists(st.floats(0.5, 30.0), min_size=10, max_size=30),
    st.lists(st.tuples(st.floats(0.0, 360.0), st.floats(0.0, 15_000.0)), min_size=2, max_size=5),
)
def test_straight_flight_crosses_when_it_truly_does(
    flight: Straight, steps: list[float], corners: list[tuple[float, float]]
) -> None:
    """Truth: for each edge, when the side changes, where the place then lies between the ends of the edge."""
    times = np.concatenate(([0.0], np.cumsum(steps)))
    y, x = flight.at(float(times[-1]) / 2.0)
    line = [WGS84.fwd(x, y, bearing, way)[:2] for bearing, way in corners]
    assume(all(1e-3 < math.dist(a, b) < 180.0 for a, b in pairwise(line)))
    found = crossings(line, a=flight.reports(times))
    true, is_sure = [], True
    for a, b in pairwise(line):
        for when in flight.changes(lambda lat, lon, a=a, b=b: side(a, b, lat, lon) > 0.0, float(times[-1])):
            share = along(a, b, *flight.at(when))
            is_sure &= min(abs(share), abs(share - 1.0)) > 1e-3
            is_sure &= abs(side(a, b, *flight.at(when + 0.5))) / math.dist(a, b) > 1e-5  # not along the edge
            if 0.0 < share < 1.0:
                true.append((when, side(a, b, *flight.at(when + 0.5)) > 0.0))
    assume(is_sure)
    assume(all(b - a > 1.5 for a, b in pairwise(sorted(found.t_s.tolist()))))
    assert (found.t_s - T0_S).tolist() == pytest.approx([when for when, _ in sorted(true)], abs=0.02)
    assert found.is_to_left.tolist() == [is_left for _, is_left in sorted(true)]


def turned(a: float, b: float) -> float:
    return (b - a + 180.0) % 360.0 - 180.0


def side(a: tuple[float, float], b: tuple[float, float], lat: float, lon: float) -> float:
    return turned(a[0], b[0]) * (lat - a[1]) - (b[1] - a[1]) * turned(a[0], lon)


def along(a: tuple[float, float], b: tuple[float, float], lat: float, lon: float) -> float:
    dx, dy = turned(a[0], b[0]), b[1] - a[1]
    return (turned(a[0], lon) * dx + (lat - a[1]) * dy) / (dx * dx + dy * dy)


def test_eastwards_over_a_northward_line_is_from_left_to_right() -> None:
    found = crossings(NORTHWARDS, a=fly(600, every_s=10))
    assert found.is_to_left.tolist() == [False]
    assert crossings(NORTHWARDS, a=fly(600, every_s=10, track_deg=270, lon_deg=10.3)).is_to_left.tolist() == [True]
    assert crossings(NORTHWARDS[::-1], a=fly(600, every_s=10)).is_to_left.tolist() == [True]


def test_flight_around_the_end_of_a_line_is_no_crossing() -> None:
    assert len(crossings(NORTHWARDS, a=fly(600, every_s=10, lat_deg=40.11))) == 0
    assert len(crossings(NORTHWARDS, a=fly(600, every_s=10, lat_deg=40.0999))) == 1


def test_flight_over_a_vertex_crosses_once() -> None:
    bent = [(10.1, 39.9), (10.1, 40.0), (10.2, 40.1)]
    for lat in (40.0, np.nextafter(40.0, 50.0), np.nextafter(40.0, 30.0)):
        assert len(crossings(bent, a=fly(600, every_s=10, lat_deg=float(lat)))) == 1


@pytest.mark.parametrize("late_s", [0.0, 3.0])
def test_report_on_the_line_itself_is_one_crossing(late_s: float) -> None:
    flight = fly(600, every_s=10, lon_deg=9.9 - late_s * 300 / 216_000)
    flight.lon_deg[20] = 10.1
    assert len(crossings(NORTHWARDS, a=flight)) == 1


def test_crossings_are_in_order_of_aircraft_and_time_each_with_its_report() -> None:
    there, back = fly(300, every_s=10, lon_deg=9.95), fly(300, every_s=10, lon_deg=10.3, track_deg=270)
    both = there.then(back.moved(later_s=400))
    tracks = make_tracks({"b": both, "a": fly(600, every_s=10)})
    seen = observe(tracks)
    found = find_crossings(seen, path_through(NORTHWARDS))
    assert [tracks.aircraft[k].id for k in seen.aircraft[found.row]] == ["a", "b", "b"]
    assert found.is_to_left.tolist() == [False, False, True]
    assert (seen.line[found.row, 0] <= found.t_s).all()
    assert (found.t_s <= seen.line[found.row + 1, 0]).all()


def test_line_that_is_crossed_in_a_gap_is_not_seen_to_be_crossed() -> None:
    flight = fly(600, every_s=10)
    assert len(crossings(NORTHWARDS, a=flight.take(np.abs(flight.lon_deg - 10.1) > 0.03))) == 0


def test_line_over_the_date_line_is_crossed() -> None:
    found = crossings([(179.9, 40.1), (-179.9, 39.9)], a=fly(600, every_s=10, lon_deg=179.8))
    assert found.is_to_left.tolist() == [True]  # from south-west of a line that runs to the south-east


def test_line_of_a_memorandum_is_crossed() -> None:
    line = path_of(NamedLine("river", tuple(NORTHWARDS)))
    assert len(find_crossings(observe(make_tracks({"a": fly(600, every_s=10)})), line)) == 1
