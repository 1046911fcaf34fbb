"""Errors of position and velocity: every state that they allow is foreseen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.detect import hazard
from skyaccord.detect.uncertainty import horizontal_error, widened_interval
from skyaccord.detect.well_clear import TAUMOD, well_clear_interval
from skyaccord.geometry.vectors import Pair
from skyaccord.units import NM
from tests.detect.motions import LOOK_AHEAD_S, pairs, sixteenths, sizes
from tests.detect.test_volumes import Interval, Size, covers, is_clear_cut

Z_SCORES = (1.5, 1.0, 0.5, 5 * NM, 0.75, 1.5)
ERRORS = st.tuples(sixteenths(0, 400), sixteenths(0, 20), sixteenths(0, 60), sixteenths(0, 4))
UNIT = st.floats(0.0, 1.0)
TURN = st.floats(0.0, math.tau)


def interval(found: tuple[float, float]) -> Interval:
    return found if found[0] < found[1] else None


def true_pair(
    pair: Pair, error: tuple[float, float, float, float], share: tuple[float, ...], turn: tuple[float, ...]
) -> Pair:
    """Return a pair within the errors: shares of them, and the directions of the horizontal ones."""
    s, v, z, w = (each * part for each, part in zip(error, share, strict=True))
    return (
        pair[0] + s * math.cos(turn[0]),
        pair[1] + s * math.sin(turn[0]),
        pair[2] + z,
        pair[3] + v * math.cos(turn[1]),
        pair[4] + v * math.sin(turn[1]),
        pair[5] + w,
    )


@given(
    pair=pairs(),
    size=sizes(),
    error=ERRORS,
    share=st.tuples(UNIT, UNIT, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0)),
    turn=st.tuples(TURN, TURN),
)
def test_the_interval_contains_that_of_every_state_within_the_errors(
    pair: Pair,
    size: Size,
    error: tuple[float, float, float, float],
    share: tuple[float, ...],
    turn: tuple[float, float],
) -> None:
    truth = true_pair(pair, error, share, turn)
    assume(is_clear_cut(truth, size[0], size[1]))
    found = interval(widened_interval(pair, error, *size, LOOK_AHEAD_S))
    assert covers(found, interval(well_clear_interval(TAUMOD, truth, *size, LOOK_AHEAD_S)))


@given(pair=pairs(), size=sizes(), error=ERRORS, at_s=sixteenths(0, 180), sides=st.tuples(*[st.booleans()] * 3))
def test_the_interval_contains_that_of_the_states_which_come_nearest_at_some_time(
    pair: Pair, size: Size, error: tuple[float, float, float, float], at_s: float, sides: tuple[bool, bool, bool]
) -> None:
    """All errors full, those of position and velocity towards where the pair is nearest then, or partly the other way.

    The vertical bounds and the horizontal exit are reached by such states; the horizontal entry is earlier than theirs.
    """
    x, y, z = (pair[k] + at_s * pair[k + 3] for k in range(3))
    towards = math.atan2(-y, -x)
    turn = tuple(towards if side else towards + math.pi for side in sides[:2])
    up = -math.copysign(1.0, z)
    truth = true_pair(pair, error, (1.0, 1.0, up, up if sides[2] else -up), turn)
    assume(is_clear_cut(truth, size[0], size[1]))
    found = interval(widened_interval(pair, error, *size, LOOK_AHEAD_S))
    assert covers(found, interval(well_clear_interval(TAUMOD, truth, *size, LOOK_AHEAD_S)))


@given(
    size=sizes(),
    error=ERRORS,
    at_s=sixteenths(1, 150),
    faster_mps=sixteenths(5, 250),
    margin_m=st.floats(-50.0, 50.0).filter(lambda margin: abs(margin) > 0.01),
)
def test_a_pair_is_clear_unless_some_state_within_the_errors_comes_within_d(
    size: Size, error: tuple[float, ...], at_s: float, faster_mps: float, margin_m: float
) -> None:
    """Nearest, all errors used up, at a time and by a margin that are given: there the range grows as fast as V."""
    range_m = size[0] + error[0] + error[1] * at_s + margin_m
    assume(range_m > 0.0)
    away, across = error[1], math.sqrt((error[1] + faster_mps) ** 2 - error[1] ** 2)
    pair = (range_m - at_s * away, -at_s * across, 0.0, away, across, 0.0)
    assume(math.hypot(*pair[:2]) > size[0] + error[0] + 0.01)
    found = interval(widened_interval(pair, error, *size, LOOK_AHEAD_S))
    assert (found is None) == (margin_m > 0.0)


@given(pair=pairs(), size=sizes(), error=ERRORS, more=ERRORS)
def test_greater_errors_give_wider_intervals(
    pair: Pair, size: Size, error: tuple[float, ...], more: tuple[float, ...]
) -> None:
    greater = tuple(a + b for a, b in zip(error, more, strict=True))
    assert covers(
        interval(widened_interval(pair, greater, *size, LOOK_AHEAD_S)),
        interval(widened_interval(pair, error, *size, LOOK_AHEAD_S)),
    )


@given(pair=pairs(), size=sizes(), error=ERRORS)
def test_swapping_the_aircraft_changes_nothing(pair: Pair, size: Size, error: tuple[float, ...]) -> None:
    swapped = tuple(-value for value in pair)
    assert widened_interval(swapped, error, *size, LOOK_AHEAD_S) == widened_interval(pair, error, *size, LOOK_AHEAD_S)


@given(pair=pairs(), size=sizes())
def test_without_errors_it_is_modified_tau(pair: Pair, size: Size) -> None:
    row = hazard.uncertain_well_clear(size, Z_SCORES)
    plain = hazard.well_clear(TAUMOD, *size)
    exact = (0.0, 0.0, 0.0, 0.0)
    assert hazard.hazard_interval(row, pair, exact, 0.0, 0.0, LOOK_AHEAD_S) == hazard.hazard_interval(
        plain, pair, exact, 0.0, 0.0, LOOK_AHEAD_S
    )


@given(pair=pairs(), size=sizes())
def test_errors_that_vanish_leave_modified_tau(pair: Pair, size: Size) -> None:
    """The widened formulas reach the plain ones in the limit, although they are written differently."""
    assume(is_clear_cut(pair, size[0], size[1]))
    error = (1e-9, 1e-11, 1e-9, 1e-11)
    found = interval(widened_interval(pair, error, *size, LOOK_AHEAD_S))
    plain = interval(well_clear_interval(TAUMOD, pair, *size, LOOK_AHEAD_S))
    assert covers(found, plain)
    if found is not None and found[1] - found[0] > 1e-3:
        assert plain is not None
        assert found == pytest.approx(plain, abs=1e-3)


@pytest.mark.parametrize(("distance_m", "z"), [(0.0, 1.0), (2.5 * NM, 0.75), (5 * NM, 0.5), (50 * NM, 0.5)])
def test_the_z_score_of_velocity_falls_with_range(distance_m: float, z: float) -> None:
    row = hazard.uncertain_well_clear((1.0, 1.0, 1.0, 1.0), Z_SCORES)
    pair = (distance_m + 1.5 * 10.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert hazard.pair_error(row, pair, (10.0, 8.0, 20.0, 2.0)) == pytest.approx((15.0, 8.0 * z, 15.0, 3.0))


@given(east=sixteenths(0, 100), north=sixteenths(0, 100), correlation=st.floats(-1.0, 1.0))
def test_the_error_is_the_standard_deviation_in_the_worst_direction(
    east: float, north: float, correlation: float
) -> None:
    covariance = correlation * east * north
    root = math.copysign(math.sqrt(abs(covariance)), covariance)
    matrix = np.array([[east**2, covariance], [covariance, north**2]])
    along = np.array([[math.cos(a), math.sin(a)] for a in np.linspace(0.0, math.pi, 1441)])
    worst = math.sqrt(max(0.0, float(np.einsum("ki,ij,kj->k", along, matrix, along).max())))
    error = horizontal_error(east, north, root)
    assert worst <= error * (1.0 + 1e-12) + 1e-6
    assert error <= worst * (1.0 + 1e-5) + 1e-6
