"""Measures of a pair against the least distance on a fine grid of times, and the cases in which there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.detect.cpa import horizontal_miss, modified_tau_of, time_of_cpa, time_to_coaltitude, vertical_miss
from skyaccord.geometry.vectors import Pair
from tests.detect.motions import pairs

WITHIN = st.sampled_from([0.0, 30.0, 180.0])


def sampled(pair: Pair, within_s: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return times within a look-ahead, and horizontal and vertical distance at each."""
    at = np.linspace(0.0, within_s, 2001)
    return at, np.hypot(pair[0] + at * pair[3], pair[1] + at * pair[4]), np.abs(pair[2] + at * pair[5])


@given(pair=pairs(), within_s=WITHIN)
def test_miss_distances_are_the_least_distances(pair: Pair, within_s: float) -> None:
    at, horizontal, vertical = sampled(pair, within_s)
    finest_s = at[1] - at[0]
    for miss, distances, speed in (
        (horizontal_miss(pair, within_s), horizontal, math.hypot(pair[3], pair[4])),
        (vertical_miss(pair, within_s), vertical, abs(pair[5])),
    ):
        assert miss <= distances.min() + 1e-6
        assert miss >= distances.min() - speed * finest_s - 1e-6


@given(pair=pairs())
def test_the_closest_approach_is_ahead_exactly_while_the_pair_converges(pair: Pair) -> None:
    assume(pair[3] != 0.0 or pair[4] != 0.0)
    time_s = time_of_cpa(pair)
    converges = pair[0] * pair[3] + pair[1] * pair[4] < 0.0
    assert (time_s > 0.0) == converges
    if converges:
        along = (pair[0] + time_s * pair[3]) * pair[3] + (pair[1] + time_s * pair[4]) * pair[4]
        assert abs(along) <= 1e-9 * math.hypot(pair[0], pair[1]) * math.hypot(pair[3], pair[4])
    assert horizontal_miss(pair, math.inf) <= horizontal_miss(pair, 180.0) + 1e-9


@given(pair=pairs())
def test_altitudes_are_equal_at_the_time_to_coaltitude(pair: Pair) -> None:
    time_s = time_to_coaltitude(pair)
    if math.isnan(time_s):
        assert pair[2] * pair[5] > 0.0 or pair[5] == 0.0
    else:
        assert time_s >= 0.0
        assert pair[2] + time_s * pair[5] == pytest.approx(0.0, abs=1e-9)


@given(pair=pairs(), range_m=st.floats(1.0, 5000.0))
def test_modified_tau_is_zero_on_the_circle_and_grows_outward(pair: Pair, range_m: float) -> None:
    """By its definition: time at the present closure until range, shortened by D² / r, is flown."""
    tau_s = modified_tau_of(pair, range_m)
    distance_m = math.hypot(pair[0], pair[1])
    closure = -(pair[0] * pair[3] + pair[1] * pair[4])
    if math.isnan(tau_s):
        assert closure <= 0.0 or distance_m <= range_m * (1.0 + 1e-12)
    else:
        closing_mps = closure / distance_m
        assert tau_s == pytest.approx((distance_m - range_m**2 / distance_m) / closing_mps, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("pair", "time_s", "miss_m"),
    [
        ((-1000.0, 0.0, 0.0, 100.0, 0.0, 0.0), 10.0, 0.0),
        ((-1000.0, 300.0, 0.0, 100.0, 0.0, 0.0), 10.0, 300.0),
        ((1000.0, 300.0, 0.0, 100.0, 0.0, 0.0), 0.0, math.hypot(1000.0, 300.0)),
        ((600.0, 800.0, 0.0, 0.0, 0.0, 0.0), math.nan, 1000.0),
    ],
)
def test_known_approaches(pair: Pair, time_s: float, miss_m: float) -> None:
    assert time_of_cpa(pair) == pytest.approx(time_s, nan_ok=True)
    assert horizontal_miss(pair, math.inf) == pytest.approx(miss_m)


def test_altitudes_that_are_equal_and_stay_so_do_not_meet() -> None:
    assert math.isnan(time_to_coaltitude((1000.0, 0.0, 0.0, 1.0, 0.0, 0.0)))
    assert time_to_coaltitude((1000.0, 0.0, 0.0, 1.0, 0.0, 2.0)) == 0.0
