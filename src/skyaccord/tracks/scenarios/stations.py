"""Flight beside another aircraft: places in its frame, reached and left without a jerk.

Interceptions are told from the intercepted aircraft: from astern, alongside, under it, away. So is the flight here.
From one station to the next the aircraft moves on a straight line, as that aircraft's crew sees it, by the polynomial
of least jerk: it begins and ends at rest relative to the other. With ``arch_m`` the way bulges upwards, or downwards,
half an ellipse. Wings and attitude are not in it: a barrel roll is such an arch, inverted flight has no mark at all.

Source of the polynomial: Flash and Hogan, Journal of Neuroscience 5 (1985), 1688, equation A3 for movements that begin
and end at rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from skyaccord.model.tracks import Floats
from skyaccord.tracks.scenarios.flightpath import Path, wgs84


@dataclass(frozen=True, slots=True)
class Station:
    """A place in the frame of another aircraft, metres between the reference points of the two, at an instant."""

    at_s: float  # seconds after the scenario's start
    ahead_m: float
    right_m: float
    above_m: float
    arch_m: float = 0.0  # how far the way here from the last station bulges upwards
    phase: str = ""  # what the aircraft does on its way here, for people


def fly_beside(other: Path, stations: tuple[Station, ...]) -> Path:
    """Return the path of an aircraft that is at its stations beside ``other``; after the last it stays there.

    Position is the other's, moved along the geodesic that leaves it at its track turned by the direction of the offset.
    Speed and track are those of the positions: central differences over the steps of ``other``, two at least.

    Args:
        other: the path flown beside, in short steps.
        stations: in the order of their times, the first at 0.
    """
    ahead_m, right_m, above_m = offsets(other.t_s, stations)
    azimuth = other.track_deg + np.degrees(np.arctan2(right_m, ahead_m))
    lon, lat, _ = wgs84().fwd(other.lon_deg, other.lat_deg, azimuth, np.hypot(ahead_m, right_m))
    lon, lat = np.asarray(lon), np.asarray(lat)
    altitude_m = other.altitude_m + above_m
    speed_mps, track_deg = _motion(other.t_s, lat, lon)
    climb_mps = np.gradient(altitude_m, other.t_s)
    return Path(other.t_s, lat, lon, altitude_m, speed_mps, track_deg, climb_mps)


def offsets(t_s: Floats, stations: tuple[Station, ...]) -> tuple[Floats, Floats, Floats]:
    """Return how far ahead, right and above the aircraft is at each time."""
    first = stations[0]
    ahead_m, right_m, above_m = (np.full(len(t_s), x) for x in (first.ahead_m, first.right_m, first.above_m))
    for a, b in pairwise(stations):
        later = t_s >= a.at_s
        done = least_jerk((t_s[later] - a.at_s) / (b.at_s - a.at_s))
        along = (1.0 - np.cos(np.pi * done)) / 2.0 if b.arch_m else done
        ahead_m[later] = a.ahead_m + (b.ahead_m - a.ahead_m) * along
        right_m[later] = a.right_m + (b.right_m - a.right_m) * along
        above_m[later] = a.above_m + (b.above_m - a.above_m) * along + b.arch_m * np.sin(np.pi * done)
    return ahead_m, right_m, above_m


def least_jerk(share: Floats) -> Floats:
    """Return how much of a way is done after a share of its time; all of it from 1 on."""
    x = np.clip(share, 0.0, 1.0)
    done: Floats = x**3 * (10.0 - 15.0 * x + 6.0 * x**2)
    return done


def _motion(t_s: Floats, lat_deg: Floats, lon_deg: Floats) -> tuple[Floats, Floats]:
    """Return ground speed and track at each step, from the geodesic between its neighbours."""
    before = np.maximum(np.arange(len(t_s)) - 1, 0)
    after = np.minimum(np.arange(len(t_s)) + 1, len(t_s) - 1)
    out, back, way_m = wgs84().inv(lon_deg[before], lat_deg[before], lon_deg[after], lat_deg[after])
    # the course at the middle lies half way between those at the ends, which differ by the convergence of meridians
    turned_deg = (np.asarray(back) - np.asarray(out)) % 360.0 - 180.0
    middle_deg = np.asarray(out) + turned_deg / 2.0
    middle_deg[0], middle_deg[-1] = np.asarray(out)[0], np.asarray(back)[-1] + 180.0
    return np.asarray(way_m) / (t_s[after] - t_s[before]), middle_deg % 360.0
