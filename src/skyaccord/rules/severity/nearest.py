"""How near two aircraft were at the least, as an interval: the distance measured wrong by its bounds either way."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.pieces import SS, SV, T0, T1, VV, W, Z
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

THIRDS: Final = 60
"""Steps of the search for a least value: each keeps two thirds of the time, so that no millisecond is left."""


@kernel
def apart_at(piece: Floats, dt: float, horizontal_m: float, vertical_m: float) -> float:
    """Return the slant distance dt after a piece's begin, with so much added to both axes; no axis goes below 0.

    Without a common altitude the vertical distance counts as 0 where the errors are taken off, else as infinite.
    """
    flat = math.sqrt(max(piece[SS] + dt * (2.0 * piece[SV] + dt * piece[VV]), 0.0)) + horizontal_m
    high = abs(piece[Z] + piece[W] * dt) + vertical_m
    if not np.isfinite(piece[Z]):
        high = 0.0 if vertical_m < 0.0 else np.inf
    return math.hypot(max(flat, 0.0), max(high, 0.0))


@kernel
def least_apart(piece: Floats, horizontal_m: float, vertical_m: float) -> float:
    """Return the least of `apart_at` over a piece. It is convex in time, so that thirds of the time close in on it."""
    low, high = 0.0, piece[T1] - piece[T0]
    for _ in range(THIRDS):
        first, second = low + (high - low) / 3.0, high - (high - low) / 3.0
        if apart_at(piece, first, horizontal_m, vertical_m) <= apart_at(piece, second, horizontal_m, vertical_m):
            high = second
        else:
            low = first
    best = apart_at(piece, 0.5 * (low + high), horizontal_m, vertical_m)
    for dt in (0.0, piece[T1] - piece[T0]):
        best = min(best, apart_at(piece, dt, horizontal_m, vertical_m))
    return best


@kernel
def nearest_slants(start: Ints, value: Floats, horizontal_m: Floats, vertical_m: Floats) -> Floats:
    """Return for each encounter the least slant distance with all errors taken off, and with all added, shape (n, 2).

    The true least distance lies between: it is at least the least that is possible, and at most what it was at most
    at any instant.
    """
    out = np.full((start.size - 1, 2), np.inf)
    for n in range(start.size - 1):
        for k in range(start[n], start[n + 1]):
            if not np.isfinite(horizontal_m[k]):
                out[n, 0] = 0.0
                continue
            up = vertical_m[k] if np.isfinite(vertical_m[k]) else 0.0
            out[n, 0] = min(out[n, 0], least_apart(value[k], -horizontal_m[k], -up - 1e-9))
            out[n, 1] = min(out[n, 1], least_apart(value[k], horizontal_m[k], up))
    return out
