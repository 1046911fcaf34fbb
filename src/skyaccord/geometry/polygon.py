"""Polygons on the ground, small enough that their edges are straight in latitude and longitude."""

from __future__ import annotations

from collections.abc import Sequence


def contains(polygon: Sequence[tuple[float, float]], lon_deg: float, lat_deg: float) -> bool:
    """Return whether a point lies inside a ring of (longitude, latitude); on the edge either answer may come.

    Longitudes are taken relative to the point, so a ring may cross the date line; one that holds a pole may not be
    asked about. Even-odd rule: a ray eastwards from an inside point crosses the ring an odd number of times.
    """
    inside = False
    for (lon_1, lat_1), (lon_2, lat_2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (lat_1 > lat_deg) == (lat_2 > lat_deg):
            continue
        east_1 = _east(lon_1, lon_deg)
        east_2 = east_1 + _east(lon_2, lon_1)
        if east_1 + (lat_deg - lat_1) / (lat_2 - lat_1) * (east_2 - east_1) > 0.0:
            inside = not inside
    return inside


def _east(lon_deg: float, origin_deg: float) -> float:
    return (lon_deg - origin_deg + 180.0) % 360.0 - 180.0
