"""Who steered for the other on the way to their closest instant, by the miss distance predicted on the way.

Straight flight changes no predicted miss distance, so that all change of it is somebody's manoeuvre.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from skyaccord.detect.conduct.closing import BEFORE_S, LEAST_M, SIGMAS, Closing
from skyaccord.detect.conduct.look import STEP_S, Look
from skyaccord.detect.conduct.own_motion import OwnMotion, fly_straight
from skyaccord.detect.conduct.relative_motion import length
from skyaccord.geometry.vectors import Floats, Ints

LATE_S: Final = 120.0
"""Who steers for another goes on with it: one manoeuvre at least is this near the closest instant. Assumed."""


def pursuit_to(look: Look, at: Ints) -> Closing:
    """Return who steered for the other before they were nearest: at least twice, the last time late, and it alone.

    A single change of course that happens to bring two aircraft near each other is what every route has.
    """
    drops, acts = np.zeros((2, len(look)), np.int64), np.zeros((2, len(look)), np.int64)
    is_late = np.zeros((2, len(look)), np.bool_)
    since, miss_then = np.full(len(look), np.nan), np.full(len(look), np.nan)
    for later_s, before_s in pairwise(BEFORE_S):
        i, j = at - round(before_s / STEP_S), at - round(later_s / STEP_S)
        seen = i >= look.first
        i, j = np.maximum(i, look.first), np.maximum(j, look.first)
        miss_m, effects, errors = _effects(look, i, j)
        for side, effect in enumerate(effects):
            acted = seen & (np.abs(effect) > np.maximum(SIGMAS * errors, LEAST_M))
            acts[side] += acted
            drops[side] += acted & (effect < 0.0)
            is_late[side] |= acted & (effect < 0.0) & (before_s <= LATE_S)
        since, miss_then = np.where(seen, before_s, since), np.where(seen, miss_m, miss_then)
    steered = (drops >= 2) & (drops == acts) & is_late & (acts[::-1] == 0)
    by = steered[0].astype(np.int64) - steered[1].astype(np.int64)
    nobody = by == 0
    return Closing(
        by=by,
        seconds=np.where(nobody, np.nan, since),
        instead_m=np.where(nobody, np.nan, miss_then),
        contradicts=np.zeros(len(look), np.bool_),
        both=(drops[0] > 0) & (drops[1] > 0),
    )


def _effects(look: Look, i: Ints, j: Ints) -> tuple[Floats, tuple[Floats, Floats], Floats]:
    """Return the predicted miss distance at i, what either's manoeuvre until j added to it, and the standard error."""
    seconds = look.t_s[j] - look.t_s[i]
    straight_a, straight_b = fly_straight(look.a.take(i), seconds), fly_straight(look.b.take(i), seconds)
    a, b = look.a.take(j), look.b.take(j)
    miss_m, _ = predicted_miss(straight_a, straight_b)
    by_a, error_a = predicted_miss(a, straight_b)
    by_b, error_b = predicted_miss(straight_a, b)
    return miss_m, (by_a - miss_m, by_b - miss_m), np.maximum(error_a, error_b)


def predicted_miss(a: OwnMotion, b: OwnMotion) -> tuple[Floats, Floats]:
    """Return the least distance ahead, both flying straight on, and its standard error."""
    s, v = b.position_m - a.position_m, b.velocity_mps - a.velocity_mps
    speed2 = np.maximum(np.sum(v * v, axis=1), 1e-6)
    t_s = np.maximum(-np.sum(s * v, axis=1) / speed2, 0.0)
    error = np.hypot(
        np.hypot(a.position_error_m, b.position_error_m), t_s * np.hypot(a.velocity_error_mps, b.velocity_error_mps)
    )
    return length(s + t_s[:, None] * v), error
