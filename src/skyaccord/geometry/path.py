"""Lines on the ground, and how far points are from them: on which side, and along the WGS-84 ellipsoid.

An edge from one vertex to the next is straight in longitude and latitude, as `geometry.polygon` takes it and as maps
with a square grid draw it; it is no geodesic, and along a parallel it is the parallel.

A point's nearest place on a line is found twice. First among chords, in the earth-centred frame: edges are cut into
pieces so short that none is further than `SLACK_M` from its chord, which tells for every point the few pieces that can
be nearest. Then on each of those, where Gauss–Newton steps find the foot of the perpendicular.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from skyaccord.geometry.angles import sin_cos_deg
from skyaccord.geometry.earth import ECCENTRICITY_2, MEAN_RADIUS_M, SEMI_MAJOR_M, arc_of, surface_points
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.polygon import Vertices, unrolled
from skyaccord.geometry.vectors import Floats

SLACK_M: Final = 250.0
"""Greatest distance of a piece from its chord: pieces of 100 km at middle latitudes."""

_PIECE_SLACK_M: Final = 200.0
"""What pieces are cut for: the relation is that of a sphere and of the edge's greatest latitude."""

STEPS: Final = 4
"""Gauss–Newton steps. Each leaves of the foot's error the share (distance / 6,371 km) tan(latitude), a third at worst:
100 NM off at 85°. What is left is a thousandth of the distance, and the distance errs by half the square of that."""

SAME_M: Final = 1e-6
"""Two pieces no further apart in distance than this meet at the nearest place, which is a vertex."""

# Rows of a piece.
LAT: Final = 0  # where it begins, degrees
LON: Final = 1
DLAT: Final = 2  # how far it goes, degrees
DLON: Final = 3
X: Final = 4  # where it begins, in the frame of `earth`
DX: Final = 7  # its chord
PER_M2: Final = 10  # 1 / square of the chord
ROWS: Final = 11


