"""When something was said: calls and answers by radio, notices and their acknowledgements, checks of the line.

Records are a log. Within the time from its first entry to its last, what is not in it was not said; before and after
that time nothing is known, and anything may have been.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from skyaccord.memorandum.formula import NO_ONE, Fact
from skyaccord.model.frequency import Frequency
from skyaccord.model.records import RecordKind
from skyaccord.model.tracks import UNASSIGNED, Aircraft
from skyaccord.records.questions import (
    SAME_HZ,
    SPOKEN,
    RecordIndex,
    find_acknowledgements,
    find_calls,
    find_checks,
    find_notices,
)
from skyaccord.rules.spans import Spans, by_time, intersection, joined, union
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace, domain_of

EVENT_S: Final = 1.0
"""For how long what happens at an instant counts."""

_ANSWERS: Final = (RecordKind.REPLY,)
_CALLS: Final = tuple(kind for kind in SPOKEN if kind is not RecordKind.REPLY)

Times = list[tuple[float, float]]


def times_called(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when a call was made on a frequency, by or to an aircraft."""
    return _of_aircraft(trace, fact, side, error, lambda said, aircraft: _spoken(said, fact, aircraft, _CALLS))


def times_answered(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when a reply was given on a frequency, by or to an aircraft."""
    return _of_aircraft(trace, fact, side, error, lambda said, aircraft: _spoken(said, fact, aircraft, _ANSWERS))


def times_notified(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return while a notice of an area is in hand and its time runs, by the party of an aircraft.

    An aircraft that no one claims may be of anyone who gave notice. Where a notice does not say until when it speaks it
    may go on, and is certain at its beginning only.
    """
    return _of_aircraft(trace, fact, side, error, lambda said, aircraft: _noticed(said, fact, aircraft, error, False))


def times_acknowledged(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return while a notice of an area is in hand that was acknowledged, from its acknowledgement on."""
    return _of_aircraft(trace, fact, side, error, lambda said, aircraft: _noticed(said, fact, aircraft, error, True))


def times_checked(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:  # noqa: ARG001 - of no aircraft
    """Return when the ground line was checked."""
    return _of_aircraft(trace, fact, 0, error, lambda said, _: _events(said, find_checks(said).tolist()))


def _spoken(said: RecordIndex, fact: Fact, aircraft: Aircraft | None, kinds: Sequence[RecordKind]) -> Times:
    assert isinstance(fact.argument, Frequency)  # noqa: S101 - the parser takes nothing else
    hz = fact.argument.hz
    if aircraft is not None:
        return _events(said, find_calls(said, aircraft, hz, kinds=kinds).tolist())
    on_it = (np.abs(said.frequency_hz - hz) <= SAME_HZ) & np.isin(said.kind, [kind.value for kind in kinds])
    return _events(said, np.flatnonzero(on_it).tolist())


def _events(said: RecordIndex, rows: list[int]) -> Times:
    return [(float(said.t_s[row]), float(said.t_s[row]) + EVENT_S) for row in rows]


def _noticed(said: RecordIndex, fact: Fact, aircraft: Aircraft | None, error: Error, acknowledged: bool) -> Times:
    party = None if aircraft is None or aircraft.party == UNASSIGNED else aircraft.party
    notices = find_notices(said, str(fact.argument), party)
    found = []
    for row, t_s, from_s, until_s in zip(*(getattr(notices, n).tolist() for n in notices.__slots__), strict=True):
        begin_s = t_s
        if acknowledged:
            reference = said.records.table["reference"][row].as_py() or ""
            receipts = find_acknowledgements(said, reference).tolist()
            if not receipts:
                continue
            begin_s = max(t_s, float(said.t_s[receipts[0]]))
        begin_s = begin_s if np.isnan(from_s) else max(begin_s, from_s)
        if np.isnan(until_s):
            until_s = begin_s + EVENT_S if error is Error.CERTAINLY else np.inf
        if begin_s < until_s:
            found.append((begin_s, until_s))
    return found


def _of_aircraft(
    trace: Trace, fact: Fact, side: int, error: Error, ask: Callable[[RecordIndex, Aircraft | None], Times]
) -> Spans:
    """Return what is said of the aircraft of a side; of either where the rule says of no one in particular."""
    said = trace.known.said
    assert said is not None  # noqa: S101 - what needs records is not asked without any
    owners, aircraft = _sides(trace, fact, side)
    answers: dict[int, Times] = {}
    parts: list[tuple[int, float, float]] = []
    for owner, index in zip(owners, aircraft, strict=True):
        if index not in answers:
            flown = trace.motion.tracks.aircraft[index] if trace.motion is not None and index >= 0 else None
            answers[index] = ask(said, flown)
        parts += [(owner, begin_s, end_s) for begin_s, end_s in answers[index]]
    table = np.array(parts, float).reshape(-1, 3).T
    domain = domain_of(fact, trace)
    told = joined(by_time(Spans(table[0].astype(np.int64), table[1], table[2])))
    if error is Error.POSSIBLY and len(said.t_s):
        told = union([told, *_beyond(domain, float(said.t_s[0]), float(said.t_s[-1]))])
    return intersection([told, domain])


def _sides(trace: Trace, fact: Fact, side: int) -> tuple[list[int], list[int]]:
    """Return owners with the aircraft that are asked about; -1 where the rule is about no aircraft."""
    if trace.motion is None:
        return list(range(trace.count)), [-1] * trace.count
    sides = (0, 1) if fact.subject == NO_ONE else (side,)
    pairs = {(int(o), int(a)) for s in sides for o, a in zip(trace.owner, trace.motion.aircraft(s), strict=True)}
    return [owner for owner, _ in sorted(pairs)], [index for _, index in sorted(pairs)]


def _beyond(domain: Spans, first_s: float, last_s: float) -> list[Spans]:
    """Return the time that lies before and after the log."""
    before = domain.begin_s < first_s
    after = domain.end_s > last_s
    return [
        Spans(domain.owner[before], domain.begin_s[before], np.minimum(domain.end_s[before], first_s)),
        Spans(domain.owner[after], np.maximum(domain.begin_s[after], last_s), domain.end_s[after]),
    ]
