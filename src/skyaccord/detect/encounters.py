"""Encounter search: every interval in which two recorded aircraft were within a volume of each other.

Exact on the tracks as `observation` joins them: between samples too, with the closest instant judged on both axes
together. Cost follows the number of reports, not of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from skyaccord.detect.accuracy import Bounds, LineErrors, bound_pieces, line_errors
from skyaccord.detect.candidates import Candidates, find_candidates
from skyaccord.detect.closest import find_closest
from skyaccord.detect.describe import describe
from skyaccord.detect.intervals import Intervals, measure_intervals
from skyaccord.detect.measured import NO_TWINS, Measured, Twins
from skyaccord.detect.observation import GAP_S, Bools, Observation, observe
from skyaccord.detect.pieces import Pieces, cut_pieces
from skyaccord.detect.volume import Volume
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.encounter import Encounter
from skyaccord.model.tracks import Tracks


@dataclass(frozen=True)
class Found:
    """Intervals within a volume, in arrays; ``encounters`` makes objects of them when first asked for."""

    measured: Measured
    index: Ints  # which intervals of ``measured``, in their order here
    letter: str  # first letter of the encounters' names
    candidates: int  # pairs of stretches that had to be measured

    def __len__(self) -> int:
        return len(self.index)

    @property
    def seen(self) -> Observation:
        """Return the usable reports."""
        return self.measured.seen

    @cached_property
    def intervals(self) -> Intervals:
        """Return who, from when, until when."""
        return self.measured.intervals.take(self.index)

    @cached_property
    def encounters(self) -> tuple[Encounter, ...]:
        """Return the encounters with their grades, named ``E0001`` and so on in their order."""
        return describe(self.measured, self.index, self.letter)

    def select(self, keep: Ints | Bools, letter: str = "") -> Found:
        """Return some of them, by place or by mask."""
        return Found(self.measured, self.index[keep], letter or self.letter, self.candidates)

    def pieces(self) -> tuple[Pieces, Bounds]:
        """Return the pieces they were measured from, with the error of each, in the same order."""
        pieces, bounds = self.measured.pieces, self.measured.bounds
        length = np.diff(pieces.start)[self.index]
        start = np.concatenate(([0], np.cumsum(length)))
        k = np.repeat(pieces.start[self.index] - start[:-1], length) + np.arange(start[-1])
        return (
            Pieces(start, pieces.value[k], pieces.row_a[k], pieces.row_b[k]),
            Bounds(bounds.horizontal_m[k], bounds.vertical_m[k], bounds.is_doubtful[k]),
        )


def find_encounters(
    tracks: Tracks,
    volume: Volume,
    gap_s: float = GAP_S,
    seen: Observation | None = None,
    twins: Twins = NO_TWINS,
    candidates: Candidates | None = None,
    slack: Floats | None = None,
    errors: LineErrors | None = None,
) -> Found:
    """Return every encounter of a recording, in order of time.

    Args:
        tracks: the recording, with marks (`tracks.quality`).
        volume: D and H; a pair exactly at a limit is outside.
        gap_s: longest silence bridged by a straight line.
        seen: `observe(tracks, gap_s)` where it is at hand already.
        twins: pairs that may be one aircraft reported twice; what they seem to do together is doubtful.
        candidates: `find_candidates` of this volume or of a larger one, where they are at hand already.
        slack: what each line may be off by (`accuracy.line_slack`): the volume is made larger by it.
        errors: `line_errors(tracks, seen)` where they are at hand already.
    """
    seen = observe(tracks, gap_s) if seen is None else seen
    errors = line_errors(tracks, seen) if errors is None else errors
    candidates = find_candidates(seen, volume, slack) if candidates is None else candidates
    intervals = _by_time(measure_intervals(seen, candidates, volume, slack))
    pieces = cut_pieces(seen, intervals.row_a, intervals.row_b, intervals.begin_s, intervals.end_s)
    bounds = bound_pieces(errors, seen, pieces, are_twins(seen, pieces, twins))
    measured = Measured(tracks, seen, errors, intervals, pieces, bounds, find_closest(pieces, volume), twins)
    return Found(measured, np.arange(len(intervals)), "E", len(candidates))


def are_twins(seen: Observation, pieces: Pieces, twins: Twins) -> Bools:
    """Return which pieces are of two aircraft that may be one."""
    a, b = seen.aircraft[pieces.row_a], seen.aircraft[pieces.row_b]
    found = np.zeros(len(a), bool)
    for one, other in twins:
        found |= (a == one) & (b == other)
    return found


def _by_time(found: Intervals) -> Intervals:
    return found.take(np.lexsort((found.row_b, found.row_a, found.end_s, found.begin_s)))
