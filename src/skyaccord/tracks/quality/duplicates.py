"""Two aircraft that report under one id: two tracks, each sound by itself, told in turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.quality.motion import Fixes, Flags, excess, reach_m
from skyaccord.units import FPM, FT, NM

SWITCHES: Final = 6
"""Changes from one track to the other; interference seldom goes back and forth so often. Assumption."""

WITHIN_S: Final = 3600.0
"""Time within which that many changes must come: two aircraft under one id alternate all the time."""

APART_M: Final = 5.0 * NM
"""Median distance of the two tracks where they alternate; nearer ones may be one aircraft with poor positions."""

STRAY_SHARE: Final = 0.05
"""Share of fixes that may fit neither track."""

SAME_ALTITUDE_M: Final = 300.0 * FT
"""A spoofed receiver keeps its own altimeter: where both tracks show one altitude, it is one aircraft that jumps."""

FASTEST_CLIMB_MPS: Final = 30_000.0 * FPM
"""No aircraft climbs or dives faster for long. Assumption."""


@dataclass(frozen=True, slots=True)
class Interleaved:
    """Two tracks told in turns under one id."""

    during: Flags  # fixes from the first change between the tracks to the last
    second: Flags  # of these, the ones of the second track
    are_two: bool  # whether they are two aircraft; else it may be one that jumps


def find_interleaved(fixes: Fixes, altitude_m: Floats) -> Interleaved | None:
    """Return the two tracks that the fixes of one aircraft tell in turns, or ``None`` where they tell one."""
    leaps_s = fixes.t_s[np.flatnonzero(excess(fixes) > 1.0) + 1]
    if len(leaps_s) < SWITCHES or (leaps_s[SWITCHES - 1 :] - leaps_s[: 1 - SWITCHES]).min() > WITHIN_S:
        return None
    stream = split(fixes, altitude_m)
    known = np.flatnonzero(stream >= 0)
    turn = np.flatnonzero(np.diff(stream[known]))
    if len(known) < (1.0 - STRAY_SHARE) * len(fixes) or len(turn) < SWITCHES:
        return None
    here, there = known[turn], known[turn + 1]
    apart = np.linalg.norm(fixes.points_m[here] - fixes.points_m[there], axis=1)
    climb = np.abs(altitude_m[here] - altitude_m[there])
    is_one_height = bool(np.isfinite(climb).any() and np.nanmedian(climb) <= SAME_ALTITUDE_M)
    during = np.zeros(len(fixes), np.bool_)
    during[here[0] : there[-1] + 1] = True
    return Interleaved(during, during & (stream == 1), bool(np.median(apart) >= APART_M) and not is_one_height)


def split(fixes: Fixes, altitude_m: Floats) -> Ints:
    """Return for each fix the track it continues, 0 or 1, or -1 for neither: the nearest within reach, in order."""
    heads: list[int] = []
    stream = np.full(len(fixes), -1, np.int64)
    for k in range(len(fixes)):
        ratio = _ratio(fixes, altitude_m, np.array(heads, np.int64), k)
        if len(heads) and ratio.min() <= 1.0:
            stream[k] = int(np.argmin(ratio))
            heads[int(stream[k])] = k
        elif len(heads) < 2:
            stream[k] = len(heads)
            heads.append(k)
    return stream


def _ratio(fixes: Fixes, altitude_m: Floats, heads: Ints, k: int) -> Floats:
    """Return distance over reach from each head to fix ``k``, on the ground or in altitude, whichever is more."""
    distance = np.linalg.norm(fixes.points_m[heads] - fixes.points_m[k], axis=1)
    speed = np.fmax(fixes.speed_mps[heads], fixes.speed_mps[k])
    elapsed_s = fixes.t_s[k] - fixes.t_s[heads]
    ratio = distance / reach_m(speed, elapsed_s, np.hypot(fixes.error_m[heads], fixes.error_m[k]))
    climbed = np.abs(altitude_m[heads] - altitude_m[k]) / (SAME_ALTITUDE_M + FASTEST_CLIMB_MPS * elapsed_s)
    both: Floats = np.fmax(ratio, climbed)  # an altitude that is not known says nothing
    return both
