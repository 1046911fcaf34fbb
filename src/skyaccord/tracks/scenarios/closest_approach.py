"""Where an aircraft must begin so that its closest approach to another is exactly as stated.

The two are nearest where their relative velocity is square to the line between them. Of the two bearings for which that
holds the stated side picks one. The path is then moved as a whole, by repeated correction, until it meets the place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from skyaccord.tracks.scenarios.flightpath import Path, wgs84
from skyaccord.tracks.scenarios.legs import State

ABREAST_MPS: Final = 0.5  # slower than this relative to each other, two aircraft fly in formation
CLOSE_ENOUGH_M: Final = 1e-4
MOST_ROUNDS: Final = 50
BEARING_ROUNDS: Final = 4
SIDE_DEG: Final = 85.0  # a bearing further than this off the stated side is not on that side


class Side(StrEnum):
    """On which side of the other aircraft, as its crew sees it, the closest approach takes place."""

    AHEAD = "ahead"
    RIGHT = "right"
    BEHIND = "behind"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class ClosestApproach:
    """A stated closest approach to another aircraft; all of it concerns one instant."""

    of: str  # id of the other aircraft
    at_s: float  # seconds after the scenario's start
    distance_m: float
    side: Side
    higher_by_m: float | None = None  # None: the aircraft states its own altitude


class UnreachableError(ValueError):
    """A closest approach that the two paths cannot have."""


def begin_for(approach: ClosestApproach, begin: State, other: Path, fly: Callable[[State], Path]) -> State:
    """Return the state to begin in; latitude and longitude of ``begin`` do not matter, track and speed stay.

    Raises:
        UnreachableError: no closest approach lies on the stated side, or a climb to a stated altitude fixes the height.
    """
    there = other.at(approach.at_s)
    begin = replace(begin, lat_deg=there.lat_deg, lon_deg=there.lon_deg)
    if approach.higher_by_m is not None:
        rise_m = there.altitude_m + approach.higher_by_m - fly(begin).at(approach.at_s).altitude_m
        begin = replace(begin, altitude_m=begin.altitude_m + rise_m)
    for _ in range(MOST_ROUNDS):
        here = fly(begin).at(approach.at_s)
        azimuth, miss_m = _way_to_place(approach, here, there)
        if miss_m < CLOSE_ENOUGH_M:
            break
        lon, lat, _ = wgs84().fwd(begin.lon_deg, begin.lat_deg, azimuth, miss_m)
        begin = replace(begin, lat_deg=lat, lon_deg=lon)
    else:
        raise UnreachableError("the path cannot be moved there")
    if approach.higher_by_m is not None and abs(here.altitude_m - there.altitude_m - approach.higher_by_m) > 0.01:
        raise UnreachableError("a leg that climbs to an altitude fixes the height; leave higher_by out")
    return begin


def _way_to_place(approach: ClosestApproach, here: State, there: State) -> tuple[float, float]:
    """Return azimuth and distance from where the aircraft is to where it should be at that instant."""
    turned_deg = 0.0
    for _ in range(BEARING_ROUNDS):
        # north at the one is not north at the other: its track is turned by what the geodesic between them turns
        as_seen = replace(here, track_deg=here.track_deg - turned_deg)
        bearing = closest_bearing_deg(as_seen, there, approach.side)
        lon, lat, back = wgs84().fwd(there.lon_deg, there.lat_deg, bearing, approach.distance_m)
        turned_deg = _turn_deg(back + 180.0, bearing)
    azimuth, _, miss_m = wgs84().inv(here.lon_deg, here.lat_deg, lon, lat)
    return azimuth, miss_m


def closest_bearing_deg(here: State, there: State, side: Side) -> float:
    """Return the bearing from ``there`` at which the distance is least, on the stated side; both tracks in its frame.

    In formation (relative speed below 0.5 m/s) every bearing will do, and it is the side's own.

    Raises:
        UnreachableError: the paths are such that neither bearing lies on that side.
    """
    wanted = there.track_deg + 90.0 * list(Side).index(side)
    east = _east(here) - _east(there)
    north = _north(here) - _north(there)
    if math.hypot(east, north) < ABREAST_MPS:
        return wanted
    course = math.degrees(math.atan2(east, north))
    bearing = min((course + 90.0, course - 90.0), key=lambda b: abs(_turn_deg(b, wanted)))
    if abs(_turn_deg(bearing, wanted)) > SIDE_DEG:
        sides = " or ".join(sorted(_sides(there.track_deg, course)))
        raise UnreachableError(f"with these tracks and speeds it can only be {sides}, not {side}")
    return bearing


def _sides(track_deg: float, course_deg: float) -> set[str]:
    bearings = (course_deg + 90.0, course_deg - 90.0)
    return {list(Side)[round((b - track_deg) / 90.0) % 4].value for b in bearings}


def _turn_deg(a_deg: float, b_deg: float) -> float:
    return (a_deg - b_deg + 180.0) % 360.0 - 180.0


def _east(state: State) -> float:
    return state.speed_mps * math.sin(math.radians(state.track_deg))


def _north(state: State) -> float:
    return state.speed_mps * math.cos(math.radians(state.track_deg))
