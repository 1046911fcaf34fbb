"""When a comparison or a fact holds, for whichever of the two aircraft the rule speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from skyaccord.memorandum.formula import NO_ONE, Compare, Comparison, Fact, Subject
from skyaccord.rules.facts import fact_times
from skyaccord.rules.scale import scale_of
from skyaccord.rules.signals.measure import times_below
from skyaccord.rules.spans import Bools, Spans, difference, intersection, union
from skyaccord.rules.strictness import Error, Strictness
from skyaccord.rules.trace import Trace


def atom_truth(atom: Compare | Fact, trace: Trace, strictness: Strictness) -> Spans:
    """Return when an atom holds at a strictness."""
    if isinstance(atom, Compare):
        return _of_subject(atom.subject, trace, lambda side: _compare(atom, trace, strictness, side))
    return _of_subject(atom.subject, trace, lambda side: _fact(atom, trace, strictness, side))


def _of_subject(subject: str, trace: Trace, of_side: Callable[[int], Spans]) -> Spans:
    if subject == NO_ONE:
        return of_side(0)
    if subject == Subject.EITHER:
        return union([of_side(0), of_side(1)])
    if subject == Subject.BOTH:
        return intersection([of_side(0), of_side(1)])
    if subject in (Subject.INTERCEPTOR, Subject.INTERCEPTED):
        wanted = trace.interceptor if subject == Subject.INTERCEPTOR else 1 - trace.interceptor
        return union([_only(of_side(side), wanted == side) for side in (0, 1)])
    return union([_only(of_side(side), is_of_party(trace, subject, side)) for side in (0, 1)])


def is_of_party(trace: Trace, party: str, side: int) -> Bools:
    """Return in which encounters the aircraft of a side is of a party."""
    found = np.zeros(trace.count, bool)
    if trace.motion is not None:
        parties = np.array([aircraft.party == party for aircraft in trace.motion.tracks.aircraft], bool)
        found[trace.owner] = parties[trace.motion.aircraft(side)]
    return found


def _only(part: Spans, owners: Bools) -> Spans:
    some = owners[part.owner]
    return Spans(part.owner[some], part.begin_s[some], part.end_s[some])


def _compare(compare: Compare, trace: Trace, strictness: Strictness, side: int) -> Spans:
    limit = compare.quantity.si
    tighter = strictness.normalised * scale_of(compare)
    is_below = compare.op in (Comparison.LESS, Comparison.AT_MOST)
    or_at = compare.op in (Comparison.AT_MOST, Comparison.MORE)
    if is_below:
        return times_below(trace, compare, side, limit - tighter, strictness.error, or_at)
    opposite = Error(-strictness.error)
    return difference(trace.domain, times_below(trace, compare, side, limit + tighter, opposite, or_at))


def _fact(fact: Fact, trace: Trace, strictness: Strictness, side: int) -> Spans:
    """Return when a fact is so; its robustness is 1 where it is and -1 where it is not."""
    held = fact_times(trace, fact, side, strictness.error)
    level = strictness.normalised
    if not level.any():
        return held
    lax = _only(trace.domain, level <= -1.0)
    return union([_only(held, level <= 1.0), lax])


def with_interceptor(trace: Trace, side: int) -> Trace:
    """Return the same trace with one side taken as the interceptor wherever the tracks do not tell."""
    told = trace.interceptor if len(trace.interceptor) else np.full(trace.count, -1)
    return replace(trace, interceptor=np.where(told < 0, side, told))
