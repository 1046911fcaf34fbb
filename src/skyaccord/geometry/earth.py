"""The earth's surface as Cartesian points: one frame for the whole globe, without zones, poles or date line.

A position on the ground is the point of the WGS-84 ellipsoid at its latitude and longitude, in the earth-centred
frame (x towards 0°N 0°E, y towards 0°N 90°E, z towards the north pole), in metres. The distance of two such points is
the chord; it is shorter than the geodesic by d³/24R²: 0.8 mm at 5 NM, 1 m at 54 NM, 6.5 m (0.0035 %) at 100 NM, at
every latitude and across the date line (measured against geographiclib in ``tests/geometry/test_earth.py``).

Altitude is kept apart: horizontal distance is measured on the ellipsoid, as air traffic services measure it, whatever
the height (true distance at 40,000 ft is 0.19 % longer), and vertical distance is a difference of altitudes.

Source: WGS-84 defining parameters, NIMA TR8350.2, table 3.1.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.geometry.angles import sines_and_cosines
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

SEMI_MAJOR_M: Final = 6_378_137.0
FLATTENING: Final = 1.0 / 298.257223563
ECCENTRICITY_2: Final = FLATTENING * (2.0 - FLATTENING)

MEAN_RADIUS_M: Final = 6_371_008.8
"""Mean of the three half-axes of the ellipsoid (IUGG)."""

BLOCK: Final = 256
"""Points whose sines are computed together: they stay in the nearest cache, and no large array is asked for."""


@kernel
def surface_points(lat_deg: Floats, lon_deg: Floats) -> Floats:
    """Return the points of the ellipsoid at latitudes and longitudes, shape (n, 3), metres."""
    out = np.empty((lat_deg.size, 3))
    for k in range(lat_deg.size):
        phi = math.radians(lat_deg[k])
        lam = math.radians(lon_deg[k])
        sin_phi = math.sin(phi)
        normal_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin_phi * sin_phi)
        out[k, 0] = normal_m * math.cos(phi) * math.cos(lam)
        out[k, 1] = normal_m * math.cos(phi) * math.sin(lam)
        out[k, 2] = normal_m * (1.0 - ECCENTRICITY_2) * sin_phi
    return out


@kernel
def surface_positions(points: Floats) -> Floats:
    """Return latitude and longitude of points near the ellipsoid, shape (n, 2), degrees; the inverse of the above.

    Exact on the ellipsoid; of a point h below or above it the latitude is that of a place within 0.0034 h on it.
    """
    out = np.empty((points.shape[0], 2))
    for k in range(points.shape[0]):
        x, y, z = points[k, 0], points[k, 1], points[k, 2]
        out[k, 0] = math.degrees(math.atan2(z, (1.0 - ECCENTRICITY_2) * math.sqrt(x * x + y * y)))
        out[k, 1] = math.degrees(math.atan2(y, x))
    return out


@kernel
def arc_of(chord_m: float) -> float:
    """Return the length along the ellipsoid between two of its points from their chord.

    That of a great circle of the mean radius: wrong by less than 0.1 m at 100 NM and 0.01 % at 1,000 NM.
    """
    return 2.0 * MEAN_RADIUS_M * math.asin(min(chord_m / (2.0 * MEAN_RADIUS_M), 1.0))


@kernel
def surface_motion(lat_deg: Floats, lon_deg: Floats, speed_mps: Floats, track_deg: Floats, out: Floats) -> None:
    """Write points of the ellipsoid to columns 0–2 of ``out`` and velocities along the ground to columns 3–5.

    Metres and metres per second in the earth-centred frame; track is clockwise from true north.
    """
    lat, lon, track = np.empty((2, BLOCK)), np.empty((2, BLOCK)), np.empty((2, BLOCK))
    for begin in range(0, lat_deg.size, BLOCK):
        count = min(BLOCK, lat_deg.size - begin)
        sines_and_cosines(lat_deg[begin : begin + count], lat[0], lat[1])
        sines_and_cosines(lon_deg[begin : begin + count], lon[0], lon[1])
        sines_and_cosines(track_deg[begin : begin + count], track[0], track[1])
        for q in range(count):
            k = begin + q
            sin_phi, cos_phi, sin_lam, cos_lam = lat[0, q], lat[1, q], lon[0, q], lon[1, q]
            normal_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin_phi * sin_phi)
            north, east = speed_mps[k] * track[1, q], speed_mps[k] * track[0, q]
            out[k, 0] = normal_m * cos_phi * cos_lam
            out[k, 1] = normal_m * cos_phi * sin_lam
            out[k, 2] = normal_m * (1.0 - ECCENTRICITY_2) * sin_phi
            out[k, 3] = -north * sin_phi * cos_lam - east * sin_lam
            out[k, 4] = -north * sin_phi * sin_lam + east * cos_lam
            out[k, 5] = north * cos_phi
