"""Cutting to a box and thinning, against what can be worked out by hand or by dense sampling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.draw.polyline import Box, cut_line, cut_ring, densify, runs, split_line, thin

UNIT = Box(0.0, 0.0, 1.0, 1.0)
point = st.tuples(st.floats(-2, 3), st.floats(-2, 3))


def length(points: np.ndarray) -> float:
    return float(np.hypot(*np.diff(points, axis=0).T).sum())


def area(ring: np.ndarray) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))) / 2


def test_a_line_through_the_box_is_cut_at_both_edges() -> None:
    (part,) = cut_line(np.array([[-1.0, 0.5], [2.0, 0.5]]), UNIT)
    assert part.tolist() == [[0.0, 0.5], [1.0, 0.5]]


def test_a_line_that_leaves_and_returns_gives_two_parts() -> None:
    parts = cut_line(np.array([[0.5, 0.5], [1.5, 0.5], [1.5, 0.8], [0.5, 0.8]]), UNIT)
    assert [p.tolist() for p in parts] == [[[0.5, 0.5], [1.0, 0.5]], [[1.0, 0.8], [0.5, 0.8]]]


def test_a_line_outside_gives_nothing() -> None:
    assert cut_line(np.array([[-1.0, 2.0], [2.0, 2.0]]), UNIT) == []


def test_nan_breaks_a_line() -> None:
    line = np.array([[0.1, 0.1], [0.2, 0.1], [np.nan, np.nan], [0.3, 0.1], [0.4, 0.1]])
    assert [len(p) for p in cut_line(line, UNIT)] == [2, 2]
    assert [len(p) for p in runs(line)] == [2, 2]


@given(st.lists(point, min_size=2, max_size=12))
def test_the_cut_is_as_long_as_what_lies_inside(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    parts = cut_line(line, UNIT)
    dense = densify(line, 0.002)
    middle = (dense[1:] + dense[:-1]) / 2
    inside = ((middle >= 0) & (middle <= 1)).all(axis=1)
    expected = float(np.hypot(*np.diff(dense, axis=0).T)[inside].sum())
    assert sum(length(p) for p in parts) == pytest.approx(expected, abs=0.006 * len(line))
    assert all(((p >= -1e-9) & (p <= 1 + 1e-9)).all() for p in parts)


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([[-1, -1], [2, -1], [2, 2], [-1, 2]], 1.0),  # holds the box
        ([[0.2, 0.2], [0.6, 0.2], [0.6, 0.7], [0.2, 0.7]], 0.2),  # inside it
        ([[0.5, -1], [3, -1], [3, 3], [0.5, 3]], 0.5),  # half of it
        ([[-1, 0.5], [0.5, -1], [2, 0.5], [0.5, 2]], 1.0),  # a diamond that holds it
        ([[2, 2], [3, 2], [3, 3]], 0.0),
    ],
)
def test_the_area_of_a_cut_ring_is_that_of_the_intersection(ring: list[list[float]], expected: float) -> None:
    cut = cut_ring(np.array(ring, float), UNIT)
    assert (area(cut) if len(cut) else 0.0) == pytest.approx(expected)


@given(st.lists(point, min_size=2, max_size=60), st.floats(0.01, 0.5))
def test_thinning_keeps_the_ends_and_stays_within_a_pixel(points: list[tuple[float, float]], pixel: float) -> None:
    line = np.array(points)
    thinned = thin(line, pixel)
    assert (thinned[0] == line[0]).all()
    assert (thinned[-1] == line[-1]).all()
    dense = densify(thinned, pixel / 4)
    away = np.min(np.hypot(*(line[:, None, :] - dense[None, :, :]).transpose(2, 0, 1)), axis=1)
    assert away.max() <= 2.0 * pixel


def test_a_line_splits_at_what_is_apart_without_a_hole() -> None:
    line = np.column_stack((np.arange(6.0), np.zeros(6)))
    plain, apart = split_line(line, np.array([False, False, True, False, False, False]))
    assert [p[:, 0].tolist() for p in runs(plain)] == [[0, 1], [3, 4, 5]]
    assert [p[:, 0].tolist() for p in runs(apart)] == [[1, 2, 3]]
