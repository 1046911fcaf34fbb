"""Robustness at samples: against rtamt on random formulas, and by hand where a rule looks beyond a trace."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from skyaccord.errors import SkyaccordError
from skyaccord.memorandum import (
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
    parse_formula,
    parts_of,
)
from skyaccord.rules.sampled.robustness import robustness
from skyaccord.rules.sampled.samples import Samples
from skyaccord.units import Quantity

SIGNALS = ("horizontal", "vertical", "slant", "closure")
SEEN = 1e12
"""Greater than any robustness here: stands for infinity, which rtamt's variables cannot be."""


def random_formula(rng: random.Random, depth: int) -> Formula:
    if depth == 0 or rng.random() < 0.15:
        signal = rng.choice(SIGNALS)
        unit = "m/s" if signal == "closure" else "m"
        return Compare(signal, rng.choice(list(Comparison)), Quantity(float(rng.randint(1, 9)), unit))

    def part() -> Formula:
        return random_formula(rng, depth - 1)

    width = float(rng.randint(1, 12))
    return rng.choice(
        [
            lambda: And((part(), part())),
            lambda: Or((part(), part(), part())),
            lambda: Not(part()),
            lambda: Implies(part(), part()),
            lambda: Always(part()),
            lambda: Eventually(part()),
            lambda: For(part(), width),
            lambda: ForNext(part(), width),
            lambda: Within(part(), width),
            lambda: WithinLast(part(), width),
            lambda: Since(part(), part()),
            lambda: Until(part(), part()),
            lambda: Unless(part(), part()),
        ]
    )()


def in_rtamt(formula: Formula) -> str:
    """Return the formula in rtamt's language; ``for`` asks besides that its whole window was seen."""
    parts = [f"({in_rtamt(part)})" for part in parts_of(formula)]
    match formula:
        case Compare(signal, op, quantity):
            return f"{signal} / {quantity.si} {op.value} 1.0"
        case And():
            return " and ".join(parts)
        case Or():
            return " or ".join(parts)
        case Not():
            return f"not {parts[0]}"
        case Implies():
            return f"{parts[0]} implies {parts[1]}"
        case Always():
            return f"always {parts[0]}"
        case Eventually():
            return f"eventually {parts[0]}"
        case For(duration_s=width):
            return f"(historically[0,{width:.0f}] {parts[0]}) and (passed{width:.0f} >= 0.0)"
        case ForNext(duration_s=width):
            return f"(always[0,{width:.0f}] {parts[0]}) and (left{width:.0f} >= 0.0)"
        case Within(duration_s=width):
            return f"eventually[0,{width:.0f}] {parts[0]}"
        case WithinLast(duration_s=width):
            return f"once[0,{width:.0f}] {parts[0]}"
        case Since():
            return f"{parts[0]} since {parts[1]}"
        case Until():
            return f"{parts[0]} until {parts[1]}"
        case Unless():
            return f"({parts[0]} until {parts[1]}) or (always {parts[0]})"
        case _:
            raise AssertionError(formula)


def by_rtamt(formula: Formula, signals: dict[str, np.ndarray]) -> np.ndarray:
    rtamt = pytest.importorskip("rtamt", reason="rtamt cannot be imported (it needs Python below 3.13)")
    count = len(signals["horizontal"])
    data: dict[str, list[float]] = {name: value.tolist() for name, value in signals.items()}
    for width in range(1, 13):
        data[f"passed{width}"] = [SEEN if k >= width else -SEEN for k in range(count)]
        data[f"left{width}"] = [SEEN if k + width < count else -SEEN for k in range(count)]
    specification = rtamt.StlDiscreteTimeSpecification()
    for name in data:
        specification.declare_var(name, "float")
    specification.spec = in_rtamt(formula)
    specification.parse()
    return np.array([value for _, value in specification.evaluate({"time": list(range(count)), **data})])


@pytest.mark.parametrize("seed", range(40))
def test_robustness_is_that_of_rtamt_with_every_operator(seed: int) -> None:
    rng, draws = random.Random(seed), np.random.default_rng(seed)  # noqa: S311 - fixed sequences are wanted
    kinds: set[type] = set()
    for _ in range(60):
        formula = random_formula(rng, rng.randint(1, 4))
        count = rng.randint(2, 60)
        signals = {name: draws.integers(0, 100, count) / 10.0 for name in SIGNALS}
        ours = robustness(formula, Samples.of(np.arange(count, dtype=float), signals))
        theirs = by_rtamt(formula, signals)
        bounded = np.where(np.abs(theirs) >= SEEN, np.copysign(np.inf, theirs), theirs)
        np.testing.assert_allclose(ours, bounded, rtol=1e-9, atol=1e-9, err_msg=in_rtamt(formula))
        kinds |= _kinds(formula)
    assert kinds


