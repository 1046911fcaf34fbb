"""What a rule asks: judged on traces of whole seconds by an evaluator of the test's own."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.batch.card.duty import Duty, duty_of
from skyaccord.memorandum import (
    And,
    Breach,
    Compare,
    Comparison,
    For,
    Formula,
    Keep,
    Not,
    Or,
    format_formula,
    parse_formula,
)
from skyaccord.units import Quantity

SIGNALS = ("horizontal", "vertical", "slant")
HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
Trace = list[tuple[int, int, int]]


def holds(formula: Formula, trace: Trace, k: int) -> bool:
    """Return whether a formula is true at second ``k``; metres, and a time holds once that many seconds passed."""
    match formula:
        case Compare(signal, op, quantity):
            return bool(HOLDS[op.value](trace[k][SIGNALS.index(signal)], quantity.value))
        case And(parts):
            return all(holds(part, trace, k) for part in parts)
        case Or(parts):
            return any(holds(part, trace, k) for part in parts)
        case Not(part):
            return not holds(part, trace, k)
        case For(part, duration_s):
            begin = k - int(duration_s)
            return begin >= 0 and all(holds(part, trace, each) for each in range(begin, k + 1))


compares = st.builds(
    Compare,
    st.sampled_from(SIGNALS),
    st.sampled_from(Comparison),
    st.sampled_from([1.0, 2.0]).map(lambda value: Quantity(value, "m")),
)


def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    lasting = st.builds(For, inner, st.sampled_from([1.0, 2.0]))
    return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, inner) | lasting


formulas = st.recursive(compares, grow, max_leaves=6)
traces = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=6)


@given(formulas, traces)
def test_a_duty_asks_for_its_own_formula(formula: Formula, trace: Trace) -> None:
    duty = duty_of(Keep(formula, restore_s=7.0), formula)
    assert duty.restore_s == 7.0
    for k in range(len(trace)):
        assert holds(duty.formula, trace, k) == holds(formula, trace, k)


@given(formulas.filter(lambda formula: not isinstance(formula, For)), traces)
def test_a_ban_asks_for_the_opposite_at_every_instant(formula: Formula, trace: Trace) -> None:
    duty = duty_of(Breach(formula), formula)
    assert duty.restore_s == 0
    for k in range(len(trace)):
        assert holds(duty.formula, trace, k) is not holds(formula, trace, k)


@given(formulas, st.sampled_from([1.0, 2.0]), traces)
def test_a_ban_of_what_lasts_asks_to_restore_the_opposite_in_time(
    part: Formula, duration_s: float, trace: Trace
) -> None:
    ban = For(part, duration_s)
    duty = duty_of(Breach(ban), ban)
    lost_too_long = For(Not(duty.formula), duty.restore_s)
    for k in range(len(trace)):
        assert holds(lost_too_long, trace, k) == holds(ban, trace, k)


@given(formulas, st.booleans())
def test_no_comparison_is_left_negated(formula: Formula, is_ban: bool) -> None:
    assert "not (" not in without_lasting(duty_of(Breach(formula) if is_ban else Keep(formula), formula).formula)


def without_lasting(formula: Formula) -> str:
    """Return the text of a formula with what lasts left out, where alone ``not`` may stand."""
    match formula:
        case And(parts) | Or(parts):
            return " ".join(without_lasting(part) for part in parts)
        case Not(For()) | For():
            return ""
        case _:
            return format_formula(formula)


def test_the_bans_of_a_near_miss_read_as_distances() -> None:
    slant = parse_formula("slant < 500 ft")
    assert duty_of(Breach(slant), slant) == Duty(parse_formula("slant >= 500 ft"), 0.0)
    cylinder = parse_formula("horizontal < 500 ft and vertical < 100 ft")
    expected = parse_formula("horizontal >= 500 ft or vertical >= 100 ft")
    assert duty_of(Breach(cylinder), cylinder) == Duty(expected, 0.0)


@pytest.mark.parametrize(
    ("ban", "duty"),
    [
        ("nose_crossing of intercepted < 1 NM", "nose_crossing of intercepted >= 1 NM"),
        ("altitude of blue > 300 ft", "altitude of blue <= 300 ft"),
        ("wake_behind of either < 4 NM", "wake_behind of both >= 4 NM"),
        ("altitude of both < 300 ft", "altitude of either >= 300 ft"),
        ("tau_mod(0.66 NM) < 35 s", "tau_mod(0.66 NM) >= 35 s"),
    ],
)
def test_a_ban_keeps_whom_it_is_of_and_what_stands_in_parentheses(ban: str, duty: str) -> None:
    assert format_formula(duty_of(Breach(parse_formula(ban)), parse_formula(ban)).formula) == duty
