"""A short memorandum that tests change in one place at a time, and formulas at random."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from skyaccord.memorandum import And, Compare, Comparison, For, Formula, Not, Or
from skyaccord.units import Quantity

LEAST = """\
[memorandum]
title   = "Safety of flight, northern sector"
parties = ["blue", "green"]
valid   = { from = 2026-12-01T00:00:00Z, until = 2027-12-01T00:00:00Z }

[[provision]]
id       = "separation.threes"
text     = "Aircraft of the Parties keep three nautical miles or three thousand feet apart."
modality = "shall"
evidence = ["tracks"]
keep     = "horizontal >= 3 NM or vertical >= 3000 ft"
"""


@pytest.fixture
def least() -> str:
    """Return the shortest memorandum with a rule; its provision begins on line 6, its rule is on line 11."""
    return LEAST


@pytest.fixture
def changed() -> Callable[..., str]:
    """Return a function that replaces one piece of the short memorandum, which must be there."""

    def change(old: str, new: str) -> str:
        assert LEAST.count(old) == 1, old
        return LEAST.replace(old, new)

    return change


def formulas(compares: st.SearchStrategy[Compare], times: st.SearchStrategy[float]) -> st.SearchStrategy[Formula]:
    """Return formulas of every form over the given comparisons and durations."""

    def grow(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, inner) | st.builds(For, inner, times)

    return st.recursive(compares, grow, max_leaves=8)


def compares(values: st.SearchStrategy[float], units: list[str]) -> st.SearchStrategy[Compare]:
    """Return comparisons of every signal and sign."""
    quantities = st.builds(Quantity, values, st.sampled_from(units))
    names = st.sampled_from(["horizontal", "vertical", "slant"])
    return st.builds(Compare, names, st.sampled_from(Comparison), quantities)


@pytest.fixture(scope="session")
def any_formula() -> st.SearchStrategy[Formula]:
    """Return formulas with any number that a literal can hold."""
    numbers = st.floats(0, 1e300).map(abs)
    return formulas(compares(numbers, ["m", "km", "ft", "NM", "mi"]), st.floats(1e-3, 1e6))


@pytest.fixture(scope="session")
def small_formula() -> st.SearchStrategy[Formula]:
    """Return formulas whose limits and durations are few, so that short traces meet them often.

    Half of them are two comparisons, held for a time or not, joined: the forms in which instants can differ.
    """
    limits, times = compares(st.sampled_from([1.0, 2.0]), ["m"]), st.sampled_from([5.0, 10.0, 25.0])
    part = limits | st.builds(For, limits, times)
    pair = st.tuples(part, part)
    return formulas(limits, times) | st.builds(And, pair) | st.builds(Or, pair)
