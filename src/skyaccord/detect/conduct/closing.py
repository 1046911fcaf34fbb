"""Who closed: what would have become of the distance had one flown straight on while the other did as it did.

Straight flight changes no predicted miss distance, so that all change of it is somebody's manoeuvre. Each comparison is
made from several instants before, `BEFORE_S`; a result counts where it is larger than `SIGMAS` standard errors of what
is predicted, and nothing is concluded where two instants contradict each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from skyaccord.detect.conduct.look import STEP_S, Look
from skyaccord.detect.conduct.own_motion import OwnMotion, fly_straight
from skyaccord.detect.conduct.relative_motion import dot, length, relate
from skyaccord.detect.conduct.station import SAME_TRACK_DEG
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import KT, NM

BEFORE_S: Final = (30.0, 60.0, 120.0, 180.0, 240.0)
"""How long before one is beside the other, or they are nearest, it is asked where straight flight would have led."""

SIGMAS: Final = 3.0
"""What is smaller than this many standard errors is not there."""

LEAST_M: Final = 0.25 * NM
"""A manoeuvre that changes the distance by less is no closing."""

LEAST_MPS: Final = 15 * KT
"""A change of velocity by less is no closing."""

HIDDEN: Final = 1.5
"""A part is told only where it is larger, by this factor, than what the other could have done within its error."""

MINOR: Final = 0.2
"""A share of the change below which the other's part in it is passed over."""

LEAVING_S: Final = 60.0
"""So long after it was beside the other, one that left is seen to have left."""

FORWARD_DEG: Final = 110.0
"""Beyond this angle off its tail one stands before the other's beam: Annex 2 has 70° off the tail as the rear."""


Part: TypeAlias = tuple[Floats, Floats, Floats]
"""What one's manoeuvre took off the distance (or speed), the standard error of where straight flight had led it, and
how far from there it came."""


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
    """Return who closed between two instants (sign -1: who parted), the distance otherwise, and if both did.

    Either shows by where it came, against straight flight, or by whose velocity became (or ceased to be) the other's.
    """
    seconds = look.t_s[at] - look.t_s[ref]
    straight = fly_straight(look.a.take(ref), seconds), fly_straight(look.b.take(ref), seconds)
    flown = look.a.take(at), look.b.take(at)
    without, places = _by_place(flown, straight, sign)
    by = np.zeros(len(look), np.int64)
    both = np.zeros(len(look), np.bool_)
    for (of_a, of_b), least in ((places, LEAST_M), (_by_velocity(flown, straight, sign), LEAST_MPS)):
        told = _is_closer(of_a, of_b, least).astype(np.int64) - _is_closer(of_b, of_a, least).astype(np.int64)
        by = np.where(by == 0, told, by)
        both |= _has_part(of_a, least) & _has_part(of_b, least)
    return by, np.where(by > 0, without[0], without[1]), both & (by == 0)


def _by_place(
    flown: tuple[OwnMotion, OwnMotion], straight: tuple[OwnMotion, OwnMotion], sign: float
) -> tuple[tuple[Floats, Floats], tuple[Part, Part]]:
    """Return the distances had a, or b, flown straight on, and what either's manoeuvre took off them."""
    now_m = length(flown[1].position_m - flown[0].position_m)
    without_a = length(flown[1].position_m - straight[0].position_m)
    without_b = length(straight[1].position_m - flown[0].position_m)
    moved = [length(own.position_m - on.position_m) for own, on in zip(flown, straight, strict=True)]
    return (without_a, without_b), (
        (sign * (without_a - now_m), straight[0].position_error_m, moved[0]),
        (sign * (without_b - now_m), straight[1].position_error_m, moved[1]),
    )


def _by_velocity(
    flown: tuple[OwnMotion, OwnMotion], straight: tuple[OwnMotion, OwnMotion], sign: float
) -> tuple[Part, Part]:
    """Return what either's change of velocity took off the speed at which they moved past each other."""
    past = (straight if sign > 0.0 else flown)[1].velocity_mps - (straight if sign > 0.0 else flown)[0].velocity_mps
    along = past / np.maximum(length(past), 1e-9)[:, None]
    change_a, change_b = (own.velocity_mps - on.velocity_mps for own, on in zip(flown, straight, strict=True))
    error_a, error_b = (
        np.hypot(own.velocity_error_mps, on.velocity_error_mps) for own, on in zip(flown, straight, strict=True)
    )
    return (
        (sign * dot(along, change_a), error_a, length(change_a)),
        (-sign * dot(along, change_b), error_b, length(change_b)),
    )


def _not_ahead(look: Look, ref: Ints, by: Ints) -> Ints:
    """Take back what is said of one that flew ahead of the other on its track: who slows down there may make way."""
    where = relate(look.a.take(ref), look.b.take(ref))
    is_before = np.where(by > 0, where.astern_of_b_deg, where.astern_of_a_deg) > FORWARD_DEG
    return np.where(is_before & (where.between_deg < SAME_TRACK_DEG), 0, by)


def _is_closer(own: Part, other: Part, least: float) -> Bools:
    """Return where one's manoeuvre brought them together and the other's had no part in it, each beyond error."""
    gain, _, moved = own
    other_gain, other_error, other_moved = other
    closes = _has_part(own, least) & (gain > HIDDEN * SIGMAS * other_error)
    held = other_moved < SIGMAS * other_error
    minor = (other_gain < MINOR * gain) & (other_moved < MINOR * moved)
    result: Bools = closes & (held | minor)
    return result


def _has_part(own: Part, least: float) -> Bools:
    gain, error, _ = own
    part: Bools = (gain > SIGMAS * error) & (gain > least)
    return part


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
