"""Where an aircraft may have been while no believed report of it was received: silence, or positions that are doubted.

Between its last believed report and the next it is within reach of both, at `REACH_FACTOR` times the fastest ground
speed reported about then: in a lens about the straight line between the two, the thinner the less time it had to spare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, ALT_RATE, VX, T, X
from skyaccord.detect.observation import Bools, Observation
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Tracks, position_error_m
from skyaccord.units import FPM, KT, MIN

REACH_FACTOR: Final = 1.1
"""Allowance for wind and unseen acceleration over the fastest ground speed reported about the time."""

LONGEST_SILENCE_S: Final = 10.0 * MIN
"""An aircraft that is silent for longer has left the recording and come back: nothing is said of the time between."""

FRESH_S: Final = 3600.0
"""A believed report further from a doubted one says nothing: the aircraft could have crossed a continent. Without any
the doubt is named among the data's faults, and whoever came near the reported positions is found by the search."""

ABOUT_S: Final = 300.0
"""Speeds reported this long before and after count."""

USUAL_CLIMB_MPS: Final = 3000 * FPM
"""Climb or descent granted to whoever reported less about then: few airliners exceed it. Assumed."""

UNSTATED_CLIMB_MPS: Final = 6000 * FPM
"""And where none is reported: a light jet's best."""

UNSTATED_REACH_MPS: Final = 600 * KT
"""Ground speed assumed where none is reported or flown: above any airliner's, below a fighter's dash."""

NO_ROW: Final = -1

# Columns of a region: the two anchors (infinite time where there is none), reach, and the band of altitude.
T0, X0, T1, X1, SPEED, NOISE, ALT0, ALT1, CLIMB, LOW, HIGH = 0, 1, 4, 5, 8, 9, 10, 11, 12, 13, 14
REGION_COLUMNS: Final = 15


@dataclass(frozen=True, slots=True)
class Hidden:
    """Times in which aircraft were hidden, sorted by aircraft and time."""

    aircraft: Ints
    before: Ints  # the believed row of Observation before, or `NO_ROW`
    after: Ints
    from_s: Floats
    until_s: Floats
    is_doubt: Bools  # whether reports are doubted in it; else there are none
    region: Floats  # (n, REGION_COLUMNS)

    def __len__(self) -> int:
        return len(self.aircraft)


def find_hidden(tracks: Tracks, seen: Observation) -> Hidden:
    """Return when each aircraft was hidden between its first and its last usable report.

    Silence in which an aircraft reported from the ground is none.
    """
    believed = np.flatnonzero(_is_believed(seen))
    pairs = _pairs(seen, believed)
    before, after, first, last = pairs.T
    t_s = seen.line[:, T]
    is_doubt = last >= first
    quiet_s = np.where((before >= 0) & (after >= 0), t_s[after] - t_s[before], 0.0)
    grounded = np.concatenate(([0], np.cumsum((tracks.marks & np.uint32(Mark.ON_GROUND)) != 0)))
    was_down = grounded[seen.row[after]] > grounded[seen.row[before]]
    kept = is_doubt | ((quiet_s <= LONGEST_SILENCE_S) & ~was_down)
    pairs, is_doubt = pairs[kept], is_doubt[kept]
    from_s, until_s = _times(t_s, pairs, is_doubt)
    pairs[:, 0], pairs[:, 1] = _fresh(t_s, pairs[:, 0], from_s), _fresh(t_s, pairs[:, 1], until_s)
    kept = (pairs[:, :2] >= 0).any(axis=1)
    before, after = pairs[kept, 0], pairs[kept, 1]
    of = seen.aircraft[np.where(before >= 0, before, after)]
    region = _regions(tracks, seen, pairs[kept])
    return Hidden(of, before, after, from_s[kept], until_s[kept], is_doubt[kept], region)


def _is_believed(seen: Observation) -> Bools:
    """Return which rows an aircraft is believed at; of one that is doubted throughout, what it reported has to do."""
    count = int(seen.aircraft[-1]) + 1 if len(seen) else 0
    has_any = np.bincount(seen.aircraft[~seen.is_doubtful], minlength=count) > 0
    believed: Bools = ~seen.is_doubtful | ~has_any[seen.aircraft]
    return believed


