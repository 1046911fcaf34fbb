"""Puts the parties of an example in the place of interceptor and intercepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from skyaccord.memorandum.document import Provision
from skyaccord.memorandum.formula import (
    And,
    Compare,
    Fact,
    Formula,
    Implies,
    Or,
    Since,
    Unless,
    Until,
)
from skyaccord.rules.examples.example import Craft


def tell_roles(provision: Provision, crafts: Sequence[Craft]) -> Provision:
    """Return a provision whose rule speaks of the parties that intercept and are intercepted, where that is told."""
    parties = {craft.role.value: craft.party for craft in crafts if craft.role is not None}
    if provision.rule is None or not parties:
        return provision
    rule = replace(provision.rule, formula=_told(provision.rule.formula, parties))
    alternatives = tuple(_told(formula, parties) for formula in provision.alternatives)
    return replace(provision, rule=rule, alternatives=alternatives)


def _told(formula: Formula, parties: Mapping[str, str]) -> Formula:
    match formula:
        case Compare() | Fact():
            return replace(formula, subject=parties.get(formula.subject, formula.subject))
        case And(parts) | Or(parts):
            return replace(formula, parts=tuple(_told(part, parties) for part in parts))
        case Implies(first, second) | Since(first, second) | Until(first, second) | Unless(first, second):
            return replace(formula, first=_told(first, parties), second=_told(second, parties))
        case _:
            return replace(formula, part=_told(formula.part, parties))
