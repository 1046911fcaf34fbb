"""Aircraft that stand or roll on the ground although no flag says so, and altitudes of 0 that are none.

Archives write altitude 0, or none, for an aircraft whose transponder says "on ground". The transponders of slow
aircraft say so in flight as well: below some speed they guess. So an altitude code alone proves nothing. A run of
codes is believed where the aircraft is slow and its own altitudes show the landing before or the take-off after it;
or where it stands and no altitude of it is known for long before and after. Where a code is not believed the
aircraft is searched, with its altitude unknown rather than 0.

A row with a measured altitude is on the ground only beside such a landing or take-off: slow, level, and no higher than
its last altitude there. A helicopter in the hover and an aircraft that dips water look the same but for that sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.geometry.earth import surface_points
from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Floats, Ints, Tracks
from skyaccord.tracks.quality.floor import Floor, cell_key, find_floor, is_among, keys_around
from skyaccord.tracks.quality.motion import Flags
from skyaccord.tracks.quality.touchdown import FIELD_M, find_touchdowns
from skyaccord.units import FPM, FT, KT

TAXIING_MPS: Final = 20.0 * KT
"""A run of ground codes after a landing or before a take-off must hold one row slower than this. Assumption."""

STANDING_MPS: Final = 5.0 * KT
"""A run without known altitudes must hold one row slower than this, and none faster than `TAXI_MPS`. Assumption."""

UNKNOWN_S: Final = 600.0
"""Known altitudes nearer in time than this must show a landing or take-off; a hover is not to pass for standing."""

MISSING_S: Final = 30.0
MISSING_MPS: Final = 16.0 * KT
"""A run of missing altitudes without any 0 among them must last so long, and be slower on the whole, to be a taxi: slow
aircraft in flight lose altitudes too, for single reports or for minutes. Assumption."""

ROLLING_MPS: Final = 80.0 * KT
"""Rows of a believed run up to this speed roll: light aircraft lift off and touch down at 50 to 70 kt."""

ROLL_S: Final = 30.0
"""A row faster than `TAXI_MPS` must lie within this of a slower one of its run: the roll, not the climb that follows
while the code stays. Assumption."""

TAXI_MPS: Final = 35.0 * KT
"""Faster than this, neither a row with a measured altitude nor a run without known ones is on the ground."""

FASTEST_CLIMB_MPS: Final = 1500.0 * FPM
"""What an aircraft that uses such codes may climb or descend on average between the ground and a known altitude."""

MEASURED_M: Final = 300.0 * FT
"""A measured altitude this near 0 shortly before or after makes an altitude of 0 a measured one: a sea-level field,
or flight low over water."""

MEASURED_WITHIN_S: Final = 300.0
"""How shortly."""

LEVEL_M: Final = 50.0 * FT
"""Altitude may differ this much between neighbouring rows of an aircraft that stands: two steps of 25 ft."""

SPAN_S: Final = 4.0
"""Positions further apart in time than this give a speed; over less, whole-second stamps make it worthless."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Rows on the ground, and rows in flight whose altitude of 0 is a code."""

    on_ground: Flags
    altitude_is_code: Flags


@dataclass(frozen=True, slots=True)
class _Rows:
    """The usable rows of a recording, packed."""

    aircraft: Ints
    t_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    altitude_m: Floats
    speed_mps: Floats
    flagged: Flags


def find_ground(tracks: Tracks, rows: Ints, aircraft: Ints) -> Ground:
    """Return which rows of the table are on the ground by speed and height, and which altitudes are codes.

    ``rows`` are those with a position and a time. Rows already marked ON_GROUND are evidence of an airfield.
    """
    out = Ground(np.zeros(len(tracks), np.bool_), np.zeros(len(tracks), np.bool_))
    rows = _rows_near_evidence(tracks, rows, aircraft)
    if not len(rows):
        return out
    packed = _pack(tracks, rows, aircraft)
    floor = find_floor(packed.lat_deg, packed.lon_deg, np.where(_is_code(packed.altitude_m), np.nan, packed.altitude_m))
    by_code, is_code, touchdown_m = _ground_by_code(packed, floor)
    out.on_ground[rows] = by_code | _ground_by_touchdown(packed, touchdown_m, is_code)
    out.altitude_is_code[rows] = is_code & (packed.altitude_m == 0.0) & ~out.on_ground[rows] & ~packed.flagged
    return out


