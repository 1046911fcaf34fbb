"""The formula of a rule as a tree: comparisons, joined by and, or, not, and held for a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from skyaccord.units import Quantity


class Comparison(StrEnum):
    """How a signal stands to a literal."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Compare:
    """A signal against a literal, ``horizontal >= 3 NM``."""

    signal: str  # a name of signals.SIGNALS
    op: Comparison
    quantity: Quantity  # as written; quantity.si is what calculations use


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; two parts or more."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; two parts or more."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class For:
    """The part holds without a break for a time, in seconds."""

    part: Formula
    duration_s: float


Formula: TypeAlias = Compare | And | Or | Not | For


def comparisons(formula: Formula) -> Iterator[Compare]:
    """Yield the comparisons of a formula from left to right, repeated ones too."""
    match formula:
        case Compare():
            yield formula
        case And(parts) | Or(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part) | For(part):
            yield from comparisons(part)


def signals_of(formula: Formula) -> frozenset[str]:
    """Return the names of the signals that a formula needs."""
    return frozenset(compare.signal for compare in comparisons(formula))
