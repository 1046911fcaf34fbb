"""Verdicts on pairs of which one was hidden: undetermined, provision by provision, where it may have come near enough.

What was seen of a pair before and after is judged for itself, and may well be compliant; what is said here is of the
time in which it was not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skyaccord.detect.doubt import describe_meetings
from skyaccord.detect.encounters import Found
from skyaccord.detect.intervals import BY_GAP, Intervals
from skyaccord.detect.meetings import Meetings, find_meetings
from skyaccord.detect.search import Search
from skyaccord.detect.volume import Volume
from skyaccord.memorandum.document import Memorandum, Provision, is_in_force
from skyaccord.memorandum.reach import reach_of
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.tracks import Tracks
from skyaccord.rules.assessable import evidence_of
from skyaccord.rules.exempt import exemptions
from skyaccord.rules.overlaps import overlap_any
from skyaccord.rules.scene import number_pairs, times_of
from skyaccord.rules.spans import Bools, Spans


def judge_hidden(
    memorandum: Memorandum,
    provisions: Sequence[Provision],
    searched: Search,
    found: Sequence[Found],
    verdicts: Sequence[Verdict],
) -> tuple[tuple[Encounter, ...], tuple[Verdict, ...]]:
    """Return the pairs about which a hidden time leaves something open, and these verdicts.

    Nothing is added where what was seen of the pair about that time is undetermined by the provision anyway, or a
    breach.
    """
    entries: dict[tuple[int, int, float], Encounter] = {}
    open_: list[tuple[Provision, tuple[int, int, float]]] = []
    for provision in provisions:
        reach = reach_of(provision)
        if reach is None:
            continue
        volume = Volume(reach.horizontal_m, reach.vertical_m)
        meetings = find_meetings(searched.seen, searched.hidden, searched.candidates, searched.slack, volume)
        said = _already_open(provision, found, verdicts)
        binds = _binds(memorandum, provision, searched.tracks, meetings)
        keep = np.flatnonzero(binds & ~overlap_any(_times(searched, meetings), said))
        meetings = meetings.take(keep)
        described = describe_meetings(searched.tracks, searched.hidden, meetings, searched.stretches, volume)
        for encounter in described:
            key = encounter.a, encounter.b, encounter.end_s
            entries.setdefault(key, encounter)
            open_.append((provision, key))
    order = sorted(entries, key=lambda key: (entries[key].start_s, key))
    named = {key: replace(entries[key], id=f"D{n:04d}") for n, key in enumerate(order, 1)}
    by_entry = sorted(open_, key=lambda each: named[each[1]].id)
    return tuple(named.values()), tuple(_undetermined(memorandum, p, named[key]) for p, key in by_entry)


def _binds(memorandum: Memorandum, provision: Provision, tracks: Tracks, meetings: Meetings) -> Bools:
    """Return which meetings a provision binds."""
    nothing = np.zeros(len(meetings), np.int64)
    edges = np.full(len(meetings), BY_GAP)
    times = Intervals(meetings.a, meetings.b, nothing, nothing, meetings.from_s, meetings.until_s, edges, edges)
    why = exemptions(memorandum, tracks, times)
    return np.array([not why(provision, n) for n in range(len(meetings))], bool)


def _times(searched: Search, meetings: Meetings) -> Spans:
    return Spans(number_pairs(searched.tracks, meetings.a, meetings.b), meetings.from_s, meetings.until_s)


def _already_open(provision: Provision, found: Sequence[Found], verdicts: Sequence[Verdict]) -> Spans:
    """Return the times of pairs that were seen and are undetermined by a provision, or a breach of it."""
    grave = {
        v.encounter
        for v in verdicts
        if v.provision == provision.id and v.outcome in (Outcome.UNDETERMINED, Outcome.BREACH)
    }
    pair, begin_s, end_s = [], [], []
    for each in found:
        times = times_of(each)
        is_grave = np.array([encounter.id in grave for encounter in each.encounters], bool)
        pair.append(times.owner[is_grave])
        begin_s.append(times.begin_s[is_grave])
        end_s.append(times.end_s[is_grave])
    owner, begin, end = (np.concatenate(x) for x in (pair, begin_s, end_s))
    order = np.lexsort((end, begin, owner))
    return Spans(owner[order], begin[order], end[order])


def _undetermined(memorandum: Memorandum, provision: Provision, encounter: Encounter) -> Verdict:
    return Verdict(
        encounter=encounter.id,
        provision=provision.id,
        outcome=Outcome.UNDETERMINED,
        margin=None,
        from_s=encounter.start_s,
        until_s=encounter.end_s,
        lost_s=None,
        is_as_if=not is_in_force(memorandum, encounter.start_s),
        reason=encounter.reasons[0],
        evidence=evidence_of(provision),
    )
