"""From measured intervals to encounters: each with its closest instants, its error and its grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.accuracy import Bounds
from skyaccord.detect.belief import ABOUT_CLOSEST_S, Ground, grade
from skyaccord.detect.closest import Closest
from skyaccord.detect.intervals import BY_CROSSING, BY_GAP, BY_TRACK, Intervals
from skyaccord.detect.line import T
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import ELLIPSOID, NO_DATUM, PRESSURE, Pieces
from skyaccord.geometry.vectors import Ints
from skyaccord.model.encounter import Datum, Edge, Encounter, Grade
from skyaccord.model.quality import DOUBTFUL, Mark, names
from skyaccord.model.tracks import Tracks

Twins: TypeAlias = Mapping[tuple[int, int], str]
"""Pairs of aircraft (indices, the smaller first) that may be one reported twice, with the ground for it."""

NO_TWINS: Final[Twins] = MappingProxyType({})

EDGES: Final = {BY_CROSSING: Edge.CROSSING, BY_GAP: Edge.GAP, BY_TRACK: Edge.TRACK}
DATUMS: Final = {
    NO_DATUM: Datum.NONE,
    PRESSURE: Datum.PRESSURE,
    ELLIPSOID: Datum.ELLIPSOID,
    PRESSURE | ELLIPSOID: Datum.MIXED,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Intervals within a volume with all that was measured of them, in the same order."""

    tracks: Tracks
    seen: Observation
    intervals: Intervals
    pieces: Pieces
    bounds: Bounds
    closest: Closest
    twins: Twins

    def encounter(self, n: int) -> Encounter:
        """Return interval n as an encounter named by its place in the order, ``E0001``."""
        found = self.outline(n)
        grade_, reasons = grade(self._ground(n, found))
        return replace(found, grade=grade_, reasons=reasons)

    def outline(self, n: int) -> Encounter:
        """Return interval n as an encounter without its grade: who, when, how near."""
        intervals, closest = self.intervals, self.closest
        at = int(closest.piece_at_closest[n])
        return Encounter(
            id=f"E{n + 1:04d}",
            a=int(self.seen.aircraft[intervals.row_a[n]]),
            b=int(self.seen.aircraft[intervals.row_b[n]]),
            start_s=float(intervals.begin_s[n]),
            end_s=float(intervals.end_s[n]),
            starts_by=EDGES[int(intervals.begins_by[n])],
            ends_by=EDGES[int(intervals.ends_by[n])],
            t_cpa_s=float(closest.t_cpa_s[n]),
            min_horizontal_m=float(closest.min_horizontal_m[n]),
            vertical_at_cpa_m=float(closest.vertical_at_cpa_m[n]),
            min_vertical_m=float(closest.min_vertical_m[n]),
            min_slant_m=float(closest.min_slant_m[n]),
            t_closest_s=float(closest.t_closest_s[n]),
            horizontal_at_closest_m=float(closest.horizontal_at_closest_m[n]),
            vertical_at_closest_m=float(closest.vertical_at_closest_m[n]),
            min_normalised=float(closest.min_normalised[n]),
            datum=DATUMS[int(closest.datum[n])],
            horizontal_error_m=float(self.bounds.horizontal_m[at]),
            vertical_error_m=float(self.bounds.vertical_m[at]),
            grade=Grade.GOOD,
            reasons=(),
        )

    def _ground(self, n: int, found: Encounter) -> Ground:
        pieces = self.pieces
        part = slice(int(pieces.start[n]), int(pieces.start[n + 1]))
        rows_a, rows_b = pieces.row_a[part], pieces.row_b[part]
        at = int(self.closest.piece_at_closest[n])
        doubts: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        elsewhere = doubts
        if self.bounds.is_doubtful[part].any():
            doubts = (self._doubts(rows_a, found.t_closest_s), self._doubts(rows_b, found.t_closest_s))
            elsewhere = (self._doubts(rows_a), self._doubts(rows_b))
        return Ground(
            names=(self.tracks.aircraft[found.a].id, self.tracks.aircraft[found.b].id),
            reports=(
                self._reports(rows_a, found.start_s, found.end_s),
                self._reports(rows_b, found.start_s, found.end_s),
            ),
            nearest_report_s=(
                self._nearest_report(int(pieces.row_a[at]), found.t_closest_s),
                self._nearest_report(int(pieces.row_b[at]), found.t_closest_s),
            ),
            doubts=doubts,
            doubts_elsewhere=elsewhere,
            twin=self.twins.get((found.a, found.b), ""),
            starts_by=found.starts_by,
            ends_by=found.ends_by,
            duration_s=found.end_s - found.start_s,
            datum=found.datum,
            min_horizontal_m=found.min_horizontal_m,
            horizontal_error_m=found.horizontal_error_m,
        )

    def _reports(self, rows: Ints, begin_s: float, end_s: float) -> int:
        """Return how many reports lie in [begin_s, end_s], from the rows of the lines that cover it."""
        first, last = int(rows[0]), int(rows[-1])
        count = last - first + 1
        if self.seen.line[first, T] < begin_s:
            count -= 1
        if last < self.seen.last[last] and self.seen.line[last + 1, T] <= end_s:
            count += 1
        return count

    def _nearest_report(self, row: int, t_s: float) -> float:
        until = min(row + 1, int(self.seen.last[row]))
        return float(min(abs(t_s - self.seen.line[row, T]), abs(t_s - self.seen.line[until, T])))

    def _doubts(self, rows: Ints, about_s: float | None = None) -> tuple[str, ...]:
        """Return the names of the marks of doubt on the reports at either end of rows' lines, all or near a time."""
        ends = np.append(rows, np.minimum(rows + 1, self.seen.last[rows]))
        if about_s is not None:
            ends = ends[np.abs(self.seen.line[ends, T] - about_s) <= ABOUT_CLOSEST_S]
        marks = np.bitwise_or.reduce(self.tracks.marks[self.seen.row[ends]])
        return names(Mark(int(marks) & int(DOUBTFUL)))
