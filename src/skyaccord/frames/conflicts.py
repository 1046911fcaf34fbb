"""Which pairs in a dataframe will lose separation within a look-ahead, instant by instant."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from skyaccord.detect.snapshot import Conflicts, find_conflicts
from skyaccord.detect.volume import Volume
from skyaccord.errors import UnitError
from skyaccord.frames.give_back import give_back
from skyaccord.frames.instants import ELLIPSOID, NO_DATUM, PRESSURE, Instants, read_instants
from skyaccord.model.states import States
from skyaccord.model.tables import CONFLICTS
from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.units import LENGTH, TIME, parse_quantity

Row = tuple[object, ...]


def conflicts(frame: ArrowStream, *, within: str, look_ahead: str) -> Any:
    """Return every pair that will be within a volume of each other, in the kind of dataframe that was given.

    Both fly straight on from their state at the instant; distances are those of WGS-84. Each timestamp is an instant.
    A pair whose altitudes have no common datum counts by its horizontal distance alone, and an unknown vertical rate
    as level flight; ``reason`` says so. An aircraft that cannot be searched has a row of its own, ``b`` null.

    Args:
        frame: one row for each aircraft and instant; columns as in docs/python.md.
        within: radius and half height of the volume, as ``"5 NM, 1000 ft"``; the radius alone for any height.
        look_ahead: as ``"300 s"`` or ``"5 min"``.

    Returns:
        Rows of `CONFLICTS`, sorted by instant and entry.

    Raises:
        UnitError: a quantity without a unit of its kind.
        FormatError: ``frame`` is no dataframe.
        ColumnError: it lacks a needed column.
    """
    volume, until_s = read_volume(within), parse_quantity(look_ahead, TIME).si
    found = read_instants(frame)
    rows: list[Row] = []
    for begin, end in pairwise(found.start.tolist()):
        rows += _at_instant(found, begin, end, volume, until_s)
    at = pa.array([row[0] for row in rows], pa.int64())
    columns = [pa.array([row[k] for row in rows], CONFLICTS.field(k).type) for k in range(1, len(CONFLICTS))]
    return give_back(pa.table([found.timestamp.take(at), *columns], schema=CONFLICTS), frame)


def read_volume(text: str) -> Volume:
    """Return the volume that ``"5 NM, 1000 ft"`` stands for."""
    parts = text.split(",")
    if len(parts) > 2:
        raise UnitError(text, 'radius and half height, as in "5 NM, 1000 ft"')
    height_m = parse_quantity(parts[1], LENGTH).si if len(parts) == 2 else np.inf
    return Volume(parse_quantity(parts[0], LENGTH).si, height_m)


def _at_instant(found: Instants, begin: int, end: int, volume: Volume, until_s: float) -> list[Row]:
    """Return the rows of one instant: row of the instant, then the columns behind ``timestamp``."""
    usable = np.array([k for k in range(begin, end) if found.reason[k] is None], np.int64)
    pairs = _measured(found, usable, found.states.altitude_m, volume, until_s)
    unknown = [pair for pair in pairs if np.isnan(pair[5])]
    geo = found.geoaltitude_m
    again = np.array(sorted({k for pair in unknown for k in pair[:2] if np.isfinite(geo[k])}), np.int64)
    by_geo = {(pair[0], pair[1]): pair for pair in _measured(found, again, geo, volume, until_s)}
    rows: list[Row] = []
    for pair in sorted(pairs, key=lambda each: (each[2], each[0], each[1])):
        a, b = pair[0], pair[1]
        if not np.isnan(pair[5]):
            rows.append((a, *_pair_row(found, pair, PRESSURE)))
        elif not (np.isfinite(geo[a]) and np.isfinite(geo[b])):
            rows.append((a, *_pair_row(found, pair, NO_DATUM)))
        elif (a, b) in by_geo:
            rows.append((a, *_pair_row(found, by_geo[a, b], ELLIPSOID)))
    left_out = [k for k in range(begin, end) if found.reason[k] is not None]
    rows += [(k, found.icao24[k], None, *[None] * 5, NO_DATUM, f"not searched: {found.reason[k]}") for k in left_out]
    return rows


Pair = tuple[int, int, float, float, float, float, float]
"""Rows of both, then t_entry_s, t_exit_s, t_cpa_s, vmd_m, hmd_m."""


def _measured(found: Instants, rows: Ints, altitude_m: Floats, volume: Volume, until_s: float) -> list[Pair]:
    of = found.states
    states = States(
        of.lat_deg[rows],
        of.lon_deg[rows],
        altitude_m[rows],
        of.groundspeed_mps[rows],
        of.track_deg[rows],
        of.vertical_rate_mps[rows],
    )
    there: Conflicts = find_conflicts(states, volume, until_s)
    columns = (rows[there.a], rows[there.b], there.t_entry_s, there.t_exit_s, there.t_cpa_s, there.vmd_m, there.hmd_m)
    return list(zip(*(each.tolist() for each in columns), strict=True))


def _pair_row(found: Instants, pair: Pair, datum: str) -> Row:
    a, b, entry_s, exit_s, cpa_s, vmd_m, hmd_m = pair
    climb = found.states.vertical_rate_mps
    level = [str(found.icao24[k]) for k in (a, b) if np.isnan(climb[k])]
    reason = "no altitude in a common datum: horizontal distance alone" if datum == NO_DATUM else None
    if reason is None and level:
        reason = f"no vertical_rate of {' and '.join(level)}: taken as level"
    known_m = None if np.isnan(vmd_m) else vmd_m
    return found.icao24[a], found.icao24[b], entry_s, exit_s, cpa_s, hmd_m, known_m, datum, reason
