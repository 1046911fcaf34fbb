"""The manner of an encounter: by published conventions where there are some, each with the features that decided.

* Overtaking: approaching from the rear on a line less than 70° from the other's plane of symmetry (ICAO Annex 2,
  3.2.2.4). The line is that of the relative motion, seen from the one that is overtaken.
* Head-on "or approximately so" (Annex 2, 3.2.2.2) has no figure there; reciprocal tracks differ by more than 135°
  (ICAO Doc 4444, 5.4.2.1.5).
* Crossing: the rest of what converges (Annex 2, 3.2.2.3).
* Standard formation: within 1 mile and 100 ft (FAA Pilot/Controller Glossary, FORMATION FLIGHT).
* Identification approach: from astern, slowing down alongside, breaking away (Annex 2, attachment A, 3.2).

Escort, shadowing and parallel have no published measure: theirs are assumptions, named below. A manner is what the
tracks look like; it says nothing of what anyone meant by it.
"""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Final, TypeAlias

from skyaccord.detect.conduct import words
from skyaccord.detect.conduct.features import Features, Station
from skyaccord.detect.conduct.station import SAME_TRACK_DEG, STATION_MPS
from skyaccord.units import FT, MIN, NM


class Manner(StrEnum):
    """How two aircraft flew about each other."""

    HEAD_ON = "head_on"
    CROSSING = "crossing"
    OVERTAKING = "overtaking"
    FORMATION = "formation"
    ESCORT = "escort"
    IDENTIFICATION_APPROACH = "identification_approach"
    SHADOWING = "shadowing"
    PARALLEL = "parallel"
    UNDETERMINED = "undetermined"


Names: TypeAlias = tuple[str, str]
Decided: TypeAlias = tuple[Manner, str]

REAR_DEG: Final = 70.0
RECIPROCAL_DEG: Final = 135.0
FORMATION_HEIGHT_M: Final = 100 * FT

BESIDE_HEIGHT_M: Final = 500 * FT
"""Higher or lower than this no one accompanies another: half of the common vertical minimum. Assumed."""

SEPARATED_M: Final = 1000 * FT
"""Two that are this far apart in height are separated as air traffic control separates (Doc 4444, 5.3.2)."""

TOGETHER_S: Final = 1 * MIN
"""Shorter than this beside each other, without anyone having joined, is no formation. Assumed."""

IDENTIFIED_S: Final = 5 * MIN
"""Alongside for longer than this is an escort: identification takes no longer than need be. Assumed."""

SHADOWED_S: Final = 3 * MIN
"""Kept at a distance for a shorter time, it is no shadowing. Assumed."""

FOLLOWED_DEG: Final = 20.0
"""A swing of the course that shows whether the one behind follows it. Assumed."""

OFF_PATH_M: Final = 0.25 * NM
"""Less than this off the other's path, the one behind may fly the same route. Assumed."""

MOSTLY: Final = 0.5


def decide_manner(f: Features, names: Names) -> Decided:
    """Return the manner of an encounter, and in words what decided."""
    if f.doubt:
        return Manner.UNDETERMINED, f.doubt
    if not math.isfinite(f.between_deg):
        return Manner.UNDETERMINED, "too few reports to tell a direction of flight"
    if f.station is not None and f.station.is_close:
        return _beside(f, f.station, names)
    if f.station is not None and f.station.lasted_s >= SHADOWED_S and f.alike_share >= MOSTLY:
        return _at_a_distance(f.station, names)
    return _passing(f, names)


def _beside(f: Features, station: Station, names: Names) -> Decided:
    where = station_words(station)
    error_m = station.height_error_m
    if math.isnan(station.height_m):
        return Manner.UNDETERMINED, f"{where}; formation or not: their difference in height is unknown"
    if f.joined.by is not None and station.height_m <= BESIDE_HEIGHT_M + error_m:
        return _joined(f, station, f.joined.by, names)
    if station.lasted_s < TOGETHER_S:
        return _passing(f, names)
    if station.height_m <= FORMATION_HEIGHT_M:
        return Manner.FORMATION, f"{where}, within the 1 mile and 100 ft of a standard formation"
    if station.height_m <= FORMATION_HEIGHT_M + error_m:
        return Manner.UNDETERMINED, f"{where}; formation or parallel: 100 ft lies within the error of measurement"
    return Manner.PARALLEL, f"{where}: more than the 100 ft of a standard formation"


