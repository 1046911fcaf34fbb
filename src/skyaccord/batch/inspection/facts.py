"""Measured facts of a recording: extent, rates, pauses, altitudes, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.quality import LEFT_OUT
from skyaccord.model.tracks import UNASSIGNED, Floats, Ints, Tracks
from skyaccord.tracks.build import Build, build_tracks
from skyaccord.tracks.quality.assess import NOWHERE, Assessment, assess
from skyaccord.tracks.read import Reading

BINS: Final = 240
"""Of the activity over time."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Times between reports of one aircraft, pauses left out; NaN where no aircraft reports twice."""

    median_s: float
    p90_s: float
    longest_pause_s: float


@dataclass(frozen=True, slots=True)
class Activity:
    """How many aircraft were seen in each of equal intervals."""

    edges_s: Floats
    aircraft: Ints


@dataclass(frozen=True, slots=True)
class Facts:
    """A recording in numbers. Shares are of all rows, from 0 to 1; the extent is that of rows with a credible place."""

    rows: int
    aircraft: int
    begin_s: float
    end_s: float
    south_deg: float
    north_deg: float
    west_deg: float  # of the shortest arc that holds all longitudes; west > east where it crosses the date line
    east_deg: float
    with_pressure: float
    with_ellipsoid: float
    with_velocity: float
    with_accuracy: float
    with_callsign: float  # of aircraft
    parties: tuple[tuple[str, int], ...]  # aircraft each
    duplicate_rows: int
    rates: Rates
    most_at_once: int
    activity: Activity


@dataclass(frozen=True, slots=True)
class Inspection:
    """A recording, read and looked at."""

    reading: Reading
    build: Build
    quality: Assessment
    facts: Facts


def inspect_recording(reading: Reading) -> Inspection:
    """Return the facts of what was read; nothing of it is searched or judged."""
    build = build_tracks(reading.table)
    quality = assess(build.tracks)
    return Inspection(reading, build, quality, _facts(reading, build, quality))


def _facts(reading: Reading, build: Build, quality: Assessment) -> Facts:
    tracks = quality.tracks
    placed = (tracks.marks & np.uint32(NOWHERE)) == 0
    shown = placed if placed.any() else np.ones(len(tracks), np.bool_)
    t_s, lat_deg = tracks.t_s[shown], tracks.lat_deg[shown]
    west, east = _arc(tracks.lon_deg[shown])
    parties: dict[str, int] = {}
    for aircraft in tracks.aircraft:
        parties[aircraft.party] = parties.get(aircraft.party, 0) + 1
    known = sorted(item for item in parties.items() if item[0] != UNASSIGNED)
    named = sum(bool(each.callsign) for each in tracks.aircraft)
    return Facts(
        rows=reading.table.num_rows,
        aircraft=len(tracks.aircraft),
        begin_s=float(t_s.min()),
        end_s=float(t_s.max()),
        south_deg=float(lat_deg.min()),
        north_deg=float(lat_deg.max()),
        west_deg=west,
        east_deg=east,
        with_pressure=_share(tracks.altitude_m),
        with_ellipsoid=_share(tracks.geoaltitude_m),
        with_velocity=_share(tracks.groundspeed_mps + tracks.track_deg),
        with_accuracy=_share(tracks.horizontal_error_m),
        with_callsign=named / len(tracks.aircraft),
        parties=tuple(known),
        duplicate_rows=build.duplicate_rows,
        rates=_rates(tracks),
        most_at_once=most_at_once(tracks),
        activity=_activity(tracks, float(t_s.min()), float(t_s.max())),
    )


def most_at_once(tracks: Tracks, pause_s: float = 30.0) -> int:
    """Return how many aircraft were seen at one time, each from report to report over pauses up to ``pause_s``."""
    owner = owners(tracks)
    cut = np.flatnonzero((np.diff(tracks.t_s) > pause_s) | (np.diff(owner) > 0))
    begins, ends = tracks.t_s[np.append(0, cut + 1)], tracks.t_s[np.append(cut, len(tracks) - 1)]
    order = np.lexsort((np.repeat((0, 1), len(begins)), np.concatenate((begins, ends))))  # begins before ends
    steps = np.repeat((1, -1), len(begins))[order]
    return int(np.cumsum(steps).max())


def owners(tracks: Tracks) -> Ints:
    """Return the aircraft of each row."""
    return np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))


def _rates(tracks: Tracks, pause_s: float = 30.0) -> Rates:
    steps = np.diff(tracks.t_s)[(np.diff(owners(tracks)) == 0)]
    steps = steps[steps > 0]
    short = steps[steps <= pause_s]
    median, p90 = np.quantile(short, (0.5, 0.9)) if len(short) else (np.nan, np.nan)
    long = steps[steps > pause_s]
    return Rates(float(median), float(p90), float(long.max()) if len(long) else 0.0)


def _activity(tracks: Tracks, begin_s: float, end_s: float) -> Activity:
    edges = np.linspace(begin_s, max(end_s, begin_s + 1.0), BINS + 1)
    inside = (tracks.t_s >= edges[0]) & (tracks.t_s <= edges[-1])
    which = np.clip(np.searchsorted(edges, tracks.t_s[inside], side="right") - 1, 0, BINS - 1)
    pairs = np.unique(which * len(tracks.aircraft) + owners(tracks)[inside])
    return Activity(edges, np.bincount(pairs // len(tracks.aircraft), minlength=BINS).astype(np.int64))


def _arc(lon_deg: Floats) -> tuple[float, float]:
    """Return west and east of the shortest arc that holds all longitudes."""
    known = np.unique((lon_deg + 180.0) % 360.0 - 180.0)
    gaps = np.diff(np.append(known, known[0] + 360.0))
    widest = int(np.argmax(gaps))
    return float(known[(widest + 1) % len(known)]), float(known[widest])


def _share(values: Floats) -> float:
    return float(np.isfinite(values).mean())


def left_out(quality: Assessment) -> int:
    """Return how many rows carry a mark that keeps them out of every search."""
    return int(np.count_nonzero(quality.tracks.marks & np.uint32(LEFT_OUT)))
