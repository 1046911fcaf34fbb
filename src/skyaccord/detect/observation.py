"""What was seen, as the searches read it: usable rows, joined to runs over which an aircraft's motion is known.

Between two reports at most ``gap_s`` apart an aircraft flies straight at constant speed; longer silence is a gap, and
nothing is known in it. A run is a stretch without gaps; a report that stands alone is a run of one instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.detect.line import ALT, ALT_RATE, GEO, GEO_RATE, LINE_COLUMNS, VX, T, X
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.earth import surface_points
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.quality import DOUBTFUL, Mark
from skyaccord.model.tracks import Tracks, takes_part
from skyaccord.tracks.quality.disagreement import HOVERING_MPS

Bools: TypeAlias = npt.NDArray[np.bool_]

GAP_S: Final = 30.0
"""Longest silence bridged by a straight line: three missed reports at the 10 s of common recordings."""


@dataclass(frozen=True, slots=True)
class Observation:
    """The usable rows of `Tracks`, in the same order.

    ``line[k]`` is the straight line from row k to the next row of its run; at the last row of a run its rates are 0.
    One row of it fills the kernels' need of a report, and lies together in memory.
    """

    row: Ints  # row in Tracks
    aircraft: Ints
    line: Floats  # (n, LINE_COLUMNS), SI
    first: Ints  # first and last row (of this table) of the run each row belongs to
    last: Ints
    has_more: Bools  # the aircraft is seen again after this run
    had_before: Bools  # the aircraft was seen before this run
    is_doubtful: Bools
    is_repeat: Bools  # repeats position and altitude of the row before: neither was received anew

    def __len__(self) -> int:
        return len(self.row)


def observe(tracks: Tracks, gap_s: float = GAP_S) -> Observation:
    """Return the rows that may be searched, joined to runs.

    Left out are rows with a mark of `LEFT_OUT` and rows without a finite time and position. A step that no aircraft
    flies (`Mark.IMPOSSIBLE_SPEED`) ends a run: a line across it would pass through places where nobody was. Altitudes
    missing between two known ones at most ``gap_s`` apart are interpolated, and so are those of rows that repeat
    position and altitude of the row before while the aircraft flies: they are as old. Nothing else is filled.
    """
    if not gap_s > 0.0:
        raise SkyaccordError(f"a gap of {gap_s:g} s joins no two reports: it must be longer than 0 s")
    usable = takes_part(tracks.marks) & np.isfinite(tracks.t_s)
    usable &= np.isfinite(tracks.lat_deg) & np.isfinite(tracks.lon_deg)
    row = np.flatnonzero(usable)
    aircraft = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))[row]
    t_s, marks = tracks.t_s[row], tracks.marks[row]
    other = np.ones(len(row) + 1, bool)  # row k is of another aircraft than row k - 1
    other[1:-1] = np.diff(aircraft) != 0
    begins = other.copy()
    begins[1:-1] |= np.diff(t_s) > gap_s
    begins[1:-1] |= (marks[1:] & np.uint32(Mark.IMPOSSIBLE_SPEED)) != 0
    heads = np.flatnonzero(begins[:-1])
    tails = np.flatnonzero(begins[1:])
    run = np.cumsum(begins[:-1]) - 1
    is_repeat = _repeats(tracks, row, other)
    return Observation(
        row=row,
        aircraft=aircraft,
        line=_lines(tracks, row, run, is_repeat, gap_s),
        first=heads[run],
        last=tails[run],
        has_more=~other[tails + 1][run],
        had_before=~other[heads][run],
        is_doubtful=(marks & np.uint32(DOUBTFUL)) != 0,
        is_repeat=is_repeat,
    )


def _repeats(tracks: Tracks, row: Ints, other: Bools) -> Bools:
    """Return which rows repeat position and altitude of the row before; an aircraft reported to hover repeats none."""
    repeats = ~other[:-1] & ~(tracks.groundspeed_mps[row] <= HOVERING_MPS)
    for value in (tracks.lat_deg, tracks.lon_deg, tracks.altitude_m):
        repeats[1:] &= value[row[1:]] == value[row[:-1]]
    return repeats


def _lines(tracks: Tracks, row: Ints, run: Ints, is_repeat: Bools, gap_s: float) -> Floats:
    line = np.zeros((len(row), LINE_COLUMNS))
    t_s = tracks.t_s[row]
    line[:, T] = t_s
    line[:, X : X + 3] = surface_points(tracks.lat_deg[row], tracks.lon_deg[row])
    line[:, ALT] = _filled(t_s, np.where(is_repeat, np.nan, tracks.altitude_m[row]), run, gap_s)
    line[:, GEO] = _filled(t_s, tracks.geoaltitude_m[row], run, gap_s)
    if len(row) < 2:
        return line
    span = np.diff(t_s)
    goes_on = (np.diff(run) == 0) & (span > 0.0)
    span[~goes_on] = 1.0
    for value, rate, width in ((X, VX, 3), (ALT, ALT_RATE, 1), (GEO, GEO_RATE, 1)):
        step = np.diff(line[:, value : value + width], axis=0) / span[:, None]
        line[:-1, rate : rate + width] = np.where(goes_on[:, None], step, 0.0)
    return line


def _filled(t_s: Floats, value: Floats, run: Ints, gap_s: float) -> Floats:
    """Interpolate missing values between two known ones of the same run at most ``gap_s`` apart."""
    known = np.flatnonzero(np.isfinite(value))
    missing = np.flatnonzero(~np.isfinite(value))
    after = np.searchsorted(known, missing)
    inside = (after > 0) & (after < known.size)
    missing, after = missing[inside], after[inside]
    if missing.size == 0:
        return value
    left, right = known[after - 1], known[after]
    span = t_s[right] - t_s[left]
    good = (run[left] == run[right]) & (span <= gap_s) & (span > 0.0)
    missing, left, right, span = missing[good], left[good], right[good], span[good]
    out = value.copy()
    out[missing] = value[left] + (value[right] - value[left]) * (t_s[missing] - t_s[left]) / span
    return out
