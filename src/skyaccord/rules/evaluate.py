"""When a formula holds, and by how much: exact in continuous time, for all encounters at once.

`truth` gives the set of times at which a formula holds when every comparison is made stricter by a given amount. From
that one function come all the answers:

* *certainly* and *possibly*: stricter and laxer by the error of measurement, so that a formula is undetermined where a
  threshold lies inside the error interval, and only there;
* *robustness*: the largest strictness, in units of each comparison's scale, at which the formula still holds. This is
  the robustness of Signal Temporal Logic with predicates normalised by their scales, since for min/max semantics
  ``robustness >= d`` exactly when the formula with every predicate tightened by d holds (Donzé and Maler, FORMATS
  2010). It is found by bisection to `RESOLUTION`.

Words of time look at the time that was observed. What lies beyond it may be so and is never certain (`temporal`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats
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
)
from skyaccord.rules import temporal
from skyaccord.rules.spans import Bools, Spans, difference, intersection, union
from skyaccord.rules.strictness import Error, Strictness
from skyaccord.rules.subjects import atom_truth
from skyaccord.rules.trace import Trace, domain_of

__all__ = ["Error", "Strictness", "greatest_robustness", "holds", "least_robustness", "truth"]

RESOLUTION: Final = 1e-7
LOWEST: Final = -16.0
HIGHEST: Final = 16.0
"""Robustness is searched for in this range and NaN where it lies beyond: sixteen thresholds away is as far as matters,
and a formula whose ``for`` was never asked long enough has no margin."""


def truth(formula: Formula, trace: Trace, strictness: Strictness) -> Spans:
    """Return when a formula holds at a strictness."""
    match formula:
        case Compare() | Fact():
            return atom_truth(formula, trace, strictness)
        case And(parts):
            return intersection([truth(part, trace, strictness) for part in parts])
        case Or(parts):
            return union([truth(part, trace, strictness) for part in parts])
        case Not(part):
            return difference(domain_of(part, trace), truth(part, trace, strictness.opposite()))
        case Implies(first, second):
            return truth(Or((Not(first), second)), trace, strictness)
        case Since(first, second) | Until(first, second) | Unless(first, second):
            both = truth(first, trace, strictness), truth(second, trace, strictness)
            link = temporal.since if isinstance(formula, Since) else temporal.until
            linked = link(*both, temporal.Seen.of(formula, trace, strictness.error))
            if isinstance(formula, Unless):
                to_end = temporal.always(both[0], temporal.Seen.of(first, trace, strictness.error))
                return union([linked, to_end])
            return linked
        case Always(part) | Eventually(part):
            lasting = temporal.always if isinstance(formula, Always) else temporal.eventually
            return lasting(truth(part, trace, strictness), temporal.Seen.of(formula, trace, strictness.error))
        case For(part, time_s) | ForNext(part, time_s) | Within(part, time_s) | WithinLast(part, time_s):
            timed = _TIMED[type(formula)]
            return timed(truth(part, trace, strictness), time_s, temporal.Seen.of(formula, trace, strictness.error))


_TIMED: Final = {
    For: temporal.has_held,
    ForNext: temporal.will_hold,
    Within: temporal.comes_within,
    WithinLast: temporal.came_within,
}


def holds(formula: Formula, trace: Trace, error: Error = Error.AS_MEASURED) -> Spans:
    """Return when a formula holds as written, as measured or granting the error of measurement."""
    return truth(formula, trace, Strictness(np.zeros(trace.count), error))


def least_robustness(formula: Formula, trace: Trace) -> Floats:
    """Return how far each encounter was, at its worst instant, inside the formula (negative: outside)."""
    return _bisect(lambda d: ~_fails(formula, trace, d), trace.count)


def greatest_robustness(formula: Formula, trace: Trace) -> Floats:
    """Return how far each encounter was inside the formula at the instant most inside it (negative: outside)."""

    def ever_holds(strictness: Floats) -> Bools:
        holding = truth(formula, trace, Strictness(strictness, Error.AS_MEASURED))
        return intersection([holding, trace.core]).owners(trace.count)

    return _bisect(ever_holds, trace.count)


def _fails(formula: Formula, trace: Trace, strictness: Floats) -> Bools:
    holding = truth(formula, trace, Strictness(strictness, Error.AS_MEASURED))
    return difference(trace.core, holding).owners(trace.count)


def _bisect(holds_at: Callable[[Floats], Bools], count: int) -> Floats:
    """Return the largest strictness at which a monotone question is still answered yes, one an encounter."""
    low, high = np.full(count, LOWEST), np.full(count, HIGHEST)
    while count and float((high - low).max()) > RESOLUTION:
        middle = 0.5 * (low + high)
        yes = holds_at(middle)
        low, high = np.where(yes, middle, low), np.where(yes, high, middle)
    return np.where((low <= LOWEST) | (high >= HIGHEST), np.nan, low)
