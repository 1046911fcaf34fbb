"""A local plane about one point: east and north in metres, for plans and for one ownship's surroundings.

The plane touches the WGS-84 ellipsoid at the origin and points are dropped on it perpendicularly (orthographic
projection of `earth` points). Distances between points within 100 NM of the origin are wrong by less than 0.05 %
(measured against geographiclib up to 85° latitude and across the date line; the bound is d²/2R² for a radial
distance at d from the origin). Points beyond a quarter of the globe have no place in the plane.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from skyaccord.geometry.earth import surface_points
from skyaccord.geometry.vectors import Floats


@dataclass(frozen=True, slots=True)
class LocalFrame:
    """East and north of an origin, in degrees of WGS-84."""

    lat_deg: float
    lon_deg: float

    def axes(self) -> Floats:
        """Return the unit vectors east, north and up in the earth-centred frame, shape (3, 3)."""
        phi, lam = math.radians(self.lat_deg), math.radians(self.lon_deg)
        east = (-math.sin(lam), math.cos(lam), 0.0)
        north = (-math.sin(phi) * math.cos(lam), -math.sin(phi) * math.sin(lam), math.cos(phi))
        up = (math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi))
        return np.array((east, north, up))

    def project(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return east and north in metres, shape (n, 2)."""
        origin = surface_points(np.array([self.lat_deg]), np.array([self.lon_deg]))
        points = surface_points(np.asarray(lat_deg, float).ravel(), np.asarray(lon_deg, float).ravel())
        return (points - origin) @ self.axes()[:2].T
