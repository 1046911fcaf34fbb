"""How far points are from lines, the slow and simple way: by geodesics (pyproj) to ever so many places on each edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from pyproj import Geod

Vertices = Sequence[tuple[float, float]]
WGS84 = Geod(ellps="WGS84")


def distance_m(vertices: Vertices, lat: float, lon: float, most_m: float = 0.01) -> float:
    """Return the least geodesic distance of a point from edges that are straight in longitude and latitude.

    Each edge is sampled evenly; around the nearest sample it is sampled again, until neighbours are ``most_m`` apart.
    """
    return min(_to_edge(a, b, lat, lon, most_m) for a, b in pairwise(vertices))


def _to_edge(a: tuple[float, float], b: tuple[float, float], lat: float, lon: float, most_m: float) -> float:
    turn = (b[0] - a[0] + 180.0) % 360.0 - 180.0
    low, high = 0.0, 1.0
    while True:
        share = np.linspace(low, high, 201)
        lons, lats = a[0] + share * turn, a[1] + share * (b[1] - a[1])
        found = geodesics_m(lats, lons, lat, lon)
        best = int(found.argmin())
        low, high = share[max(best - 2, 0)], share[min(best + 2, 200)]
        if (high - low) * 111_320.0 * math.hypot(turn, b[1] - a[1]) <= most_m:
            return float(found[best])


def geodesics_m(lats: npt.NDArray[np.float64], lons: npt.NDArray[np.float64], lat: float, lon: float) -> npt.NDArray:
    return WGS84.inv(lons, lats, np.full(len(lons), lon), np.full(len(lats), lat))[2]


def winds_around(ring: Vertices, lat: float, lon: float) -> bool:
    """Return whether a ring goes around a point, by the sum of the angles under which its edges are seen."""
    seen = [complex((x - lon + 180.0) % 360.0 - 180.0, y - lat) for x, y in ring]
    turned = sum(math.remainder(np.angle(b) - np.angle(a), 2 * math.pi) for a, b in pairwise([*seen, seen[0]]))
    return abs(turned) > math.pi
