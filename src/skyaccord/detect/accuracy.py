"""How wrong a measured distance may be: 95 % bounds of each piece, on each axis.

Horizontally, per aircraft: the accuracy the source states, else `UNSTATED_POSITION_M`; half the resolution of the
source's clock times the ground speed; and what an aircraft can do unseen between two reports, half its acceleration
times the product of the times to either report. The first two are combined over the pair as root sum of squares
(independent), the last are added (a turn bends every interpolated position the same way).

Vertically: half the step in which each aircraft reports its pressure altitude (`altitude_step`), or
`UNSTATED_GNSS_HEIGHT_M` for heights above the ellipsoid, combined alike, and unseen changes of climb. What vertical
rules speak of is the altitude that transponders report, so the altimeter's own error is not in it; that both altimeters
are set to the same datum is checked, by never mixing datums. Where a row is doubtful the bounds are infinite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.altitude_step import altitude_steps_m
from skyaccord.detect.line import T
from skyaccord.detect.observation import Bools, Observation
from skyaccord.detect.pieces import DATUM, ELLIPSOID, NO_DATUM, T0, T1, Pieces
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.tracks import Tracks
from skyaccord.units import KT

UNSTATED_POSITION_M: Final = 92.6
"""95 % bound where a report states none: NACp 8 (0.05 NM), the least that 14 CFR 91.227 lets ADS-B Out report."""

UNSEEN_TURN_MPS2: Final = 2.5
"""Acceleration across the track between reports: a turn with 14° of bank. Assumed; the common limit of airliners' turns
is 25° to 30°, which is seldom held for less than an interval of reports."""

UNSEEN_CLIMB_MPS2: Final = 0.3
"""Change of climb rate between reports: 60 ft/min each second. Assumed."""

UNSTATED_GNSS_HEIGHT_M: Final = 45.0
"""95 % bound of a height above the ellipsoid: GVA 2 of DO-260B, the better of the two classes it has."""

CLOCK_STEPS_S: Final = (1.0, 0.1)
"""Resolutions looked for in a track's time stamps, the coarsest first; finer clocks are taken as exact."""

MOSTLY: Final = 0.9
"""Share of a track's time stamps that must lie on a step for its clock to have it."""

ASSUMED_SPEED_MPS: Final = 250 * KT
"""For the clock's error where a report states no ground speed."""


USUAL_SPEED_MPS: Final = 700 * KT
"""Above the ground speed of an airliner in a jet stream: for the widest bound of a recording."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """95 % bounds of horizontal and vertical distance, one a piece; infinite where nothing can be said."""

    horizontal_m: Floats
    vertical_m: Floats
    is_doubtful: Bools


def clock_error_s(tracks: Tracks) -> Floats:
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


def bound_pieces(tracks: Tracks, seen: Observation, pieces: Pieces, is_doubtful: Bools) -> Bounds:
    """Return the error bounds of pieces; ``is_doubtful`` adds to what the rows' own marks say."""
    clock_s = clock_error_s(tracks)
    step_m = altitude_steps_m(tracks)
    datum = pieces.value[:, DATUM]
    square = np.zeros(len(pieces.row_a))
    unseen_m = np.zeros(len(pieces.row_a))
    height_m = np.zeros(len(pieces.row_a))
    height_square = np.zeros(len(pieces.row_a))
    doubtful = is_doubtful.copy()
    for k in (pieces.row_a, pieces.row_b):
        row = seen.row[k]
        stated = tracks.horizontal_error_m[row]
        speed = tracks.groundspeed_mps[row]
        speed = np.where(np.isfinite(speed), speed, ASSUMED_SPEED_MPS)
        square += np.where(np.isfinite(stated), stated, UNSTATED_POSITION_M) ** 2
        square += (clock_s[seen.aircraft[k]] * speed) ** 2
        height_square += np.where(datum == ELLIPSOID, UNSTATED_GNSS_HEIGHT_M, 0.5 * step_m[seen.aircraft[k]]) ** 2
        product_s2 = _time_products(seen, k, pieces.value)
        unseen_m += 0.5 * UNSEEN_TURN_MPS2 * product_s2
        height_m += 0.5 * UNSEEN_CLIMB_MPS2 * product_s2
        doubtful |= seen.is_doubtful[k] | seen.is_doubtful[np.minimum(k + 1, seen.last[k])]
    horizontal = np.sqrt(square) + unseen_m
    vertical = height_m + np.sqrt(height_square)
    unknown = datum == NO_DATUM
    return Bounds(np.where(doubtful, np.inf, horizontal), np.where(doubtful | unknown, np.inf, vertical), doubtful)


def widest_bounds(tracks: Tracks, seen: Observation, gap_s: float) -> tuple[float, float]:
    """Return horizontal and vertical bounds, in metres, that no finite bound of a piece exceeds.

    They follow from what is allowed, not from what a recording happens to hold, so that a part of it gives the same;
    only a position stated worse, or a speed reported higher, than is usual makes them wider.
    """
    stated = tracks.horizontal_error_m[seen.row]
    speed = tracks.groundspeed_mps[seen.row]
    position_m = float(np.nanmax(stated, initial=UNSTATED_POSITION_M))
    clock_m = 0.5 * CLOCK_STEPS_S[0] * float(np.nanmax(speed, initial=USUAL_SPEED_MPS))
    unseen_s2 = gap_s**2 / 4.0
    return (
        float(np.sqrt(2.0) * np.hypot(position_m, clock_m)) + UNSEEN_TURN_MPS2 * unseen_s2,
        UNSEEN_CLIMB_MPS2 * unseen_s2 + UNSTATED_GNSS_HEIGHT_M * float(np.sqrt(2.0)),
    )


def _time_products(seen: Observation, k: Ints, piece: Floats) -> Floats:
    """Return the largest product of the times to the reports at both ends of row k's line, over each piece."""
    begin_s = seen.line[k, T]
    length_s = np.where(k < seen.last[k], seen.line[np.minimum(k + 1, seen.last[k]), T] - begin_s, 0.0)
    after_s = np.clip(0.5 * length_s, piece[:, T0] - begin_s, piece[:, T1] - begin_s)
    return np.maximum(after_s * (length_s - after_s), 0.0)
