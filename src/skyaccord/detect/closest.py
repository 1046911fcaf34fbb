"""The closest instants of an interval: least distance on each axis, and least on both axes together."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np

from skyaccord.detect.pieces import DATUM, ELLIPSOID, NO_DATUM, PRESSURE, SS, SV, T0, T1, VV, Pieces, W, Z
from skyaccord.detect.volume import Volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import is_nearer, least_normalised, time_of_least_range
from skyaccord.geometry.vectors import Floats, Ints

MIXED_DATUM: Final = PRESSURE | ELLIPSOID


@dataclass(frozen=True, slots=True)
class Closest:
    """One row an interval. Values in metres and seconds; vertical values NaN where no datum is common."""

    t_cpa_s: Floats
    min_horizontal_m: Floats
    vertical_at_cpa_m: Floats
    min_vertical_m: Floats
    min_slant_m: Floats
    t_closest_s: Floats
    horizontal_at_closest_m: Floats
    vertical_at_closest_m: Floats
    min_normalised: Floats
    piece_at_closest: Ints
    datum: Ints  # bits of pieces.PRESSURE and pieces.ELLIPSOID


@kernel
def range_at(piece: Floats, dt: float) -> float:
    """Return the horizontal distance dt after the piece's begin."""
    return math.sqrt(max(piece[SS] + dt * (2.0 * piece[SV] + dt * piece[VV]), 0.0))


@kernel
def closest_of(start: Ints, value: Floats, range_m: float, height_m: float) -> tuple[Floats, Ints]:
    """Return the nine numbers of `Closest` and ``(piece at the closest, datum)`` for each interval."""
    out = np.full((start.size - 1, 9), np.inf)
    where = np.zeros((start.size - 1, 2), np.int64)
    for n in range(start.size - 1):
        best = out[n]
        best_total = np.inf
        for k in range(start[n], start[n + 1]):
            piece = value[k]
            span = piece[T1] - piece[T0]
            known = piece[DATUM] != NO_DATUM
            where[n, 1] |= np.int64(piece[DATUM])
            dt = min(max(time_of_least_range(piece[SV], piece[VV]), 0.0), span)
            if range_at(piece, dt) < best[1]:
                best[0] = piece[T0] + dt
                best[1] = range_at(piece, dt)
                best[2] = abs(piece[Z] + piece[W] * dt)
            if known:
                dt = min(max(-piece[Z] / piece[W], 0.0), span) if piece[W] != 0.0 else 0.0
                best[3] = min(best[3], abs(piece[Z] + piece[W] * dt))
                ss, sv, vv = piece[SS] + piece[Z] ** 2, piece[SV] + piece[Z] * piece[W], piece[VV] + piece[W] ** 2
                dt = min(max(time_of_least_range(sv, vv), 0.0), span)
                best[4] = min(best[4], np.sqrt(max(ss + dt * (2.0 * sv + dt * vv), 0.0)))
            z, w = (piece[Z], piece[W]) if known else (0.0, 0.0)
            least, dt, total = least_normalised(piece[SS], piece[SV], piece[VV], z, w, range_m, height_m, span)
            if is_nearer(least, total, best[8], best_total):
                best_total = total
                best[5] = piece[T0] + dt
                best[6] = range_at(piece, dt)
                best[7] = abs(piece[Z] + piece[W] * dt)
                best[8] = least
                where[n, 0] = k
        for column in (3, 4):
            if not np.isfinite(best[column]):
                best[column] = np.nan
    return out, where


def find_closest(pieces: Pieces, volume: Volume) -> Closest:
    """Return the closest instants of each interval; where height is unknown, nearness is horizontal nearness alone."""
    out, where = closest_of(pieces.start, pieces.value, volume.range_m, volume.height_m)
    names = [field.name for field in fields(Closest)]
    values: dict[str, Any] = dict(zip(names, (*out.T, *where.T), strict=True))
    return Closest(**values)
