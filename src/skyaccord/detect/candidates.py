"""Which pairs of a recording are worth measuring, and when: the pruning step of the encounter search.

Time is cut into slots. Within a slot each aircraft stays in a ball about its reports and in a band of altitude; pairs
whose balls (widened by half the distance searched for) and bands do not touch cannot meet there. Where an aircraft is
hidden, the region it may be in takes the place of its reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.hidden import CLIMB, SPEED, Hidden, place_at
from skyaccord.detect.line import ALT, VX, T, X
from skyaccord.detect.observation import Observation
from skyaccord.detect.volume import Volume
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.neighbours import touching_pairs
from skyaccord.geometry.vectors import Floats, Ints

SLOT_S: Final = 30.0
"""Length of a slot: of the order of the time in which an airliner crosses a volume. The same for every volume, so that
what a larger volume's candidates give within a smaller one is to the last bit what its own would."""

STEP_S: Final = 1.0
"""Where one of two is hidden, they are compared at whole seconds; what both can move in half of one is granted."""

SAMPLES: Final = 4  # instants of a slot at which a region is looked at, and one more


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of (aircraft, slot) stretches that may meet, sorted by pair and time."""

    rows: Ints  # (n, 4): first and last row of the ownship's stretch, first and last row of the intruder's
    window_s: Floats  # (n, 2): begin and end of the slot
    hidden_pairs: Ints  # (m, 4): a hidden time, another or -1, and else the first and last row of the other's stretch
    hidden_window_s: Floats  # (m, 2)

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
    """Write the ball and the band of altitude that hold rows low_row…high_row, widened by slack and half the volume.

    The ball is wider by what the aircraft moves in half a step (`STEP_S`) too.
    """
    for axis in range(3):
        out[axis] = 0.5 * (line[low_row, X + axis] + line[high_row, X + axis])
    radius_2, speed_2 = 0.0, 0.0
    low, high = np.inf, -np.inf
    has_altitude = True
    aside_m, above_m = 0.0, 0.0
    for k in range(low_row, high_row + 1):
        distance_2 = 0.0
        for axis in range(3):
            distance_2 += (line[k, X + axis] - out[axis]) ** 2
        radius_2 = max(radius_2, distance_2)
        speed_2 = max(speed_2, line[k, VX] ** 2 + line[k, VX + 1] ** 2 + line[k, VX + 2] ** 2)
        has_altitude = has_altitude and np.isfinite(line[k, ALT])
        aside_m, above_m = max(aside_m, slack[k, 0]), max(above_m, slack[k, 1])
        low = min(low, line[k, ALT])
        high = max(high, line[k, ALT])
    if not has_altitude:
        low, high = -np.inf, np.inf
    out[3] = np.sqrt(radius_2) + 0.5 * range_m + aside_m + 0.5 * STEP_S * np.sqrt(speed_2)
    out[4] = low - 0.5 * height_m - above_m
    out[5] = high + 0.5 * height_m + above_m


@kernel
def hidden_stretches(
    region: Floats, times: Floats, zero_s: float, slot_s: float, range_m: float, height_m: float
) -> tuple[Ints, Floats]:
    """Return the ball of each hidden time in each slot, as `stretches` does: ``(slot, number, -1)``."""
    slots = np.floor((times - zero_s) / slot_s).astype(np.int64)
    count = int((slots[:, 1] - slots[:, 0] + 1).sum())
    place = np.empty((count, 3), np.int64)
    ball = np.empty((count, 6))
    here = np.empty(5)
    count = 0
    for n in range(region.shape[0]):
        for slot in range(slots[n, 0], slots[n, 1] + 1):
            begin = max(times[n, 0], zero_s + slot * slot_s)
            end = min(times[n, 1], zero_s + (slot + 1) * slot_s)
            out = ball[count]
            place_at(region[n], 0.5 * (begin + end), here)
            out[:3] = here[:3]
            radius, low, high = 0.0, np.inf, -np.inf
            for q in range(SAMPLES + 1):
                reach = place_at(region[n], begin + (end - begin) * q / SAMPLES, here)
                away = 0.0
                for axis in range(3):
                    away += (here[axis] - out[axis]) ** 2
                radius = max(radius, reach + np.sqrt(away))
                low, high = min(low, here[3]), max(high, here[4])
            between_s = 0.5 * (end - begin) / SAMPLES
            out[3] = radius + region[n, SPEED] * (2.0 * between_s + 0.5 * STEP_S) + 0.5 * range_m
            out[4] = low - region[n, CLIMB] * between_s - 0.5 * height_m
            out[5] = high + region[n, CLIMB] * between_s + 0.5 * height_m
            place[count, 0], place[count, 1], place[count, 2] = slot, n, -1
            count += 1
    return place[:count], ball[:count]


def find_candidates(
    seen: Observation, volume: Volume, slack: Floats | None = None, hidden: Hidden | None = None
) -> Candidates:
    """Return all stretches of pairs that may come within a volume of each other.

    Args:
        seen: usable rows.
        volume: D and H.
        slack: what each line may be off by, horizontally and in altitude, shape (rows, 2): granted.
        hidden: when aircraft were hidden, where pairs with these are asked for too.
    """
    slack = np.zeros((len(seen), 2)) if slack is None else slack
    if len(seen) == 0:
        return Candidates(*(np.empty((0, width), kind) for width, kind in ((4, np.int64), (2, float)) * 2))
    zero_s = float(np.floor(seen.line[:, T].min()))
    place, ball = stretches(seen.line, slack, seen.last, zero_s, SLOT_S, volume.range_m, volume.height_m)
    if hidden is not None and len(hidden):
        times = np.column_stack((hidden.from_s, hidden.until_s))
        more = hidden_stretches(hidden.region, times, zero_s, SLOT_S, volume.range_m, volume.height_m)
        place, ball = np.concatenate((place, more[0])), np.concatenate((ball, more[1]))
    order = np.argsort(place[:, 0], kind="stable")
    place, ball = place[order], ball[order]
    pair = touching_pairs(
        place[:, 0].copy(), ball[:, :3].copy(), ball[:, 3].copy(), ball[:, 4].copy(), ball[:, 5].copy()
    )
    is_hidden = place[:, 2] < 0
    aircraft = seen.aircraft[np.where(is_hidden, 0, place[:, 1])]
    if hidden is not None and len(hidden):
        aircraft = np.where(is_hidden, hidden.aircraft[np.where(is_hidden, place[:, 1], 0)], aircraft)
    pair = pair[aircraft[pair[:, 0]] != aircraft[pair[:, 1]]]
    with_hidden = is_hidden[pair].any(axis=1)
    hidden_pair, pair = pair[with_hidden], pair[~with_hidden]
    swap = aircraft[pair[:, 0]] > aircraft[pair[:, 1]]
    pair[swap] = pair[swap][:, ::-1]
    a, b = pair[:, 0], pair[:, 1]
    order = np.lexsort((place[b, 1], place[a, 1], aircraft[b], aircraft[a]))
    a, b = a[order], b[order]
    swap = ~is_hidden[hidden_pair[:, 0]]
    hidden_pair[swap] = hidden_pair[swap][:, ::-1]
    h, g = hidden_pair[:, 0], hidden_pair[:, 1]
    return Candidates(
        np.column_stack((place[a, 1], place[a, 2], place[b, 1], place[b, 2])),
        _window(place[a, 0], zero_s),
        np.column_stack((place[h, 1], np.where(is_hidden[g], place[g, 1], -1), place[g, 1], place[g, 2])),
        _window(place[h, 0], zero_s),
    )


def _window(slot: Ints, zero_s: float) -> Floats:
    return np.column_stack((zero_s + slot * SLOT_S, zero_s + (slot + 1) * SLOT_S))
