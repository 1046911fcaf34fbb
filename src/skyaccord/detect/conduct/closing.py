"""Who closed: what would have become of the distance had one flown straight on while the other did as it did.

Straight flight changes no predicted miss distance, so that all change of it is somebody's manoeuvre. Each comparison is
made from several instants before, `BEFORE_S`; a result counts where it is larger than `SIGMAS` standard errors of what
is predicted, and nothing is concluded where two instants contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.conduct.look import STEP_S, Look
from skyaccord.detect.conduct.own_motion import OwnMotion, fly_straight
from skyaccord.detect.conduct.relative_motion import length, relate
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import NM

BEFORE_S: Final = (30.0, 60.0, 120.0, 180.0, 240.0)
"""How long before one is beside the other, or they are nearest, it is asked where straight flight would have led."""

SIGMAS: Final = 3.0
"""What is smaller than this many standard errors is not there."""

LEAST_M: Final = 0.25 * NM
"""A manoeuvre that changes the distance by less is no closing."""

MINOR: Final = 0.2
"""A share of the change below which the other's part in it is passed over."""

LEAVING_S: Final = 60.0
"""So long after it was beside the other, one that left is seen to have left."""

SAME_TRACK_DEG: Final = 45.0
"""Tracks that differ by less are the same track (ICAO Doc 4444, 5.4.2.1.5)."""

FORWARD_DEG: Final = 110.0
"""Beyond this angle off its tail one stands before the other's beam: Annex 2 has 70° off the tail as the rear."""


Part: TypeAlias = tuple[Floats, Floats, Floats]
"""What one's manoeuvre took off the distance, the standard error of where straight flight had led it, and how far from
there it came."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Whose manoeuvre brought the two together, one row an encounter: 1 of a, -1 of b, 0 where that cannot be said."""

    by: Ints
    seconds: Floats  # before, from when straight flight is compared; NaN where nothing is told
    instead_m: Floats  # how far apart they would have been otherwise
    contradicts: Bools  # by one comparison it was a, by another b
    both: Bools  # both manoeuvred beyond error, with both a part in it


def closing_to(look: Look, at: Ints) -> Closing:
    """Return who came to where the two are at an instant of each encounter: turning, slowing down or speeding up."""
    told = np.zeros((len(BEFORE_S), len(look)), np.int64)
    instead = np.full((len(BEFORE_S), len(look)), np.nan)
    shared = np.zeros(len(look), np.bool_)
    for row, before_s in enumerate(BEFORE_S):
        ref = at - round(before_s / STEP_S)
        seen = ref >= look.first
        ref = np.maximum(ref, look.first)
        by, apart_m, both = _compare(look, ref, at, 1.0)
        told[row] = np.where(seen, _not_ahead(look, ref, by), 0)
        instead[row] = apart_m
        shared |= seen & both
    return _agree(told, instead, shared)


def leaving_from(look: Look, begin: Ints, end: Ints) -> Closing:
    """Return who left a place beside the other, held from ``begin`` to ``end``, in the minute after it."""
    ref = np.maximum(end - round(LEAVING_S / 2.0 / STEP_S), begin)
    at = np.minimum(end + round(LEAVING_S / STEP_S), look.last)
    by, instead_m, both = _compare(look, ref, at, -1.0)
    seconds = np.where(by == 0, np.nan, look.t_s[at] - look.t_s[end])
    return Closing(by, seconds, np.where(by == 0, np.nan, instead_m), np.zeros(len(look), np.bool_), both)


