"""Snapshot search: which pairs of aircraft will lose separation inside a look-ahead, if all go on as they are.

Each pair is seen in the plane that touches the earth midway between the two: positions and ground velocities are
dropped on it, and both aircraft move straight at constant speed (error against great-circle flight below 0.01 % of the
distance flown for look-aheads of 300 s). Cost follows the number of aircraft: in the look-ahead an aircraft stays in a
ball about the middle of its way, and only pairs whose balls touch are measured. Taking the middle, not the present
position, halves the distance at which pairs must be considered and quarters their number.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.volume import Volume
from skyaccord.geometry.earth import SEMI_MAJOR_M, surface_motion
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.layout import lay_out
from skyaccord.geometry.neighbours import SINGLE_SLACK_M, pack, search
from skyaccord.geometry.relative import interval_within_height, interval_within_range, time_of_least_range
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.states import States

ONE_THREAD_BELOW: Final = 20_000
"""Fewer aircraft than this are searched faster than threads are started."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Pairs that will be within the volume, sorted by pair; times in seconds from now, distances in metres.

    ``hmd_m`` is the horizontal distance at ``t_cpa_s``, the instant of least horizontal distance in the look-ahead, and
    ``vmd_m`` the vertical distance at that same instant (NaN where an altitude is unknown).
    """

    a: Ints  # indices into the states, a < b
    b: Ints
    t_entry_s: Floats
    t_exit_s: Floats
    t_cpa_s: Floats
    hmd_m: Floats
    vmd_m: Floats
    candidates: int  # pairs that had to be measured

    def __len__(self) -> int:
        return len(self.a)


# Columns of an aircraft's motion: point and velocity in the frame of geometry.earth, altitude and its rate.
POINT: Final = 0
VELOCITY: Final = 3
ALTITUDE: Final = 6
CLIMB: Final = 7
MOTION_COLUMNS: Final = 8


@kernel
def balls(motion: Floats, range_m: float, height_m: float, until_s: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the ball and height band each aircraft stays in, widened by half the volume: centre, radius, low, high."""
    n = motion.shape[0]
    centre = np.empty((n, 3))
    radius = np.empty(n)
    low = np.empty(n)
    high = np.empty(n)
    for k in range(n):
        speed_2 = 0.0
        for axis in range(3):
            centre[k, axis] = motion[k, POINT + axis] + 0.5 * until_s * motion[k, VELOCITY + axis]
            speed_2 += motion[k, VELOCITY + axis] ** 2
        way_m = math.sqrt(speed_2) * until_s
        # A straight way leaves the curved surface by way²/2R; twice that covers both aircraft of a pair.
        radius[k] = 0.5 * way_m + 0.5 * range_m + way_m * way_m / SEMI_MAJOR_M
        rise_m = motion[k, CLIMB] * until_s
        low[k] = motion[k, ALTITUDE] + min(rise_m, 0.0) - 0.5 * height_m
        high[k] = motion[k, ALTITUDE] + max(rise_m, 0.0) + 0.5 * height_m
        if np.isnan(motion[k, ALTITUDE]):
            low[k], high[k] = -np.inf, np.inf
    return centre, radius, low, high


@kernel
def measure_pairs(pair: Ints, motion: Floats, range_m: float, height_m: float, until_s: float) -> tuple[Ints, Floats]:
    """Return the pairs (rows of ``motion``) in conflict, and ``(t_entry, t_exit, t_cpa, hmd, vmd)`` of each."""
    where = np.empty((pair.shape[0], 2), np.int64)
    value = np.empty((pair.shape[0], 5))
    count = 0
    for n in range(pair.shape[0]):
        i, j = pair[n, 0], pair[n, 1]
        ss, sv, vv, sn, vn, nn = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for axis in range(3):
            s = motion[j, POINT + axis] - motion[i, POINT + axis]
            v = motion[j, VELOCITY + axis] - motion[i, VELOCITY + axis]
            up = motion[j, POINT + axis] + motion[i, POINT + axis]  # towards the zenith midway
            ss += s * s
            sv += s * v
            vv += v * v
            sn += s * up
            vn += v * up
            nn += up * up
        if nn <= 0.0:
            continue
        ss, sv, vv = ss - sn * sn / nn, sv - sn * vn / nn, vv - vn * vn / nn
        low, high = interval_within_range(ss, sv, vv, range_m)
        z, w = motion[j, ALTITUDE] - motion[i, ALTITUDE], motion[j, CLIMB] - motion[i, CLIMB]
        if np.isfinite(z) and np.isfinite(w):
            bottom, top = interval_within_height(z, w, height_m)
            low, high = max(low, bottom), min(high, top)
        low, high = max(low, 0.0), min(high, until_s)
        if low >= high:
            continue
        t_cpa = min(max(time_of_least_range(sv, vv), 0.0), until_s)
        where[count, 0] = i
        where[count, 1] = j
        value[count, 0] = low
        value[count, 1] = high
        value[count, 2] = t_cpa
        value[count, 3] = math.sqrt(max(ss + t_cpa * (2.0 * sv + t_cpa * vv), 0.0))
        value[count, 4] = abs(z + w * t_cpa)
        count += 1
    return where[:count], value[:count]


