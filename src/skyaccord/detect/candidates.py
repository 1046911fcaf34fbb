"""Which pairs of a recording are worth measuring, and when: the pruning step of the encounter search.

Time is cut into slots. Within a slot each aircraft stays in a ball about its reports and in a band of altitude; pairs
whose balls (widened by half the distance searched for) and bands do not touch cannot meet there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, T, X
from skyaccord.detect.observation import Observation
from skyaccord.detect.volume import Volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.neighbours import touching_pairs
from skyaccord.geometry.vectors import Floats, Ints

COMMON_SPEED_MPS: Final = 250.0  # sets the slots' length only, never what is found
SHORTEST_SLOT_S: Final = 10.0
LONGEST_SLOT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of (aircraft, slot) stretches that may meet, sorted by pair and time."""

    rows: Ints  # (n, 4): first and last row of the ownship's stretch, first and last row of the intruder's
    window_s: Floats  # (n, 2): begin and end of the slot

    def __len__(self) -> int:
        return len(self.rows)


@kernel
def stretches(
    line: Floats, slack: Floats, last: Ints, zero_s: float, slot_s: float, range_m: float, height_m: float
) -> tuple[Ints, Floats]:
    """Return each run's stretch in each slot: ``(slot, from row, to row)`` and ``(x, y, z, radius, low, high)``."""
    n = line.shape[0]
    place = np.empty((max(16, n), 3), np.int64)
    ball = np.empty((place.shape[0], 6))
    count = 0
    k = 0
    while k < n:
        end = last[k]
        slot = np.int64(np.floor((line[k, T] - zero_s) / slot_s))
        final = np.int64(np.floor((line[end, T] - zero_s) / slot_s))
        low_row = k
        while slot <= final:
            begin_s, stop_s = zero_s + slot * slot_s, zero_s + (slot + 1) * slot_s
            while low_row < end and line[low_row + 1, T] <= begin_s:
                low_row += 1
            high_row = low_row
            while high_row < end and line[high_row, T] < stop_s:
                high_row += 1
            if count == place.shape[0]:
                place = np.concatenate((place, np.empty_like(place)))
                ball = np.concatenate((ball, np.empty_like(ball)))
            place[count, 0] = slot
            place[count, 1] = low_row
            place[count, 2] = high_row
            enclose(line, slack, low_row, high_row, range_m, height_m, ball[count])
            count += 1
            slot += 1
        k = end + 1
    return place[:count], ball[:count]


@kernel
def enclose(
    line: Floats, slack: Floats, low_row: int, high_row: int, range_m: float, height_m: float, out: Floats
) -> None:
    """Write the ball and the band of altitude that hold rows low_row…high_row, widened by slack and half the volume."""
    for axis in range(3):
        out[axis] = 0.5 * (line[low_row, X + axis] + line[high_row, X + axis])
    radius_2 = 0.0
    low, high = np.inf, -np.inf
    has_altitude = True
    aside_m, above_m = 0.0, 0.0
    for k in range(low_row, high_row + 1):
        distance_2 = 0.0
        for axis in range(3):
            distance_2 += (line[k, X + axis] - out[axis]) ** 2
        radius_2 = max(radius_2, distance_2)
        has_altitude = has_altitude and np.isfinite(line[k, ALT])
        aside_m, above_m = max(aside_m, slack[k, 0]), max(above_m, slack[k, 1])
        low = min(low, line[k, ALT])
        high = max(high, line[k, ALT])
    if not has_altitude:
        low, high = -np.inf, np.inf
    out[3] = np.sqrt(radius_2) + 0.5 * range_m + aside_m
    out[4] = low - 0.5 * height_m - above_m
    out[5] = high + 0.5 * height_m + above_m


def find_candidates(seen: Observation, volume: Volume, slack: Floats | None = None) -> Candidates:
    """Return all stretches of pairs that may come within a volume of each other.

    ``slack``, shape (rows, 2), is what each line may be off by, horizontally and in altitude, and is granted.
    """
    slack = np.zeros((len(seen), 2)) if slack is None else slack
    if len(seen) == 0:
        return Candidates(np.empty((0, 4), np.int64), np.empty((0, 2)))
    slot_s = min(max(volume.range_m / COMMON_SPEED_MPS, SHORTEST_SLOT_S), LONGEST_SLOT_S)
    zero_s = float(np.floor(seen.line[:, T].min()))
    place, ball = stretches(seen.line, slack, seen.last, zero_s, slot_s, volume.range_m, volume.height_m)
    order = np.argsort(place[:, 0], kind="stable")
    place, ball = place[order], ball[order]
    pair = touching_pairs(
        place[:, 0].copy(), ball[:, :3].copy(), ball[:, 3].copy(), ball[:, 4].copy(), ball[:, 5].copy()
    )
    aircraft = seen.aircraft[place[:, 1]]
    pair = pair[aircraft[pair[:, 0]] != aircraft[pair[:, 1]]]
    swap = aircraft[pair[:, 0]] > aircraft[pair[:, 1]]
    pair[swap] = pair[swap][:, ::-1]
    a, b = pair[:, 0], pair[:, 1]
    order = np.lexsort((place[b, 1], place[a, 1], aircraft[b], aircraft[a]))
    a, b = a[order], b[order]
    begin_s = zero_s + place[a, 0] * slot_s
    return Candidates(
        np.column_stack((place[a, 1], place[a, 2], place[b, 1], place[b, 2])),
        np.column_stack((begin_s, zero_s + (place[a, 0] + 1) * slot_s)),
    )