def _rows_near_evidence(tracks: Tracks, rows: Ints, aircraft: Ints) -> Ints:
    """Return the rows of all aircraft that have a code or a flag, or come within two cells of one.

    The others can neither be on the ground by these rules nor change the floor where it counts.
    """
    flagged = (tracks.marks[rows] & np.uint32(Mark.ON_GROUND)) != 0
    evidence = flagged | _is_code(tracks.altitude_m[rows])
    if not evidence.any():
        return rows[:0]
    place = cell_key(tracks.lat_deg[rows], tracks.lon_deg[rows])
    near = is_among(place, np.unique(keys_around(np.unique(place[evidence]), 2)))
    concerned = np.zeros(len(tracks.aircraft), np.bool_)
    concerned[aircraft[rows[near]]] = True
    return rows[concerned[aircraft[rows]]]


def _pack(tracks: Tracks, rows: Ints, aircraft: Ints) -> _Rows:
    lat, lon, t_s, of = tracks.lat_deg[rows], tracks.lon_deg[rows], tracks.t_s[rows], aircraft[rows]
    reported = tracks.groundspeed_mps[rows]
    speed = np.fmax(np.where(reported > 0.0, reported, np.nan), _implied_speed(lat, lon, t_s, of))
    flagged = (tracks.marks[rows] & np.uint32(Mark.ON_GROUND)) != 0
    return _Rows(of, t_s, lat, lon, tracks.altitude_m[rows], speed, flagged)


def _implied_speed(lat_deg: Floats, lon_deg: Floats, t_s: Floats, aircraft: Ints) -> Floats:
    """Return the greater speed that positions imply from the row before and to the row after; NaN where too near."""
    points = surface_points(lat_deg, lon_deg)
    step = np.linalg.norm(np.diff(points, axis=0), axis=1)
    span = np.diff(t_s)
    is_use = (span >= SPAN_S) & (np.diff(aircraft) == 0)
    speed = np.where(is_use, step / np.where(is_use, span, 1.0), np.nan)
    return np.fmax(np.concatenate(([np.nan], speed)), np.concatenate((speed, [np.nan])))[: len(t_s)]


def _is_code(altitude_m: Floats) -> Flags:
    """Return which altitudes are missing or exactly 0."""
    code: Flags = np.isnan(altitude_m) | (altitude_m == 0.0)
    return code


def _ground_by_code(rows: _Rows, floor: Floor) -> tuple[Flags, Flags, Floats]:
    """Return which rows are on the ground by their altitude code, which altitudes are codes, and touchdown altitudes.

    The altitude of a touchdown is known for rows on the ground beside it and for flagged rows that measure one.
    """
    code = _is_code(rows.altitude_m)
    before, after = _neighbours(rows, ~code)
    is_code = code & ~_is_measured(rows, before, after)
    base = floor.at(rows.lat_deg, rows.lon_deg)
    is_high = (_rise(rows, before, base) > 0.0) | (_rise(rows, after, base) > 0.0)
    can = is_code & ~is_high & _is_taxi_or_roll(rows, is_code)
    touchdown_m = np.full(len(code), np.nan)
    for near, is_landing in ((before, True), (after, False)):
        near = np.where(can, near, -1)
        is_seen = find_touchdowns(near, is_landing, rows.aircraft, rows.t_s, rows.altitude_m)
        touchdown_m = np.fmin(touchdown_m, np.where(is_seen, rows.altitude_m[near], np.nan))
    slowest = _of_run(rows, can, np.minimum)
    by_code = can & ~np.isnan(touchdown_m) & (slowest < TAXIING_MPS) & ~_may_be_flight(rows, can)
    by_code |= can & _is_standing(rows, is_code, before, after)
    measured = rows.flagged & ~code
    return by_code, is_code, np.where(measured, rows.altitude_m, np.where(by_code, touchdown_m, np.nan))


def _may_be_flight(rows: _Rows, member: Flags) -> Flags:
    """Return which runs without any 0 are too short, or too fast on the whole, for an aircraft that taxies."""
    has_zero = _of_run(rows, member, np.minimum, np.abs(rows.altitude_m)) == 0.0
    first_s, last_s = (_of_run(rows, member, which, rows.t_s) for which in (np.minimum, np.maximum))
    total, count = _of_run(rows, member, np.add), _of_run(rows, member, np.add, np.ones(len(member)))
    is_long = last_s >= np.where(member, first_s + MISSING_S, np.inf)
    is_slow: Flags = total < MISSING_MPS * count  # false outside runs, where both are infinite
    may_be: Flags = ~(has_zero | (is_long & is_slow))
    return may_be


