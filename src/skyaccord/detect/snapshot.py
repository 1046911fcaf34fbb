"""Snapshot search: which pairs of aircraft will lose separation inside a look-ahead, if all go on as they are.

Each pair is seen in the plane that touches the earth midway between the two: positions and ground velocities are
dropped on it, and both aircraft move straight at constant speed (error against great-circle flight below 0.01 % of the
distance flown for look-aheads of 300 s). Cost follows the number of aircraft: in the look-ahead an aircraft stays in a
ball about the middle of its way, and only pairs whose balls touch are measured. Taking the middle, not the present
position, halves the distance at which pairs must be considered and quarters their number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.volume import Volume
from skyaccord.geometry.earth import SEMI_MAJOR_M, surface_points, surface_velocities
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.neighbours import touching_pairs
from skyaccord.geometry.relative import interval_within_height, interval_within_range, time_of_least_range
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.states import States

CONFLICT_COLUMNS: Final = 5


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


@kernel
def measure_pairs(
    pair: Ints,
    point: Floats,
    velocity: Floats,
    altitude: Floats,
    climb: Floats,
    range_m: float,
    height_m: float,
    until_s: float,
) -> tuple[Ints, Floats]:
    """Return the pairs in conflict, and ``(t_entry, t_exit, t_cpa, hmd, vmd)`` of each."""
    where = np.empty((pair.shape[0], 2), np.int64)
    value = np.empty((pair.shape[0], CONFLICT_COLUMNS))
    count = 0
    for n in range(pair.shape[0]):
        i, j = min(pair[n, 0], pair[n, 1]), max(pair[n, 0], pair[n, 1])
        ss, sv, vv, sn, vn, nn = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
        for axis in range(3):
            s = point[j, axis] - point[i, axis]
            v = velocity[j, axis] - velocity[i, axis]
            up = point[j, axis] + point[i, axis]  # towards the zenith midway, to the flattening
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
        z, w = altitude[j] - altitude[i], climb[j] - climb[i]
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


def find_conflicts(states: States, volume: Volume, look_ahead_s: float) -> Conflicts:
    """Return every pair that will be within a volume of each other inside the look-ahead, both flying straight on.

    Aircraft without a finite position or ground velocity take no part. An unknown altitude excludes no conflict; an
    unknown climb rate with a known altitude counts as level flight.

    Args:
        states: one instant, all altitudes in one datum.
        volume: D and H.
        look_ahead_s: how far ahead, seconds.
    """
    usable = np.flatnonzero(
        np.isfinite(states.lat_deg)
        & np.isfinite(states.lon_deg)
        & np.isfinite(states.groundspeed_mps)
        & np.isfinite(states.track_deg)
    )
    lat, lon = states.lat_deg[usable], states.lon_deg[usable]
    speed = states.groundspeed_mps[usable]
    point = surface_points(lat, lon)
    velocity = surface_velocities(lat, lon, speed, states.track_deg[usable])
    altitude = states.altitude_m[usable]
    climb = np.nan_to_num(states.vertical_rate_mps[usable])

    way_m = np.abs(speed) * look_ahead_s
    # A straight way leaves the curved surface by way²/2R; twice that covers both aircraft of a pair.
    radius = 0.5 * way_m + 0.5 * volume.range_m + way_m * way_m / SEMI_MAJOR_M
    rise_m = climb * look_ahead_s
    known = np.isfinite(altitude)
    low = np.where(known, altitude + np.minimum(rise_m, 0.0) - 0.5 * volume.height_m, -np.inf)
    high = np.where(known, altitude + np.maximum(rise_m, 0.0) + 0.5 * volume.height_m, np.inf)
    one = np.zeros(len(usable), np.int64)
    pair = touching_pairs(one, point + 0.5 * look_ahead_s * velocity, radius, low, high)
    where, value = measure_pairs(pair, point, velocity, altitude, climb, volume.range_m, volume.height_m, look_ahead_s)
    order = np.lexsort((where[:, 1], where[:, 0]))
    where, value = usable[where[order]], value[order]
    return Conflicts(
        a=where[:, 0],
        b=where[:, 1],
        t_entry_s=value[:, 0],
        t_exit_s=value[:, 1],
        t_cpa_s=value[:, 2],
        hmd_m=value[:, 3],
        vmd_m=value[:, 4],
        candidates=len(pair),
    )