def _compare(look: Look, ref: Ints, at: Ints, sign: float) -> tuple[Ints, Floats, Bools]:
    """Return who closed between two instants (sign -1: who parted), the distance otherwise, and if both did."""
    a, b, before_a, before_b = look.a.take(at), look.b.take(at), look.a.take(ref), look.b.take(ref)
    seconds = look.t_s[at] - look.t_s[ref]
    straight_a, straight_b = fly_straight(before_a, seconds), fly_straight(before_b, seconds)
    now_m = length(b.position_m - a.position_m)
    without_a = length(b.position_m - straight_a.position_m)
    without_b = length(straight_b.position_m - a.position_m)
    moved_a, moved_b = length(a.position_m - straight_a.position_m), length(b.position_m - straight_b.position_m)
    of_a = sign * (without_a - now_m), straight_a.position_error_m, moved_a
    of_b = sign * (without_b - now_m), straight_b.position_error_m, moved_b
    parts = [(gain > SIGMAS * error) & (gain > LEAST_M) for gain, error, _ in (of_a, of_b)]
    by = _is_closer(of_a, of_b).astype(np.int64) - _is_closer(of_b, of_a).astype(np.int64)
    return by, np.where(by > 0, without_a, without_b), parts[0] & parts[1]


def _not_ahead(look: Look, ref: Ints, by: Ints) -> Ints:
    """Take back what is said of one that flew ahead of the other on its track: who slows down there may make way."""
    where = relate(look.a.take(ref), look.b.take(ref))
    is_before = np.where(by > 0, where.astern_of_b_deg, where.astern_of_a_deg) > FORWARD_DEG
    return np.where(is_before & (where.between_deg < SAME_TRACK_DEG), 0, by)


def _is_closer(own: Part, other: Part) -> Bools:
    """Return where one's manoeuvre brought them together and the other's had no part in it, each beyond error."""
    gain_m, error_m, moved_m = own
    other_gain_m, other_error_m, other_moved_m = other
    closes = (gain_m > SIGMAS * error_m) & (gain_m > LEAST_M) & (gain_m > 2.0 * SIGMAS * other_error_m)
    held = other_moved_m < SIGMAS * other_error_m
    minor = (other_gain_m < MINOR * gain_m) & (other_moved_m < MINOR * moved_m)
    result: Bools = closes & (held | minor)
    return result


def pursuit_to(look: Look, at: Ints) -> Closing:
    """Return who steered for the other before they were nearest: at least twice, while the other had no part in it.

    A single change of course that happens to bring two aircraft near each other is what every route has.
    """
    n = len(look)
    drops = np.zeros((2, n), np.int64)
    rises = np.zeros((2, n), np.int64)
    since = np.full(n, np.nan)
    miss_then = np.full(n, np.nan)
    for later_s, before_s in pairwise(BEFORE_S):
        i, j = at - round(before_s / STEP_S), at - round(later_s / STEP_S)
        seen = i >= look.first
        i, j = np.maximum(i, look.first), np.maximum(j, look.first)
        miss_m, effects, errors = _effects(look, i, j)
        for side in range(2):
            drops[side] += seen & (effects[side] < -np.maximum(SIGMAS * errors, LEAST_M))
            rises[side] += seen & (np.abs(effects[side]) > np.maximum(SIGMAS * errors, LEAST_M))
        since = np.where(seen, before_s, since)
        miss_then = np.where(seen, miss_m, miss_then)
    by_a = (drops[0] >= 2) & (drops[0] == rises[0]) & (rises[1] == 0)
    by_b = (drops[1] >= 2) & (drops[1] == rises[1]) & (rises[0] == 0)
    by = by_a.astype(np.int64) - by_b.astype(np.int64)
    nobody = by == 0
    return Closing(
        by=by,
        seconds=np.where(nobody, np.nan, since),
        instead_m=np.where(nobody, np.nan, miss_then),
        contradicts=np.zeros(n, np.bool_),
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


def _agree(told: Ints, instead_m: Floats, shared: Bools) -> Closing:
    """Return what several comparisons say together; the one from the longest before stands for it."""
    some_a, some_b = np.any(told > 0, axis=0), np.any(told < 0, axis=0)
    contradicts: Bools = some_a & some_b
    by = np.where(contradicts, 0, np.sign(told.sum(axis=0)))
    row = len(BEFORE_S) - 1 - np.argmax(told[::-1] != 0, axis=0)
    nobody = by == 0
    return Closing(
        by=by,
        seconds=np.where(nobody, np.nan, np.array(BEFORE_S)[row]),
        instead_m=np.where(nobody, np.nan, instead_m[row, np.arange(told.shape[1])]),
        contradicts=contradicts,
        both=nobody & shared,
    )
