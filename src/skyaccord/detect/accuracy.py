"""How wrong a measured distance may be: 95 % bounds of each piece, on each axis.

Horizontally, per aircraft: the accuracy the source states, else `UNSTATED_POSITION_M`; half the resolution of the
source's clock times the ground speed; and what an aircraft can do unseen between two reports (`unseen`). The first two
are combined over the pair as root sum of squares (independent), the last are added (a turn bends every interpolated
position the same way).

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
from skyaccord.detect.line import GEO, T
from skyaccord.detect.observation import Bools, Observation
from skyaccord.detect.pieces import DATUM, ELLIPSOID, NO_DATUM, T0, T1, Pieces
from skyaccord.detect.unseen import Unseen, bound_unseen
from skyaccord.geometry.vectors import Floats
from skyaccord.model.tracks import Tracks, position_error_m
from skyaccord.tracks.quality.clock import stamp_error_s
from skyaccord.units import KT

UNSTATED_GNSS_HEIGHT_M: Final = 45.0
"""95 % bound of a height above the ellipsoid: GVA 2 of DO-260B, the better of the two classes it has."""

ASSUMED_SPEED_MPS: Final = 250 * KT
"""For the clock's error where a report states no ground speed."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """95 % bounds of horizontal and vertical distance, one a piece; infinite where nothing can be said."""

    horizontal_m: Floats
    vertical_m: Floats
    is_doubtful: Bools


def bound_pieces(errors: LineErrors, seen: Observation, pieces: Pieces, is_doubtful: Bools) -> Bounds:
    """Return the error bounds of pieces; ``is_doubtful`` adds to what the rows' own marks say."""
    is_geo = pieces.value[:, DATUM] == ELLIPSOID
    square = np.zeros(len(pieces.row_a))
    height_square = np.zeros(len(pieces.row_a))
    unseen_m = np.zeros(len(pieces.row_a))
    height_m = np.zeros(len(pieces.row_a))
    doubtful = is_doubtful.copy()
    for k in (pieces.row_a, pieces.row_b):
        square += errors.position_m[k] ** 2 + errors.clock_m[k] ** 2
        height_square += np.where(is_geo, UNSTATED_GNSS_HEIGHT_M, errors.half_step_m[k]) ** 2
        unseen = errors.unseen
        from_s = seen.line[k, T]
        until_s = seen.line[np.minimum(k + 1, seen.last[k]), T]
        unseen_m += 0.5 * unseen.turn_mps2[k] * _time_products(from_s, until_s, pieces.value)
        climb = np.where(is_geo, unseen.geo_climb_mps2[k], unseen.climb_mps2[k])
        from_s = np.where(is_geo, unseen.geo_from_s[k], unseen.climb_from_s[k])
        until_s = np.where(is_geo, unseen.geo_until_s[k], unseen.climb_until_s[k])
        height_m += 0.5 * climb * _time_products(from_s, until_s, pieces.value)
        doubtful |= seen.is_doubtful[k] | seen.is_doubtful[np.minimum(k + 1, seen.last[k])]
    horizontal = np.sqrt(square) + unseen_m
    vertical = height_m + np.sqrt(height_square)
    unknown = pieces.value[:, DATUM] == NO_DATUM
    return Bounds(np.where(doubtful, np.inf, horizontal), np.where(doubtful | unknown, np.inf, vertical), doubtful)


@dataclass(frozen=True, slots=True)
class LineErrors:
    """What the error of each line of `Observation` is made of, one a row."""

    position_m: Floats  # 95 % bound at its worse end
    clock_m: Floats
    half_step_m: Floats  # of pressure altitude
    unseen: Unseen


def line_errors(tracks: Tracks, seen: Observation) -> LineErrors:
    """Return the errors of all lines."""
    position_m = position_error_m(tracks)[seen.row]
    clock_s, step_m = stamp_error_s(tracks), altitude_steps_m(tracks)[seen.row]
    speed = tracks.groundspeed_mps[seen.row]
    speed = np.where(np.isfinite(speed), speed, ASSUMED_SPEED_MPS)
    unseen = bound_unseen(tracks, seen, position_m, clock_s, step_m)
    after = np.minimum(np.arange(len(seen)) + 1, seen.last)
    return LineErrors(
        position_m=np.maximum(position_m, position_m[after]),
        clock_m=clock_s[seen.aircraft] * np.maximum(speed, speed[after]),
        half_step_m=0.5 * np.maximum(step_m, step_m[after]),
        unseen=unseen,
    )


def line_slack(errors: LineErrors, seen: Observation) -> Floats:
    """Return what each line may be off by, horizontally and vertically, shape (rows, 2), metres.

    The finite bounds of a pair are never more than the slacks of its two lines together.
    """
    unseen = errors.unseen
    after = np.minimum(np.arange(len(seen)) + 1, seen.last)
    aside_m = np.hypot(errors.position_m, errors.clock_m)
    aside_m += 0.125 * unseen.turn_mps2 * (seen.line[after, T] - seen.line[:, T]) ** 2
    above_m = errors.half_step_m + 0.125 * unseen.climb_mps2 * (unseen.climb_until_s - unseen.climb_from_s) ** 2
    geo_m = UNSTATED_GNSS_HEIGHT_M + 0.125 * unseen.geo_climb_mps2 * (unseen.geo_until_s - unseen.geo_from_s) ** 2
    above_m = np.where(np.isfinite(seen.line[:, GEO]), np.maximum(above_m, geo_m), above_m)
    return np.column_stack((aside_m, above_m))


def _time_products(from_s: Floats, until_s: Floats, piece: Floats) -> Floats:
    """Return the largest product of the times to two reports, over each piece."""
    length_s = until_s - from_s
    after_s = np.clip(0.5 * length_s, piece[:, T0] - from_s, piece[:, T1] - from_s)
    return np.maximum(after_s * (length_s - after_s), 0.0)
