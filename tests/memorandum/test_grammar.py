"""The grammar beside the reader: whatever the text, both take it with one meaning or both refuse it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.memorandum import Formula, format_formula
from tests.memorandum.formulas import any_formula
from tests.memorandum.grammar import is_rule, meaning, meaning_of_formula, tree_of
from tests.memorandum.reading import read
from tests.memorandum.rule_texts import mutant, random_rule

SEED = 20151020
RULES = 1_000
MUTANTS = 4_000
"""In the short form; `scripts/prove rule_language` has the long one."""


def test_every_rule_written_at_random_is_taken_by_both_with_one_meaning() -> None:
    rng = random.Random(SEED)  # noqa: S311 - a fixed sequence is wanted
    for _ in range(RULES):
        text = random_rule(rng, rng.randint(0, 4))
        if len(text) <= 2000:
            found = read(text)
            assert found.is_taken, text
            assert found.faults == (), text


def test_damaged_rule_is_refused_at_a_place_or_means_what_it_says() -> None:
    rng = random.Random(SEED + 1)  # noqa: S311 - a fixed sequence is wanted
    taken = beyond = 0
    for _ in range(MUTANTS):
        text = mutant(rng, random_rule(rng, rng.randint(0, 3)))
        found = read(text)
        taken += found.is_taken
        beyond += found.is_of_grammar and not found.is_taken
        assert found.faults == (), text
    assert MUTANTS / 20 < taken < MUTANTS / 2, "too few of one kind to say anything"
    assert beyond > MUTANTS / 50, "nothing was refused for what the grammar does not cover"


@given(any_formula)
def test_canonical_text_has_the_meaning_of_its_formula_by_the_grammar(formula: Formula) -> None:
    text = format_formula(formula)
    tree = tree_of(text)
    assert tree is not None
    assert meaning(tree) == meaning_of_formula(formula)
    assert is_rule(text) is (len(text) <= 2000)


@given(st.text(max_size=30) | st.text(alphabet="slantverical <>=()0123NMftms.e-/orand", max_size=40))
def test_any_text_is_taken_by_both_or_refused_by_both(text: str) -> None:
    assert read(text).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "slant < 1 m andslant < 2 m",
        "slant < 1 mand slant < 2 m",
        "altitude ofeither > 1 m",
        "altitude of of > 1 m",
        "(slant < 1 m) forthe next 3 s",
        "(slant < 1 m) for thenext 3 s",
        "(slant < 1 m) for3 s",
        "closure < 3 m / s",
        "closure < 3 m/ s",
        "inside(a/b)",
        "inside(for)",
        "inside(for-2) of for-2",
        "inside(-a)",
        "inside(a-)",
        "slant < 3 m-1",
        "slant < 3 -1 m",
        "slant < 1e5m",
        "slant < 1e m",
        "slant < 1 e5m",
        "not(slant<1m)and(slant<2m)or(slant<3m)",
        "not(slant<1m)and(slant<2m)",
        "squawking(7700) of x or squawking(7700 m) of x",
        "slant\u00a0< 1 m",
        "slant < 1 m\x0b",
        "checked since checked",
        "checked not (checked)",
        "not not (checked)",
        "(checked) (checked)",
        "((checked) for 3 s) within the last 4 h",
        "(checked) for 3 s within the last 4 h",
    ],
)
def test_edges_between_words_are_the_same(text: str) -> None:
    assert read(text).faults == ()
