"""What a trace knows of either aircraft beside their distance: positions, velocities, and how sure these are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import Bounds, LineErrors
from skyaccord.detect.line import VX, T
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import T0, T1, Pieces
from skyaccord.geometry.earth import surface_motion
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.tracks import Tracks

RELATIVE_POSITION_M: Final = 10.0
"""95 % bound of what the errors of two successive positions of one aircraft differ by. Assumed: errors of satellite
navigation drift over minutes, and the resolution of an airborne position message is 5.1 m (DO-260B, A.1.4)."""

REPORTED_MPS: Final = 10.0
"""95 % bound of a reported velocity: NACv 1, the least that 14 CFR 91.227 lets ADS-B Out report."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The lines that either aircraft is on, piece by piece: side 0 is the first of a pair, side 1 the second."""

    tracks: Tracks
    seen: Observation
    owner: Ints  # encounter of each piece
    begin_s: Floats  # of the pieces
    end_s: Floats
    rows: tuple[Ints, Ints]  # row of ``seen`` that each side is on
    horizontal_error_m: Floats  # 95 %, of the pair
    vertical_error_m: Floats
    velocity_error_mps: tuple[Floats, Floats]  # 95 %, each side; infinite where the velocity is not known
    rate_error_mps: tuple[Floats, Floats]  # the same of the vertical rate

    def aircraft(self, side: int) -> Ints:
        """Return the aircraft of a side, one a piece."""
        found: Ints = self.seen.aircraft[self.rows[side]]
        return found

    def at(self, side: int, t_s: Floats, piece: Ints, column: int, width: int = 1) -> Floats:
        """Return values of a line's column at instants of pieces; their rates stand ``width`` columns on."""
        line = self.seen.line[self.rows[side][piece]]
        after_s = (t_s - line[:, T])[:, None]
        value: Floats = line[:, column : column + width] + after_s * line[:, column + width : column + 2 * width]
        return value if width > 1 else value[:, 0]

    def velocity(self, side: int, piece: Ints) -> Floats:
        """Return velocities along the ground in the frame of `geometry.earth`, shape (n, 3)."""
        found: Floats = self.seen.line[self.rows[side][piece], VX : VX + 3]
        return found


def motion_of(tracks: Tracks, seen: Observation, lines: LineErrors, pieces: Pieces, bounds: Bounds) -> Motion:
    """Return the motion along pieces.

    A velocity is that of the straight line between two reports. It is wrong by what the errors of both positions and of
    the clock differ by, over the time between them, and by what the aircraft did meanwhile: half of that time at the
    greatest unseen acceleration. Where both reports state a velocity it is no further wrong than it differs from the
    one that it differs from more, and that is wrong itself.
    """
    errors = []
    for row in (pieces.row_a, pieces.row_b):
        length_s = np.where(row < seen.last[row], seen.line[np.minimum(row + 1, seen.last[row]), T], np.nan)
        length_s = length_s - seen.line[row, T]
        length_s[~(length_s > 0.0)] = np.nan  # two reports at one instant show no velocity
        apart_m = np.hypot(RELATIVE_POSITION_M, np.sqrt(2.0) * lines.clock_m[row])
        unknown = bounds.is_doubtful | ~np.isfinite(length_s)
        flat = apart_m / length_s + 0.5 * lines.unseen.turn_mps2[row] * length_s
        flat = np.fmin(flat, _beside_reported(tracks, seen, row) + REPORTED_MPS)
        climb_s = np.where(unknown, np.nan, lines.unseen.climb_until_s[row] - lines.unseen.climb_from_s[row])
        climb = 2.0 * lines.half_step_m[row] / climb_s + 0.5 * lines.unseen.climb_mps2[row] * climb_s
        errors.append((np.where(unknown, np.inf, flat), np.where(unknown, np.inf, climb)))
    (flat_a, climb_a), (flat_b, climb_b) = errors
    return Motion(
        tracks,
        seen,
        np.repeat(np.arange(len(pieces.start) - 1), np.diff(pieces.start)),
        pieces.value[:, T0],
        pieces.value[:, T1],
        (pieces.row_a, pieces.row_b),
        bounds.horizontal_m,
        bounds.vertical_m,
        (flat_a, flat_b),
        (climb_a, climb_b),
    )


def _beside_reported(tracks: Tracks, seen: Observation, row: Ints) -> Floats:
    """Return by how much the velocity of each row's line differs from those reported at its ends; NaN without both."""
    most = np.zeros(len(row))
    for end in (row, np.minimum(row + 1, seen.last[row])):
        of = seen.row[end]
        state = np.empty((len(of), 6))
        surface_motion(tracks.lat_deg[of], tracks.lon_deg[of], tracks.groundspeed_mps[of], tracks.track_deg[of], state)
        most = np.maximum(most, np.linalg.norm(state[:, 3:6] - seen.line[row, VX : VX + 3], axis=1))
    return most
