"""The two aircraft of an encounter as the report draws them: where each was, and how far apart they were."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.batch.report.content import FlownPath, Trace
from skyaccord.detect.line import ALT, GEO, VX, T, X
from skyaccord.detect.observation import Observation
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.encounter import Encounter
from skyaccord.model.quality import DOUBTFUL
from skyaccord.model.tracks import Tracks, takes_part

AROUND_S: Final = 120.0
"""How much is drawn before and after an encounter."""

LONGEST_S: Final = 3600.0
"""Of a longer encounter, the part about the closest instant that is drawn."""

TRACE_STEPS: Final = 400


def window(encounter: Encounter) -> tuple[float, float]:
    """Return the time that is drawn of an encounter."""
    begin_s = max(encounter.start_s, encounter.t_closest_s - 0.5 * LONGEST_S) - AROUND_S
    end_s = min(encounter.end_s, encounter.t_closest_s + 0.5 * LONGEST_S) + AROUND_S
    return begin_s, end_s


def path_of(tracks: Tracks, id: str, encounter: Encounter) -> FlownPath:  # noqa: A002 - the vocabulary's word
    """Return the path of an aircraft about an encounter."""
    return _path(tracks, _index_of(tracks, id), *window(encounter))


def _index_of(tracks: Tracks, id: str) -> int:  # noqa: A002
    return next(k for k, aircraft in enumerate(tracks.aircraft) if aircraft.id == id)


def _path(tracks: Tracks, index: int, begin_s: float, end_s: float) -> FlownPath:
    rows = np.arange(tracks.start[index], tracks.start[index + 1])
    t_s = tracks.t_s[rows]
    marks = tracks.marks[rows]
    rows = rows[(t_s >= begin_s) & (t_s <= end_s) & takes_part(marks)]
    altitude_m = tracks.altitude_m[rows]
    if not np.isfinite(altitude_m).any():
        altitude_m = tracks.geoaltitude_m[rows]
    return FlownPath(
        t_s=tracks.t_s[rows],
        lat_deg=tracks.lat_deg[rows],
        lon_deg=tracks.lon_deg[rows],
        altitude_m=altitude_m,
        is_report=np.ones(len(rows), bool),
        is_doubtful=(tracks.marks[rows] & np.uint32(DOUBTFUL)) != 0,
    )


def trace_of_pair(tracks: Tracks, seen: Observation, ids: tuple[str, str], encounter: Encounter) -> Trace:
    """Return the distances of a pair on a grid of times that holds its closest instants; NaN where one was not seen."""
    begin_s, end_s = window(encounter)
    grid = np.linspace(begin_s, end_s, TRACE_STEPS)
    marked = (encounter.t_cpa_s, encounter.t_closest_s, encounter.start_s, encounter.end_s)
    t_s = np.unique(np.append(grid, [t for t in marked if begin_s <= t <= end_s]))
    a, b = (_state_at(seen, _index_of(tracks, name), t_s) for name in ids)
    pressure, ellipsoid = np.abs(a[:, 3] - b[:, 3]), np.abs(a[:, 4] - b[:, 4])
    return Trace(
        t_s,
        np.linalg.norm(a[:, :3] - b[:, :3], axis=1),
        np.where(np.isfinite(pressure), pressure, ellipsoid),
    )


def _state_at(seen: Observation, index: int, t_s: Floats) -> Floats:
    """Return point and both altitudes at times, shape (n, 5); NaN outside the runs."""
    low, high = np.searchsorted(seen.aircraft, (index, index + 1))
    line = seen.line[low:high]
    row: Ints = np.clip(np.searchsorted(line[:, T], t_s, "right") - 1, 0, len(line) - 1)
    after_s = t_s - line[row, T]
    ends_s = seen.line[seen.last[low:high][row], T]
    state = np.column_stack(
        (
            line[row, X : X + 3] + line[row, VX : VX + 3] * after_s[:, None],
            line[row, ALT] + line[row, ALT + 1] * after_s,
            line[row, GEO] + line[row, GEO + 1] * after_s,
        )
    )
    state[(after_s < 0.0) | (t_s > ends_s)] = np.nan
    return state
