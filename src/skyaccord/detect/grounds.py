"""What the grades of many encounters rest on: reports within each and about its closest instant, and doubts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.belief import ABOUT_CLOSEST_S, Ground
from skyaccord.detect.line import T
from skyaccord.detect.measured import DATUMS, EDGES, Measured
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Ints
from skyaccord.model.quality import DOUBTFUL, Mark, names

Doubts: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

NO_DOUBTS: Final[Doubts] = ((), ())


def grounds(measured: Measured, index: Ints) -> Iterator[Ground]:
    """Yield what the grade of each of some intervals rests on."""
    intervals, closest = measured.intervals, measured.closest
    at = closest.piece_at_closest[index]
    pairs = zip(intervals.a[index].tolist(), intervals.b[index].tolist(), strict=True)
    columns = (
        pairs,
        _reports(measured, index),
        _nearest_reports(measured, index),
        intervals.begins_by[index].tolist(),
        intervals.ends_by[index].tolist(),
        (intervals.end_s[index] - intervals.begin_s[index]).tolist(),
        closest.datum[index].tolist(),
        closest.min_horizontal_m[index].tolist(),
        measured.bounds.horizontal_m[at].tolist(),
    )
    doubts = {n: _doubts(measured, n) for n in index[_is_doubtful(measured)[index]].tolist()}
    aircraft = measured.tracks.aircraft
    for n, (pair, reports, nearest_s, begins_by, ends_by, duration_s, datum, horizontal_m, error_m) in zip(
        index.tolist(), zip(*columns, strict=True), strict=True
    ):
        near, elsewhere = doubts.get(n, (NO_DOUBTS, NO_DOUBTS))
        yield Ground(
            names=(aircraft[pair[0]].id, aircraft[pair[1]].id),
            reports=reports,
            nearest_report_s=nearest_s,
            doubts=near,
            doubts_elsewhere=elsewhere,
            twin=measured.twins.get(pair, ""),
            starts_by=EDGES[begins_by],
            ends_by=EDGES[ends_by],
            duration_s=duration_s,
            datum=DATUMS[datum],
            min_horizontal_m=horizontal_m,
            horizontal_error_m=error_m,
        )


def _reports(measured: Measured, index: Ints) -> Iterator[tuple[int, int]]:
    """Return how many reports of either aircraft lie within each interval."""
    pieces, intervals, seen = measured.pieces, measured.intervals, measured.seen
    counts = []
    for rows in (pieces.row_a, pieces.row_b):
        first, last = rows[pieces.start[index]], rows[pieces.start[index + 1] - 1]
        after = np.minimum(last + 1, seen.last[last])
        is_before = seen.line[first, T] < intervals.begin_s[index]
        is_after = (last < seen.last[last]) & (seen.line[after, T] <= intervals.end_s[index])
        counts.append((last - first + 1 - is_before + is_after).tolist())
    return zip(*counts, strict=True)


def _nearest_reports(measured: Measured, index: Ints) -> Iterator[tuple[float, float]]:
    """Return how far in time the nearest report of either aircraft is from each closest instant."""
    pieces, seen, t_s = measured.pieces, measured.seen, measured.closest.t_closest_s[index]
    at = measured.closest.piece_at_closest[index]
    seconds = []
    for row in (pieces.row_a[at], pieces.row_b[at]):
        until = np.minimum(row + 1, seen.last[row])
        seconds.append(np.minimum(np.abs(t_s - seen.line[row, T]), np.abs(t_s - seen.line[until, T])).tolist())
    return zip(*seconds, strict=True)


def _is_doubtful(measured: Measured) -> Bools:
    """Return which intervals have a doubtful piece."""
    found = np.zeros(len(measured.intervals), bool)
    if len(found):
        found = np.logical_or.reduceat(measured.bounds.is_doubtful, measured.pieces.start[:-1])
    return found


def _doubts(measured: Measured, n: int) -> tuple[Doubts, Doubts]:
    """Return the names of the marks of doubt on either aircraft's reports: about the closest instant, and on any."""
    pieces = measured.pieces
    part = slice(int(pieces.start[n]), int(pieces.start[n + 1]))
    closest_s = float(measured.closest.t_closest_s[n])
    rows = pieces.row_a[part], pieces.row_b[part]
    return (
        (_marks(measured, rows[0], closest_s), _marks(measured, rows[1], closest_s)),
        (_marks(measured, rows[0]), _marks(measured, rows[1])),
    )


def _marks(measured: Measured, rows: Ints, about_s: float | None = None) -> tuple[str, ...]:
    """Return the names of the marks of doubt on the reports at either end of rows' lines, all or near a time."""
    seen = measured.seen
    ends = np.append(rows, np.minimum(rows + 1, seen.last[rows]))
    if about_s is not None:
        ends = ends[np.abs(seen.line[ends, T] - about_s) <= ABOUT_CLOSEST_S]
    marks = np.bitwise_or.reduce(measured.tracks.marks[seen.row[ends]])
    return names(Mark(int(marks) & int(DOUBTFUL)))
