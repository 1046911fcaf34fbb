"""Touching balls against all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.geometry.neighbours import touching_pairs


def all_pairs(
    group: np.ndarray, centre: np.ndarray, radius: np.ndarray, low: np.ndarray, high: np.ndarray
) -> set[tuple[int, int]]:
    apart = np.linalg.norm(centre[:, None] - centre[None], axis=2)
    touch = apart <= radius[:, None] + radius[None]
    touch &= (low[:, None] <= high[None]) & (low[None] <= high[:, None]) & (group[:, None] == group[None])
    return {(int(i), int(j)) for i, j in zip(*np.nonzero(np.triu(touch, 1)), strict=True)}


@given(st.integers(0, 10_000), st.integers(0, 120), st.floats(1.0, 1e6), st.floats(0.0, 0.3))
def test_pairs_are_those_of_brute_force(seed: int, count: int, extent_m: float, size: float) -> None:
    rng = np.random.default_rng(seed)
    group = np.sort(rng.integers(0, 3, count))
    centre = rng.uniform(-extent_m, extent_m, (count, 3)) * rng.choice([0.0, 1.0], 3, p=[0.2, 0.8])
    radius = rng.uniform(0.0, size * extent_m, count)
    low = rng.uniform(0.0, 1000.0, count)
    high = low + rng.uniform(0.0, 300.0, count)
    found = touching_pairs(group, centre, radius, low, high)
    as_set = {(min(i, j), max(i, j)) for i, j in found.tolist()}
    assert len(as_set) == len(found), "no pair twice"
    assert as_set == all_pairs(group, centre, radius, low, high)


@pytest.mark.parametrize("count", [0, 1])
def test_none_or_one_has_no_pairs(count: int) -> None:
    nothing = np.zeros(count)
    assert len(touching_pairs(nothing.astype(np.int64), np.zeros((count, 3)), nothing, nothing, nothing)) == 0
