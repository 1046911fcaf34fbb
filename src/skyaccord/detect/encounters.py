"""Encounter search: every interval in which two recorded aircraft were within a volume of each other.

Exact on the tracks as `observation` joins them: between samples too, with the closest instant judged on both axes
together. Cost follows the number of reports, not of pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from skyaccord.detect.accuracy import Bounds, bound_pieces
from skyaccord.detect.belief import ABOUT_CLOSEST_S, Ground, grade
from skyaccord.detect.candidates import find_candidates
from skyaccord.detect.closest import Closest, find_closest
from skyaccord.detect.intervals import BY_CROSSING, BY_GAP, BY_TRACK, Intervals, measure_intervals
from skyaccord.detect.line import T
from skyaccord.detect.observation import GAP_S, Observation, observe
from skyaccord.detect.pieces import ELLIPSOID, NO_DATUM, PRESSURE, Pieces, cut_pieces
from skyaccord.detect.volume import Volume
from skyaccord.geometry.vectors import Ints
from skyaccord.model.encounter import Datum, Edge, Encounter
from skyaccord.model.quality import DOUBTFUL, Mark, names
from skyaccord.model.tracks import Tracks

EDGES = {BY_CROSSING: Edge.CROSSING, BY_GAP: Edge.GAP, BY_TRACK: Edge.TRACK}
DATUMS = {
    NO_DATUM: Datum.NONE,
    PRESSURE: Datum.PRESSURE,
    ELLIPSOID: Datum.ELLIPSOID,
    PRESSURE | ELLIPSOID: Datum.MIXED,
}


@dataclass(frozen=True, slots=True)
class Found:
    """Encounters in order of time, and the pieces they were measured from, in the same order."""

    encounters: tuple[Encounter, ...]
    pieces: Pieces
    bounds: Bounds
    seen: Observation
    candidates: int  # pairs of stretches that had to be measured

    def select(self, keep: Sequence[int], prefix: str) -> Found:
        """Return some of the encounters, numbered anew ``E0001`` and so on in their order."""
        index = np.array(keep, np.int64)
        start = self.pieces.start
        length = np.diff(start)[index]
        piece = np.repeat(start[index] - np.concatenate(([0], np.cumsum(length)[:-1])), length) + np.arange(
            length.sum()
        )
        return Found(
            tuple(replace(self.encounters[n], id=f"{prefix}{k + 1:04d}") for k, n in enumerate(keep)),
            Pieces(
                np.concatenate(([0], np.cumsum(length))),
                self.pieces.value[piece],
                self.pieces.row_a[piece],
                self.pieces.row_b[piece],
            ),
            Bounds(self.bounds.horizontal_m[piece], self.bounds.vertical_m[piece], self.bounds.is_doubtful[piece]),
            self.seen,
            self.candidates,
        )


def find_encounters(tracks: Tracks, volume: Volume, gap_s: float = GAP_S, seen: Observation | None = None) -> Found:
    """Return every encounter of a recording.

    Args:
        tracks: the recording, with marks (`tracks.quality`).
        volume: D and H; a pair exactly at a limit is outside.
        gap_s: longest silence bridged by a straight line.
        seen: `observe(tracks, gap_s)` where it is at hand already.
    """
    seen = observe(tracks, gap_s) if seen is None else seen
    candidates = find_candidates(seen, volume)
    intervals = _by_time(measure_intervals(seen, candidates, volume))
    pieces = cut_pieces(seen, intervals.row_a, intervals.row_b, intervals.begin_s, intervals.end_s)
    bounds = bound_pieces(tracks, seen, pieces)
    closest = find_closest(pieces, volume)
    built = tuple(
        _encounter(f"E{n + 1:04d}", n, tracks, seen, intervals, pieces, bounds, closest) for n in range(len(intervals))
    )
    return Found(built, pieces, bounds, seen, len(candidates))


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


def _encounter(
    name: str,
    n: int,
    tracks: Tracks,
    seen: Observation,
    intervals: Intervals,
    pieces: Pieces,
    bounds: Bounds,
    closest: Closest,
) -> Encounter:
    at = int(closest.piece_at_closest[n])
    a, b = int(seen.aircraft[intervals.row_a[n]]), int(seen.aircraft[intervals.row_b[n]])
    begin_s, end_s = float(intervals.begin_s[n]), float(intervals.end_s[n])
    starts_by, ends_by = EDGES[int(intervals.begins_by[n])], EDGES[int(intervals.ends_by[n])]
    datum = DATUMS[int(closest.datum[n])]
    t_closest_s = float(closest.t_closest_s[n])
    horizontal_error_m = float(bounds.horizontal_m[at])
    min_horizontal_m = float(closest.min_horizontal_m[n])
    rows = [row[pieces.start[n] : pieces.start[n + 1]] for row in (pieces.row_a, pieces.row_b)]
    grade_, reasons = grade(
        Ground(
            names=(tracks.aircraft[a].id, tracks.aircraft[b].id),
            reports=(_reports(seen, rows[0], begin_s, end_s), _reports(seen, rows[1], begin_s, end_s)),
            nearest_report_s=(
                _nearest_report(seen, int(pieces.row_a[at]), t_closest_s),
                _nearest_report(seen, int(pieces.row_b[at]), t_closest_s),
            ),
            doubts=(_doubts(tracks, seen, rows[0], t_closest_s), _doubts(tracks, seen, rows[1], t_closest_s)),
            doubts_elsewhere=(_doubts(tracks, seen, rows[0]), _doubts(tracks, seen, rows[1])),
            starts_by=starts_by,
            ends_by=ends_by,
            duration_s=end_s - begin_s,
            datum=datum,
            min_horizontal_m=min_horizontal_m,
            horizontal_error_m=horizontal_error_m,
        )
    )
    return Encounter(
        id=name,
        a=a,
        b=b,
        start_s=begin_s,
        end_s=end_s,
        starts_by=starts_by,
        ends_by=ends_by,
        t_cpa_s=float(closest.t_cpa_s[n]),
        min_horizontal_m=min_horizontal_m,
        vertical_at_cpa_m=float(closest.vertical_at_cpa_m[n]),
        min_vertical_m=float(closest.min_vertical_m[n]),
        min_slant_m=float(closest.min_slant_m[n]),
        t_closest_s=t_closest_s,
        horizontal_at_closest_m=float(closest.horizontal_at_closest_m[n]),
        vertical_at_closest_m=float(closest.vertical_at_closest_m[n]),
        min_normalised=float(closest.min_normalised[n]),
        datum=datum,
        horizontal_error_m=horizontal_error_m,
        vertical_error_m=float(bounds.vertical_m[at]),
        grade=grade_,
        reasons=reasons,
    )


def _reports(seen: Observation, rows: Ints, begin_s: float, end_s: float) -> int:
    """Return how many reports lie in [begin_s, end_s], from the rows of the lines that cover it."""
    first, last = int(rows[0]), int(rows[-1])
    count = last - first + 1
    if seen.line[first, T] < begin_s:
        count -= 1
    if last < seen.last[last] and seen.line[last + 1, T] <= end_s:
        count += 1
    return count


def _nearest_report(seen: Observation, row: int, t_s: float) -> float:
    until = min(row + 1, int(seen.last[row]))
    return float(min(abs(t_s - seen.line[row, T]), abs(t_s - seen.line[until, T])))


def _doubts(tracks: Tracks, seen: Observation, rows: Ints, about_s: float | None = None) -> tuple[str, ...]:
    """Return the names of the doubtful marks on the reports at either end of these rows' lines, or on those near a time."""
    ends = np.append(rows, np.minimum(rows + 1, seen.last[rows]))
    if about_s is not None:
        ends = ends[np.abs(seen.line[ends, T] - about_s) <= ABOUT_CLOSEST_S]
    marks = np.bitwise_or.reduce(tracks.marks[seen.row[ends]])
    return names(Mark(int(marks) & int(DOUBTFUL)))
