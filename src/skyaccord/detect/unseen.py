"""What an aircraft can have done between two reports: how far off the straight line of `observation` it may have been.

Off a straight line flown between times t0 and t1 an aircraft that accelerates by at most ``a`` is never farther than
``a/2 (t - t0)(t1 - t)``. How hard it accelerated is seen in what it reports at both ends, and in how far the straight
line agrees with it: a turn of constant bank changes the velocity by ``a (t1 - t0)``, the sharpest possible turn bends
the path twice as much. What leaves no trace at either end, a turn out and back, needs time to roll. Where no velocity
is reported the usual bank is granted, or more where the lines before and after show more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, ALT_RATE, GEO, GEO_RATE, VX, T
from skyaccord.detect.observation import Bools, Observation
from skyaccord.geometry.earth import surface_motion
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.tracks import Tracks

GRAVITY_MPS2: Final = 9.80665

USUAL_TURN_MPS2: Final = GRAVITY_MPS2 * math.tan(math.radians(30.0))
"""A turn with 30° of bank: the limit of autopilots and of turns under instrument flight rules (25° to 30°), granted
wherever nothing shows how hard an aircraft turned, and not exceeded unless it is shown."""

SHARPEST: Final = 2.0
"""The sharpest turn that leads from one velocity to another bends a path twice as much as the steady one."""

UNSTEADY: Final = 1.25
"""How much harder than steadily an aircraft may have turned that is seen to turn harder than usual. Assumed."""

WEAVE_MPS2_A_SECOND: Final = 0.06
"""For each second between reports: what a turn out and back, that neither end shows, bends a path. A bank that swings
out and back at 10° a second reaches 10° T / 2π; the way aside is then ``g bank (T / 2π)²``, that of a steady turn of
0.055 m/s² for each second of T. Transports roll at half that rate."""

HARDEST_WEAVE_MPS2: Final = 2.5
"""And not more than 14° of bank held throughout."""

UNSEEN_CLIMB_MPS2: Final = 0.2
"""The same of climbs: a bump of 0.1 g out and back moves an aircraft ``0.1 g (T / 2π)²`` off the line."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """Bounds of the acceleration over the line of each row of `Observation`, and between which times they hold."""

    turn_mps2: Floats
    climb_mps2: Floats  # of pressure altitude
    geo_climb_mps2: Floats  # of height above the ellipsoid
    climb_from_s: Floats  # of the altitudes that the line was drawn between
    climb_until_s: Floats
    geo_from_s: Floats
    geo_until_s: Floats


def bound_unseen(tracks: Tracks, seen: Observation, position_m: Floats, clock_s: Floats, step_m: Floats) -> Unseen:
    """Return what may have gone unseen on each line.

    Args:
        tracks: the recording.
        seen: its usable rows.
        position_m: 95 % bound of the position of each row of ``seen``.
        clock_s: half the resolution of the time stamps, one an aircraft.
        step_m: of the pressure altitude of each row of ``seen``.
    """
    after, length_s = _line_ends(seen)
    velocity = _reported_velocity(tracks, seen)
    speed = np.linalg.norm(seen.line[:, VX : VX + 3], axis=1)
    noise_m = np.hypot(position_m, position_m[after]) + 2.0 * clock_s[seen.aircraft] * speed
    turn = _turns(seen, after, length_s, velocity, noise_m)
    climbs = []
    for value, rate, raw, step, is_own in (
        (ALT, ALT_RATE, tracks.altitude_m, step_m, ~seen.is_repeat),
        (GEO, GEO_RATE, tracks.geoaltitude_m, np.zeros(len(seen)), np.ones(len(seen), bool)),
    ):
        from_s, until_s = _bracket(seen, after, is_own & np.isfinite(raw[seen.row]), np.isfinite(seen.line[:, value]))
        climbs.append((_climbs(tracks, seen, after, until_s - from_s, seen.line[:, rate], step), from_s, until_s))
    (climb, from_s, until_s), (geo_climb, geo_from_s, geo_until_s) = climbs
    return Unseen(turn, climb, geo_climb, from_s, until_s, geo_from_s, geo_until_s)


def _line_ends(seen: Observation) -> tuple[Ints, Floats]:
    """Return the row at the end of each line, itself at the last of a run, and how long the line takes."""
    after = np.minimum(np.arange(len(seen)) + 1, seen.last)
    return after, seen.line[after, T] - seen.line[:, T]


def _reported_velocity(tracks: Tracks, seen: Observation) -> Floats:
    row = seen.row
    out = np.empty((len(row), 6))
    surface_motion(tracks.lat_deg[row], tracks.lon_deg[row], tracks.groundspeed_mps[row], tracks.track_deg[row], out)
    velocity: Floats = np.where(tracks.groundspeed_mps[row, None] > 0.0, out[:, 3:], np.nan)
    return velocity


def _turns(seen: Observation, after: Ints, length_s: Floats, velocity: Floats, noise_m: Floats) -> Floats:
    """Return the bound of horizontal acceleration of each line."""
    over_s = np.where(length_s > 0.0, length_s, 1.0)
    flown = seen.line[:, VX : VX + 3]
    shown = _change(velocity, velocity[after], flown, noise_m / over_s) / over_s
    is_told = np.isfinite(shown)
    before, ahead = _shown_by_neighbours(seen, after, flown, noise_m, over_s)
    shown = np.where(is_told, shown, np.maximum(before, ahead))
    hardest = np.maximum(USUAL_TURN_MPS2, UNSTEADY * shown)
    weave = np.minimum(WEAVE_MPS2_A_SECOND * length_s, HARDEST_WEAVE_MPS2)
    return np.where(is_told, np.minimum(SHARPEST * shown, hardest), hardest) + weave


def _change(one: Floats, other: Floats, flown: Floats, noise: Floats) -> Floats:
    """Return how much a velocity changed over each line: as reported, or as the line disagrees with either report.

    A steady change departs from the line by half of it at both ends, the sharpest by all of it at one.
    """
    told = np.linalg.norm(other - one, axis=1)
    for end in (one, other):
        told = np.maximum(told, np.asarray(np.linalg.norm(flown - end, axis=1)) - noise)
    return np.asarray(told)


def _shown_by_neighbours(
    seen: Observation, after: Ints, flown: Floats, noise_m: Floats, over_s: Floats
) -> tuple[Floats, Floats]:
    """Return the acceleration between each line and the one before, and the one after, less what noise makes of it."""
    row = np.arange(len(seen))
    found = []
    for near in (np.maximum(row - 1, seen.first), np.where(after < seen.last, after, row)):
        apart_s = 0.5 * (over_s + over_s[near])
        noise = noise_m / over_s + noise_m[near] / over_s[near]
        change = np.linalg.norm(flown - flown[near], axis=1) - noise
        found.append(np.where(near == row, 0.0, np.maximum(change, 0.0) / apart_s))
    return found[0], found[1]


def _bracket(seen: Observation, after: Ints, is_reported: Bools, is_known: Bools) -> tuple[Floats, Floats]:
    """Return between which reported altitudes each line's altitudes were drawn: their times."""
    n = len(seen)
    row = np.arange(n)
    left = np.maximum.accumulate(np.where(is_reported, row, -1)) if n else row
    right = np.minimum.accumulate(np.where(is_reported, row, n)[::-1])[::-1] if n else row
    usable = is_known & is_known[after]
    begin = np.where(usable, np.maximum(left, seen.first), row)
    end = np.where(usable, np.minimum(right[after], seen.last), after)
    return seen.line[begin, T], seen.line[end, T]


def _climbs(
    tracks: Tracks, seen: Observation, after: Ints, length_s: Floats, climb_mps: Floats, step_m: Floats
) -> Floats:
    """Return the bound of vertical acceleration of each line."""
    over_s = np.where(length_s > 0.0, length_s, 1.0)
    told = tracks.vertical_rate_mps[seen.row]
    change = np.abs(told[after] - told)
    for end in (told, told[after]):
        change = np.maximum(change, np.abs(climb_mps - end) - step_m / over_s)
    row = np.arange(len(seen))
    beside = np.zeros(len(seen))
    for near in (np.maximum(row - 1, seen.first), np.where(after < seen.last, after, row)):
        beside += np.where(near == row, 0.0, np.abs(climb_mps - climb_mps[near]))
    change = np.where(np.isfinite(change), change, np.nan_to_num(beside))
    return SHARPEST * change / over_s + UNSEEN_CLIMB_MPS2
