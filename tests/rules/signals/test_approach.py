"""Measures of approach at instants, against their definitions on positions, and their errors against perturbation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.detect.accuracy import Bounds
from skyaccord.detect.pieces import PRESSURE, Pieces
from skyaccord.memorandum import Compare, Comparison, parse_formula
from skyaccord.rules.evaluate import Error, holds
from skyaccord.rules.signals.approach_error import approach_error
from skyaccord.rules.trace import Trace, trace_of
from skyaccord.units import Quantity

SPAN_S = 60.0
UNITS = {"closure": "m/s", "t_cpa": "s", "hmd": "m", "vmd": "m", "tau_mod": "s"}
DMOD_M = 1200.0


@dataclass(frozen=True)
class Relative:
    """Relative motion along a straight line."""

    s: np.ndarray  # x, y, z at 0 s
    v: np.ndarray

    def at(self, t_s: float) -> Relative:
        return Relative(self.s + self.v * t_s, self.v)

    def trace(self, error_m: float = 0.0) -> Trace:
        s, v = self.s, self.v
        row = (0.0, SPAN_S, s[:2] @ s[:2], s[:2] @ v[:2], v[:2] @ v[:2], s[2], v[2], PRESSURE)
        none = np.zeros(1, np.int64)
        bounds = Bounds(np.full(1, error_m), np.full(1, error_m), np.zeros(1, bool))
        return trace_of(Pieces(np.array([0, 1]), np.array([row]), none, none), bounds)


def value_of(signal: str, now: Relative) -> float:
    """Return a measure by its definition, from positions and velocities."""
    x, y, z = now.s
    vx, vy, w = now.v
    range_m, speed = math.hypot(x, y), math.hypot(vx, vy)
    closing = -(x * vx + y * vy)
    t_cpa = closing / speed**2 if speed > 0 else 0.0
    ahead = max(t_cpa, 0.0)
    match signal:
        case "closure":
            return closing / range_m
        case "t_cpa":
            return t_cpa
        case "hmd":
            return math.hypot(x + ahead * vx, y + ahead * vy)
        case "vmd":
            return abs(z + ahead * w)
        case _:
            if range_m <= DMOD_M:
                return 0.0
            return (range_m**2 - DMOD_M**2) / closing if closing > 0 else math.inf


place = st.floats(-20_000.0, 20_000.0).map(lambda x: round(x, 1))
rate = st.floats(-300.0, 300.0).map(lambda x: round(x, 2))
relatives = st.builds(
    lambda s, v: Relative(np.array(s), np.array(v)),
    st.tuples(place, place, st.floats(-2000.0, 2000.0)),
    st.tuples(rate, rate, st.floats(-20.0, 20.0)),
)
signals = st.sampled_from(list(UNITS))


def compared(signal: str, op: Comparison, limit: float) -> Compare:
    argument = Quantity(DMOD_M, "m") if signal == "tau_mod" else None
    return Compare(signal, op, Quantity(limit, UNITS[signal]), argument=argument)


@settings(max_examples=400)
@given(relatives, signals, st.floats(0.0, SPAN_S), st.floats(-0.5, 1.5), st.sampled_from(list(Comparison)))
def test_comparison_holds_at_an_instant_where_the_definition_says_so(
    relative: Relative, signal: str, t_s: float, share: float, op: Comparison
) -> None:
    assume(math.hypot(*relative.at(t_s).s[:2]) > 1.0)  # on top of each other there is no closure
    value = value_of(signal, relative.at(t_s))
    limit = abs(value) * share if math.isfinite(value) else 35.0
    if signal in ("closure", "t_cpa"):
        limit = value * share
    assume(abs(value - limit) > 1e-6 * max(1.0, abs(value)))
    found = holds(compared(signal, op, limit), relative.trace()).of(0)
    is_now = any(begin - 1e-9 <= t_s <= end + 1e-9 for begin, end in found)
    near_an_end = any(min(abs(begin - t_s), abs(end - t_s)) < 1e-6 for begin, end in found)
    expected = value < limit if op in (Comparison.LESS, Comparison.AT_MOST) else value > limit
    assert is_now == expected or near_an_end


def test_pair_that_does_not_move_has_no_closure_and_its_closest_point_now() -> None:
    still = Relative(np.array([2000.0, 0.0, 300.0]), np.zeros(3)).trace()
    for rule, is_so in [
        ("closure <= 0 kt", True),
        ("closure < -1 kt", False),
        ("t_cpa <= 0 s", True),
        ("t_cpa >= 1 s", False),
        ("hmd < 2001 m", True),
        ("hmd < 1999 m", False),
        ("vmd < 301 m", True),
        ("vmd < 299 m", False),
        ("tau_mod(1999 m) < 999 s", False),
        ("tau_mod(2001 m) <= 0 s", True),
    ]:
        assert (holds(parse_formula(rule), still).of(0) == [(0.0, SPAN_S)]) == is_so, rule


def test_unknown_height_makes_the_vertical_miss_possible_and_never_certain() -> None:
    trace = Relative(np.array([2000.0, 0.0, math.nan]), np.array([-100.0, 0.0, math.nan])).trace()
    for op in Comparison:
        compare = compared("vmd", op, 300.0)
        assert holds(compare, trace, Error.CERTAINLY).of(0) == []
        assert holds(compare, trace, Error.POSSIBLY).of(0) == [(0.0, SPAN_S)]


@settings(max_examples=300)
@given(relatives, signals, st.floats(0.5, 1.5), st.floats(0.0, 2 * math.pi), st.floats(0.0, 1.0))
def test_what_is_certain_stays_so_where_positions_are_wrong_by_less_than_the_bound(
    relative: Relative, signal: str, share: float, angle: float, part: float
) -> None:
    """First-order bounds: the error is a twentieth of the least range, and 0.9 of the bound is used up."""
    flat = math.hypot(*relative.s[:2])
    speed = math.hypot(*relative.v[:2])
    assume(speed > 20.0 and flat > 1500.0)
    nearest = value_of("hmd", relative)
    assume(nearest > 200.0)
    error_m = nearest / 20.0
    off = 0.9 * error_m * part * np.array([math.cos(angle), math.sin(angle), 0.0])
    wrong = Relative(relative.s + off, relative.v)
    t_s = 10.0
    value = value_of(signal, relative.at(t_s))
    limit = (value if math.isfinite(value) else 35.0) * share
    compare = compared(signal, Comparison.LESS, limit)
    certain = holds(compare, relative.trace(error_m), Error.CERTAINLY).of(0)
    possible = holds(compare, relative.trace(error_m), Error.POSSIBLY).of(0)
    is_less = value_of(signal, wrong.at(t_s)) < limit
    if any(begin < t_s < end for begin, end in certain):
        assert is_less
    if is_less:
        assert any(begin <= t_s <= end for begin, end in possible)


@pytest.mark.parametrize("signal", ["closure", "t_cpa", "hmd", "vmd"])
def test_bound_is_infinite_where_position_is_doubtful(signal: str) -> None:
    trace = Relative(np.array([5000.0, 900.0, 300.0]), np.array([-100.0, 0.0, 1.0])).trace()
    lost = replace(trace, horizontal_error_m=np.array([math.inf]), vertical_error_m=np.array([math.inf]))
    if signal != "closure":
        assert approach_error(lost, signal).tolist() == [math.inf]
    else:  # a closure is never more than the relative speed, whatever the direction
        assert approach_error(lost, signal).tolist() == [100.0]
