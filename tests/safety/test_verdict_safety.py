"""Verdicts on spoilt records of encounters whose truth is known; the long form is ``scripts/prove verdict_safety``."""

from __future__ import annotations

import numpy as np
import pytest

from tests.safety.draws import Draws, draw
from tests.safety.rules import RULES
from tests.safety.tally import right_on_clean, right_where_decidable, upper_bound

SEED = 20151020
EACH = 150


@pytest.fixture(scope="module")
def draws() -> Draws:
    return Draws.join([draw(SEED, number, EACH, rule, number) for number, rule in enumerate(RULES)])


def test_no_observable_fault_makes_a_verdict_falsely_compliant(draws: Draws) -> None:
    seen = draws.take(draws.is_observable)
    assert (seen.truth > 0).sum() > 100, "or nothing could be false"
    assert not seen.is_false_compliant.any()


def test_safety_is_not_bought_with_silence(draws: Draws) -> None:
    seen = draws.take(draws.is_observable)
    assert right_on_clean(seen) >= 0.9  # 30 draws; the long form asks for 95 %
    assert right_where_decidable(seen) >= 0.9


def test_what_no_one_can_see_is_counted_apart(draws: Draws) -> None:
    assert 0.15 < np.mean(~draws.is_observable) < 0.45


@pytest.mark.parametrize(
    ("found", "of", "expected"),
    [
        (0, 100_000, 1.0 - 0.05 ** (1.0 / 100_000)),  # in closed form
        (0, 1, 0.95),
        (5, 5, 1.0),
        (1, 10, 0.3942),  # tables of Clopper and Pearson, one-sided 95 %
        (4, 100_000, 9.1535e-5),  # Poisson limit: half the 95 % point of chi square with 10 degrees of freedom
    ],
)
def test_upper_bound_is_that_of_clopper_and_pearson(found: int, of: int, expected: float) -> None:
    assert upper_bound(found, of) == pytest.approx(expected, rel=2e-4)
