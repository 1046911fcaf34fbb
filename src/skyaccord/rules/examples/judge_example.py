"""What the rule of a provision says of an example."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from skyaccord.detect.volume import Volume
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.model.encounter import Verdict
from skyaccord.rules.examples.example import Example
from skyaccord.rules.examples.fly_example import fly_example, start_of
from skyaccord.rules.examples.say_example import say_example
from skyaccord.rules.examples.tell_roles import tell_roles
from skyaccord.rules.judge import judge
from skyaccord.rules.periods import judge_period
from skyaccord.rules.severity.gravity import ORDER
from skyaccord.units import FT, NM

AROUND: Final = Volume(20 * NM, 10_000 * FT)
"""Pairs as near as this are judged, so that one that kept its distance is seen to have kept it."""


def judge_example(example: Example, memorandum: Memorandum, are_roles_told: bool = True) -> Verdict | None:
    """Return the gravest verdict of an example's provision; ``None`` where there is none.

    Args:
        example: of that memorandum.
        memorandum: its other provisions are left aside.
        are_roles_told: whether the rule is told who of the flights is interceptor and who intercepted, where the
            example says so; else that has to be seen in the tracks.
    """
    provision = memorandum.provision(example.provision)
    if provision is not None and are_roles_told:
        provision = tell_roles(provision, example.crafts)
    if provision is None or provision.rule is None:
        return None
    start_s = start_of(memorandum.valid.from_s)
    records = say_example(example, start_s)
    alone = replace(memorandum, provisions=(provision,))
    if scope_of(provision.rule.formula) is Scope.RECORD:
        verdicts = judge_period(alone, records)
    else:
        verdicts = judge(fly_example(example, start_s), alone, within=AROUND, records=records).verdicts
    return min(verdicts, key=lambda verdict: ORDER[verdict.outcome], default=None)
