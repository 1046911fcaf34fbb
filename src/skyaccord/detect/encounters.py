"""Encounter search: every interval in which two recorded aircraft were within a volume of each other.

Exact on the tracks as `observation` joins them: between samples too, with the closest instant judged on both axes
together. Cost follows the number of reports, not of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from skyaccord.detect.accuracy import Bounds, bound_pieces
from skyaccord.detect.candidates import find_candidates
from skyaccord.detect.closest import find_closest
from skyaccord.detect.describe import NO_TWINS, Measured, Twins
from skyaccord.detect.intervals import Intervals, measure_intervals
from skyaccord.detect.observation import GAP_S, Bools, Observation, observe
from skyaccord.detect.pieces import Pieces, cut_pieces
from skyaccord.detect.volume import Volume
from skyaccord.model.encounter import Encounter
from skyaccord.model.tracks import Tracks


@dataclass(frozen=True, slots=True)
class Found:
    """Encounters in order of time, and the pieces they were measured from, in the same order."""

    encounters: tuple[Encounter, ...]
    pieces: Pieces
    bounds: Bounds
    seen: Observation
    candidates: int  # pairs of stretches that had to be measured
    measured: Measured
    interval: tuple[int, ...]  # of ``measured``, of each encounter

    def select(self, keep: Sequence[int], prefix: str) -> Found:
        """Return some of the encounters, graded, and numbered anew ``E0001`` and so on in their order."""
        index = np.array(keep, np.int64)
        start = self.pieces.start
        length = np.diff(start)[index]
        piece = np.repeat(start[index] - np.concatenate(([0], np.cumsum(length)[:-1])), length) + np.arange(
            length.sum()
        )
        interval = tuple(self.interval[n] for n in keep)
        return Found(
            tuple(replace(self.measured.encounter(m), id=f"{prefix}{k + 1:04d}") for k, m in enumerate(interval)),
            Pieces(
                np.concatenate(([0], np.cumsum(length))),
                self.pieces.value[piece],
                self.pieces.row_a[piece],
                self.pieces.row_b[piece],
            ),
            Bounds(self.bounds.horizontal_m[piece], self.bounds.vertical_m[piece], self.bounds.is_doubtful[piece]),
            self.seen,
            self.candidates,
            self.measured,
            interval,
        )


def find_encounters(
    tracks: Tracks,
    volume: Volume,
    gap_s: float = GAP_S,
    seen: Observation | None = None,
    twins: Twins = NO_TWINS,
    graded: bool = True,
) -> Found:
    """Return every encounter of a recording.

    Args:
        tracks: the recording, with marks (`tracks.quality`).
        volume: D and H; a pair exactly at a limit is outside.
        gap_s: longest silence bridged by a straight line.
        seen: `observe(tracks, gap_s)` where it is at hand already.
        twins: pairs that may be one aircraft reported twice; what they seem to do together is doubtful.
        graded: whether each is graded; `Found.select` grades what it selects.
    """
    seen = observe(tracks, gap_s) if seen is None else seen
    candidates = find_candidates(seen, volume)
    intervals = _by_time(measure_intervals(seen, candidates, volume))
    pieces = cut_pieces(seen, intervals.row_a, intervals.row_b, intervals.begin_s, intervals.end_s)
    bounds = bound_pieces(tracks, seen, pieces, _are_twins(seen, pieces, twins))
    measured = Measured(tracks, seen, intervals, pieces, bounds, find_closest(pieces, volume), twins)
    describe = measured.encounter if graded else measured.outline
    everything = range(len(intervals))
    encounters = tuple(describe(n) for n in everything)
    return Found(encounters, pieces, bounds, seen, len(candidates), measured, tuple(everything))


def _are_twins(seen: Observation, pieces: Pieces, twins: Twins) -> Bools:
    a, b = seen.aircraft[pieces.row_a], seen.aircraft[pieces.row_b]
    found = np.zeros(len(a), bool)
    for one, other in twins:
        found |= (a == one) & (b == other)
    return found


def _by_time(found: Intervals) -> Intervals:
    order = np.lexsort((found.row_b, found.row_a, found.end_s, found.begin_s))
    return Intervals(
        found.row_a[order],
        found.row_b[order],
        found.begin_s[order],
        found.end_s[order],
        found.begins_by[order],
        found.ends_by[order],
    )