@dataclass(frozen=True, slots=True)
class Path:
    """A line: vertices as unrolled longitude and latitude, and its pieces, shape (`ROWS`, pieces)."""

    vertices: tuple[tuple[float, float], ...]
    piece: Floats

    def distance_m(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return the distance of points from the line along the ellipsoid, negative to its left.

        Left is as seen along its points. Where a vertex is nearest, the side is that of the edge which the point lies
        more squarely off; beyond an end it is that of the last edge carried on, and there a change of sign is no
        crossing. NaN where a position is NaN.

        Accuracy: 0.1 % within 100 NM of the line, for lines within 85° of latitude (``tests/geometry/test_path.py``).
        """
        out = np.empty(np.shape(lat_deg))
        measure(np.asarray(lat_deg, float), np.asarray(lon_deg, float), self.piece, out)
        return out


def path_through(vertices: Vertices, is_closed: bool = False) -> Path:
    """Return the line through two or more vertices (longitude, latitude); a closed one goes back to the first."""
    unrolled_vertices = tuple(unrolled([*vertices, *vertices[: int(is_closed)]]))
    cuts = [cut for a, b in pairwise(unrolled_vertices) for cut in _cut(a, b)]
    piece = np.empty((ROWS, len(cuts)))
    piece[LAT : DLON + 1] = np.array(cuts).T
    begin = surface_points(piece[LAT], piece[LON])
    end = surface_points(piece[LAT] + piece[DLAT], piece[LON] + piece[DLON])
    piece[X:DX], piece[DX:PER_M2] = begin.T, (end - begin).T
    length2 = (piece[DX:PER_M2] ** 2).sum(axis=0)
    piece[PER_M2] = np.divide(1.0, length2, out=np.zeros_like(length2), where=length2 > 0.0)
    return Path(unrolled_vertices, piece)


def _cut(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float, float, float]]:
    """Return the pieces of an edge: latitude, longitude, and how far each goes.

    Of a piece of length s, the middle lies s²/8R below the ellipsoid's tangent and s² tan(latitude)/8R beside the
    great circle, together s²/8R/cos(latitude).
    """
    low, high = sorted((abs(a[1]), abs(b[1])))
    widest = math.cos(math.radians(0.0 if a[1] * b[1] < 0.0 else low))
    length_m = MEAN_RADIUS_M * math.radians(math.hypot(b[1] - a[1], (b[0] - a[0]) * widest))
    longest_m = math.sqrt(8.0 * MEAN_RADIUS_M * _PIECE_SLACK_M * math.cos(math.radians(min(high, 89.0))))
    count = max(1, math.ceil(length_m / longest_m))
    dlon, dlat = (b[0] - a[0]) / count, (b[1] - a[1]) / count
    return [(a[1] + k * dlat, a[0] + k * dlon, dlat, dlon) for k in range(count)]


@kernel
def measure(lat_deg: Floats, lon_deg: Floats, piece: Floats, out: Floats) -> None:
    """Write the distance of each point from the nearest of the pieces, negative to its left."""
    square = np.empty(piece.shape[1])
    for k in range(lat_deg.size):
        if np.isnan(lat_deg[k] + lon_deg[k]):
            out[k] = np.nan
            continue
        sin_phi, cos_phi = sin_cos_deg(lat_deg[k])
        sin_lam, cos_lam = sin_cos_deg(lon_deg[k])
        normal_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin_phi * sin_phi)
        x, y = normal_m * cos_phi * cos_lam, normal_m * cos_phi * sin_lam
        z = normal_m * (1.0 - ECCENTRICITY_2) * sin_phi
        squares_to_chords(x, y, z, piece, square)
        reach_m = math.sqrt(square.min()) + 2.0 * SLACK_M
        best_m, best_sine = np.inf, 0.0
        for j in range(square.size):
            if square[j] <= reach_m * reach_m:
                chord_m, sine = perpendicular(x, y, z, piece, j)
                is_nearer = chord_m < best_m - SAME_M
                if is_nearer or (chord_m <= best_m + SAME_M and abs(sine) > abs(best_sine)):
                    best_m, best_sine = chord_m, sine
        out[k] = -arc_of(best_m) if best_sine > 0.0 else arc_of(best_m)


@kernel
def squares_to_chords(x: float, y: float, z: float, piece: Floats, square: Floats) -> None:
    """Write the squares of the distances of a point from the chords of all pieces."""
    for j in range(square.size):
        sx, sy, sz = x - piece[X, j], y - piece[X + 1, j], z - piece[X + 2, j]
        dx, dy, dz = piece[DX, j], piece[DX + 1, j], piece[DX + 2, j]
        t = min(max((sx * dx + sy * dy + sz * dz) * piece[PER_M2, j], 0.0), 1.0)
        sx, sy, sz = sx - t * dx, sy - t * dy, sz - t * dz
        square[j] = sx * sx + sy * sy + sz * sz


@kernel
def perpendicular(x: float, y: float, z: float, piece: Floats, j: int) -> tuple[float, float]:
    """Return a point's least distance from a piece and the sine of its direction from the piece's, positive left."""
    sx, sy, sz = x - piece[X, j], y - piece[X + 1, j], z - piece[X + 2, j]
    t = (sx * piece[DX, j] + sy * piece[DX + 1, j] + sz * piece[DX + 2, j]) * piece[PER_M2, j]
    t = min(max(t, 0.0), 1.0)
    north_rad, east_rad = math.radians(piece[DLAT, j]), math.radians(piece[DLON, j])
    chord_m, sine = 0.0, 0.0
    for step in range(STEPS + 1):
        sin_phi, cos_phi = sin_cos_deg(piece[LAT, j] + t * piece[DLAT, j])
        sin_lam, cos_lam = sin_cos_deg(piece[LON, j] + t * piece[DLON, j])
        w2 = 1.0 - ECCENTRICITY_2 * sin_phi * sin_phi
        normal_m = SEMI_MAJOR_M / math.sqrt(w2)
        # To the point from the foot, and the piece's direction there, both as east and north.
        sx = x - normal_m * cos_phi * cos_lam
        sy = y - normal_m * cos_phi * sin_lam
        sz = z - normal_m * (1.0 - ECCENTRICITY_2) * sin_phi
        east, out = sy * cos_lam - sx * sin_lam, sx * cos_lam + sy * sin_lam
        north = sz * cos_phi - out * sin_phi
        along_e = normal_m * cos_phi * east_rad
        along_n = normal_m * (1.0 - ECCENTRICITY_2) / w2 * north_rad
        length2 = along_e * along_e + along_n * along_n
        if step < STEPS and length2 > 0.0:
            t = min(max(t + (east * along_e + north * along_n) / length2, 0.0), 1.0)
        else:
            chord_m = math.sqrt(sx * sx + sy * sy + sz * sz)
            scale = math.sqrt(length2) * chord_m
            sine = (along_e * north - along_n * east) / scale if scale > 0.0 else 0.0
            break
    return chord_m, sine
