"""The ownship beside every other row of its instant: which row it is, in which datum both are, and what is missing."""

from __future__ import annotations

import numpy as np

from skyaccord.frames.instants import ELLIPSOID, NO_DATUM, PRESSURE, Instants, Words
from skyaccord.model.states import States
from skyaccord.model.tracks import Floats, Ints


def row_of_ownship(found: Instants, is_own: np.ndarray) -> Ints:
    """Return, for each row, the ownship's row at its instant; -1 where there is none."""
    of_instant = np.full(max(len(found.start) - 1, 1), -1, np.int64)
    of_instant[found.instant[is_own]] = np.flatnonzero(is_own)
    return of_instant[found.instant] if len(found) else np.empty(0, np.int64)


def in_common_datum(found: Instants, mine: Ints, its: Ints) -> tuple[States, States, Words]:
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


def reasons_of_pairs(found: Instants, mine: Ints, its: Ints, datum: Words) -> Words:
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