def _is_taxi_or_roll(rows: _Rows, is_code: Flags) -> Flags:
    """Return which rows are slow, or a little faster just before or after a slow one of the same aircraft."""
    slow = is_code & (rows.speed_mps < TAXI_MPS)
    is_near = slow.copy()
    for near in _neighbours(rows, slow):
        is_near |= (near >= 0) & (np.abs(rows.t_s - rows.t_s[near]) <= ROLL_S)
    return is_near & (rows.speed_mps < ROLLING_MPS)


def _is_standing(rows: _Rows, is_code: Flags, before: Ints, after: Ints) -> Flags:
    """Return which rows belong to a run of zeros that stands, with no known altitude near in time to either end."""
    zero = is_code & (rows.altitude_m == 0.0)
    elapsed = [np.where(near >= 0, np.abs(rows.t_s - rows.t_s[near]), np.inf) for near in (before, after)]
    alone_s = _of_run(rows, zero, np.minimum, np.minimum(*elapsed))
    slowest, fastest = _of_run(rows, zero, np.minimum), _of_run(rows, zero, np.maximum)
    stands: Flags = zero & (alone_s > UNKNOWN_S) & (slowest < STANDING_MPS) & (fastest < TAXI_MPS)
    return stands


def _neighbours(rows: _Rows, known: Flags) -> tuple[Ints, Ints]:
    """Return the nearest known row before and after each row, of the same aircraft; -1 where there is none."""
    n = len(known)
    index = np.arange(n)
    before = np.maximum.accumulate(np.where(known, index, -1)) if n else index
    after = np.minimum.accumulate(np.where(known, index, n)[::-1])[::-1] if n else index
    after = np.where(after == n, -1, after)
    for near in (before, after):
        near[(near >= 0) & (rows.aircraft[near] != rows.aircraft)] = -1
    return before, after


def _is_measured(rows: _Rows, before: Ints, after: Ints) -> Flags:
    """Return which altitudes of 0 stand beside measured ones near 0."""
    out = np.zeros(len(before), np.bool_)
    for near in (before, after):
        is_near = np.abs(rows.t_s - rows.t_s[near]) <= MEASURED_WITHIN_S
        out |= (near >= 0) & is_near & (np.abs(rows.altitude_m[near]) <= MEASURED_M)
    out &= rows.altitude_m == 0.0
    return out


def _rise(rows: _Rows, near: Ints, base: Floats) -> Floats:
    """Return by how much the known altitude nearby is too high for a row on the ground; NaN where unknown."""
    elapsed = np.abs(rows.t_s - rows.t_s[near])
    height = rows.altitude_m[near] - base
    return np.where(near >= 0, height - FIELD_M - FASTEST_CLIMB_MPS * elapsed, np.nan)


def _of_run(rows: _Rows, member: Flags, least: np.ufunc, value: Floats | None = None) -> Floats:
    """Return the least, or greatest, speed (or ``value``) of each unbroken run of ``member`` rows of one aircraft.

    A speed that is not known counts as infinite; so does everything outside runs.
    """
    out = np.full(len(member), np.inf)
    if not member.any():
        return out
    begins = member.copy()
    begins[1:] &= ~member[:-1] | (np.diff(rows.aircraft) != 0)
    run = np.cumsum(begins) - 1
    known = np.where(np.isnan(rows.speed_mps), np.inf, rows.speed_mps) if value is None else value
    first = np.flatnonzero(begins[member])
    out[member] = least.reduceat(known[member], first)[run[member]]
    return out


def _ground_by_touchdown(rows: _Rows, touchdown_m: Floats, is_code: Flags) -> Flags:
    """Return which rows with a measured altitude are slow, level, and as low as an aircraft on the ground nearby."""
    evidence = ~np.isnan(touchdown_m)
    field = find_floor(rows.lat_deg[evidence], rows.lon_deg[evidence], touchdown_m[evidence])
    height = rows.altitude_m - field.at(rows.lat_deg, rows.lon_deg)  # NaN away from fields
    low: Flags = (rows.speed_mps < TAXI_MPS) & ~is_code & (height <= FIELD_M) & _is_level(rows, is_code)
    return low


def _is_level(rows: _Rows, is_code: Flags) -> Flags:
    """Return which altitudes differ little from those of the rows before and after, as far as these are measured."""
    step = np.abs(np.diff(rows.altitude_m))
    is_jump = (step > LEVEL_M) & (np.diff(rows.aircraft) == 0) & ~is_code[1:] & ~is_code[:-1]
    level = np.ones(len(rows.t_s), np.bool_)
    level[1:] &= ~is_jump
    level[:-1] &= ~is_jump
    return level
