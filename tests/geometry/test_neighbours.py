"""Touching balls against all pairs, over a field, an ocean, the date line, the poles and the globe."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.geometry.earth import surface_points
from skyaccord.geometry.neighbours import SINGLE_SLACK_M, touching_pairs

Arrays = tuple[np.ndarray, ...]


def touching(
    group: np.ndarray, centre: np.ndarray, radius: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    apart = np.linalg.norm(centre[:, None] - centre[None], axis=2)
    touch = apart <= radius[:, None] + radius[None]
    touch &= (low[:, None] <= high[None]) & (low[None] <= high[:, None]) & (group[:, None] == group[None])
    return np.triu(touch, 1)


@st.composite
def balls(draw: st.DrawFn) -> Arrays:
    rng = np.random.default_rng(draw(st.integers(0, 100_000)))
    count = draw(st.integers(0, 150))
    lat_0, lon_0 = draw(
        st.sampled_from([(0.0, 0.0), (47.0, 8.0), (70.0, 180.0), (-89.0, 10.0), (88.5, -120.0), (0, 179.9)])
    )
    extent = draw(st.sampled_from([0.01, 0.5, 5.0, 60.0, 400.0]))
    lat = np.clip(lat_0 + rng.uniform(-extent, extent, count) / 2, -90.0, 90.0)
    lon = (lon_0 + rng.uniform(-extent, extent, count) + 180.0) % 360.0 - 180.0
    low = rng.uniform(0.0, 1000.0, count)
    size_m = draw(st.sampled_from([100.0, 20_000.0, 200_000.0, 3_000_000.0]))
    return (
        np.sort(rng.integers(0, draw(st.integers(1, 3)), count)),
        surface_points(lat, lon) * rng.uniform(1.0, 1.01, (count, 1)),
        rng.uniform(0.0, size_m, count),
        low,
        low + rng.uniform(0.0, 300.0, count),
    )


@given(balls())
def test_pairs_are_those_of_brute_force(case: Arrays) -> None:
    group, centre, radius, low, high = case
    found = touching_pairs(group, centre, radius, low, high)
    as_set = {(min(i, j), max(i, j)) for i, j in found.tolist()}
    assert len(as_set) == len(found), "no pair twice"
    exact = {(int(i), int(j)) for i, j in zip(*np.nonzero(touching(*case)), strict=True)}
    slack = 3.0 * SINGLE_SLACK_M
    wide = touching(group, centre, radius + slack, low - slack, high + slack)
    assert exact <= as_set, "none missed"
    assert as_set <= {(int(i), int(j)) for i, j in zip(*np.nonzero(wide), strict=True)}, "none beyond the slack"


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_has_no_pairs(count: int) -> None:
    nothing = np.zeros(count)
    assert len(touching_pairs(nothing.astype(np.int64), np.zeros((count, 3)), nothing, nothing, nothing)) == 0


def test_all_at_one_place_touch_all() -> None:
    centre = np.repeat(surface_points(np.array([47.0]), np.array([8.0])), 40, axis=0)
    zeros = np.zeros(40)
    assert len(touching_pairs(zeros.astype(np.int64), centre, zeros, zeros, zeros)) == 40 * 39 // 2


def test_infinite_height_bands_overlap_everything() -> None:
    centre = surface_points(np.array([47.0, 47.0]), np.array([8.0, 8.001]))
    low, high = np.array([-np.inf, 5000.0]), np.array([np.inf, 5100.0])
    assert len(touching_pairs(np.zeros(2, np.int64), centre, np.full(2, 1000.0), low, high)) == 1