def find_conflicts(states: States, volume: Volume, look_ahead_s: float, threads: int = 2) -> Conflicts:
    """Return every pair that will be within a volume of each other inside the look-ahead, both flying straight on.

    Aircraft without a finite position or ground velocity take no part. An unknown altitude excludes no conflict; an
    unknown climb rate with a known altitude counts as level flight.

    Args:
        states: one instant, all altitudes in one datum.
        volume: D and H.
        look_ahead_s: how far ahead, seconds.
        threads: at most this many threads, above `ONE_THREAD_BELOW` aircraft.
    """
    position = states.lat_deg + states.lon_deg + states.groundspeed_mps + states.track_deg
    usable = np.flatnonzero(np.isfinite(position))
    if len(usable) < 2:
        return _conflicts(usable, [], 0)
    motion = _motion(states, usable)
    reach = volume.range_m, volume.height_m, look_ahead_s
    centre, radius, *_ = balls(motion, *reach)
    widest_m = float(radius.max()) + SINGLE_SLACK_M
    layout = lay_out(centre, widest_m)
    # In the order of cells neighbours lie together in memory; balls are made again, which is cheaper than to move them.
    usable, motion = usable[layout[0]], motion.take(layout[0], axis=0)
    centre, radius, low, high = balls(motion, *reach)
    ball = pack(centre, radius, low, high)

    def find(begin: int, end: int) -> tuple[Ints, Floats, int]:
        pair = search(layout, ball, radius, widest_m, begin, end)
        where, value = measure_pairs(pair, motion, *reach)
        return where, value, len(pair)

    parts = threads if len(usable) >= ONE_THREAD_BELOW else 1
    edges = np.linspace(0, len(usable), parts + 1).astype(int).tolist()
    if parts == 1:
        found = [find(0, len(usable))]
    else:
        with ThreadPoolExecutor(parts) as pool:
            found = list(pool.map(find, edges[:-1], edges[1:]))
    return _conflicts(usable, [(where, value) for where, value, _ in found], sum(count for *_, count in found))


def _motion(states: States, usable: Ints) -> Floats:
    motion = np.empty((len(usable), MOTION_COLUMNS))
    taken = slice(None) if len(usable) == len(states) else usable  # no copies where all take part
    place = states.lat_deg[taken], states.lon_deg[taken]
    surface_motion(*place, states.groundspeed_mps[taken], states.track_deg[taken], motion)
    motion[:, ALTITUDE] = states.altitude_m[taken]
    motion[:, CLIMB] = np.nan_to_num(states.vertical_rate_mps[taken])
    return motion


def _conflicts(usable: Ints, found: list[tuple[Ints, Floats]], candidates: int) -> Conflicts:
    """Return the parts as one, sorted by pair, with the numbers of the states (``usable``, by row of motion)."""
    where = np.concatenate([np.empty((0, 2), np.int64), *(part for part, _ in found)])
    value = np.concatenate([np.empty((0, 5)), *(part for _, part in found)])
    where = np.sort(usable[where], axis=1)
    order = np.lexsort((where[:, 1], where[:, 0]))
    where, value = where[order], value[order]
    return Conflicts(
        a=where[:, 0],
        b=where[:, 1],
        t_entry_s=value[:, 0],
        t_exit_s=value[:, 1],
        t_cpa_s=value[:, 2],
        hmd_m=value[:, 3],
        vmd_m=value[:, 4],
        candidates=candidates,
    )
