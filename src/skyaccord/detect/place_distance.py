"""How far an aircraft is from a place over time: signed, and so finely sampled that crossings are found in time.

Between two reports an aircraft flies straight at constant speed. There its distance from a boundary cannot change
faster than it flies, so only where the distances at both ends are together no longer than the way between them can it
have come to the boundary. Such a stretch is halved until it is no longer than `STEP_S`; others stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np

from skyaccord.detect.line import VX, T, X
from skyaccord.detect.observation import Bools, Observation
from skyaccord.geometry.earth import surface_positions
from skyaccord.geometry.vectors import Floats, Ints

STEP_S: Final = 0.1
"""A crossing lies within a stretch no longer than this: nearer than reports are timed."""

SPARE: Final = 1.01
"""By how much distances and ways may be wrong against each other, as a factor: ten times what both promise."""

SPARE_M: Final = 1.0
"""And as a length, for those that are almost nothing."""

Levels: TypeAlias = Sequence[float | Floats]
"""Distances at which a change is looked for: one for all, or one a row of `Observation` that holds until the next."""

AT_THE_BOUNDARY: Final[Levels] = (0.0,)


class Place(Protocol):
    """What has a signed distance: `geometry.boundary.Ring`, `Disc`, `geometry.path.Path`."""

    def distance_m(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return the signed distance of points."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Signed distances in order of row and time; between two of one run the distance is taken to change linearly.

    The first sample of each row is the row itself.
    """

    row: Ints  # of Observation: on whose line the sample lies
    t_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    distance_m: Floats

    def __len__(self) -> int:
        return len(self.row)


def distance_at_rows(seen: Observation, place: Place) -> Floats:
    """Return the signed distance of every row, in metres."""
    return place.distance_m(*positions_at(seen, np.arange(len(seen)), seen.line[:, T]))


def positions_at(seen: Observation, row: Ints, t_s: Floats) -> tuple[Floats, Floats]:
    """Return latitude and longitude at instants on the lines of rows, in degrees."""
    line = seen.line[row]
    found = surface_positions(line[:, X : X + 3] + line[:, VX : VX + 3] * (t_s - line[:, T])[:, None])
    return found[:, 0], found[:, 1]


def distance_over_time(seen: Observation, place: Place, levels: Levels = AT_THE_BOUNDARY) -> Samples:
    """Return the signed distance from a place as samples between which it may be taken as linear.

    Where it passes one of the levels, two samples at most `STEP_S` apart have the passage between them; passages back
    and forth within one such stretch are not seen. Away from the levels a sample stands at each report only, and what
    is read off between them is rough.

    Args:
        seen: what was observed.
        place: an area's boundary or a line.
        levels: by default the boundary itself; give ``(-e, 0, e)`` to find where it is passed with an error of e.
    """
    rows = _sample(seen, place, np.arange(len(seen)), seen.line[:, T])
    parts = [rows]
    held = [np.broadcast_to(np.asarray(level, float), (len(seen),)) for level in levels]
    speed_mps = np.sqrt((seen.line[:, VX : VX + 3] ** 2).sum(axis=1))
    row = np.flatnonzero(steps(seen))
    ends = np.stack((rows.t_s, rows.distance_m))
    begin, end = ends[:, row], ends[:, row + 1]
    while True:
        span_s = end[0] - begin[0]
        at_row = [level[row] for level in held]
        is_open = (span_s > STEP_S) & may_pass(begin[1], end[1], speed_mps[row] * span_s, at_row)
        if not is_open.any():
            break
        row, begin, end = row[is_open], begin[:, is_open], end[:, is_open]
        middle = _sample(seen, place, row, 0.5 * (begin[0] + end[0]))
        parts.append(middle)
        between = np.stack((middle.t_s, middle.distance_m))
        row = np.concatenate((row, row))
        begin, end = np.concatenate((begin, between), axis=1), np.concatenate((between, end), axis=1)
    joined = [np.concatenate([getattr(part, name) for part in parts]) for name in Samples.__slots__]
    order = np.lexsort((joined[1], joined[0]))
    return Samples(*(values[order] for values in joined))


def steps(seen: Observation) -> Bools:
    """Return from which rows a line of some duration leads to the next."""
    goes_on = np.zeros(len(seen), bool)
    goes_on[:-1] = (seen.first[1:] == seen.first[:-1]) & (np.diff(seen.line[:, T]) > 0.0)
    return goes_on


def may_pass(begin_m: Floats, end_m: Floats, way_m: Floats, levels: Sequence[float | Floats]) -> Bools:
    """Return on which ways a distance that is one thing at its begin and another at its end may pass a level."""
    found = np.zeros(len(way_m), bool)
    for level in levels:
        found |= np.abs(begin_m - level) + np.abs(end_m - level) <= SPARE * way_m + SPARE_M
    return found


def _sample(seen: Observation, place: Place, row: Ints, t_s: Floats) -> Samples:
    lat_deg, lon_deg = positions_at(seen, row, t_s)
    return Samples(row, t_s, lat_deg, lon_deg, place.distance_m(lat_deg, lon_deg))
