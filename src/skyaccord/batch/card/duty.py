"""What a rule asks of a crew: the formula that is to hold, and for how long it may be lost.

A ban is turned round: ``breach = "slant < 500 ft"`` asks for ``slant >= 500 ft``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.document import Breach, Keep, Rule
from skyaccord.memorandum.formula import And, Compare, Comparison, For, Formula, Not, Or, Subject

_OPPOSITE: Final = MappingProxyType(
    {
        Comparison.LESS: Comparison.AT_LEAST,
        Comparison.AT_MOST: Comparison.MORE,
        Comparison.MORE: Comparison.AT_MOST,
        Comparison.AT_LEAST: Comparison.LESS,
    }
)
_OTHERS: Final = MappingProxyType({Subject.EITHER.value: Subject.BOTH.value, Subject.BOTH.value: Subject.EITHER.value})
"""Of whom the opposite holds: what is not so of either is not so of both."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A formula to keep. ``not`` stands in it only before what lasts, never before a comparison."""

    formula: Formula
    restore_s: float  # 0: it may never be lost


def duty_of(rule: Rule, reading: Formula) -> Duty:
    """Return what a rule asks, taken as one of its readings.

    A ban of something that lasts, ``breach = "(…) for 180 s"``, asks for its end before that time.
    """
    match rule, reading:
        case Keep(), _:
            return Duty(_holding(reading), rule.restore_s)
        case Breach(), For(part, duration_s):
            return Duty(_failing(part), duration_s)
        case _:
            return Duty(_failing(reading), 0.0)


def _holding(formula: Formula) -> Formula:
    """Return an equivalent formula whose comparisons are not negated."""
    match formula:
        case And(parts):
            return And(tuple(_holding(part) for part in parts))
        case Or(parts):
            return Or(tuple(_holding(part) for part in parts))
        case Not(part):
            return _failing(part)
        case _:
            return formula


def _failing(formula: Formula) -> Formula:
    """Return a formula that holds exactly where another does not (De Morgan)."""
    match formula:
        case Compare(op=op, subject=subject):
            return replace(formula, op=_OPPOSITE[op], subject=_OTHERS.get(subject, subject))
        case And(parts):
            return Or(tuple(_failing(part) for part in parts))
        case Or(parts):
            return And(tuple(_failing(part) for part in parts))
        case Not(part):
            return _holding(part)
        case _:
            return Not(formula)
