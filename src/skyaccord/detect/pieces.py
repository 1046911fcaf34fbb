"""A pair's relative motion, piece by piece: the one form in which recorded pairs are measured and judged.

A piece is the time between two reports of either aircraft, over which both fly straight: relative position
``s + v (t - t0)`` in the frame of `geometry.earth`, relative altitude ``z + w (t - t0)``, intruder minus ownship.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, GEO, VX, T, X, advance, first_end
from skyaccord.detect.observation import Observation
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

NO_DATUM: Final = 0
PRESSURE: Final = 1
ELLIPSOID: Final = 2

# Columns of a piece: begin and end, dot products s·s, s·v, v·v at the begin, altitude and rate, the altitude's datum.
T0, T1, SS, SV, VV, Z, W, DATUM = range(8)
PIECE_COLUMNS: Final = 8


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of many pairs' intervals. Those of interval ``n`` are ``start[n] <= k < start[n + 1]``, in order."""

    start: Ints  # (intervals + 1,)
    value: Floats  # (pieces, PIECE_COLUMNS)
    row_a: Ints  # row of Observation whose line the ownship is on
    row_b: Ints


@kernel
def write_piece(line: Floats, i: int, j: int, t0: float, t1: float, out: Floats) -> None:
    """Write the piece of the lines of rows i (ownship) and j (intruder) over [t0, t1] to ``out``.

    Vertical distance is of pressure altitudes where both have them, else of ellipsoidal altitudes where both have
    them; the two are never subtracted from one another. Without a common datum it is NaN.
    """
    after_i, after_j = t0 - line[i, T], t0 - line[j, T]
    ss, sv, vv = 0.0, 0.0, 0.0
    for axis in range(3):
        v = line[j, VX + axis] - line[i, VX + axis]
        s = line[j, X + axis] + line[j, VX + axis] * after_j - line[i, X + axis] - line[i, VX + axis] * after_i
        ss += s * s
        sv += s * v
        vv += v * v
    datum = NO_DATUM
    z, w = np.nan, np.nan
    for column in (ALT, GEO):
        if datum == NO_DATUM:
            w = line[j, column + 1] - line[i, column + 1]
            z = line[j, column] + line[j, column + 1] * after_j - line[i, column] - line[i, column + 1] * after_i
            if np.isfinite(z) and np.isfinite(w):
                datum = PRESSURE if column == ALT else ELLIPSOID
    out[T0] = t0
    out[T1] = t1
    out[SS] = ss
    out[SV] = sv
    out[VV] = vv
    out[Z] = z if datum != NO_DATUM else np.nan
    out[W] = w if datum != NO_DATUM else np.nan
    out[DATUM] = datum


@kernel
def cut(line: Floats, last: Ints, row_a: Ints, row_b: Ints, begin: Floats, end: Floats) -> tuple[Ints, Floats, Ints]:
    """Cut intervals of pairs into pieces. ``row_a`` and ``row_b`` are rows at or before each interval's begin."""
    start = np.zeros(begin.size + 1, np.int64)
    value = np.empty((max(16, 4 * begin.size), PIECE_COLUMNS))
    rows = np.empty((value.shape[0], 2), np.int64)
    count = 0
    for n in range(begin.size):
        i, j, t = row_a[n], row_b[n], begin[n]
        while True:
            if t < end[n]:  # an instant stays with the reports it was found at
                i = advance(line, last, i, t)
                j = advance(line, last, j, t)
            until = first_end(line, last, i, j, end[n])
            if count == value.shape[0]:
                value = np.concatenate((value, np.empty_like(value)))
                rows = np.concatenate((rows, np.empty_like(rows)))
            write_piece(line, i, j, t, until, value[count])
            rows[count, 0] = i
            rows[count, 1] = j
            count += 1
            if until >= end[n]:
                break
            t = until
        start[n + 1] = count
    return start, value[:count], rows[:count]


def cut_pieces(seen: Observation, row_a: Ints, row_b: Ints, begin_s: Floats, end_s: Floats) -> Pieces:
    """Return the pieces of intervals of pairs; each interval must lie within one run of either aircraft."""
    start, value, rows = cut(seen.line, seen.last, row_a, row_b, begin_s, end_s)
    return Pieces(start, value, rows[:, 0], rows[:, 1])
