"""What a formula is about, and how far in time it looks from the instant at which it is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from skyaccord.memorandum.formula import (
    NO_ONE,
    Always,
    Compare,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Since,
    Subject,
    Unless,
    Until,
    Within,
    WithinLast,
    atoms,
    parts_of,
)
from skyaccord.memorandum.signals import SIGNALS, Bearer


class Scope(Enum):
    """What a rule is about."""

    PAIR = auto()
    AIRCRAFT = auto()
    RECORD = auto()  # of nothing that flies: of what was said alone


def scope_of(formula: Formula) -> Scope:
    """Return what a formula is about: two aircraft where a signal of a pair or an ``of`` stands in it."""
    bearers = {SIGNALS[atom.signal].bearer for atom in atoms(formula)}
    if bearers & {Bearer.PAIR, Bearer.SIDE} or any(
        atom.subject != NO_ONE and SIGNALS[atom.signal].bearer is not Bearer.RECORD for atom in atoms(formula)
    ):
        return Scope.PAIR
    return Scope.AIRCRAFT if Bearer.AIRCRAFT in bearers else Scope.RECORD


def speaks_of_roles(formula: Formula) -> bool:
    """Return whether a formula says something of interceptor or intercepted."""
    return any(atom.subject in (Subject.INTERCEPTOR, Subject.INTERCEPTED) for atom in atoms(formula))


@dataclass(frozen=True, slots=True)
class Horizon:
    """How long before and after an instant a formula looks, s; ``math.inf`` where it looks to the end."""

    past_s: float
    future_s: float


NOW: Final = Horizon(0.0, 0.0)


def horizon_of(formula: Formula) -> Horizon:
    """Return how far a formula looks: its own reach in time beyond that of its parts."""
    inner = [horizon_of(part) for part in parts_of(formula)]
    past_s = max((horizon.past_s for horizon in inner), default=0.0)
    future_s = max((horizon.future_s for horizon in inner), default=0.0)
    match formula:
        case Compare() | Fact():
            return NOW
        case For(duration_s=time_s) | WithinLast(duration_s=time_s):
            return Horizon(past_s + time_s, future_s)
        case ForNext(duration_s=time_s) | Within(duration_s=time_s):
            return Horizon(past_s, future_s + time_s)
        case Since():
            return Horizon(math.inf, future_s)
        case Always() | Eventually() | Until() | Unless():
            return Horizon(past_s, math.inf)
        case _:
            return Horizon(past_s, future_s)
