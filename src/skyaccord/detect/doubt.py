"""Who may have been near an aircraft whose positions cannot be believed.

While an aircraft's positions are doubted (jamming, spoofing, a frozen position) it is somewhere within reach of the
last place it was believed at and of the next one. Every other aircraft that came within the volume of that region is
named: nothing says that the two were close, and nothing says that they were not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, VX, T, X
from skyaccord.detect.observation import Observation
from skyaccord.detect.volume import Volume
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.encounter import Datum, Edge, Encounter, Grade
from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.quality.stretches import NO_ROW, Stretch
from skyaccord.units import FPM, KT

REACH_FACTOR: Final = 1.1
"""Allowance for wind and unseen acceleration over the fastest ground speed reported about the stretch."""

FRESH_S: Final = 3600.0
"""A believed report further from the stretch says nothing: the aircraft could have crossed a continent. Without any the
stretch is named among the data's faults, and whoever came near the reported positions is found by the search itself."""

ABOUT_S: Final = 300.0
"""Speeds reported this long before and after a stretch count for it."""

UNSEEN_CLIMB_MPS: Final = 6000 * FPM
"""Climb or descent granted to an aircraft whose whole state stands still: a light jet's best. Assumed."""

UNSTATED_REACH_MPS: Final = 600 * KT
"""Ground speed assumed where none is reported: above any airliner's, below a fighter's dash."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where an aircraft may have been: within reach of the places it was believed at before and after."""

    stretch: Stretch
    anchors: tuple[tuple[float, Floats], ...]  # time and point of the believed reports, at most two
    speed_mps: float
    rows: Ints  # rows of Observation in the stretch

    def slack_m(self, t_s: Floats, point_m: Floats) -> Floats:
        """Return how far inside (negative: outside) the region points lie at times, metres."""
        slack = np.full(len(t_s), np.inf)
        for anchor_s, anchor_m in self.anchors:
            away_m = np.linalg.norm(point_m - anchor_m, axis=1)
            slack = np.minimum(slack, self.speed_mps * np.abs(t_s - anchor_s) - away_m)
        return slack


def find_doubtful_pairs(
    tracks: Tracks, seen: Observation, stretches: Sequence[Stretch], volume: Volume
) -> list[Encounter]:
    """Return one entry for each stretch and each other aircraft that came within the volume of its region.

    Distances in it are those of the reported positions and not to be believed; errors are infinite. Altitude counts
    where both report it, since interference with positions leaves pressure altitude alone; of a frozen state it counts
    with what the aircraft may have climbed since.
    """
    if not stretches:
        return []
    by_time = np.argsort(seen.line[:, T], kind="stable")
    times = seen.line[by_time, T]
    found: list[Encounter] = []
    for stretch in stretches:
        region = _region(tracks, seen, stretch)
        low, high = np.searchsorted(times, (stretch.from_s, stretch.until_s + 1e-6))
        others = by_time[low:high]
        others = others[seen.aircraft[others] != stretch.aircraft]
        found.extend(_near(tracks, seen, region, others, volume))
    return found


def _region(tracks: Tracks, seen: Observation, stretch: Stretch) -> Region:
    anchors = []
    for row in (stretch.last_believed, stretch.first_believed):
        place = np.searchsorted(seen.row, row)
        is_kept = row != NO_ROW and place < len(seen) and seen.row[place] == row
        if (
            is_kept
            and abs(seen.line[place, T] - np.clip(seen.line[place, T], stretch.from_s, stretch.until_s)) <= FRESH_S
        ):
            anchors.append((float(seen.line[place, T]), seen.line[place, X : X + 3]))
    about = _rows_of(seen, stretch.aircraft, stretch.from_s - ABOUT_S, stretch.until_s + ABOUT_S)
    about = about[~seen.is_doubtful[about]]  # a false position comes with a false speed
    speed = np.nanmax(tracks.groundspeed_mps[seen.row[about]], initial=0.0)
    inside = _rows_of(seen, stretch.aircraft, stretch.from_s, stretch.until_s)
    return Region(stretch, tuple(anchors), REACH_FACTOR * float(speed) if speed > 0.0 else UNSTATED_REACH_MPS, inside)


