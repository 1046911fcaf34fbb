"""Ghosts: a second report of a real aircraft under another id, next to it or trailing it.

Ground stations rebroadcast what radar and multilateration see (TIS-B) under ids that are no ICAO addresses, written
with a leading ``~``. Where the station fails to match its target with the aircraft's own report, the same aircraft
appears twice, a few seconds of flight apart. But a ``~`` is also how an aircraft without its own report appears, and
the only sight of it. So the id proves nothing: a ghost must stay with one real aircraft for nearly all of its life.

Only ids with ``~`` can be ghosts. Two ICAO addresses that fly together are two aircraft in formation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.geometry.earth import surface_points
from skyaccord.model.tracks import UNASSIGNED, Floats, Ints, Tracks
from skyaccord.units import FT, KT, NM

PREFIX: Final = "~"
"""How readsb, dump1090 and the archives fed by them write an id that is no ICAO address."""

SAMPLES: Final = 4
"""Fewest reports that can show a shadow; three or fewer may be a chance meeting."""

LASTS_S: Final = 10.0
"""Shortest time over which it must be shown: two updates of a terminal radar (4.8 s each)."""

SHARE: Final = 0.9
"""Share of all reports of the ghost that must lie beside its host."""

NEAR_M: Final = 0.25 * NM
"""Beside, horizontally, after the lag: radar and multilateration place a target to about 0.1 NM."""

NEAR_VERTICAL_M: Final = 400.0 * FT
"""Beside, vertically: altitude coded in steps of 100 ft, up to `LAG_S` old, in a climb of 1,500 ft/min."""

LAG_S: Final = 10
"""Seconds by which a ghost may trail or lead; one and the same for all its reports."""

SAME_SPEED_MPS: Final = 25.0 * KT
"""Median difference of reported speeds."""

SAME_TRACK_DEG: Final = 30.0
"""Median difference of reported courses: a turn of 3 deg/s seen `LAG_S` late."""

FASTEST_MPS: Final = 700.0 * KT
"""No aircraft that is tracked by TIS-B flies faster."""

BRIDGE_S: Final = 60.0
"""Longest pause in the host's reports across which its position is interpolated."""

SEARCH_M: Final = 10.0 * NM
"""Aircraft seen within this of one of three of the ghost's reports, and `BRIDGE_S` of it, are tried as hosts: a minute
of flight at 600 kt."""


@dataclass(frozen=True, slots=True)
class GhostOf:
    """A ghost, whose it is, and on what ground."""

    ghost: int  # index into Tracks.aircraft
    host: int
    samples: int
    beside: int  # of them, beside the host
    share: float  # of the ghost's reports that lie beside the host
    median_m: float  # horizontal distance after the lag
    lag_s: float  # positive: the ghost is where the host was

    def reason(self, tracks: Tracks) -> str:
        """Return the ground in words."""
        return (
            f"{tracks.aircraft[self.ghost].id} lies beside {tracks.aircraft[self.host].id} in {self.share:.0%} of its "
            f"{self.samples} reports, {self.median_m:.0f} m off at {self.lag_s:g} s of lag"
        )


@dataclass(frozen=True, slots=True)
class Shadows:
    """Ghosts, and ids with ``~`` that lie beside a real aircraft in too few reports to say so."""

    ghosts: tuple[GhostOf, ...] = ()
    suspected: tuple[GhostOf, ...] = ()


def find_ghosts(tracks: Tracks, rows: Ints, aircraft: Ints) -> Shadows:
    """Return what shadows what among ids with ``~``; ``rows`` have a believable time and position, ascending."""
    is_suspect = np.array([a.id.startswith(PREFIX) for a in tracks.aircraft], np.bool_)
    if not is_suspect.any():
        return Shadows()
    of = aircraft[rows]
    real = rows[~is_suspect[of]]
    real = real[np.argsort(tracks.t_s[real], kind="stable")]
    real_t_s = tracks.t_s[real]
    bounds = np.searchsorted(of, np.arange(len(tracks.aircraft) + 1))
    found: list[GhostOf] = []
    suspected: list[GhostOf] = []
    for ghost in np.flatnonzero(is_suspect):
        own = rows[bounds[ghost] : bounds[ghost + 1]]
        if len(own) == 0:
            continue
        is_enough = len(own) >= SAMPLES and tracks.t_s[own[-1]] - tracks.t_s[own[0]] >= LASTS_S
        hosts = _hosts(tracks, own, real, real_t_s, aircraft)
        tried = [_shadow(tracks, own, rows[bounds[host] : bounds[host + 1]], aircraft) for host in hosts]
        best = min((shadow for shadow in tried if shadow is not None), key=lambda s: s.median_m, default=None)
        if best is not None:
            # An id that a party claims is never left out; with its host it is doubted.
            is_claimed = tracks.aircraft[ghost].party != UNASSIGNED
            is_shown = is_enough and best.beside >= SAMPLES and not is_claimed
            (found if is_shown else suspected).append(best)
    return Shadows(tuple(found), tuple(suspected))