def _pairs(seen: Observation, believed: Ints) -> Ints:
    """Return believed rows before and after, and the first and last doubted row between them (last < first for none).

    Shape (n, 4); `NO_ROW` where an aircraft's doubted rows have no believed one on that side.
    """
    same = seen.aircraft[believed[1:]] == seen.aircraft[believed[:-1]]
    one, other = believed[:-1][same], believed[1:][same]
    apart = (other - one > 1) | (seen.first[one] != seen.first[other])
    between = np.column_stack((one, other, one + 1, other - 1))[apart]
    edges = []
    begin = np.flatnonzero(np.diff(seen.aircraft, prepend=-1))
    end = np.append(begin[1:], len(seen))
    low, high = np.searchsorted(believed, begin), np.searchsorted(believed, end)
    for start, stop, a, b in zip(begin.tolist(), end.tolist(), low.tolist(), high.tolist(), strict=True):
        if a < b and believed[a] > start:
            edges.append((NO_ROW, believed[a], start, believed[a] - 1))
        if a < b and believed[b - 1] < stop - 1:
            edges.append((believed[b - 1], NO_ROW, believed[b - 1] + 1, stop - 1))
    found = np.concatenate((between, np.array(edges, np.int64).reshape(-1, 4)))
    return found[np.argsort(np.where(found[:, 0] >= 0, found[:, 0], found[:, 1]), kind="stable")]


def _times(t_s: Floats, pairs: Ints, is_doubt: Bools) -> tuple[Floats, Floats]:
    """Return from when until when each is hidden: silence about doubted reports counts while it is not too long."""
    before, after, first, last = pairs.T
    limit = len(t_s) - 1
    begin_s, end_s = t_s[np.clip(first, 0, limit)], t_s[np.clip(last, 0, limit)]
    from_s = np.where(is_doubt, begin_s, t_s[before])
    until_s = np.where(is_doubt, end_s, t_s[after])
    is_near = is_doubt & (before >= 0) & (begin_s - t_s[before] <= LONGEST_SILENCE_S)
    from_s = np.where(is_near, t_s[before], from_s)
    is_near = is_doubt & (after >= 0) & (t_s[after] - end_s <= LONGEST_SILENCE_S)
    return from_s, np.where(is_near, t_s[after], until_s)


def _fresh(t_s: Floats, row: Ints, at_s: Floats) -> Ints:
    kept: Ints = np.where((row >= 0) & (np.abs(t_s[row] - at_s) <= FRESH_S), row, NO_ROW)
    return kept


def _regions(tracks: Tracks, seen: Observation, rows: Ints) -> Floats:
    error = position_error_m(tracks)[seen.row]
    marks = tracks.marks[seen.row] & np.uint32(Mark.FROZEN | Mark.DUPLICATE_ID)
    return regions(
        seen.line,
        seen.aircraft,
        seen.is_doubtful,
        tracks.groundspeed_mps[seen.row],
        np.abs(tracks.vertical_rate_mps[seen.row]),
        error,
        marks != 0,
        rows,
    )


