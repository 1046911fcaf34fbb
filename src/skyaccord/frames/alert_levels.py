"""Alert levels of one ownship against everyone else in a dataframe, instant by instant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from skyaccord.detect.ladder import ladder
from skyaccord.detect.levels import UNDETERMINED, pair_levels
from skyaccord.detect.profile import Profile
from skyaccord.frames.give_back import give_back
from skyaccord.frames.instants import NO_DATUM, read_instants
from skyaccord.frames.pairing import in_common_datum, reasons_of_pairs, row_of_ownship
from skyaccord.frames.profiles import pick_alerter, resolve_profile
from skyaccord.geometry.earth import surface_points
from skyaccord.model.tables import ALERT_LEVELS
from skyaccord.tracks.formats.dataframe import ArrowStream


def alert_levels(frame: ArrowStream, *, ownship: str, profile: Profile | str | Path, alerter: int = 1) -> Any:
    """Return the memory-less alert level of each intruder at each instant, in the kind of dataframe that was given.

    A level stands when its volume will be entered within its alerting time, both flying straight on, or is violated
    now; distances are those of WGS-84. Pressure altitudes are compared where both have one, else ellipsoidal ones.
    Each timestamp is an instant: where reports are not simultaneous, bring them to common instants first.

    Args:
        frame: one row for each aircraft and instant; columns as in docs/python.md.
        ownship: its icao24.
        profile: levels of alerting: a `Profile`, or a ``.conf`` file of DAIDALUS.
        alerter: number of the profile's alerter, from 1.

    Returns:
        Rows of `ALERT_LEVELS`, sorted by time: level 0 to n, null with a reason where it cannot be determined.

    Raises:
        FormatError: ``frame`` is no dataframe.
        ColumnError: it lacks a needed column.
        ConfError: the configuration cannot be followed.
    """
    chosen = resolve_profile(profile)
    rule = ladder(pick_alerter(chosen, alerter), chosen.look_ahead_s)
    found = read_instants(frame)
    name = ownship.strip().lower()
    is_own = found.icao24 == name
    own = row_of_ownship(found, is_own)
    rows = np.flatnonzero(~is_own)
    mine = own[rows]
    has_own = mine >= 0
    levels = np.full(len(rows), UNDETERMINED, np.int64)
    entry_s, horizontal_m, vertical_m = (np.full(len(rows), np.nan) for _ in range(3))
    datum = np.full(len(rows), NO_DATUM, object)
    with_own = rows[has_own]
    a, b, datum[has_own] = in_common_datum(found, mine[has_own], with_own)
    result = pair_levels(a, b, rule)
    levels[has_own], entry_s[has_own] = result.level, result.entry_s
    step = surface_points(a.lat_deg, a.lon_deg) - surface_points(b.lat_deg, b.lon_deg)
    horizontal_m[has_own] = np.sqrt((step * step).sum(axis=1))
    vertical_m[has_own] = np.abs(a.altitude_m - b.altitude_m)
    reason = reasons_of_pairs(found, mine, rows, datum)
    usable = np.array([each is None for each in reason], bool)
    table = pa.table(
        [
            found.timestamp.take(pa.array(rows)),
            pa.repeat(pa.scalar(name), len(rows)),
            pa.array(found.icao24[rows], pa.string()),
            pa.array(levels, mask=~usable).cast(pa.int8()),
            pa.array(entry_s, mask=~usable | np.isnan(entry_s)),
            pa.array(horizontal_m, mask=np.isnan(horizontal_m)),
            pa.array(vertical_m, mask=np.isnan(vertical_m)),
            pa.array(datum, pa.string()),
            pa.array(reason, pa.string()),
        ],
        schema=ALERT_LEVELS,
    )
    return give_back(table, frame)
