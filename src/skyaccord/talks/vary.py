"""One parameter of a memorandum under several values: ``separation.threes: horizontal = 3 NM, 5 NM, 20 mi``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from skyaccord.errors import TalksError, UnitError
from skyaccord.memorandum.canonical_form import content_hash
from skyaccord.memorandum.document import Keep, Memorandum, Provision, Rule
from skyaccord.memorandum.formula import (
    Always,
    And,
    Compare,
    Eventually,
    Fact,
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
    comparisons,
)
from skyaccord.memorandum.formula_text import format_term
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.units import TIME, Quantity, parse_quantity

RESTORE: Final = "restore"
REENTER: Final = "reenter"

MOST_VALUES: Final = 200
"""Values of one question: more than a curve can show, and less than would keep a machine busy for an hour."""

_QUESTION: Final = re.compile(r"\s*([a-z0-9._-]+)\s*:\s*([^=<>]+?)\s*=\s*(.+?)\s*", re.DOTALL)
_STEPS: Final = re.compile(r"(.+?)\s+to\s+(.+?)\s+by\s+(.+)")


@dataclass(frozen=True, slots=True)
class Variation:
    """A parameter of a provision and the values that it takes in turn."""

    provision: str
    parameter: str  # a signal as the rule names it, ``restore`` or ``reenter``
    values: tuple[Quantity, ...]


def read_variation(text: str, memorandum: Memorandum, source: str = "--vary") -> Variation:
    """Read ``PROVISION: PARAMETER = VALUE, VALUE, …``, or ``… = VALUE to VALUE by STEP``.

    Args:
        text: as typed.
        memorandum: what the provision and the parameter must stand in.
        source: what errors call the place.

    Raises:
        TalksError: no such provision or parameter, or a value that it cannot take.
    """
    match = _QUESTION.fullmatch(text)
    if match is None:
        example = "Write it as in 'separation.threes: horizontal = 3 NM, 5 NM'"
        raise TalksError(source, f"cannot read {text[:80]!r}", example)
    provision = memorandum.provision(match[1])
    if provision is None or provision.rule is None:
        known = ", ".join(each.id for each in memorandum.provisions if each.rule is not None) or "none"
        problem = f"{match[1]!r} is no provision with a rule in {memorandum.title!r}"
        raise TalksError(source, problem, f"Provisions with a rule: {known}")
    now = parameter_of(provision, match[2], source)
    values = _read_values(match[3], now.dimension, source)
    return Variation(provision.id, match[2], values)


def parameters_of(provision: Provision) -> dict[str, tuple[Quantity, ...]]:
    """Return the parameters of a provision's rule, each with the different values that stand in it."""
    found: dict[str, list[Quantity]] = {}
    if provision.rule is None:
        return {}
    for compare in comparisons(provision.rule.formula):
        values = found.setdefault(_name(compare), [])
        if compare.quantity not in values:
            values.append(compare.quantity)
    if isinstance(provision.rule, Keep):
        found[RESTORE] = [Quantity(provision.rule.restore_s, "s")]
        found[REENTER] = [Quantity(provision.rule.reenter_s, "s")]
    return {name: tuple(values) for name, values in found.items()}


def parameter_of(provision: Provision, parameter: str, source: str = "--vary") -> Quantity:
    """Return the one value that a parameter has in a provision; refuse one that is not there, or has several."""
    known = parameters_of(provision)
    if parameter not in known:
        names = ", ".join(known)
        raise TalksError(source, f"{provision.id} has no parameter {parameter!r}", f"It has {names}")
    if len(known[parameter]) > 1:
        values = ", ".join(map(format_quantity, known[parameter]))
        cure = "Write a draft for each in a file of its own"
        raise TalksError(source, f"{parameter!r} stands in {provision.id} with several values, {values}", cure)
    return known[parameter][0]


