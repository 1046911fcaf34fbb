"""Relative motion: the theorems as properties, against dense sampling."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.geometry.relative import (
    interval_within_height,
    interval_within_range,
    least_normalised,
    time_of_least_range,
)

positions = st.tuples(*[st.floats(-50_000.0, 50_000.0)] * 2)
velocities = st.tuples(*[st.floats(-500.0, 500.0)] * 2)
ranges = st.floats(10.0, 20_000.0)
MILLIMETRE = 1e-3


def dots(s: tuple[float, float], v: tuple[float, float]) -> tuple[float, float, float]:
    return (s[0] ** 2 + s[1] ** 2, s[0] * v[0] + s[1] * v[1], v[0] ** 2 + v[1] ** 2)


def distance(s: tuple[float, float], v: tuple[float, float], t: float) -> float:
    return math.hypot(s[0] + v[0] * t, s[1] + v[1] * t)


@given(positions, velocities, ranges, st.floats(-600.0, 600.0))
def test_within_the_interval_exactly_when_within_the_range(
    s: tuple[float, float], v: tuple[float, float], range_m: float, t: float
) -> None:
    low, high = interval_within_range(*dots(s, v), range_m)
    d = distance(s, v, t)
    assume(abs(d - range_m) > MILLIMETRE)
    assert (low <= t <= high) == (d <= range_m)


@given(positions, velocities, ranges)
def test_ends_of_the_interval_lie_on_the_circle(s: tuple[float, float], v: tuple[float, float], range_m: float) -> None:
    low, high = interval_within_range(*dots(s, v), range_m)
    assume(low <= high and math.isfinite(low) and math.hypot(*v) > 0.1)
    # Where the line only grazes the circle the ends are ill-conditioned, though the distance there is not.
    assert abs(distance(s, v, low) - range_m) < 0.01
    assert abs(distance(s, v, high) - range_m) < 0.01


@given(positions, velocities, ranges, st.floats(1.0, 2.0))
def test_a_larger_range_holds_the_interval_of_a_smaller_one(
    s: tuple[float, float], v: tuple[float, float], range_m: float, factor: float
) -> None:
    low, high = interval_within_range(*dots(s, v), range_m)
    wide_low, wide_high = interval_within_range(*dots(s, v), range_m * factor)
    assume(low <= high)
    rounding = 1e-6 * abs(low) if math.isfinite(low) else 0.0
    assert wide_low <= low + rounding
    assert high - rounding <= wide_high


@given(positions, velocities, st.floats(-300.0, 300.0))
def test_no_instant_is_nearer_than_the_time_of_least_range(
    s: tuple[float, float], v: tuple[float, float], t: float
) -> None:
    _, s_v, v_v = dots(s, v)
    assert distance(s, v, time_of_least_range(s_v, v_v)) <= distance(s, v, t) + MILLIMETRE


@given(st.floats(-5_000.0, 5_000.0), st.floats(-50.0, 50.0), st.floats(1.0, 3_000.0), st.floats(-300.0, 300.0))
def test_within_the_height_exactly_in_its_interval(z: float, w: float, height_m: float, t: float) -> None:
    low, high = interval_within_height(z, w, height_m)
    assume(abs(abs(z + w * t) - height_m) > MILLIMETRE)
    assert (low <= t <= high) == (abs(z + w * t) <= height_m)


def test_nothing_moving_is_within_always_or_never() -> None:
    assert interval_within_range(25.0, 0.0, 0.0, 5.0) == (-math.inf, math.inf)
    low, high = interval_within_range(25.1, 0.0, 0.0, 5.0)
    assert low > high


@given(
    positions,
    velocities,
    st.floats(-3_000.0, 3_000.0),
    st.floats(-30.0, 30.0),
    ranges,
    st.floats(10.0, 2_000.0),
    st.floats(0.0, 60.0),
)
def test_least_normalised_is_the_least_over_dense_samples(
    s: tuple[float, float],
    v: tuple[float, float],
    z: float,
    w: float,
    range_m: float,
    height_m: float,
    until_s: float,
) -> None:
    value, t, _ = least_normalised(*dots(s, v), z, w, range_m, height_m, until_s)
    grid = np.linspace(0.0, until_s, 2001)
    d = np.hypot(s[0] + v[0] * grid, s[1] + v[1] * grid)
    dense = np.maximum(d / range_m, np.abs(z + w * grid) / height_m)
    at_t = max(distance(s, v, t) / range_m, abs(z + w * t) / height_m)
    assert 0.0 <= t <= until_s
    assert abs(value - at_t) <= 1e-6 * max(1.0, value), "the value is that of the instant"
    assert value <= dense.min() + 1e-6 * max(1.0, value), "no sample is nearer"


def test_level_flight_at_a_deciding_height_is_closest_at_the_horizontal_cpa() -> None:
    value, t, _ = least_normalised(*dots((-1000.0, 100.0), (100.0, 0.0)), 300.0, 0.0, 9260.0, 304.8, 20.0)
    assert value == 300.0 / 304.8
    assert abs(t - 10.0) < 1e-6
