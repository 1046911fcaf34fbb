"""Quality of recorded tracks: which reports are left out, which are doubted, and why.

The order matters. Values first, then the ground, then ghosts; what is left moves, and is tested for stray positions,
frozen ones, impossible speed, two tracks under one id and interference, each without what was left out before.
Nothing is removed: rows carry marks (see `skyaccord.model.quality`), findings carry reasons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from skyaccord.model.quality import Mark, names
from skyaccord.model.tracks import Ints, Marks, Tracks
from skyaccord.tracks.quality.clock import find_gaps, mark_values
from skyaccord.tracks.quality.ghosts import GhostOf, find_ghosts
from skyaccord.tracks.quality.ground import find_ground
from skyaccord.tracks.quality.motion import aircraft_of_rows
from skyaccord.tracks.quality.second_tracks import part_seconds
from skyaccord.tracks.quality.stretches import Stretch, find_doubts

STALE_AFTER_S: Final = 30.0
"""A pause longer than this is a gap: two turns of an en-route radar (12 s) missed. Assumption."""

NOWHERE: Final = Mark.ZERO_POSITION | Mark.OUT_OF_RANGE | Mark.BROKEN_CLOCK
"""Rows that have no time and place to reason with."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """Tracks with their marks, and what was found."""

    tracks: Tracks
    counts: dict[str, int]  # rows with each mark, by its name; every mark is there
    aircraft: dict[str, tuple[str, ...]]  # names of the marks that an aircraft's rows carry; only where it has any
    ghosts: tuple[GhostOf, ...]
    suspected_ghosts: tuple[GhostOf, ...]  # too few reports to be left out, and to be believed beside their host
    doubtful_stretches: tuple[Stretch, ...]  # by aircraft, then time
    altitudes_withdrawn: int  # rows in flight whose altitude of 0 was a code; it is NaN now
    gaps: int  # pauses longer than the limit between first and last sight
    unobserved_s: float  # their total


def assess(tracks: Tracks, gap_s: float = STALE_AFTER_S) -> Assessment:
    """Return the tracks with quality marks filled in; marks already set are kept.

    Altitudes of exactly 0 that stand for "on ground" or "none" while the aircraft flies become NaN: vertical
    distance is then unknown instead of thousands of feet wrong. By how much reported
    velocities contradict positions is filled in. Two tracks under one id are two aircraft. All else is as it came.

    Args:
        tracks: states sorted by aircraft, then time; ``marks`` may hold ON_GROUND where the source says so.
        gap_s: pause after which a report is marked STALE_GAP, seconds.
    """
    aircraft = aircraft_of_rows(tracks)
    marks = tracks.marks | mark_values(tracks)
    placed = _rows_without(marks, NOWHERE)
    ground = find_ground(tracks, placed, aircraft)
    marks[ground.on_ground] |= np.uint32(Mark.ON_GROUND)
    altitude_m = np.where(ground.altitude_is_code, np.nan, tracks.altitude_m)
    marked = replace(tracks, altitude_m=altitude_m, marks=marks)
    shadows = find_ghosts(marked, placed, aircraft)
    for ghost in shadows.ghosts:
        marks[tracks.rows(ghost.ghost)] |= np.uint32(Mark.GHOST)
    doubts = find_doubts(marked, aircraft)
    marks |= doubts.marks
    marked = replace(marked, off_m=doubts.off_m)
    marked, stretches = part_seconds(marked, doubts.stretches, doubts.of_second, aircraft)
    marks, aircraft = marked.marks, aircraft_of_rows(marked)
    late, pauses = find_gaps(marked.t_s, _rows_without(marks, NOWHERE | Mark.OUTLIER), aircraft, gap_s)
    marks[late] |= np.uint32(Mark.STALE_GAP)
    return Assessment(
        tracks=marked,
        counts=_count(marks),
        aircraft=_name_by_aircraft(marked),
        ghosts=shadows.ghosts,
        suspected_ghosts=shadows.suspected,
        doubtful_stretches=tuple(stretches),
        altitudes_withdrawn=int(ground.altitude_is_code.sum()),
        gaps=len(late),
        unobserved_s=float(pauses.sum()),
    )


def _rows_without(marks: Marks, unwanted: Mark) -> Ints:
    return np.flatnonzero((marks & np.uint32(unwanted)) == 0)


def _count(marks: Marks) -> dict[str, int]:
    """Return how many rows carry each mark."""
    return {names(mark)[0]: int(np.count_nonzero(marks & np.uint32(mark))) for mark in Mark if mark}


def _name_by_aircraft(tracks: Tracks) -> dict[str, tuple[str, ...]]:
    """Return the names of the marks on each aircraft's rows, for aircraft that have any."""
    if not len(tracks):
        return {}
    filled = np.flatnonzero(np.diff(tracks.start))
    union = np.bitwise_or.reduceat(tracks.marks, tracks.start[filled])
    pairs = zip(filled.tolist(), union.tolist(), strict=True)
    return {tracks.aircraft[index].id: names(Mark(bits)) for index, bits in pairs if bits}
