"""Polygons on the ground, small enough that their edges are straight in latitude and longitude."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.geometry.vectors import Floats

Vertices: TypeAlias = Sequence[tuple[float, float]]
"""Longitude and latitude in degrees."""


def contains(polygon: Vertices, lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.bool_]:
    """Return which points lie inside a ring of (longitude, latitude); on the edge either answer may come.

    The ring may cross the date line; one that holds a pole may not be asked about. Even-odd rule: a ray eastwards from
    an inside point crosses the ring an odd number of times.
    """
    ring = unrolled(polygon)
    x = near(ring, lon_deg)
    inside = np.zeros(np.shape(x), np.bool_)
    for (lon_1, lat_1), (lon_2, lat_2) in pairwise([*ring, ring[0]]):
        crosses = np.flatnonzero((lat_1 > lat_deg) != (lat_2 > lat_deg))
        if crosses.size:
            inside[crosses] ^= lon_1 + (lat_deg[crosses] - lat_1) / (lat_2 - lat_1) * (lon_2 - lon_1) > x[crosses]
    return inside


def unrolled(vertices: Vertices) -> list[tuple[float, float]]:
    """Return vertices with longitudes that go on without a step at the date line, possibly beyond ±180°.

    From each vertex to the next they go the short way round.
    """
    steps = (short_way(b - a) for (a, _), (b, _) in pairwise(vertices))
    lons = accumulate(steps, initial=vertices[0][0])
    return [(lon, lat) for lon, (_, lat) in zip(lons, vertices, strict=True)]


def near(vertices: Vertices, lon_deg: Floats) -> Floats:
    """Return longitudes turned by whole circles to within 180° of the middle of unrolled vertices."""
    lons = [lon for lon, _ in vertices]
    middle = 0.5 * (min(lons) + max(lons))
    turned: Floats = middle + ((lon_deg - middle + 180.0) % 360.0 - 180.0)
    return turned


def short_way(degrees: float) -> float:
    """Return a difference of longitudes the short way round: from -180, which is taken for 180 too, to below 180."""
    return (degrees + 180.0) % 360.0 - 180.0
