"""The measuring step of the encounter search: when exactly each candidate pair is within the volume."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from skyaccord.detect.candidates import Candidates
from skyaccord.detect.line import T, X, advance, first_end
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import PIECE_COLUMNS, SS, SV, VV, W, Z, write_piece
from skyaccord.detect.volume import Volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import interval_within_height, interval_within_range
from skyaccord.geometry.vectors import Floats, Ints

BY_CROSSING: Final = 0
BY_GAP: Final = 1
BY_TRACK: Final = 2

TOGETHER_S: Final = 1e-6
"""Two intervals of a pair no further apart than this are one: the time resolution of the tables."""


AT_LIMIT_M: Final = 1e-6
"""A distance this near a limit is at the limit, and a pair at the limit is not within it.

Levels 1,000 ft apart are exactly so in feet; in metres rounding would put half of them inside."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Times within the volume, one a row, sorted by pair and time."""

    a: Ints  # aircraft, a < b
    b: Ints
    row_a: Ints  # row of Observation at or before the begin
    row_b: Ints
    begin_s: Floats
    end_s: Floats
    begins_by: Ints
    ends_by: Ints

    def __len__(self) -> int:
        return len(self.row_a)

    def take(self, index: Ints) -> Intervals:
        """Return some of them, in the order of ``index``."""
        return Intervals(*(getattr(self, field.name)[index] for field in fields(self)))


@kernel
def within(piece: Floats, range_m: float, height_m: float) -> tuple[float, float]:
    """Return when, counted from the piece's begin, a pair is within the volume; unknown height excludes nothing."""
    low, high = interval_within_range(piece[SS], piece[SV], piece[VV], range_m)
    if np.isfinite(piece[Z]):
        bottom, top = interval_within_height(piece[Z], piece[W], height_m)
        low, high = max(low, bottom), min(high, top)
    return low, high


@kernel
def nearest_at(line: Floats, first: Ints, i: int, j: int, t: float) -> tuple[int, int]:
    """Return the rows nearest each other of those in either run that carry one instant; i and j are the last ones."""
    best_i, best_j, least = i, j, np.inf
    k = i
    while k >= first[i] and line[k, T] == t:
        m = j
        while m >= first[j] and line[m, T] == t:
            square = 0.0
            for axis in range(3):
                square += (line[k, X + axis] - line[m, X + axis]) ** 2
            if square < least:
                best_i, best_j, least = k, m, square
            m -= 1
        k -= 1
    return best_i, best_j


@kernel
def run_edge(line: Floats, bound: Ints, more: Ints, i: int, j: int, t: float) -> int:
    """Return why a pair's common run begins or ends at t: a gap of either, or the recording's edge of either."""
    by = BY_TRACK
    if line[bound[i], T] == t and more[i]:
        by = BY_GAP
    if line[bound[j], T] == t and more[j]:
        by = BY_GAP
    return by


@kernel
def measure(
    line: Floats,
    slack: Floats,
    first: Ints,
    last: Ints,
    had_before: Ints,
    has_more: Ints,
    rows: Ints,
    window: Floats,
    range_m: float,
    height_m: float,
) -> tuple[Ints, Floats]:
    """Return ``(row a, row b, begins by, ends by)`` and ``(begin, end)`` of each interval within the volume."""
    where = np.empty((max(16, rows.shape[0]), 4), np.int64)
    when = np.empty((where.shape[0], 2))
    piece = np.empty(PIECE_COLUMNS)
    count = 0
    for n in range(rows.shape[0]):
        i, j = rows[n, 0], rows[n, 2]
        run_begin = max(line[first[i], T], line[first[j], T])
        run_end = min(line[last[i], T], line[last[j], T])
        t = max(run_begin, window[n, 0])
        end = min(run_end, window[n, 1])
        if t > end or (t == end and run_begin < run_end):
            continue
        if t == end:
            i, j = nearest_at(line, first, advance(line, last, i, t), advance(line, last, j, t), t)
        while True:
            if t < end:
                i = advance(line, last, i, t)
                j = advance(line, last, j, t)
            until = first_end(line, last, i, j, end)
            write_piece(line, i, j, t, until, piece)
            low, high = within(piece, range_m + slack[i, 0] + slack[j, 0], height_m + slack[i, 1] + slack[j, 1])
            begin_s, end_s = t + max(low, 0.0), min(t + high, until)
            if low <= high and high >= 0.0 and (begin_s < end_s or (begin_s == end_s and run_begin == run_end)):
                goes_on = (
                    count > 0
                    and first[where[count - 1, 0]] == first[i]
                    and first[where[count - 1, 1]] == first[j]
                    and begin_s <= when[count - 1, 1] + TOGETHER_S
                )
                if not goes_on:
                    if count == where.shape[0]:
                        where = np.concatenate((where, np.empty_like(where)))
                        when = np.concatenate((when, np.empty_like(when)))
                    where[count, 0] = i
                    where[count, 1] = j
                    where[count, 2] = BY_CROSSING
                    if begin_s == run_begin:
                        where[count, 2] = run_edge(line, first, had_before, i, j, run_begin)
                    when[count, 0] = begin_s
                    count += 1
                where[count - 1, 3] = BY_CROSSING
                if end_s == run_end:
                    where[count - 1, 3] = run_edge(line, last, has_more, i, j, run_end)
                when[count - 1, 1] = end_s
            if until >= end:
                break
            t = until
    return where[:count], when[:count]


def measure_intervals(
    seen: Observation, candidates: Candidates, volume: Volume, slack: Floats | None = None
) -> Intervals:
    """Return every interval in which a candidate pair is within the volume, exact on the straight lines of reports.

    Within means nearer than D and nearer than H; at either limit (`AT_LIMIT_M`) a pair is outside. ``slack`` as in
    `find_candidates` makes the volume larger for each line by what it may be off.
    """
    where, when = measure(
        seen.line,
        np.zeros((len(seen), 2)) if slack is None else slack,
        seen.first,
        seen.last,
        seen.had_before.astype(np.int64),
        seen.has_more.astype(np.int64),
        candidates.rows,
        candidates.window_s,
        volume.range_m - AT_LIMIT_M,
        volume.height_m - AT_LIMIT_M,
    )
    row_a, row_b = where[:, 0], where[:, 1]
    begin_s, end_s = when[:, 0], when[:, 1]
    return Intervals(seen.aircraft[row_a], seen.aircraft[row_b], row_a, row_b, begin_s, end_s, where[:, 2], where[:, 3])
