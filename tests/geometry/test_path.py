"""Distances from lines and areas, against geodesics to many places on their edges, and against what symmetry gives."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.geometry.boundary import Disc, ring_of
from skyaccord.geometry.path import SLACK_M, path_through
from skyaccord.units import KM, NM
from tests.geometry.edges import WGS84, Vertices, distance_m, winds_around

TENTH_PERCENT = 1e-3
MOST_LATITUDE_DEG = 85.0


def wrapped(lon: float) -> float:
    return (lon + 180.0) % 360.0 - 180.0


@st.composite
def stars(draw: st.DrawFn) -> tuple[Vertices, float, float]:
    """Return a counter-clockwise ring that is seen whole from a place within it, and a point up to 100 NM off it."""
    lat, lon = draw(st.floats(-80.0, 80.0)), draw(st.floats(-180.0, 180.0))
    size_m = draw(st.floats(1 * KM, 300 * KM))
    count = draw(st.integers(3, 12))
    turns = draw(st.floats(0.0, 360.0)) + np.arange(count) * 360.0 / count
    lengths = draw(st.lists(st.floats(0.3, 1.0), min_size=count, max_size=count))
    ring = []
    for turn, length in zip(turns, lengths, strict=True):
        x, y, _ = WGS84.fwd(lon, lat, -turn, length * size_m)
        ring.append((x, y))
    assume(all(abs(y) <= MOST_LATITUDE_DEG for _, y in ring))
    corner = draw(st.sampled_from(ring))
    x, y, _ = WGS84.fwd(corner[0], corner[1], draw(st.floats(0.0, 360.0)), draw(st.floats(1.0, 100 * NM)))
    assume(abs(y) < 89.0)
    return ring, y, x


def of_ring(ring: Vertices, lat: float, lon: float) -> float:
    return float(ring_of(ring).distance_m(np.array([lat]), np.array([lon]))[0])


def of_line(vertices: Vertices, lat: float, lon: float, is_closed: bool = False) -> float:
    return float(path_through(vertices, is_closed).distance_m(np.array([lat]), np.array([lon]))[0])


@settings(max_examples=300)
@given(stars())
def test_distance_from_a_ring_is_the_least_geodesic_within_a_tenth_percent(
    drawn: tuple[Vertices, float, float],
) -> None:
    ring, lat, lon = drawn
    expected = distance_m([*ring, ring[0]], lat, lon)
    found = of_ring(ring, lat, lon)
    assert abs(found) == pytest.approx(expected, rel=TENTH_PERCENT, abs=0.02)
    if expected > 1.0:
        assert (found < 0.0) == winds_around(ring, lat, lon)


@settings(max_examples=200)
@given(stars())
def test_left_of_a_counter_clockwise_line_is_inside_of_its_ring(drawn: tuple[Vertices, float, float]) -> None:
    ring, lat, lon = drawn
    inside = of_ring(ring, lat, lon)
    assume(abs(inside) > 1.0)
    assert of_line(ring, lat, lon, is_closed=True) == pytest.approx(inside, abs=1e-6)
    assert of_line(ring[::-1], lat, lon, is_closed=True) == pytest.approx(-inside, abs=1e-6)


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.floats(-3.0, 3.0), st.floats(-3.0, 3.0)), min_size=2, max_size=6),
    st.floats(-78.0, 78.0),
    st.floats(-180.0, 180.0),
    st.integers(0, 5),
    st.floats(0.0, 360.0),
    st.floats(1.0, 100 * NM),
)
def test_distance_from_an_open_line_is_the_least_geodesic_within_a_tenth_percent(
    steps: list[tuple[float, float]], lat: float, lon: float, corner: int, bearing: float, off_m: float
) -> None:
    vertices = [(wrapped(lon + x), lat + y) for x, y in steps]
    near = vertices[corner % len(vertices)]
    x, y, _ = WGS84.fwd(near[0], near[1], bearing, off_m)
    expected = distance_m(vertices, y, x)
    assert abs(of_line(vertices, y, x)) == pytest.approx(expected, rel=TENTH_PERCENT, abs=0.02)


@pytest.mark.parametrize("lat", [-85.0, -60.0, 0.0, 40.0, 75.0, 85.0])
@pytest.mark.parametrize("off_deg", [-1.6, -0.01, 0.001, 1.6])
@pytest.mark.parametrize("middle", [0.0, 180.0])
def test_edge_along_a_parallel_is_as_far_as_the_meridian_is_long(lat: float, off_deg: float, middle: float) -> None:
    """A long edge: 120° of it is cut to many pieces. Eastwards, north of it is left."""
    line = [(wrapped(middle - 60.0), lat), (wrapped(middle), lat), (wrapped(middle + 60.0), lat)]
    expected = WGS84.inv(middle, lat, middle, lat + off_deg)[2]
    found = of_line(line, lat + off_deg, wrapped(middle))
    assert found == pytest.approx(-math.copysign(expected, off_deg), rel=TENTH_PERCENT)


@pytest.mark.parametrize("ends", [((-179.0, 85.0), (0.0, -85.0)), ((0.0, 80.0), (150.0, 80.0)), ((0, 0), (179, 0.1))])
def test_no_piece_is_further_from_its_chord_than_the_search_takes_it_to_be(
    ends: tuple[tuple[float, float], tuple[float, float]],
) -> None:
    from skyaccord.geometry.earth import surface_points

    piece = path_through(ends).piece
    for share in (0.25, 0.5, 0.75):
        on_edge = surface_points(piece[0] + share * piece[2], piece[1] + share * piece[3])
        from_begin, chord = on_edge - piece[4:7].T, piece[7:10].T
        along = (from_begin * chord).sum(axis=1, keepdims=True) * piece[10][:, None]
        assert np.linalg.norm(from_begin - along * chord, axis=1).max() < SLACK_M


SHARP = [(0.0, 0.0), (1.0, 0.0), (0.0, 0.2)]  # turns back to the left, by 169°


@pytest.mark.parametrize(
    ("lon", "lat", "is_left"),
    [(0.5, -0.1, False), (0.5, 0.05, True), (1.2, 0.01, False), (1.05, -0.2, False), (1.1, 0.5, False)],
)
def test_around_a_sharp_corner_every_side_is_the_outer_but_the_wedge_itself(
    lon: float, lat: float, is_left: bool
) -> None:
    assert (of_line(SHARP, lat, lon) < 0.0) is is_left


def test_distance_at_a_vertex_and_on_an_edge_is_nothing() -> None:
    assert abs(of_line(SHARP, 0.0, 1.0)) < 1e-6
    assert abs(of_line(SHARP, 0.0, 0.25)) < 1e-6


def test_vertices_that_stand_twice_change_nothing() -> None:
    ring = [(10.0, 50.0), (11.0, 50.0), (11.0, 50.0), (11.0, 51.0)]
    assert of_ring(ring, 50.2, 10.8) == of_ring([*ring[:1], *ring[2:]], 50.2, 10.8) < 0.0


def test_a_position_that_is_no_number_has_no_distance() -> None:
    lat, lon = np.array([np.nan, 50.0, 50.0]), np.array([10.0, np.nan, 10.0])
    ring, disc = ring_of([(9.0, 49.0), (11.0, 49.0), (10.0, 52.0)]), Disc(50.0, 10.0, 1.0)
    for found in (ring.distance_m(lat, lon), ring.edge.distance_m(lat, lon), disc.distance_m(lat, lon)):
        assert np.isnan(found).tolist() == [True, True, False]


@settings(max_examples=200)
@given(
    st.floats(-90.0, 90.0),
    st.floats(-180.0, 180.0),
    st.floats(100.0, 1000 * KM),
    st.floats(0.0, 360.0),
    st.floats(0, 2),
)
def test_distance_from_a_circle_is_the_geodesic_from_its_middle_less_the_radius(
    lat: float, lon: float, radius_m: float, bearing: float, share: float
) -> None:
    x, y, _ = WGS84.fwd(lon, lat, bearing, share * radius_m)
    found = float(Disc(lat, lon, radius_m).distance_m(np.array([y]), np.array([x]))[0])
    assert found == pytest.approx((share - 1.0) * radius_m, abs=0.1 + 1e-4 * share * radius_m)


@settings(max_examples=200)
@given(st.floats(-90.0, 90.0), st.floats(100.0, 100 * NM), st.floats(0.0, 360.0), st.floats(-100 * NM, 100 * NM))
def test_distance_from_a_circle_of_an_area_is_right_within_a_tenth_percent(
    lat: float, radius_m: float, bearing: float, off_m: float
) -> None:
    x, y, _ = WGS84.fwd(10.0, lat, bearing, max(radius_m + off_m, 0.0))
    found = float(Disc(lat, 10.0, radius_m).distance_m(np.array([y]), np.array([x]))[0])
    assert found == pytest.approx(max(off_m, -radius_m), rel=TENTH_PERCENT, abs=0.5)


def test_a_million_points_and_fifty_vertices_take_less_than_a_second_and_a_half() -> None:
    angle = np.arange(50) * 2 * math.pi / 50
    reach = 2.0 * (1.0 + 0.2 * np.sin(5 * angle))
    polygon = list(zip(10.0 + reach * np.cos(angle) / 0.64, 50.0 + reach * np.sin(angle), strict=True))
    ring = ring_of(polygon)
    random = np.random.default_rng(1)
    lat, lon = random.uniform(46.0, 54.0, 1_000_000), random.uniform(4.0, 16.0, 1_000_000)
    ring.distance_m(lat[:10], lon[:10])
    begin = time.thread_time()
    ring.distance_m(lat, lon)
    assert time.thread_time() - begin < 1.5