def with_value(memorandum: Memorandum, variation: Variation, value: Quantity) -> Memorandum:
    """Return a memorandum in which the parameter has a value, in every reading of the provision.

    Readings that are one with the first then fall away: a value has its unit, and leaves no other reading of "miles".
    """
    provisions = tuple(
        _changed(each, variation.parameter, value) if each.id == variation.provision else each
        for each in memorandum.provisions
    )
    draft = replace(memorandum, provisions=provisions)
    return replace(draft, hash=content_hash(draft))


def _read_values(text: str, dimension: str, source: str) -> tuple[Quantity, ...]:
    steps = _STEPS.fullmatch(text)
    if steps is not None:
        first, last, step = (_read_value(part, dimension, source) for part in steps.groups())
        return _stepped(first, last, step, source)
    values = tuple(_read_value(part, dimension, source) for part in text.split(","))
    if len(values) > MOST_VALUES:
        raise TalksError(source, f"{len(values)} values", f"Ask for {MOST_VALUES} at most")
    twice = next((value for k, value in enumerate(values) if value in values[:k]), None)
    if twice is not None:
        raise TalksError(source, f"{format_quantity(twice)} stands there twice", "Leave one out")
    return values


def _stepped(first: Quantity, last: Quantity, step: Quantity, source: str) -> tuple[Quantity, ...]:
    if len({first.unit, last.unit, step.unit}) > 1:
        raise TalksError(source, "the ends and the step have different units", "Write all three in one unit")
    count = (last.value - first.value) / step.value + 1e-9 if step.value > 0 else math.nan
    if not 1 <= count < MOST_VALUES:
        cure = f"Write a step above 0 that gives 2 to {MOST_VALUES} values, as in '1 NM to 10 NM by 1 NM'"
        raise TalksError(source, "the step does not lead from the first value to the last", cure)
    return tuple(Quantity(round(first.value + k * step.value, 9), first.unit) for k in range(int(count) + 1))


def _read_value(text: str, dimension: str, source: str) -> Quantity:
    try:
        value = parse_quantity(text, dimension)
    except UnitError as error:
        raise TalksError(source, f"{text.strip()[:80]!r} is no value", f"Expected {error.expected}") from None
    if value.si < 0 or (value.si == 0 and dimension != TIME):
        raise TalksError(source, f"{text.strip()[:80]!r} is not above 0", "Write a value above 0")
    return value


def _changed(provision: Provision, parameter: str, value: Quantity) -> Provision:
    rule = provision.rule
    assert rule is not None  # noqa: S101 - `read_variation` has seen to it
    if isinstance(rule, Keep) and parameter in (RESTORE, REENTER):
        is_restore = parameter == RESTORE
        timed = replace(rule, restore_s=value.si) if is_restore else replace(rule, reenter_s=value.si)
        return replace(provision, rule=timed)
    changed: Rule = replace(rule, formula=_with(rule.formula, parameter, value))
    others = dict.fromkeys(_with(formula, parameter, value) for formula in provision.alternatives)
    others.pop(changed.formula, None)
    return replace(provision, rule=changed, alternatives=tuple(others))


def _with(formula: Formula, parameter: str, value: Quantity) -> Formula:
    """Return a formula with another quantity in the comparisons of a parameter."""
    match formula:
        case Compare():
            return replace(formula, quantity=value) if _name(formula) == parameter else formula
        case Fact():
            return formula
        case And(parts) | Or(parts):
            return type(formula)(tuple(_with(part, parameter, value) for part in parts))
        case Implies(first, second) | Since(first, second) | Until(first, second) | Unless(first, second):
            return type(formula)(_with(first, parameter, value), _with(second, parameter, value))
        case Not(part) | Always(part) | Eventually(part):
            return type(formula)(_with(part, parameter, value))
        case For(part, time_s) | ForNext(part, time_s) | Within(part, time_s) | WithinLast(part, time_s):
            return type(formula)(_with(part, parameter, value), time_s)


def _name(compare: Compare) -> str:
    return format_term(compare.signal, compare.subject, compare.argument)