def _hosts(tracks: Tracks, own: Ints, real: Ints, real_t_s: Floats, aircraft: Ints) -> Ints:
    """Return the real aircraft near the first, middle or last report of a suspect; ``real`` is sorted by time."""
    near = []
    for row in own[[0, len(own) // 2, len(own) - 1]]:
        low, high = np.searchsorted(real_t_s, tracks.t_s[row] + np.array([-BRIDGE_S, BRIDGE_S]))
        candidates = real[low:high]
        points = surface_points(tracks.lat_deg[candidates], tracks.lon_deg[candidates])
        here = surface_points(tracks.lat_deg[row : row + 1], tracks.lon_deg[row : row + 1])
        near.append(aircraft[candidates[np.linalg.norm(points - here, axis=1) <= SEARCH_M]])
    return np.unique(np.concatenate(near))


def _shadow(tracks: Tracks, own: Ints, theirs: Ints, aircraft: Ints) -> GhostOf | None:
    """Return the finding that reports ``own`` shadow the aircraft of ``theirs``, or ``None`` where they do not."""
    points = surface_points(tracks.lat_deg[own], tracks.lon_deg[own])
    path = surface_points(tracks.lat_deg[theirs], tracks.lon_deg[theirs])
    now = np.linalg.norm(points - _along(tracks.t_s[theirs], path, tracks.t_s[own]), axis=1)
    if float(np.mean(now <= NEAR_M + LAG_S * FASTEST_MPS)) < SHARE:
        return None  # no lag can bring them together
    best: GhostOf | None = None
    for lag in sorted(range(-LAG_S, LAG_S + 1), key=abs):
        at_s = tracks.t_s[own] - lag
        distance = np.linalg.norm(points - _along(tracks.t_s[theirs], path, at_s), axis=1)
        climb = np.abs(tracks.altitude_m[own] - _along(tracks.t_s[theirs], tracks.altitude_m[theirs], at_s))
        beside = (distance <= NEAR_M) & (climb <= NEAR_VERTICAL_M)  # false where either is unknown
        share = float(np.mean(beside))
        if share < SHARE or not _moves_alike(tracks, own[beside], theirs, at_s[beside]):
            continue
        median = float(np.median(distance[beside]))
        if best is None or median < best.median_m:
            best = GhostOf(
                int(aircraft[own[0]]), int(aircraft[theirs[0]]), len(own), int(beside.sum()), share, median, float(lag)
            )
    return best


def _along(t_s: Floats, value: Floats, at_s: Floats) -> Floats:
    """Return values interpolated in time; NaN before the first, after the last and across long pauses."""
    after = np.clip(np.searchsorted(t_s, at_s), 1, max(len(t_s) - 1, 1))
    if len(t_s) < 2:
        return np.full((len(at_s), *value.shape[1:]), np.nan)
    span = t_s[after] - t_s[after - 1]
    weight = (at_s - t_s[after - 1]) / np.where(span > 0.0, span, 1.0)
    is_seen = (at_s >= t_s[0]) & (at_s <= t_s[-1]) & (span <= BRIDGE_S)
    weight = np.where(is_seen, weight, np.nan).reshape(-1, *(1,) * (value.ndim - 1))
    out: Floats = value[after - 1] * (1.0 - weight) + value[after] * weight
    return out


def _moves_alike(tracks: Tracks, own: Ints, theirs: Ints, at_s: Floats) -> bool:
    """Return whether speeds and courses agree, as far as both report them."""
    nearest = np.clip(np.searchsorted(tracks.t_s[theirs], at_s), 0, len(theirs) - 1)
    host = theirs[nearest]
    speed = np.abs(_reported(tracks, own) - _reported(tracks, host))
    turn = np.abs((tracks.track_deg[own] - tracks.track_deg[host] + 180.0) % 360.0 - 180.0)
    return _agrees(speed, SAME_SPEED_MPS) and _agrees(turn, SAME_TRACK_DEG)


def _reported(tracks: Tracks, rows: Ints) -> Floats:
    """Return reported speeds, NaN for the 0 that some archives write for none."""
    speed = tracks.groundspeed_mps[rows]
    return np.where(speed > 0.0, speed, np.nan)


def _agrees(difference: Floats, limit: float) -> bool:
    known = difference[~np.isnan(difference)]
    return len(known) == 0 or float(np.median(known)) <= limit
