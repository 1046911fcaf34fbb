"""What makes an interaction of military aircraft safe or unsafe: factors, and no class.

The US Navy names distance, speed, altitude, rate of closure and visibility among the variables, and leaves the
judgement to the commander of the aircraft: 20 ft alongside was "safe and professional" (9 May 2017), crossing a nose
within half a mile was not (17 October 2016). Nobody has published a limit. Where a factor is said here to speak for
safe or unsafe the measure is an assumption, named below; Annex 2, attachment A, describes what a considerate
interceptor does.

Sources: statements of US Naval Forces Europe and the Department of Defense, May 2017; thehill.com, October 2016.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.detect.conduct import words
from skyaccord.detect.conduct.manner import REAR_DEG, RECIPROCAL_DEG, SEPARATED_M, Manner
from skyaccord.rules.severity.faa_nmac import NEAR_M
from skyaccord.rules.severity.proposal import Proposal, Scale
from skyaccord.rules.severity.situation import Situation
from skyaccord.units import KT, MI

NOSE_M: Final = 0.5 * MI
"""A crossing ahead of the nose nearer than this was reported as unsafe (17 October 2016)."""

GENTLE_MPS: Final = 20 * KT
"""Slower than this past each other is keeping station (`detect.conduct.station`)."""

FAST_MPS: Final = 100 * KT
"""Closing faster than this to less than 500 ft leaves nine seconds for the last half mile. Assumed."""

FIRST_M: Final = 300.0
"""An interceptor stays at least this far off at first (Annex 2, attachment A, 3.2)."""


class Bearing(StrEnum):
    """What a factor speaks for."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    OPEN = "open"  # it speaks for neither, or the error leaves it open
    UNKNOWN = "unknown"  # tracks do not give it


SAID: Final = {
    Bearing.UNSAFE: "speaks for unsafe: {}, {}",
    Bearing.SAFE: "speaks for safe: {}, {}",
    Bearing.OPEN: "{}: {}",
    Bearing.UNKNOWN: "{}: {}",
}
"""How a factor is said, in this order."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: what was found of it, in words, and what that speaks for."""

    name: str
    found: str
    bearing: Bearing


def find_factors(situation: Situation) -> tuple[Factor, ...]:
    """Return every factor of an encounter, known or not."""
    return (
        _distance(situation),
        _closure(situation),
        _nose(situation),
        _aspect(situation),
        _speed(situation),
        _height(situation),
        _duration(situation),
        Factor("visibility", "not in tracks", Bearing.UNKNOWN),
    )


def propose_factors(situation: Situation) -> Proposal:
    """Return the factors as grounds; there is no class to propose."""
    factors = sorted(find_factors(situation), key=lambda factor: tuple(SAID).index(factor.bearing))
    return Proposal(
        scale=Scale.FACTORS,
        possible=(),
        grounds=tuple(SAID[f.bearing].format(f.name, f.found) for f in factors if f.bearing is not Bearing.UNKNOWN),
        not_in_tracks=(
            *(f"{f.name}: {f.found}" for f in factors if f.bearing is Bearing.UNKNOWN),
            "whether the crews saw each other, and how the aircraft were handled",
        ),
        decided_by="the commander of the aircraft",
    )


def _distance(situation: Situation) -> Factor:
    is_near = situation.slant.is_below(FIRST_M)
    return Factor("distance", f"least {situation.slant}", Bearing.SAFE if is_near is False else Bearing.OPEN)


def _closure(situation: Situation) -> Factor:
    f = situation.conduct.features
    if situation.is_doubtful or not math.isfinite(f.closure_most_mps):
        return Factor("closure", "unknown", Bearing.UNKNOWN)
    bearing = Bearing.OPEN
    if f.apart_mps + f.apart_error_mps < GENTLE_MPS:
        bearing = Bearing.SAFE
    elif f.apart_mps - f.apart_error_mps > FAST_MPS and situation.slant.is_below(NEAR_M):
        bearing = Bearing.UNSAFE
    return Factor("closure", f"{words.speed(f.apart_mps)} past each other shortly before", bearing)


def _nose(situation: Situation) -> Factor:
    at_m = situation.crossed_nose_m
    if situation.is_doubtful:
        return Factor("nose crossing", "unknown", Bearing.UNKNOWN)
    if math.isnan(at_m) and not situation.encounter.is_complete:
        return Factor("nose crossing", "none while they were seen", Bearing.OPEN)
    if math.isnan(at_m):
        return Factor("nose crossing", "none beyond error", Bearing.SAFE)
    error_m = situation.encounter.horizontal_error_m
    is_near = at_m + error_m < NOSE_M and situation.vertical.is_below(SEPARATED_M)
    is_own_place = situation.conduct.manner is Manner.FORMATION  # places change within a formation
    bearing = Bearing.UNSAFE if is_near and not is_own_place else Bearing.OPEN
    return Factor("nose crossing", f"{words.distance(at_m)} ahead (±{words.distance(error_m)})", bearing)


def _aspect(situation: Situation) -> Factor:
    f = situation.conduct.features
    if situation.is_doubtful or not math.isfinite(f.between_deg):
        return Factor("aspect", "unknown", Bearing.UNKNOWN)
    own = min(f.a, f.b, key=lambda own: own.line_deg)
    if f.between_deg - f.between_error_deg > RECIPROCAL_DEG:
        near = situation.slant.is_below(NEAR_M)
        return Factor("aspect", "head-on", Bearing.UNSAFE if near else Bearing.OPEN)
    if abs(own.line_deg - REAR_DEG) <= own.line_error_deg:
        return Factor("aspect", "from astern or abeam: the error leaves it open", Bearing.OPEN)
    is_astern = own.line_deg < REAR_DEG
    return Factor("aspect", "from astern" if is_astern else "from abeam", Bearing.SAFE if is_astern else Bearing.OPEN)


def _speed(situation: Situation) -> Factor:
    f = situation.conduct.features
    speeds = [own.speed_mps for own in (f.a, f.b)]
    if not all(map(math.isfinite, speeds)):
        return Factor("speed", "unknown", Bearing.UNKNOWN)
    found = f"{words.speed(speeds[0])} and {words.speed(speeds[1])}"
    return Factor("speed", f"{found}, a difference of {words.speed(f.speed_difference_mps)}", Bearing.OPEN)


def _height(situation: Situation) -> Factor:
    if not math.isfinite(situation.vertical.high_m):
        return Factor("altitude", "difference in height unknown", Bearing.UNKNOWN)
    return Factor("altitude", f"{situation.vertical} apart in height", Bearing.OPEN)


def _duration(situation: Situation) -> Factor:
    seconds = situation.conduct.features.within_mile_s
    return Factor("duration", f"{words.lasting(seconds)} within 1 NM", Bearing.OPEN)