def _kinds(formula: Formula) -> set[type]:
    return {type(formula)}.union(*(_kinds(part) for part in parts_of(formula)))


def test_random_formulas_have_every_operator() -> None:
    rng = random.Random(0)  # noqa: S311
    kinds = set().union(*(_kinds(random_formula(rng, 4)) for _ in range(200)))
    assert kinds == {
        Compare,
        And,
        Or,
        Not,
        Implies,
        Always,
        Eventually,
        For,
        ForNext,
        Within,
        WithinLast,
        Since,
        Until,
        Unless,
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("horizontal >= 2 m", [-0.5, 0.5, 1.0, 0.0]),
        ("(horizontal >= 2 m) for 2 s", [-math.inf, -math.inf, -0.5, 0.0]),
        ("(horizontal >= 2 m) for the next 2 s", [-0.5, 0.0, -math.inf, -math.inf]),
        ("(horizontal >= 2 m) within 2 s", [1.0, 1.0, 1.0, 0.0]),
        ("(horizontal >= 2 m) within the last 1 s", [-0.5, 0.5, 1.0, 1.0]),
        ("closure >= 0 kt", [-0.1 / 0.514444, 0.1 / 0.514444, 0.0, 0.0]),
    ],
)
def test_rule_on_four_samples(rule: str, expected: list[float]) -> None:
    signals = {"horizontal": np.array([1.0, 3.0, 4.0, 2.0]), "closure": np.array([-10.0, 10.0, 0.0, 0.0])}
    ours = robustness(parse_formula(rule), Samples.of(np.arange(4.0), signals))
    np.testing.assert_allclose(ours, expected, atol=1e-6)


def test_windows_go_by_time_and_not_by_samples() -> None:
    t_s = np.array([0.0, 1.0, 5.0, 6.0, 20.0])
    signals = {"slant": np.array([1.0, 9.0, 5.0, 7.0, 9.0])}
    ours = robustness(parse_formula("(slant >= 1 m) within the last 5 s"), Samples.of(t_s, signals))
    np.testing.assert_allclose(ours, [0.0, 8.0, 8.0, 8.0, 8.0])


def test_traces_do_not_see_each_other() -> None:
    one, two = np.array([5.0, 1.0, 7.0]), np.array([2.0, 8.0])
    both = Samples(np.array([0.0, 1.0, 2.0, 0.0, 1.0]), np.array([0, 3, 5]), {"slant": np.concatenate((one, two))})
    for rule in ("always (slant >= 1 m)", "(slant >= 1 m) within the last 9 s", "(slant >= 1 m) since (slant <= 2 m)"):
        formula = parse_formula(rule)
        apart = [robustness(formula, Samples.of(np.arange(float(len(v))), {"slant": v})) for v in (one, two)]
        np.testing.assert_array_equal(robustness(formula, both), np.concatenate(apart))


def test_facts_are_one_and_minus_one() -> None:
    samples = Samples.of(np.arange(3.0), {"inside(north) of either": np.array([0.0, 1.0, 1.0])})
    ours = robustness(parse_formula("inside(north) of either"), samples)
    assert ours.tolist() == [-1.0, 1.0, 1.0]


def test_missing_signal_is_named_with_those_there_are() -> None:
    with pytest.raises(SkyaccordError, match=r"'aspect of interceptor', which is not among the signals: slant"):
        robustness(parse_formula("aspect of interceptor < 60 deg"), Samples.of(np.arange(2.0), {"slant": np.ones(2)}))


def test_samples_out_of_order_and_of_unequal_length_are_refused() -> None:
    with pytest.raises(SkyaccordError, match="sample 2 is not later"):
        Samples.of(np.array([0.0, 2.0, 1.0]), {})
    with pytest.raises(SkyaccordError, match="'slant' has 3 samples and time has 2"):
        Samples.of(np.arange(2.0), {"slant": np.ones(3)})