def _joined(f: Features, station: Station, by: int, names: Names) -> Decided:
    """Decide between escort and identification approach, where one was seen to join the other."""
    own, who = f.own(by), names[by]
    where = f"{who} joined {names[1 - by]}, {station_words(station)}"
    if station.lasted_s > IDENTIFIED_S:
        return Manner.ESCORT, where
    missing = [
        text
        for text, is_met in (
            (f"it came from {words.angle(own.off_tail_before_deg)} off the tail", own.off_tail_before_deg < REAR_DEG),
            ("it did not slow down", own.has_slowed),
            ("it was not seen to break away", f.left.by == by),
        )
        if not is_met
    ]
    if missing:
        return Manner.UNDETERMINED, f"{where}; no identification approach, since {', '.join(missing)}"
    return Manner.IDENTIFICATION_APPROACH, (
        f"{where}; it came from {words.angle(own.off_tail_before_deg)} off the tail, slowed down by "
        f"{words.speed(own.sped_up_mps)} and broke away"
    )


def _at_a_distance(station: Station, names: Names) -> Decided:
    where = station_words(station)
    behind = follower(station)
    if behind is None:
        return Manner.PARALLEL, f"{where}, neither behind the other"
    who, other = names[behind], names[1 - behind]
    where = f"{who} {words.distance(station.distance_m)} behind {other} for {words.lasting(station.lasted_s)}"
    if station.turned_deg < FOLLOWED_DEG + station.turned_error_deg:
        return Manner.PARALLEL, f"{where}; no turn showed whether one follows the other"
    if not station.off_path_m > max(OFF_PATH_M, station.off_path_error_m):
        return Manner.PARALLEL, f"{where}, over the same ground, as on a route"
    if not station.height_m + station.height_error_m < SEPARATED_M:
        return Manner.PARALLEL, f"{where}, {_height_words(station)}"
    return Manner.SHADOWING, (
        f"{where}, and through turns of {words.angle(station.turned_deg)} at the same time, "
        f"{words.distance(station.off_path_m)} off the other's path"
    )


def follower(station: Station) -> int | None:
    """Return who stayed behind the other (0 for a, 1 for b), or ``None`` where both were abeam."""
    if station.off_tail_a_deg < REAR_DEG < 180.0 - REAR_DEG < station.off_tail_b_deg:
        return 0
    if station.off_tail_b_deg < REAR_DEG < 180.0 - REAR_DEG < station.off_tail_a_deg:
        return 1
    return None


def _passing(f: Features, names: Names) -> Decided:
    tracks = f"tracks {words.angle(f.between_deg)} apart (±{words.angle(f.between_error_deg)})"
    if f.apart_mps < max(STATION_MPS, f.apart_error_mps):
        error = words.speed(f.apart_error_mps)
        moved = f"{words.speed(f.apart_mps)} (±{error}) past each other, {tracks}"
        is_same_track = f.between_deg + f.between_error_deg < SAME_TRACK_DEG
        if is_same_track and f.duration_s >= TOGETHER_S and f.apart_mps < STATION_MPS:
            return Manner.PARALLEL, moved
        return Manner.UNDETERMINED, f"{moved}: too little, or for too short a time, to say how"
    if f.only_parted:
        return Manner.UNDETERMINED, "they only drew apart; how they had come together was not seen"
    off_reciprocal = f.between_deg - RECIPROCAL_DEG
    if abs(off_reciprocal) <= f.between_error_deg:
        return Manner.UNDETERMINED, f"head-on or crossing: {tracks}, and reciprocal tracks begin at 135°"
    if off_reciprocal > 0.0:
        return Manner.HEAD_ON, f"{tracks}: reciprocal; closing at {words.speed(f.closure_most_mps)}"
    return _from_rear(f, tracks, names)


def _from_rear(f: Features, tracks: str, names: Names) -> Decided:
    """Decide between overtaking and crossing, by the line on which either approaches the other."""
    by = 0 if f.a.line_deg < f.b.line_deg else 1
    own = f.own(by)
    line = f"{names[by]} approaches on a line {words.angle(own.line_deg)} off {names[1 - by]}'s track"
    if abs(own.line_deg - REAR_DEG) <= own.line_error_deg:
        return Manner.UNDETERMINED, (
            f"overtaking or crossing: {line} (±{words.angle(own.line_error_deg)}), and the rear ends at 70°"
        )
    if own.line_deg < REAR_DEG:
        return Manner.OVERTAKING, f"{line}, from the rear, {words.speed(f.apart_mps)} faster past it"
    return Manner.CROSSING, f"{tracks}; neither comes from within 70° of the other's tail"


def station_words(station: Station) -> str:
    """Return how near, how long and how evenly the two kept station."""
    return (
        f"alongside at {words.distance(station.distance_m)} for {words.lasting(station.lasted_s)} at a speed "
        f"difference of {words.speed(station.speed_difference_mps)}, {_height_words(station)}"
    )


def _height_words(station: Station) -> str:
    if math.isnan(station.height_m):
        return "difference in height unknown"
    return f"{words.height(station.height_m)} apart in height"
