"""Each provision of each preset has examples on both sides of it, and each is judged as it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skyaccord.memorandum.document import Breach, Memorandum, Provision
from skyaccord.memorandum.formula import And, Compare, Comparison, Formula, Implies
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.memorandum.presets import preset, preset_names
from skyaccord.model.encounter import Outcome
from skyaccord.rules.examples.example import Example, Kind
from skyaccord.rules.examples.judge_example import judge_example
from skyaccord.rules.examples.preset_examples import preset_examples
from skyaccord.units import Quantity

EXAMPLES = {name: preset_examples(name) for name in preset_names()}
PROVISIONS = [(name, provision.id) for name in preset_names() for provision in preset(name).provisions]
JUDGED = [
    pytest.param(name, example, id=f"{name}:{example.provision}:{example.kind}:{number}")
    for name, examples in EXAMPLES.items()
    for number, example in enumerate(examples)
    if example.is_for_a_machine
]
WITH_ROLES = [param for param in JUDGED if any(craft.role for craft in param.values[1].crafts)]
UNTOLD = 3
"""So many broken examples may be undetermined where no one says who intercepts: a mere crossing ahead shows no role."""


def examples_of(name: str, provision: str) -> list[Example]:
    return [example for example in EXAMPLES[name] if example.provision == provision]


@pytest.mark.parametrize(("name", "provision"), PROVISIONS)
def test_every_provision_has_a_case_kept_one_broken_and_one_at_the_limit(name: str, provision: str) -> None:
    assert {example.kind for example in examples_of(name, provision)} == set(Kind)


@pytest.mark.parametrize(("name", "provision"), PROVISIONS)
def test_examples_of_a_provision_are_different_sentences_of_one_line(name: str, provision: str) -> None:
    whats = [example.what for example in examples_of(name, provision)]
    assert len(set(whats)) == len(whats)
    assert all("\n" not in what and what.endswith(".") and len(what) <= 140 for what in whats), whats


@pytest.mark.parametrize(("name", "provision"), PROVISIONS)
def test_machine_judges_examples_of_every_provision_that_has_a_rule_and_of_no_other(name: str, provision: str) -> None:
    found = preset(name).provision(provision)
    assert found is not None
    assert {example.is_for_a_machine for example in examples_of(name, provision)} == {found.rule is not None}


@pytest.mark.parametrize(("name", "example"), JUDGED)
def test_example_is_judged_as_it_says(name: str, example: Example) -> None:
    verdict = judge_example(example, preset(name))
    assert verdict is not None, "nothing was judged"
    assert verdict.outcome is example.outcome, verdict.reason


@pytest.mark.parametrize(("name", "example"), WITH_ROLES)
def test_roles_that_are_seen_in_the_tracks_never_contradict_those_that_are_told(name: str, example: Example) -> None:
    verdict = judge_example(example, preset(name), are_roles_told=False)
    assert verdict is not None
    assert verdict.outcome in (example.outcome, Outcome.UNDETERMINED), verdict.reason


def test_roles_are_seen_in_the_tracks_of_most_broken_examples() -> None:
    broken = [param.values for param in WITH_ROLES if param.values[1].kind is Kind.BROKEN]
    untold = [
        example.what
        for name, example in broken
        if (verdict := judge_example(example, preset(name), are_roles_told=False))
        and verdict.outcome != example.outcome
    ]
    assert len(untold) <= UNTOLD, untold
    assert len(broken) >= 3 * UNTOLD


def circumstances(provision: Provision) -> list[Formula]:
    """Return what a rule is about, as far as that is a part of it: what implies the duty, or the parts of a ban."""
    if provision.rule is None:
        return []
    formula = provision.rule.formula
    if isinstance(formula, Implies):
        return [formula.first]
    if isinstance(provision.rule, Breach) and isinstance(formula, And):
        return list(formula.parts)
    return []


def ever_holds(formula: Formula, example: Example, memorandum: Memorandum) -> bool:
    """Return whether something is certainly so at some instant of an example: a ban of it would be broken."""
    if scope_of(formula) is Scope.PAIR:  # any pair of an example is nearer than that
        formula = And((formula, Compare("horizontal", Comparison.LESS, Quantity(19.0, "NM"))))
    provision = memorandum.provision(example.provision)
    assert provision is not None
    ban = replace(provision, rule=Breach(formula), alternatives=())
    verdict = judge_example(example, replace(memorandum, provisions=(ban,)))
    return verdict is not None and verdict.outcome is Outcome.BREACH


CONDITIONAL = [
    (name, provision.id) for name in preset_names() for provision in preset(name).provisions if circumstances(provision)
]


@pytest.mark.parametrize(("name", "provision"), CONDITIONAL)
def test_some_kept_example_is_not_kept_for_want_of_a_case(name: str, provision: str) -> None:
    memorandum = preset(name)
    found = memorandum.provision(provision)
    assert found is not None
    kept = [example for example in examples_of(name, provision) if example.kind is Kind.KEPT]
    assert any(ever_holds(part, example, memorandum) for example in kept for part in circumstances(found))
