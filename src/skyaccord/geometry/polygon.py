"""Polygons on the ground, small enough that their edges are straight in latitude and longitude."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from skyaccord.geometry.vectors import Floats


def contains(polygon: Sequence[tuple[float, float]], lon_deg: Floats, lat_deg: Floats) -> npt.NDArray[np.bool_]:
    """Return which points lie inside a ring of (longitude, latitude); on the edge either answer may come.

    The ring may cross the date line; one that holds a pole may not be asked about. Even-odd rule: a ray eastwards from
    an inside point crosses the ring an odd number of times.
    """
    steps = (short_way(b - a) for (a, _), (b, _) in pairwise(polygon))
    lons = list(accumulate(steps, initial=polygon[0][0]))  # continuous, possibly beyond ±180
    middle = 0.5 * (min(lons) + max(lons))
    x = middle + ((lon_deg - middle + 180.0) % 360.0 - 180.0)
    ring = [(lon, lat) for lon, (_, lat) in zip(lons, polygon, strict=True)]
    inside = np.zeros(np.shape(x), np.bool_)
    for (lon_1, lat_1), (lon_2, lat_2) in pairwise([*ring, ring[0]]):
        crosses = (lat_1 > lat_deg) != (lat_2 > lat_deg)
        if crosses.any():
            inside ^= crosses & (lon_1 + (lat_deg - lat_1) / (lat_2 - lat_1) * (lon_2 - lon_1) > x)
    return inside


def short_way(degrees: float) -> float:
    """Return a difference of longitudes the short way round: from -180, which is taken for 180 too, to below 180."""
    return (degrees + 180.0) % 360.0 - 180.0
