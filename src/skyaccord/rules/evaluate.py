"""When a formula holds, and by how much: exact in continuous time, for all encounters at once.

`truth` gives the set of times at which a formula holds when every comparison is made stricter by a given amount. From
that one function come all the answers:

* *certainly* and *possibly*: stricter and laxer by the error of measurement, so that a formula is undetermined where a
  threshold lies inside the error interval, and only there;
* *robustness*: the largest strictness, in units of each comparison's own threshold, at which the formula still holds.
  This is the robustness of Signal Temporal Logic with predicates normalised by their thresholds, since for min/max
  semantics ``robustness >= d`` exactly when the formula with every predicate tightened by d holds (Donzé and Maler,
  FORMATS 2010). It is found by bisection to `RESOLUTION`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats
from skyaccord.memorandum.formula import And, Compare, Comparison, For, Formula, Not, Or
from skyaccord.rules.signals import times_below
from skyaccord.rules.spans import Bools, Spans, difference, held_for, intersection, may_have_held_for, union
from skyaccord.rules.trace import Trace

RESOLUTION: Final = 1e-7
LOWEST: Final = -16.0
HIGHEST: Final = 16.0
"""Robustness is searched for in this range and NaN where it lies beyond: sixteen thresholds away is as far as matters,
and a formula whose ``for`` was never asked long enough has no margin."""


class Error(IntEnum):
    """What is granted to the error of measurement."""

    CERTAINLY = 1  # every comparison holds even if measured wrong against it
    AS_MEASURED = 0
    POSSIBLY = -1  # every comparison may hold if measured wrong in its disfavour


@dataclass(frozen=True, slots=True)
class Strictness:
    """How much stricter than written each comparison is."""

    normalised: Floats  # in units of the comparison's threshold, one an encounter
    error: Error


def truth(formula: Formula, trace: Trace, strictness: Strictness) -> Spans:
    """Return when a formula holds at a strictness."""
    match formula:
        case Compare():
            return _compare(formula, trace, strictness)
        case And(parts):
            return intersection([truth(part, trace, strictness) for part in parts])
        case Or(parts):
            return union([truth(part, trace, strictness) for part in parts])
        case Not(part):
            laxer = replace(strictness, normalised=-strictness.normalised, error=Error(-strictness.error))
            return difference(trace.domain, truth(part, trace, laxer))
        case For(part, duration_s):
            holding = truth(part, trace, strictness)
            if strictness.error is Error.POSSIBLY:
                return may_have_held_for(holding, duration_s, trace.domain, trace.open_begin, trace.open_end)
            return held_for(holding, duration_s)


def _compare(compare: Compare, trace: Trace, strictness: Strictness) -> Spans:
    limit_m = compare.quantity.si
    tighter = strictness.normalised[trace.owner] * limit_m
    if strictness.error is not Error.AS_MEASURED:
        tighter = tighter + int(strictness.error) * trace.error_m(compare.signal)
    match compare.op:
        case Comparison.LESS | Comparison.AT_MOST:
            return times_below(trace, compare.signal, limit_m - tighter, compare.op is Comparison.AT_MOST)
        case Comparison.MORE | Comparison.AT_LEAST:
            below = times_below(trace, compare.signal, limit_m + tighter, compare.op is Comparison.MORE)
            return difference(trace.domain, below)


def holds(formula: Formula, trace: Trace, error: Error = Error.AS_MEASURED) -> Spans:
    """Return when a formula holds as written, as measured or granting the error of measurement."""
    return truth(formula, trace, Strictness(np.zeros(trace.count), error))


def least_robustness(formula: Formula, trace: Trace) -> Floats:
    """Return how far each encounter was, at its worst instant, inside the formula (negative: outside)."""
    return _bisect(lambda d: ~_fails(formula, trace, d), trace.count)


def greatest_robustness(formula: Formula, trace: Trace) -> Floats:
    """Return how far each encounter was inside the formula at the instant most inside it (negative: outside)."""
    return _bisect(lambda d: truth(formula, trace, Strictness(d, Error.AS_MEASURED)).owners(trace.count), trace.count)


def _fails(formula: Formula, trace: Trace, strictness: Floats) -> Bools:
    holding = truth(formula, trace, Strictness(strictness, Error.AS_MEASURED))
    return difference(trace.domain, holding).owners(trace.count)


def _bisect(holds_at: Callable[[Floats], Bools], count: int) -> Floats:
    """Return the largest strictness at which a monotone question is still answered yes, one an encounter."""
    low, high = np.full(count, LOWEST), np.full(count, HIGHEST)
    while count and float((high - low).max()) > RESOLUTION:
        middle = 0.5 * (low + high)
        yes = holds_at(middle)
        low, high = np.where(yes, middle, low), np.where(yes, high, middle)
    return np.where((low <= LOWEST) | (high >= HIGHEST), np.nan, low)
