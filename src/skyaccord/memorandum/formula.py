"""The formula of a rule as a tree: what is compared or stated, joined by logic and by words of time.

The words of time are those of Signal Temporal Logic (Maler and Nickovic, FORMATS 2004) with past operators. An instant
``t`` is asked; a duration ``d`` is closed at both ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from skyaccord.model.frequency import Frequency
from skyaccord.units import Quantity


class Comparison(StrEnum):
    """How a signal stands to a literal."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


class Subject(StrEnum):
    """Of which aircraft of a pair a signal is, where it is not of a party by name."""

    EITHER = "either"  # of at least one of them
    BOTH = "both"
    INTERCEPTOR = "interceptor"
    INTERCEPTED = "intercepted"


NO_ONE: Final = ""
"""As subject: the signal is of the pair, or of the one aircraft that the rule is about."""

Argument: TypeAlias = str | Quantity | Frequency | None
"""What stands in the parentheses of a signal: the name of an area or a line, a squawk, a length, a frequency."""


@dataclass(frozen=True, slots=True)
class Compare:
    """A signal against a literal, ``horizontal >= 3 NM``."""

    signal: str  # a name of signals.SIGNALS
    op: Comparison
    quantity: Quantity  # as written; quantity.si is what calculations use
    subject: str = NO_ONE  # a value of Subject, or the name of a party
    argument: Argument = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so or is not, ``inside(north) of either``."""

    signal: str  # a name of signals.SIGNALS
    subject: str = NO_ONE
    argument: Argument = None


@dataclass(frozen=True, slots=True)
class And:
    """Every part holds; two parts or more."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds; two parts or more."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Implies:
    """Where the first part holds, the second does too."""

    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Always:
    """The part holds from now on to the end."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Eventually:
    """The part holds now or at some instant to come."""

    part: Formula


@dataclass(frozen=True, slots=True)
class For:
    """The part has held without a break for a time, in seconds: throughout ``[t - d, t]``."""

    part: Formula
    duration_s: float


@dataclass(frozen=True, slots=True)
class ForNext:
    """The part will hold without a break for a time: throughout ``[t, t + d]``."""

    part: Formula
    duration_s: float


@dataclass(frozen=True, slots=True)
class Within:
    """The part holds at some instant of ``[t, t + d]``."""

    part: Formula
    duration_s: float


@dataclass(frozen=True, slots=True)
class WithinLast:
    """The part held at some instant of ``[t - d, t]``."""

    part: Formula
    duration_s: float


@dataclass(frozen=True, slots=True)
class Since:
    """The second part held once, and the first has held ever since."""

    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Until:
    """The second part will hold once, and the first holds until then."""

    first: Formula
    second: Formula


@dataclass(frozen=True, slots=True)
class Unless:
    """The first part holds until the second does, or to the end where it never does."""

    first: Formula
    second: Formula


Joined: TypeAlias = And | Or
Lasting: TypeAlias = For | ForNext | Within | WithinLast
Wrapped: TypeAlias = Not | Always | Eventually
Linked: TypeAlias = Implies | Since | Until | Unless
Formula: TypeAlias = Compare | Fact | Joined | Wrapped | Lasting | Linked


def parts_of(formula: Formula) -> tuple[Formula, ...]:
    """Return the formulas that a formula is made of, from left to right; none of a comparison or a fact."""
    match formula:
        case Compare() | Fact():
            return ()
        case And(parts) | Or(parts):
            return parts
        case Implies(first, second) | Since(first, second) | Until(first, second) | Unless(first, second):
            return (first, second)
        case _:
            return (formula.part,)


def atoms(formula: Formula) -> Iterator[Compare | Fact]:
    """Yield the comparisons and facts of a formula from left to right, repeated ones too."""
    if isinstance(formula, Compare | Fact):
        yield formula
    for part in parts_of(formula):
        yield from atoms(part)


def comparisons(formula: Formula) -> Iterator[Compare]:
    """Yield the comparisons of a formula from left to right, repeated ones too."""
    return (atom for atom in atoms(formula) if isinstance(atom, Compare))


def signals_of(formula: Formula) -> frozenset[str]:
    """Return the names of the signals that a formula needs."""
    return frozenset(atom.signal for atom in atoms(formula))
