"""Passages: one aircraft over a time in which it matters to a rule about one aircraft, kept as a pair with itself.

A rule about one aircraft speaks of areas and lines; an aircraft passes while it may be inside the one or over the
other, granting the error. A rule that speaks of none is about the whole of each flight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import LineErrors, bound_pieces, line_slack
from skyaccord.detect.closest import find_closest
from skyaccord.detect.encounters import Found
from skyaccord.detect.intervals import BY_CROSSING, BY_GAP, BY_TRACK, Intervals
from skyaccord.detect.line import T
from skyaccord.detect.measured import NO_TWINS, Measured
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import cut_pieces
from skyaccord.detect.place_distance import Place, distance_over_time
from skyaccord.detect.places import boundary_of, path_of
from skyaccord.detect.volume import Volume
from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.document import Provision
from skyaccord.memorandum.formula import atoms
from skyaccord.memorandum.signals import SIGNALS, Takes
from skyaccord.model.tracks import Tracks
from skyaccord.rules.known import Known
from skyaccord.rules.padding import of_one
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.spans import Bools, Spans, by_time, joined, union
from skyaccord.units import NM

LETTER = "P"
"""First letter of the ids of passages."""

NEAR_M: Final = 1 * NM
"""How far outside a place a passage begins, or twice the error where that is more: who crosses a line must be seen
clearly on both sides of it."""

_ANY_VOLUME = Volume(1.0, 1.0)  # what is the distance of an aircraft from itself does not matter


def find_passages(
    tracks: Tracks, seen: Observation, errors: LineErrors, provisions: Sequence[Provision], known: Known
) -> Found:
    """Return the passages that provisions about one aircraft are applied to, in order of time.

    Args:
        tracks: the recording, with marks.
        seen: its usable reports.
        errors: of its lines.
        provisions: those about one aircraft.
        known: the areas and lines that they speak of.
    """
    margin_m = _margin_m(line_slack(errors, seen))
    spans = union([_near(seen, place, margin_m, is_line) for place, is_line in _places(provisions, known)] or [_none()])
    if any(not _names(provision) for provision in provisions):
        spans = _flights(seen)
    intervals = _intervals(seen, spans)
    pieces = cut_pieces(seen, intervals.row_a, intervals.row_b, intervals.begin_s, intervals.end_s)
    bounds = of_one(bound_pieces(errors, seen, pieces, np.zeros(len(pieces.row_a), bool)))
    closest = find_closest(pieces, _ANY_VOLUME)
    unknown = np.full(len(intervals), np.nan)
    closest = replace(closest, min_horizontal_m=unknown, horizontal_at_closest_m=unknown, min_normalised=unknown)
    measured = Measured(tracks, seen, errors, intervals, pieces, bounds, closest, NO_TWINS)
    return Found(measured, np.arange(len(intervals)), LETTER, len(intervals))


def _margin_m(slack: Floats) -> float:
    """Return how far outside a place passages begin: in doublings, so that parts of a recording give what it gives."""
    margin_m = NEAR_M
    while margin_m < 2.0 * slack[:, 0].max(initial=0.0):
        margin_m *= 2.0
    return margin_m


def _names(provision: Provision) -> set[tuple[Takes, str]]:
    """Return the areas and lines that a provision speaks of."""
    found = ((SIGNALS[atom.signal].takes, str(atom.argument)) for f in provision.readings for atom in atoms(f))
    return {(takes, name) for takes, name in found if takes in (Takes.AREA, Takes.LINE)}


def _places(provisions: Sequence[Provision], known: Known) -> Iterator[tuple[Place, bool]]:
    """Yield each area and line once, and whether it is a line."""
    for takes, name in sorted(set().union(*(_names(provision) for provision in provisions))):
        if takes is Takes.LINE:
            yield path_of(known.lines[name]), True
        else:
            yield boundary_of(known.areas[name]), False


def _near(seen: Observation, place: Place, margin_m: float, is_line: bool) -> Spans:
    """Return when an aircraft is inside a place or nearer to it than a margin, by the first row of each run."""
    samples = distance_over_time(seen, place, (-margin_m, margin_m) if is_line else (margin_m,))
    distance_m = np.abs(samples.distance_m) if is_line else samples.distance_m
    run = seen.first[samples.row]
    k = np.flatnonzero(run[1:] == run[:-1])
    curve = Curve(run[k], samples.t_s[k], samples.t_s[k + 1], distance_m[k], distance_m[k + 1], np.zeros(len(k)))
    return curve.below(np.full(len(k), margin_m), or_at=True)


def _flights(seen: Observation) -> Spans:
    run = np.unique(seen.first)
    return joined(by_time(Spans(run, seen.line[run, T], seen.line[seen.last[run], T])))


def _none() -> Spans:
    return Spans(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


def _intervals(seen: Observation, spans: Spans) -> Intervals:
    """Return times of runs as intervals of an aircraft with itself, in order of time."""
    order = np.lexsort((spans.owner, spans.end_s, spans.begin_s))
    run, begin_s, end_s = spans.owner[order], spans.begin_s[order], spans.end_s[order]
    row = np.maximum(search_grouped(seen.first, seen.line[:, T], run, begin_s, "right") - 1, run)
    aircraft = seen.aircraft[run]
    return Intervals(
        a=aircraft,
        b=aircraft,
        row_a=row,
        row_b=row,
        begin_s=begin_s,
        end_s=end_s,
        begins_by=_edge(begin_s <= seen.line[run, T], seen.had_before[run]),
        ends_by=_edge(end_s >= seen.line[seen.last[run], T], seen.has_more[run]),
    )


def _edge(is_at_end: Bools, is_gap: Bools) -> Ints:
    return np.where(is_at_end, np.where(is_gap, BY_GAP, BY_TRACK), BY_CROSSING)
