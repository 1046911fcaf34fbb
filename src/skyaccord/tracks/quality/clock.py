"""Rows whose time or position is no time or position at all, pauses in observation, and how finely time is kept."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Floats, Ints, Marks, Tracks
from skyaccord.tracks.quality.motion import Flags
from skyaccord.units import H

EARLIEST_S: Final = 631_152_000.0
"""1990-01-01: before it no aircraft reported its own position."""

LATEST_S: Final = 4_102_444_800.0
"""2100-01-01."""

BULK_QUANTILES: Final = (0.01, 0.5, 0.99)
"""The bulk of a recording is what lies between its first and last hundredth of rows. Assumption."""

BULK_SAMPLE: Final = 100_000
"""Rows, evenly taken, that the quantiles of a larger recording are computed from."""

BULK_SPAN_S: Final = 30.0 * 24.0 * H
"""Only a recording whose bulk fits in 30 days has a time of its own; a longer archive may hold any date."""

ASTRAY_S: Final = 365.0 * 24.0 * H
"""A row a year from the middle of such a recording has a broken clock, not a late hour: receivers without a time
source start at a fixed date years away. Assumption, on the cautious side."""

CLOCK_STEPS_S: Final = (1.0, 0.1)
"""Resolutions looked for in a track's time stamps, the coarsest first; finer clocks are taken as exact."""

MOSTLY: Final = 0.9
"""Share of a track's time stamps that must lie on a step for its clock to have it."""


def mark_values(tracks: Tracks) -> Marks:
    """Return OUT_OF_RANGE, ZERO_POSITION and BROKEN_CLOCK for each row."""
    lat, lon = tracks.lat_deg, tracks.lon_deg
    marks = np.zeros(len(tracks), np.uint32)
    in_range = (np.abs(lat) <= 90.0) & (np.abs(lon) <= 180.0)  # false for NaN
    marks[~in_range | ~np.isfinite(tracks.t_s)] |= np.uint32(Mark.OUT_OF_RANGE)
    marks[(lat == 0.0) & (lon == 0.0)] |= np.uint32(Mark.ZERO_POSITION)
    marks[is_clock_broken(tracks.t_s)] |= np.uint32(Mark.BROKEN_CLOCK)
    return marks


def is_clock_broken(t_s: Floats) -> Flags:
    """Return which times are not finite, outside 1990 to 2100, or a year away from the bulk of the recording."""
    broken: Flags = ~((t_s >= EARLIEST_S) & (t_s <= LATEST_S))
    sound = t_s[~broken]
    if len(sound):
        sample = sound[:: max(1, len(sound) // BULK_SAMPLE)]
        first, middle, last = np.quantile(sample, BULK_QUANTILES)
        if last - first <= BULK_SPAN_S:
            broken |= np.abs(t_s - middle) > ASTRAY_S
    return broken


def find_gaps(t_s: Floats, rows: Ints, aircraft: Ints, gap_s: float) -> tuple[Ints, Floats]:
    """Return the rows that come after a pause longer than ``gap_s`` of the same aircraft, and the pauses, seconds."""
    pause = np.diff(t_s[rows])
    is_gap = (pause > gap_s) & (np.diff(aircraft[rows]) == 0)
    return rows[1:][is_gap], pause[is_gap]


def stamp_error_s(tracks: Tracks) -> Floats:
    """Return half the resolution of each aircraft's time stamps."""
    error = np.zeros(len(tracks.aircraft))
    filled = np.flatnonzero(np.diff(tracks.start))
    if filled.size == 0:
        return error
    heads = tracks.start[filled]
    for step_s in reversed(CLOCK_STEPS_S):
        ticks = tracks.t_s / step_s
        on_tick = np.abs(ticks - np.round(ticks)) < 1e-3
        share = np.add.reduceat(on_tick.astype(float), heads) / np.diff(tracks.start)[filled]
        coarse = share >= MOSTLY
        error[filled[coarse]] = 0.5 * step_s
    return error
