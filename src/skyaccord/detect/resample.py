"""Recorded tracks at common instants: where each aircraft was every so many seconds, and how it moved.

Between two reports of a run (see `detect.observation`) position, altitude and velocity are interpolated; nothing is
known across a gap. Velocity is what the aircraft reported, and where it reported none, the way between its positions.
Rows of doubt take no part: an alert on them would be one on the receiver.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.line import ALT, ALT_RATE, T
from skyaccord.detect.observation import Observation
from skyaccord.model.states import States
from skyaccord.model.tracks import Floats, Ints, Tracks

METRES_A_DEGREE = 111_195.0
"""Mean length of a degree of a great circle; serves velocity where none was reported, to 0.4 %."""


@dataclass(frozen=True, slots=True)
class Resampled:
    """One entry for each instant and aircraft that is known then, sorted by instant."""

    instant: Ints  # instant k is at begin_s + k * every_s
    aircraft: Ints  # number in the tracks
    states: States  # pressure altitude
    begin_s: float
    every_s: float

    def __len__(self) -> int:
        return len(self.instant)


def resample(tracks: Tracks, seen: Observation, every_s: float) -> Resampled:
    """Return the states of all aircraft on a grid of instants from the first report on."""
    t_s = seen.line[:, T]
    begin_s = float(t_s.min()) if len(t_s) else 0.0
    k = np.flatnonzero((np.arange(len(seen)) < seen.last) & ~seen.is_doubtful)
    k = k[~seen.is_doubtful[k + 1]]
    first = np.ceil((t_s[k] - begin_s) / every_s).astype(np.int64)
    count = np.ceil((t_s[k + 1] - begin_s) / every_s).astype(np.int64) - first
    row = np.repeat(k, count)
    instant = np.repeat(first, count) + np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    order = np.argsort(instant, kind="stable")
    row, instant = row[order], instant[order]
    elapsed_s = begin_s + instant * every_s - t_s[row]
    share = elapsed_s / np.where(row < len(seen) - 1, t_s[np.minimum(row + 1, len(seen) - 1)] - t_s[row], 1.0)
    return Resampled(instant, seen.aircraft[row], _states(tracks, seen, row, elapsed_s, share), begin_s, every_s)


def _states(tracks: Tracks, seen: Observation, row: Ints, elapsed_s: Floats, share: Floats) -> States:
    here, there = seen.row[row], seen.row[row + 1] if len(row) else seen.row[row]
    lat, lon = tracks.lat_deg, tracks.lon_deg
    north = lat[there] - lat[here]
    east = (lon[there] - lon[here] + 180.0) % 360.0 - 180.0
    span_s = tracks.t_s[there] - tracks.t_s[here]
    shrink = np.cos(np.radians(lat[here]))
    east_mps, north_mps = (
        _between(_component(tracks, of), here, there, share, way * METRES_A_DEGREE / span_s)
        for of, way in ((np.sin, east * shrink), (np.cos, north))
    )
    climb = _between(tracks.vertical_rate_mps, here, there, share, seen.line[row, ALT_RATE])
    return States(
        lat_deg=lat[here] + share * north,
        lon_deg=(lon[here] + share * east + 180.0) % 360.0 - 180.0,
        altitude_m=seen.line[row, ALT] + elapsed_s * seen.line[row, ALT_RATE],
        groundspeed_mps=np.hypot(east_mps, north_mps),
        track_deg=np.degrees(np.arctan2(east_mps, north_mps)) % 360.0,
        vertical_rate_mps=climb,
    )


def _component(tracks: Tracks, of: np.ufunc) -> Floats:
    values: Floats = tracks.groundspeed_mps * of(np.radians(tracks.track_deg))
    return values


def _between(value: Floats, here: Ints, there: Ints, share: Floats, otherwise: Floats) -> Floats:
    """Interpolate a reported value; where one end has none take the other end's, and without both ``otherwise``."""
    a, b = value[here], value[there]
    a, b = np.where(np.isnan(a), b, a), np.where(np.isnan(b), a, b)
    mixed: Floats = a + share * (b - a)
    return np.where(np.isnan(mixed), otherwise, mixed)
