"""Areas on the ground as what distances are measured to: rings and discs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from skyaccord.geometry.earth import arc_of, surface_points
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.path import Path, path_through
from skyaccord.geometry.polygon import Vertices, contains
from skyaccord.geometry.vectors import Floats


@dataclass(frozen=True, slots=True)
class Ring:
    """A polygon without holes, its edges straight in longitude and latitude."""

    polygon: tuple[tuple[float, float], ...]
    edge: Path

    def distance_m(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return the distance of points from the ring's edge along the ellipsoid, negative inside.

        Inside is by the even-odd rule of `geometry.polygon`. NaN where a position is NaN. Accuracy: that of
        `Path.distance_m`.
        """
        distance_m = np.abs(self.edge.distance_m(lat_deg, lon_deg))
        return np.where(contains(self.polygon, lon_deg, lat_deg), -distance_m, distance_m)


@dataclass(frozen=True, slots=True)
class Disc:
    """All within a distance of a point, measured along the ellipsoid."""

    lat_deg: float
    lon_deg: float
    radius_m: float

    def distance_m(self, lat_deg: Floats, lon_deg: Floats) -> Floats:
        """Return the distance of points from the circle around it along the ellipsoid, negative inside.

        NaN where a position is NaN. Accuracy: 0.1 m and 0.01 % of the distance from the middle, poles included.
        """
        centre = surface_points(np.array([self.lat_deg]), np.array([self.lon_deg]))[0]
        out = np.empty(np.shape(lat_deg))
        distances_from(centre, np.asarray(lat_deg, float), np.asarray(lon_deg, float), out)
        out -= self.radius_m
        return out


Boundary: TypeAlias = Ring | Disc


def ring_of(polygon: Vertices) -> Ring:
    """Return the ring of (longitude, latitude), not repeated at its end."""
    return Ring(tuple(polygon), path_through(polygon, is_closed=True))


@kernel
def distances_from(centre: Floats, lat_deg: Floats, lon_deg: Floats, out: Floats) -> None:
    """Write the distance of each point from one of the ellipsoid, along it."""
    for k in range(lat_deg.size):
        point = surface_points(lat_deg[k : k + 1], lon_deg[k : k + 1])
        dx, dy, dz = point[0, 0] - centre[0], point[0, 1] - centre[1], point[0, 2] - centre[2]
        out[k] = arc_of(np.sqrt(dx * dx + dy * dy + dz * dz))
