"""The rules that ask for the most work are read, said, reached and evaluated within bounds of time and memory."""

from __future__ import annotations

import pytest

from skyaccord.memorandum import Formula, atoms, parse_formula
from skyaccord.rules import evaluate
from skyaccord.rules.evaluate import holds
from tests.memorandum.heavy_rules import DEEPEST, LONGEST, depth, heavy_rules
from tests.rules.work import MOST_BYTES, MOST_S, trace, work

RULES = dict(heavy_rules())


def test_heavy_rules_are_as_deep_and_as_long_as_a_rule_may_be() -> None:
    assert all(len(text) <= LONGEST and depth(text) <= DEEPEST for text in RULES.values())
    assert all(depth(text) == DEEPEST for name, text in RULES.items() if "deep" in name)
    assert all(len(text) > LONGEST - 60 for name, text in RULES.items() if "long" in name)


@pytest.mark.parametrize("name", RULES)
def test_heavy_rule_stays_within_its_bounds(name: str) -> None:
    done = work(RULES[name])
    assert max(done.seconds.values()) < MOST_S, done.seconds
    assert done.bytes < MOST_BYTES


@pytest.mark.parametrize("name", RULES)
def test_each_atom_is_evaluated_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    formula = parse_formula(RULES[name])
    asked: list[Formula] = []
    truth_of = evaluate.atom_truth
    monkeypatch.setattr(evaluate, "atom_truth", lambda atom, *rest: asked.append(atom) or truth_of(atom, *rest))
    holds(formula, trace())
    assert len(asked) == len(list(atoms(formula)))
