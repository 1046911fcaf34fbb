"""Crossing another's nose: passing from one side of its track to the other, ahead of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from skyaccord.detect.conduct.scene import Scene, View
from skyaccord.geometry.vectors import Floats

ASIDE_M: Final = 100.0
"""Less than this to either side is weaving ahead of another, and no crossing. Assumed."""


def nose_crossings_m(scene: Scene, view: View) -> Floats:
    """Return how far ahead of the other each aircraft crossed its nose, the nearest time; NaN where it did not.

    It must have been on either side of the other's track by more than the error and more than `ASIDE_M`, ahead of it
    all the while between.
    """
    pair = view.pair
    off_rad = np.radians(pair.bearing_from_b_deg)
    ahead_m, right_m = pair.distance_m * np.cos(off_rad), pair.distance_m * np.sin(off_rad)
    error_m = np.maximum(scene.at_closest(scene.found.measured.bounds.horizontal_m), ASIDE_M)
    out = np.full(len(scene.look), np.nan)
    for n in range(len(out)):
        part = slice(int(scene.within.begin[n]), int(scene.within.end[n]) + 1)
        out[n] = _nearest_crossing(ahead_m[part], right_m[part], float(error_m[n]))
    return out


def _nearest_crossing(ahead_m: Floats, right_m: Floats, error_m: float) -> float:
    side = np.where(right_m > error_m, 1, np.where(right_m < -error_m, -1, 0))
    sure = np.flatnonzero(side != 0)
    nearest = np.nan
    for i, j in pairwise(sure):
        if side[i] != side[j] and (ahead_m[i : j + 1] > 0.0).all():
            share = right_m[i] / (right_m[i] - right_m[j])
            nearest = np.fmin(nearest, ahead_m[i] + share * (ahead_m[j] - ahead_m[i]))
    return float(nearest)
