"""Truth and robustness of formulas against dense sampling of the same motion by other means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.detect.accuracy import Bounds
from skyaccord.detect.pieces import PRESSURE, Pieces
from skyaccord.memorandum.formula import (
    Always,
    And,
    Compare,
    Comparison,
    Eventually,
    For,
    Formula,
    ForNext,
    Implies,
    Not,
    Or,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
)
from skyaccord.rules.evaluate import Error, greatest_robustness, holds, least_robustness
from skyaccord.rules.trace import Trace, trace_of
from skyaccord.units import Quantity

Floats = np.ndarray
STEP_S = 0.02
ERROR_M = 40.0


@dataclass(frozen=True)
class Motion:
    """Straight pieces of relative motion, and its signals on a dense grid."""

    trace: Trace
    t_s: Floats
    signals: dict[str, Floats]


@st.composite
def motions(draw: st.DrawFn) -> Motion:
    """Return a continuous relative motion of a few straight pieces, corners given, heights too."""
    count = draw(st.integers(1, 5))
    span = st.floats(2.0, 12.0)
    corner = st.tuples(*[st.floats(-900.0, 900.0)] * 2, st.floats(-400.0, 400.0))
    corners = np.array(draw(st.lists(corner, min_size=count + 1, max_size=count + 1)))
    times = np.concatenate(([0.0], np.cumsum(draw(st.lists(span, min_size=count, max_size=count)))))
    rows = []
    for k in range(count):
        s, rate = corners[k], (corners[k + 1] - corners[k]) / (times[k + 1] - times[k])
        rows.append(
            (times[k], times[k + 1], s[:2] @ s[:2], s[:2] @ rate[:2], rate[:2] @ rate[:2], s[2], rate[2], PRESSURE)
        )
    none = np.zeros(count, np.int64)
    pieces = Pieces(np.array([0, count]), np.array(rows), none, none)
    bounds = Bounds(np.full(count, ERROR_M), np.full(count, ERROR_M), np.zeros(count, bool))
    t = np.arange(0.5 * STEP_S, times[-1], STEP_S)  # off the corners, where spans begin and end
    x, y, z = (np.interp(t, times, corners[:, axis]) for axis in range(3))
    horizontal = np.hypot(x, y)
    signals = {"horizontal": horizontal, "vertical": np.abs(z), "slant": np.hypot(horizontal, z)}
    return Motion(trace_of(pieces, bounds), t, signals)


comparisons = st.builds(
    Compare,
    st.sampled_from(["horizontal", "vertical", "slant"]),
    st.sampled_from(list(Comparison)),
    st.builds(Quantity, st.floats(50.0, 800.0), st.just("m")),
)
durations = st.integers(25, 300).map(lambda n: n * STEP_S)
formulas = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(And, st.tuples(inner, inner)),
        st.builds(Or, st.tuples(inner, inner)),
        st.builds(Not, inner),
        *(st.builds(kind, inner, durations) for kind in (For, ForNext, Within, WithinLast)),
        *(st.builds(kind, inner) for kind in (Always, Eventually)),
        *(st.builds(kind, inner, inner) for kind in (Implies, Since, Until, Unless)),
    ),
    max_leaves=5,
)


def dense_robustness(formula: Formula, motion: Motion) -> Floats:
    """Return the robustness at each grid time, by the textbook recursion on samples."""
    match formula:
        case Compare(signal, op, quantity):
            inside = motion.signals[signal] / quantity.si - 1.0
            return inside if op in (Comparison.MORE, Comparison.AT_LEAST) else -inside
        case And(parts):
            return np.minimum.reduce([dense_robustness(p, motion) for p in parts])
        case Or(parts):
            return np.maximum.reduce([dense_robustness(p, motion) for p in parts])
        case Not(part):
            return -dense_robustness(part, motion)
        case Implies(first, second):
            return np.maximum(-dense_robustness(first, motion), dense_robustness(second, motion))
        case For(part, time_s):
            return _least_before(dense_robustness(part, motion), time_s, -np.inf)
        case ForNext(part, time_s):
            return _least_before(dense_robustness(part, motion)[::-1], time_s, -np.inf)[::-1]
        case WithinLast(part, time_s):
            return -_least_before(-dense_robustness(part, motion), time_s, np.inf)
        case Within(part, time_s):
            return -_least_before(-dense_robustness(part, motion)[::-1], time_s, np.inf)[::-1]
        case Always(part):
            return np.minimum.accumulate(dense_robustness(part, motion)[::-1])[::-1]
        case Eventually(part):
            return np.maximum.accumulate(dense_robustness(part, motion)[::-1])[::-1]
        case Since(first, second):
            return _since(dense_robustness(first, motion), dense_robustness(second, motion))
        case Until(first, second):
            return _since(dense_robustness(first, motion)[::-1], dense_robustness(second, motion)[::-1])[::-1]
        case Unless(first, second):
            strong = dense_robustness(Until(first, second), motion)
            return np.maximum(strong, dense_robustness(Always(first), motion))


def _least_before(inner: Floats, time_s: float, beyond: float) -> Floats:
    """Return the least over each window that ends at a sample; ``beyond`` is what holds before the first."""
    width = round(time_s / STEP_S)
    return np.lib.stride_tricks.sliding_window_view(np.append(np.full(width, beyond), inner), width + 1).min(axis=1)


def _since(first: Floats, second: Floats) -> Floats:
    out, held = np.empty(len(first)), -np.inf
    for k in range(len(first)):
        held = max(second[k], min(first[k], held))
        out[k] = held
    return out


def holding(motion: Motion, formula: Formula, error: Error = Error.AS_MEASURED) -> Floats:
    inside = np.zeros(len(motion.t_s), bool)
    for begin, end in holds(formula, motion.trace, error).of(0):
        inside |= (begin < motion.t_s) & (motion.t_s < end)
    return inside


@settings(max_examples=150)
@given(motions(), formulas)
def test_formula_holds_where_its_dense_robustness_is_positive(motion: Motion, formula: Formula) -> None:
    dense = dense_robustness(formula, motion)
    ours = holding(motion, formula)
    # Between two samples a signal moves by at most its greatest rate times the step.
    unsure = _step_of(motion)
    assert ours[dense > unsure].all()
    assert not ours[dense < -unsure].any()


@settings(max_examples=150)
@given(motions(), formulas)
def test_robustness_is_that_of_dense_samples(motion: Motion, formula: Formula) -> None:
    dense = dense_robustness(formula, motion)
    assume(np.isfinite(dense).all())
    least, greatest = least_robustness(formula, motion.trace)[0], greatest_robustness(formula, motion.trace)[0]
    tolerance = _step_of(motion)
    for ours, theirs in ((least, dense.min()), (greatest, dense.max())):
        if abs(theirs) < 15.9:
            assert ours == pytest.approx(theirs, abs=tolerance)
        elif abs(theirs) > 16.1:
            assert np.isnan(ours), "beyond what is searched"


@given(motions(), formulas)
def test_certain_implies_measured_implies_possible(motion: Motion, formula: Formula) -> None:
    certain, measured, possible = (
        holding(motion, formula, e) for e in (Error.CERTAINLY, Error.AS_MEASURED, Error.POSSIBLY)
    )
    assert (~certain | measured).all()
    assert (~measured | possible).all()


@given(motions(), comparisons)
def test_comparison_is_undetermined_exactly_where_the_threshold_lies_inside_the_error(
    motion: Motion, compare: Compare
) -> None:
    certain, possible = (holding(motion, compare, e) for e in (Error.CERTAINLY, Error.POSSIBLY))
    error = ERROR_M * (2**0.5 if compare.signal == "slant" else 1.0)
    off = np.abs(motion.signals[compare.signal] - compare.quantity.si)
    moved = _step_of(motion) * compare.quantity.si
    assert ((certain != possible) | (off > error - moved)).all()
    assert ((certain == possible) | (off < error + moved)).all()


def _step_of(motion: Motion) -> float:
    """Return how far a normalised signal can move within one step of the grid: least threshold 50 m."""
    steps = [np.abs(np.diff(signal)).max(initial=0.0) for signal in motion.signals.values()]
    return float(max(steps)) * 1.5 / 50.0 + 1e-3


def test_instant_observation_holds_what_holds_at_the_instant() -> None:
    piece = np.array([[5.0, 5.0, 100.0**2, 0.0, 0.0, 30.0, 0.0, PRESSURE]])
    none = np.zeros(1, np.int64)
    trace = trace_of(Pieces(np.array([0, 1]), piece, none, none), Bounds(np.zeros(1), np.zeros(1), np.zeros(1, bool)))
    near = Compare("horizontal", Comparison.LESS, Quantity(200.0, "m"))
    far = Compare("horizontal", Comparison.AT_LEAST, Quantity(200.0, "m"))
    assert len(holds(near, trace)) == 1
    assert len(holds(far, trace)) == 0
    assert least_robustness(far, trace)[0] == pytest.approx(-0.5, abs=1e-6)


def test_unknown_height_makes_a_vertical_comparison_possible_and_never_certain() -> None:
    piece = np.array([[0.0, 10.0, 100.0**2, 0.0, 0.0, np.nan, np.nan, 0]])
    none = np.zeros(1, np.int64)
    trace = trace_of(
        Pieces(np.array([0, 1]), piece, none, none), Bounds(np.zeros(1), np.full(1, np.inf), np.zeros(1, bool))
    )
    for op in Comparison:
        compare = Compare("vertical", op, Quantity(300.0, "m"))
        assert len(holds(compare, trace, Error.CERTAINLY)) == 0
        assert holds(compare, trace, Error.POSSIBLY).of(0) == [(0.0, 10.0)]


def test_slant_distance_of_unknown_height_is_never_less_than_the_horizontal_one() -> None:
    piece = np.array([[0.0, 10.0, 800.0**2, 0.0, 0.0, np.nan, np.nan, 0]])
    none = np.zeros(1, np.int64)
    bounds = Bounds(np.full(1, 50.0), np.full(1, np.inf), np.zeros(1, bool))
    trace = trace_of(Pieces(np.array([0, 1]), piece, none, none), bounds)
    for limit_m, possible in ((700.0, False), (760.0, True), (2000.0, True)):
        near = Compare("slant", Comparison.LESS, Quantity(limit_m, "m"))
        assert (len(holds(near, trace, Error.POSSIBLY)) == 1) == possible
        assert len(holds(near, trace, Error.CERTAINLY)) == 0
        far = Compare("slant", Comparison.AT_LEAST, Quantity(limit_m, "m"))
        assert (len(holds(far, trace, Error.CERTAINLY)) == 1) != possible
