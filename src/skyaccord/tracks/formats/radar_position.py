"""Where a radar saw a target: from slant range, azimuth and altitude to latitude and longitude.

The elevation follows from the triangle of earth's centre, radar and target, on the sphere that osculates the ellipsoid
at the radar in the direction of the beam; then the point along the beam is taken through earth-centred coordinates, and
the elevation corrected until the point has the altitude, so that earth's shape leaves no error. What remains is that a
pressure altitude is taken for a height above the ellipsoid: wrong by dh, it moves a target by some dh times height over
range: 20 m for 1,000 ft at 30,000 ft and 75 NM. Refraction is not corrected.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.earth import ECCENTRICITY_2, SEMI_MAJOR_M
from skyaccord.model.tracks import Floats
from skyaccord.tracks.formats.options import Site

_ROUNDS: Final = 6
_LEAST_RANGE_M: Final = 1.0


def positions_from_radar(site: Site, slant_m: Floats, azimuth_deg: Floats, height_m: Floats) -> tuple[Floats, Floats]:
    """Return latitude and longitude of targets in degrees; NaN where range and height contradict one another.

    Args:
        site: the radar's antenna.
        slant_m: distance along the beam.
        azimuth_deg: from true north at the radar, clockwise.
        height_m: of the target above the ellipsoid.
    """
    phi, azimuth = np.radians(site.latitude_deg), np.radians(azimuth_deg)
    radius_m = _radius_of_curvature(float(phi), azimuth)
    inner, outer = radius_m + site.height_m, radius_m + height_m
    with np.errstate(divide="ignore", invalid="ignore"):
        sine = (outer**2 - inner**2 - slant_m**2) / (2.0 * inner * slant_m)
        possible = (np.abs(sine) <= 1.0) & (slant_m >= _LEAST_RANGE_M)
    sine = np.where(possible, sine, np.nan)
    lat, lon = np.full(len(slant_m), np.nan), np.full(len(slant_m), np.nan)
    for _ in range(_ROUNDS):
        lat, lon, found_m = _geodetic(*_along_beam(site, slant_m, azimuth, sine))
        sine = np.clip(sine + (height_m - found_m) / slant_m.clip(_LEAST_RANGE_M), -1.0, 1.0)
    return lat, lon


def _radius_of_curvature(phi: float, azimuth: Floats) -> Floats:
    """Return the ellipsoid's radius of curvature in a direction (Euler)."""
    w = 1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2
    meridian_m = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_2) / w**1.5
    normal_m = SEMI_MAJOR_M / np.sqrt(w)
    radius: Floats = 1.0 / (np.cos(azimuth) ** 2 / meridian_m + np.sin(azimuth) ** 2 / normal_m)
    return radius


def _along_beam(site: Site, slant_m: Floats, azimuth: Floats, sine: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the earth-centred coordinates of points along beams."""
    phi, lam = np.radians(site.latitude_deg), np.radians(site.longitude_deg)
    level_m = slant_m * np.sqrt(np.maximum(1.0 - sine**2, 0.0))
    east, north, up = level_m * np.sin(azimuth), level_m * np.cos(azimuth), slant_m * sine
    normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    outward = np.cos(phi) * up - np.sin(phi) * north
    x = (normal_m + site.height_m) * np.cos(phi) * np.cos(lam) + np.cos(lam) * outward - np.sin(lam) * east
    y = (normal_m + site.height_m) * np.cos(phi) * np.sin(lam) + np.sin(lam) * outward + np.cos(lam) * east
    z = (normal_m * (1.0 - ECCENTRICITY_2) + site.height_m) * np.sin(phi) + np.cos(phi) * north + np.sin(phi) * up
    return x, y, z


def _geodetic(x: Floats, y: Floats, z: Floats) -> tuple[Floats, Floats, Floats]:
    """Return latitude and longitude in degrees and height in metres (fixed point; 0.1 mm below 100 km)."""
    distance = np.hypot(x, y)
    phi = np.arctan2(z, distance * (1.0 - ECCENTRICITY_2))
    for _ in range(_ROUNDS):
        normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
        phi = np.arctan2(z + ECCENTRICITY_2 * normal_m * np.sin(phi), distance)
    normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    height_m = distance * np.cos(phi) + z * np.sin(phi) - normal_m * (1.0 - ECCENTRICITY_2 * np.sin(phi) ** 2)
    return np.degrees(phi), np.degrees(np.arctan2(y, x)), height_m
