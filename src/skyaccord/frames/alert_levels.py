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
from skyaccord.frames.instants import ELLIPSOID, NO_DATUM, PRESSURE, Instants, Words, read_instants
from skyaccord.frames.profiles import pick_alerter, resolve_profile
from skyaccord.geometry.earth import surface_points
from skyaccord.model.states import States
from skyaccord.model.tables import ALERT_LEVELS
from skyaccord.model.tracks import Floats, Ints
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
    own = _row_of_ownship(found, is_own)
    rows = np.flatnonzero(~is_own)
    mine = own[rows]
    has_own = mine >= 0
    levels = np.full(len(rows), UNDETERMINED, np.int64)
    entry_s, horizontal_m, vertical_m = (np.full(len(rows), np.nan) for _ in range(3))
    datum = np.full(len(rows), NO_DATUM, object)
    with_own = rows[has_own]
    a, b, datum[has_own] = _in_common_datum(found, mine[has_own], with_own)
    result = pair_levels(a, b, rule)
    levels[has_own], entry_s[has_own] = result.level, result.entry_s
    step = surface_points(a.lat_deg, a.lon_deg) - surface_points(b.lat_deg, b.lon_deg)
    horizontal_m[has_own] = np.sqrt((step * step).sum(axis=1))
    vertical_m[has_own] = np.abs(a.altitude_m - b.altitude_m)
    reason = _reasons(found, mine, rows, datum)
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


def _row_of_ownship(found: Instants, is_own: np.ndarray) -> Ints:
    """Return, for each row, the ownship's row at its instant; -1 where there is none."""
    of_instant = np.full(max(len(found.start) - 1, 1), -1, np.int64)
    of_instant[found.instant[is_own]] = np.flatnonzero(is_own)
    return of_instant[found.instant] if len(found) else np.empty(0, np.int64)


def _in_common_datum(found: Instants, mine: Ints, its: Ints) -> tuple[States, States, Words]:
    """Return the states of pairs with altitudes in one datum, NaN where they share none, and the datum's name."""
    pressure, geo = found.states.altitude_m, found.geoaltitude_m
    by_pressure = np.isfinite(pressure[mine]) & np.isfinite(pressure[its])
    by_geo = ~by_pressure & np.isfinite(geo[mine]) & np.isfinite(geo[its])
    names = np.where(by_pressure, PRESSURE, np.where(by_geo, ELLIPSOID, NO_DATUM)).astype(object)

    def states(rows: Ints) -> States:
        altitude: Floats = np.where(by_pressure, pressure[rows], np.where(by_geo, geo[rows], np.nan))
        of = found.states
        return States(
            of.lat_deg[rows],
            of.lon_deg[rows],
            altitude,
            of.groundspeed_mps[rows],
            of.track_deg[rows],
            of.vertical_rate_mps[rows],
        )

    return states(mine), states(its), names


def _reasons(found: Instants, mine: Ints, its: Ints, datum: Words) -> Words:
    """Return why each pair has no level, the gravest reason; None where it has one."""
    climb = found.states.vertical_rate_mps
    reason = np.full(len(its), None, object)
    has_own = mine >= 0
    own = np.where(has_own, mine, 0)
    reason[has_own & np.isnan(climb[own])] = "ownship: no vertical_rate"
    reason[np.isnan(climb[its])] = "no vertical_rate"
    reason[datum == NO_DATUM] = "no altitude in a common datum"
    spoilt = np.array([each is not None for each in found.reason], bool)
    reason[spoilt[its]] = found.reason[its][spoilt[its]]
    of_own = has_own & spoilt[own]
    reason[of_own] = "ownship: " + found.reason[own][of_own]
    reason[~has_own] = "ownship: not seen at this instant"
    return reason
