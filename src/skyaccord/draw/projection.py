"""Longitude and latitude to pixels, and the views that fit a set of points.

Views up to 60° across are azimuthal equidistant about their centre: true distances from it, small distortion over a
country, no trouble at the date line or a pole. Wider views are equirectangular. The earth is a sphere of 1852 m × 60
a degree (0.5 % off at most): this is for looking, nothing is measured on it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.draw.polyline import Box, Floats
from skyaccord.units import NM

DEGREE_M: Final = 60.0 * NM
_RADIUS_M: Final = DEGREE_M * 180.0 / math.pi
_AZIMUTHAL_UP_TO_M: Final = 60.0 * DEGREE_M


@dataclass(frozen=True, slots=True)
class View:
    """A map's frame: its centre in degrees, its size in pixels and metres a pixel at the centre."""

    lat_deg: float
    lon_deg: float
    width: float
    height: float
    m_per_px: float

    @property
    def is_azimuthal(self) -> bool:
        """Return whether distances from the centre are true."""
        return max(self.width, self.height) * self.m_per_px <= _AZIMUTHAL_UP_TO_M

    @property
    def frame(self) -> Box:
        """Return the frame in pixels."""
        return Box(0.0, 0.0, self.width, self.height)

    def project(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return pixels from the upper left corner, shape (n, 2); NaN stays NaN."""
        lat, lon = np.asarray(lat_deg, float), np.asarray(lon_deg, float)
        plane_m = azimuthal(self, lat, lon) if self.is_azimuthal else self._equirectangular(lat, lon)
        return np.array((self.width / 2, self.height / 2)) + plane_m * (1.0 / self.m_per_px, -1.0 / self.m_per_px)

    def point(self, lat_deg: float, lon_deg: float) -> tuple[float, float]:
        """Return the pixel of one position."""
        x, y = self.project(np.array([lat_deg]), np.array([lon_deg]))[0]
        return float(x), float(y)

    def box_deg(self) -> Box:
        """Return degrees that cover the frame with a margin; east may lie beyond 180, all longitudes near a pole."""
        half_lat = self.height / 2 * self.m_per_px / DEGREE_M * 1.1 + 1e-3
        half_lon_m = self.width / 2 * self.m_per_px * 1.1 + 100.0
        south, north = max(self.lat_deg - half_lat, -90.0), min(self.lat_deg + half_lat, 90.0)
        squeeze = math.cos(math.radians(max(abs(south), abs(north)) if self.is_azimuthal else self.lat_deg))
        half_lon = min(half_lon_m / DEGREE_M / max(squeeze, 1e-9), 180.0)
        return Box(self.lon_deg - half_lon, south, self.lon_deg + half_lon, north)

    def _equirectangular(self, lat: Floats, lon: Floats) -> Floats:
        east = (lon - self.lon_deg) * math.cos(math.radians(self.lat_deg))
        return np.stack((east, lat - self.lat_deg), axis=1) * DEGREE_M


def azimuthal(centre: View, lat_deg: Floats, lon_deg: Floats) -> Floats:
    """Return metres east and north of the centre, azimuthal equidistant (Snyder 1987, equations 25-2 to 25-4)."""
    phi, dlam = np.radians(lat_deg), np.radians(lon_deg - centre.lon_deg)
    phi0 = math.radians(centre.lat_deg)
    cos_c = math.sin(phi0) * np.sin(phi) + math.cos(phi0) * np.cos(phi) * np.cos(dlam)
    east = np.cos(phi) * np.sin(dlam)
    north = math.cos(phi0) * np.sin(phi) - math.sin(phi0) * np.cos(phi) * np.cos(dlam)
    sin_c = np.hypot(east, north)
    c = np.arctan2(sin_c, cos_c)
    k = np.divide(c, sin_c, out=np.ones_like(c), where=sin_c > 0) * _RADIUS_M
    return np.stack((k * east, k * north), axis=1)


def unwrapped(lon_deg: Floats, about_deg: float) -> Floats:
    """Return longitudes within 180° of ``about_deg``."""
    return about_deg + (np.asarray(lon_deg, float) - about_deg + 180.0) % 360.0 - 180.0


def middle_longitude(lon_deg: Floats) -> float:
    """Return the middle of the shortest arc that holds all longitudes, in [-180, 180)."""
    known = np.unique(np.asarray(lon_deg, float)[np.isfinite(lon_deg)] % 360.0)
    if known.size == 0:
        return 0.0
    gaps = np.diff(np.concatenate((known, known[:1] + 360.0)))
    widest = int(np.argmax(gaps))
    middle = known[(widest + 1) % known.size] + (360.0 - gaps[widest]) / 2
    return float((middle + 180.0) % 360.0 - 180.0)


def fit_view(lat_deg: Floats, lon_deg: Floats, width: float, height: float, least_m: float = 2000.0) -> View:
    """Return the view that shows all points with a margin, at least ``least_m`` high; without points, the world."""
    known = np.isfinite(lat_deg) & np.isfinite(lon_deg)
    if not known.any():
        return View(0.0, 0.0, width, height, 360.0 * DEGREE_M / width)
    lat = np.asarray(lat_deg, float)[known]
    lon = unwrapped(np.asarray(lon_deg, float)[known], middle_longitude(lon_deg))
    lat0, lon0 = float(lat.min() + lat.max()) / 2, float(lon.min() + lon.max()) / 2
    squeeze = math.cos(math.radians(lat0))
    need_m = (float(np.ptp(lon)) * squeeze * DEGREE_M / width, float(np.ptp(lat)) * DEGREE_M / height, least_m / height)
    first = View(lat0, lon0, width, height, max(need_m) * 1.12)
    if not first.is_azimuthal:
        return first
    plane = azimuthal(first, lat, lon)
    reach = np.abs(plane).max(axis=0) / (width / 2, height / 2)
    return View(lat0, lon0, width, height, max(float(reach.max()) * 1.12, least_m / height))