@kernel
def regions(
    line: Floats,
    aircraft: Ints,
    is_doubtful: Bools,
    speed_mps: Floats,
    climb_mps: Floats,
    error_m: Floats,
    has_no_altitude: Bools,
    rows: Ints,
) -> Floats:
    """Return the region of each hidden time: ``rows`` before and after, and the first and last doubted row between."""
    out = np.zeros((rows.shape[0], REGION_COLUMNS))
    for n in range(rows.shape[0]):
        before, after, first, last = rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3]
        region = out[n]
        region[T0], region[T1] = -np.inf, np.inf
        region[ALT0], region[ALT1] = np.nan, np.nan
        told, flown, climb, climbed = 0.0, 0.0, -1.0, -1.0
        for anchor, way in ((before, -1), (after, 1)):
            if anchor < 0:
                continue
            column = 0 if way == -1 else T1
            region[column] = line[anchor, T]
            region[column + 1 : column + 4] = line[anchor, X : X + 3]
            region[ALT0 if way == -1 else ALT1] = line[anchor, ALT]
            region[NOISE] = max(region[NOISE], error_m[anchor])
            k = anchor
            while 0 <= k < line.shape[0] and aircraft[k] == aircraft[anchor]:
                if abs(line[k, T] - line[anchor, T]) > ABOUT_S:
                    break
                if not is_doubtful[k]:
                    if speed_mps[k] > told:
                        told = speed_mps[k]
                    if climb_mps[k] > climb:
                        climb = climb_mps[k]
                    leads_on = k + 1 < line.shape[0] and not is_doubtful[k + 1] and (way == 1 or k != anchor)
                    if leads_on:
                        v = line[k, VX] ** 2 + line[k, VX + 1] ** 2 + line[k, VX + 2] ** 2
                        flown = max(flown, np.sqrt(v))
                        if abs(line[k, ALT_RATE]) > climbed:  # false where it is not known
                            climbed = abs(line[k, ALT_RATE])
                k += way
        speed = told if told > 0.0 else flown
        region[SPEED] = REACH_FACTOR * speed if speed > 0.0 else UNSTATED_REACH_MPS
        if climb < 0.0:
            climb = max(climbed, UNSTATED_CLIMB_MPS)
        region[CLIMB] = REACH_FACTOR * max(climb, USUAL_CLIMB_MPS)
        if before >= 0 and after >= 0:
            away = 0.0
            for axis in range(3):
                away += (region[X1 + axis] - region[X0 + axis]) ** 2
            took_s = max(region[T1] - region[T0], 1.0)
            region[SPEED] = max(region[SPEED], REACH_FACTOR * np.sqrt(away) / took_s)
        region[LOW], region[HIGH] = -np.inf, np.inf
        low, high = np.inf, -np.inf
        is_known = last >= first
        for k in range(first, last + 1):
            is_known = is_known and not has_no_altitude[k] and np.isfinite(line[k, ALT])
            low, high = min(low, line[k, ALT]), max(high, line[k, ALT])
        if is_known:  # interference with positions leaves pressure altitude alone
            for altitude in (region[ALT0], region[ALT1]):
                if np.isfinite(altitude):
                    low, high = min(low, altitude), max(high, altitude)
            region[LOW], region[HIGH] = low, high
    return out


@kernel
def place_at(region: Floats, t: float, out: Floats) -> float:
    """Write the middle of a region at time t to ``out``: point, lowest and highest altitude; return its radius."""
    before, after = t - region[T0], region[T1] - t
    speed = region[SPEED]
    if not np.isfinite(after) or not np.isfinite(before):
        column, away_s = (X0, before) if np.isfinite(before) else (X1, after)
        out[:3] = region[column : column + 3]
        radius = speed * away_s
    else:
        share = before / (before + after) if before + after > 0.0 else 0.0
        d = 0.0
        for axis in range(3):
            step = region[X1 + axis] - region[X0 + axis]
            out[axis] = region[X0 + axis] + share * step
            d += step * step
        d = np.sqrt(d)
        near, far = speed * before, speed * after
        radius = min(near + d * share, far + d * (1.0 - share))
        if d > 0.0 and abs(near - far) < d:
            along = (d * d + near * near - far * far) / (2.0 * d)
            rim = np.sqrt(max(near * near - along * along, 0.0))
            spare = near + far - d
            tip = max(share, 1.0 - share) * max(spare, 0.0)
            radius = min(radius, max(np.sqrt(rim * rim + (along - d * share) ** 2), tip))
    low, high = region[LOW], region[HIGH]
    for altitude, away_s in ((region[ALT0], before), (region[ALT1], after)):
        if np.isfinite(altitude) and np.isfinite(away_s):
            low = max(low, altitude - region[CLIMB] * away_s)
            high = min(high, altitude + region[CLIMB] * away_s)
    out[3], out[4] = low, high
    return float(radius + region[NOISE])
