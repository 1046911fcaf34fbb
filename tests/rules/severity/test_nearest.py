"""The least distance as an interval, against a dense grid of times."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.pieces import DATUM, NO_DATUM, PIECE_COLUMNS, PRESSURE, SS, SV, T0, T1, VV, W, Z
from skyaccord.rules.severity.nearest import nearest_slants
from skyaccord.rules.severity.situation import Span

COORDINATE = st.floats(-3000.0, 3000.0)
SPEED = st.floats(-300.0, 300.0)


def piece(s: tuple[float, float], v: tuple[float, float], z: float, w: float, lasts_s: float) -> np.ndarray:
    row = np.empty(PIECE_COLUMNS)
    row[[T0, T1]] = 0.0, lasts_s
    row[[SS, SV, VV]] = np.dot(s, s), np.dot(s, v), np.dot(v, v)
    row[[Z, W]] = z, w
    row[DATUM] = PRESSURE if np.isfinite(z) else NO_DATUM
    return row


def dense(s: tuple[float, float], v: tuple[float, float], z: float, w: float, lasts_s: float) -> tuple[np.ndarray, ...]:
    t = np.linspace(0.0, lasts_s, 20_001)
    flat = np.hypot(s[0] + v[0] * t, s[1] + v[1] * t)
    return flat, np.abs(z + w * t)


@given(
    s=st.tuples(COORDINATE, COORDINATE),
    v=st.tuples(SPEED, SPEED),
    z=st.floats(-500.0, 500.0),
    w=st.floats(-30.0, 30.0),
    lasts_s=st.floats(0.0, 30.0),
    errors=st.tuples(st.floats(0.0, 500.0), st.floats(0.0, 100.0)),
)
def test_interval_is_that_of_a_dense_grid(
    s: tuple[float, float],
    v: tuple[float, float],
    z: float,
    w: float,
    lasts_s: float,
    errors: tuple[float, float],
) -> None:
    value = piece(s, v, z, w, lasts_s)[None]
    ((low, high),) = nearest_slants(np.array([0, 1]), value, np.array(errors[:1]), np.array(errors[1:]))
    flat, tall = dense(s, v, z, w, lasts_s)
    least = np.hypot(np.maximum(flat - errors[0], 0.0), np.maximum(tall - errors[1], 0.0)).min()
    most = np.hypot(flat + errors[0], tall + errors[1]).min()
    step_m = (np.hypot(*v) + abs(w)) * lasts_s / 20_000 + 1e-3
    assert low == pytest.approx(least, abs=step_m)
    assert high == pytest.approx(most, abs=step_m)
    assert low <= np.hypot(flat, tall).min() + step_m <= high + 2 * step_m


def test_unknown_height_has_a_least_and_no_most() -> None:
    value = piece((500.0, 0.0), (0.0, 50.0), np.nan, np.nan, 10.0)[None]
    ((low, high),) = nearest_slants(np.array([0, 1]), value, np.array([100.0]), np.array([np.inf]))
    assert low == pytest.approx(400.0, abs=1e-3)
    assert high == np.inf


def test_doubtful_piece_may_have_been_nothing_apart() -> None:
    value = np.stack([piece((500.0, 0.0), (0.0, 50.0), 0.0, 0.0, 10.0)] * 2)
    ((low, high),) = nearest_slants(np.array([0, 2]), value, np.array([10.0, np.inf]), np.array([10.0, np.inf]))
    assert low == 0.0
    assert high == pytest.approx(np.hypot(510.0, 10.0))


@pytest.mark.parametrize(
    ("span", "answer"), [((90.0, 99.0), True), ((99.0, 100.0), None), ((100.0, 120.0), False), ((80.0, 120.0), None)]
)
def test_limit_within_a_span_is_open(span: tuple[float, float], answer: bool | None) -> None:
    assert Span(*span).is_below(100.0) is answer
