"""A formula as a row of figures and the words between them: what a pilot reads at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from skyaccord.batch.card.both_units import counterpart, say_duration
from skyaccord.batch.card.distance_words import AND, NOT, OR, SIGN, label, lasting, said
from skyaccord.batch.card.language import Both
from skyaccord.memorandum.formula import And, Compare, Comparison, For, Formula, Not, Or, parts_of
from skyaccord.memorandum.quantity_text import format_quantity


@dataclass(frozen=True, slots=True)
class Figure:
    """One limit: ``≥ 3 NM`` horizontally, 5.6 km in other words."""

    label: Both
    sign: str
    value: str  # as the memorandum has it
    also: str  # in the other system of units; empty where there is none


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between figures, ``or``, a parenthesis; alone in a row it is the whole rule as a sentence."""

    words: Both


Row: TypeAlias = tuple[Figure | Joint, ...]

_OPEN, _CLOSE = Joint(Both("(", "(")), Joint(Both(")", ")"))


def figures_of(formula: Formula) -> Row:
    """Return the row of a formula, from left to right; every number of it is in there.

    What is more than limits, joined or lasting, is said as a sentence.
    """
    return tuple(_row(formula, is_negated=False)) if _is_limits(formula) else (Joint(said(formula)),)


def _is_limits(formula: Formula) -> bool:
    return isinstance(formula, Compare | And | Or | Not | For) and all(_is_limits(part) for part in parts_of(formula))


def _row(formula: Formula, *, is_negated: bool) -> Iterator[Figure | Joint]:
    match formula:
        case Compare():
            yield _figure(formula, is_negated=is_negated)
        case And(parts) | Or(parts):
            between = Joint(AND if isinstance(formula, And) else OR)
            for k, part in enumerate(parts):
                if k:
                    yield between
                yield from _operand(part, is_negated=is_negated)
        case Not(part):
            yield Joint(NOT)
            yield from _in_parentheses(part, is_negated=not is_negated)
        case For(part, duration_s):
            yield from _in_parentheses(part, is_negated=is_negated)
            yield Joint(lasting(say_duration(duration_s)))
        case _:
            yield Joint(said(formula))


def _operand(part: Formula, *, is_negated: bool) -> Iterator[Figure | Joint]:
    whole = _in_parentheses if isinstance(part, And | Or) else _row
    yield from whole(part, is_negated=is_negated)


def _in_parentheses(part: Formula, *, is_negated: bool) -> Iterator[Figure | Joint]:
    yield _OPEN
    yield from _row(part, is_negated=is_negated)
    yield _CLOSE


def _figure(compare: Compare, *, is_negated: bool) -> Figure:
    is_least = (compare.op in (Comparison.AT_LEAST, Comparison.MORE)) is not is_negated
    return Figure(
        label(compare),
        SIGN[compare.op],
        format_quantity(compare.quantity),
        counterpart(compare.quantity, compare.signal, is_least=is_least),
    )
