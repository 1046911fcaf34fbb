"""The words of time on sets of times: each is a few sweeps over intervals, for all owners at once.

A set is closed at both ends here: what lasts from 0 to 30 s has held for 30 s at 30 s. Beyond the time that was
observed nothing is known. Where that matters, and the pair may have gone on unseen, what would need it is possible and
never certain; where a pair was seen to leave, its time is all there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.rules.overlaps import overlaps
from skyaccord.rules.spans import Bools, Spans, by_time, intersection, joined, union
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace, domain_of


@dataclass(frozen=True, slots=True)
class Seen:
    """The time that was observed, one interval an owner, and what is granted beyond it."""

    domain: Spans
    grants_before: Bools  # what would need the time before may be so
    grants_after: Bools
    denies_after: Bools  # nothing that needs the time after is certain

    @classmethod
    def of(cls, formula: Formula, trace: Trace, error: Error) -> Seen:
        """Return what is granted at the edges of the time over which a formula can be told.

        Records say themselves where they end.
        """
        nothing = np.zeros(trace.count, bool)
        if scope_of(formula) is Scope.RECORD:
            return cls(domain_of(formula, trace), nothing, nothing, nothing)
        is_possible, is_certain = error is Error.POSSIBLY, error is Error.CERTAINLY
        return cls(
            trace.domain,
            trace.open_begin if is_possible else nothing,
            trace.open_end if is_possible else nothing,
            trace.open_end if is_certain else nothing,
        )

    def is_first(self, part: Spans) -> Bools:
        """Return which intervals begin where their owner is first seen."""
        found: Bools = part.begin_s <= self.domain.begin_s[part.owner]
        return found

    def is_last(self, part: Spans) -> Bools:
        """Return which intervals end where their owner is last seen."""
        found: Bools = part.end_s >= self.domain.end_s[part.owner]
        return found

    def clip(self, part: Spans) -> Spans:
        """Return the part that was observed."""
        return intersection([by_time(part), self.domain])

    def turned(self) -> Seen:
        """Return the same with time running backwards."""
        return Seen(turned(self.domain), self.grants_after, self.grants_before, np.zeros_like(self.denies_after))


def turned(part: Spans) -> Spans:
    """Return a set with time running backwards."""
    return by_time(Spans(part.owner, -part.end_s, -part.begin_s))


def has_held(part: Spans, time_s: float, seen: Seen) -> Spans:
    """Return when a set has held for a time without a break.

    One that holds when its owner is first seen may have held before, where that is granted; and one that holds when it
    is last seen may go on, so that it may have held long enough just then.
    """
    before = seen.grants_before[part.owner] & seen.is_first(part)
    after = seen.grants_after[part.owner] & seen.is_last(part)
    begin_s = np.where(before, part.begin_s, part.begin_s + time_s)
    begin_s = np.where(after & (begin_s >= part.end_s), 0.5 * (part.begin_s + part.end_s), begin_s)
    return _kept(part.owner, begin_s, part.end_s)


def will_hold(part: Spans, time_s: float, seen: Seen) -> Spans:
    """Return when a set goes on for a time without a break."""
    after = seen.grants_after[part.owner] & seen.is_last(part)
    return _kept(part.owner, part.begin_s, np.where(after, part.end_s, part.end_s - time_s))


def comes_within(part: Spans, time_s: float, seen: Seen) -> Spans:
    """Return when a set holds now or at most a time later; beyond what was seen it may, where that is granted."""
    owner = np.flatnonzero(seen.grants_after)
    end_s = seen.domain.end_s[owner]
    wide = joined(by_time(Spans(part.owner, part.begin_s - time_s, part.end_s)))
    return seen.clip(union([wide, Spans(owner, end_s - time_s, end_s)]))


def came_within(part: Spans, time_s: float, seen: Seen) -> Spans:
    """Return when a set holds now or did at most a time ago; before what was seen it may have."""
    owner = np.flatnonzero(seen.grants_before)
    begin_s = seen.domain.begin_s[owner]
    wide = joined(by_time(Spans(part.owner, part.begin_s, part.end_s + time_s)))
    return seen.clip(union([wide, Spans(owner, begin_s, begin_s + time_s)]))


def always(part: Spans, seen: Seen) -> Spans:
    """Return when a set holds from then on to the end; not for certain where more may have come than was seen."""
    last = seen.is_last(part) & ~seen.denies_after[part.owner]
    return Spans(part.owner[last], part.begin_s[last], part.end_s[last])


def eventually(part: Spans, seen: Seen) -> Spans:
    """Return when a set holds now or at some instant to come."""
    end_s = np.full(len(seen.domain), -np.inf)
    np.maximum.at(end_s, part.owner, part.end_s)
    end_s = np.where(seen.grants_after, seen.domain.end_s, end_s)
    owner = np.flatnonzero(end_s > seen.domain.begin_s)
    return Spans(owner, seen.domain.begin_s[owner], end_s[owner])


def since(first: Spans, second: Spans, seen: Seen) -> Spans:
    """Return when ``second`` held once and ``first`` has held ever since.

    That is ``second`` itself, and each interval of ``first`` from where ``second`` first touches it. Where it is
    granted that ``second`` held before anything was seen, an interval of ``first`` that begins there counts whole.
    """
    place, other = overlaps(first, second)
    from_s = np.full(len(first), np.inf)
    np.minimum.at(from_s, place, np.maximum(second.begin_s[other], first.begin_s[place]))
    granted = seen.grants_before[first.owner] & seen.is_first(first)
    from_s = np.where(granted, first.begin_s, from_s)
    return union([second, _kept(first.owner, from_s, first.end_s)])


def until(first: Spans, second: Spans, seen: Seen) -> Spans:
    """Return when ``second`` will hold once and ``first`` holds until then: ``since`` with time running backwards."""
    return turned(since(turned(first), turned(second), seen.turned()))


def _kept(owner: Ints, begin_s: Floats, end_s: Floats) -> Spans:
    some = begin_s < end_s
    return Spans(owner[some], begin_s[some], end_s[some])