def _rows_of(seen: Observation, aircraft: int, from_s: float, until_s: float) -> Ints:
    """Return the rows of an aircraft over a time, both ends included."""
    begin, end = np.searchsorted(seen.aircraft, (aircraft, aircraft + 1))
    t_s = seen.line[begin:end, T]
    return np.arange(begin + np.searchsorted(t_s, from_s), begin + np.searchsorted(t_s, until_s, "right"))


def _near(tracks: Tracks, seen: Observation, region: Region, rows: Ints, volume: Volume) -> Iterator[Encounter]:
    if len(region.rows) == 0 or len(rows) == 0 or not region.anchors:
        return
    t_s = seen.line[rows, T]
    # Between its own reports the other aircraft moves on: half a line's length is granted on either side.
    step_m = np.linalg.norm(seen.line[rows, VX : VX + 3], axis=1) * 30.0
    near = region.slack_m(t_s, seen.line[rows, X : X + 3]) >= -(volume.range_m + step_m)
    own_s = seen.line[region.rows, T]
    own_altitude = np.interp(t_s, own_s, seen.line[region.rows, ALT])
    height = np.abs(seen.line[rows, ALT] - own_altitude)
    if region.stretch.mark & Mark.FROZEN:  # its altitude stands still with it
        unseen_s = np.min([np.abs(t_s - anchor_s) for anchor_s, _ in region.anchors], axis=0)
        height = np.maximum(height - UNSEEN_CLIMB_MPS * unseen_s, 0.0)
    near &= ~(height >= volume.height_m)  # an unknown height excludes nothing
    order = np.argsort(rows[near])  # by aircraft and time, as rows are numbered
    rows, height = rows[near][order], height[near][order]
    cuts = np.flatnonzero(np.diff(seen.aircraft[rows])) + 1
    for mine, own in zip(np.split(rows, cuts), np.split(height, cuts), strict=True):
        if len(mine):
            yield _entry(tracks, seen, region, mine, own, volume)


def _entry(
    tracks: Tracks, seen: Observation, region: Region, rows: Ints, height_m: Floats, volume: Volume
) -> Encounter:
    t_s = seen.line[rows, T]
    own = region.rows[np.clip(np.searchsorted(seen.line[region.rows, T], t_s), 0, len(region.rows) - 1)]
    reported_m = np.linalg.norm(seen.line[own, X : X + 3] - seen.line[rows, X : X + 3], axis=1)
    k = int(np.argmin(reported_m))
    of, other = region.stretch.aircraft, int(seen.aircraft[rows[0]])
    a, b = min(of, other), max(of, other)
    vertical_m = float(height_m[k])
    slant = np.hypot(reported_m, height_m)
    normalised = np.maximum(reported_m / volume.range_m, np.nan_to_num(height_m / volume.height_m))
    return Encounter(
        id="",
        a=a,
        b=b,
        start_s=float(t_s[0]),
        end_s=float(t_s[-1]),
        starts_by=Edge.GAP,
        ends_by=Edge.GAP,
        t_cpa_s=float(t_s[k]),
        min_horizontal_m=float(reported_m[k]),
        vertical_at_cpa_m=vertical_m,
        min_vertical_m=_least(height_m),
        min_slant_m=_least(slant),
        t_closest_s=float(t_s[int(np.argmin(normalised))]),
        horizontal_at_closest_m=float(reported_m[int(np.argmin(normalised))]),
        vertical_at_closest_m=float(height_m[int(np.argmin(normalised))]),
        min_normalised=float(normalised.min()),
        datum=Datum.NONE if np.isnan(height_m).all() else Datum.PRESSURE,
        horizontal_error_m=float("inf"),
        vertical_error_m=float("inf"),
        grade=Grade.DOUBTFUL,
        reasons=(
            f"positions of {tracks.aircraft[of].id} cannot be believed here: {region.stretch.reason}",
            f"{tracks.aircraft[other].id} was within reach of where it may have been",
        ),
    )


def _least(value: Floats) -> float:
    known = value[np.isfinite(value)]
    return float(known.min()) if len(known) else float("nan")
