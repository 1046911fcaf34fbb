"""The sphere on which one nautical mile is one minute of arc: the frame that DAIDALUS 2.0.4 computes in.

An aircraft is dropped perpendicularly on the plane that touches the sphere below the ownship (orthographic projection):
x east, y north, in metres. Its velocity is the secant of `SECANT_S` of great-circle flight, dropped likewise. Altitudes
stay as they are. Distances differ from the ellipsoid's by up to 0.5 %: this frame serves to compare with the reference
and to use its files; everything else is computed on WGS-84 (`geometry.earth`).
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.geometry.kernel import kernel

RADIUS_M: Final = 6_366_707.0194937
"""1852 m for a minute of arc."""

SECANT_S: Final = 10.0
"""Length of the great-circle flight whose secant is the velocity in the plane."""


@kernel
def project(
    lat_rad: float, lon_rad: float, east_mps: float, north_mps: float, lat0_rad: float, lon0_rad: float
) -> tuple[float, float, float, float]:
    """Return x, y (m) and their rates (m/s) of an aircraft in the plane about an origin.

    Args:
        lat_rad: the aircraft's latitude.
        lon_rad: its longitude.
        east_mps: its velocity eastward.
        north_mps: its velocity northward.
        lat0_rad: latitude of the point where the plane touches.
        lon0_rad: its longitude.
    """
    sin_lat, cos_lat = math.sin(lat_rad), math.cos(lat_rad)
    sin_lat0, cos_lat0 = math.sin(lat0_rad), math.cos(lat0_rad)
    sin_lon, cos_lon = math.sin(lon_rad - lon0_rad), math.cos(lon_rad - lon0_rad)
    # Unit vector of the place along east and north of the origin; the half angle keeps near places exact.
    x = cos_lat * sin_lon
    y = math.sin(lat_rad - lat0_rad) + 2.0 * sin_lat0 * cos_lat * math.sin(0.5 * (lon_rad - lon0_rad)) ** 2
    # The way of one second of arc length, along the aircraft's own east and north, seen from the origin's.
    ahead_x = east_mps * cos_lon - north_mps * sin_lat * sin_lon
    ahead_y = east_mps * sin_lat0 * sin_lon + north_mps * (sin_lat * sin_lat0 * cos_lon + cos_lat * cos_lat0)
    arc = math.sqrt(east_mps * east_mps + north_mps * north_mps) * SECANT_S / RADIUS_M
    # sin(arc) / arc and (cos(arc) - 1) as series: arc is below 0.002 for any speed below Mach 4.
    arc2 = arc * arc
    along = 1.0 - arc2 / 6.0 * (1.0 - arc2 / 20.0)
    drop = -0.5 * arc2 * (1.0 - arc2 / 12.0) * RADIUS_M / SECANT_S
    return x * RADIUS_M, y * RADIUS_M, along * ahead_x + drop * x, along * ahead_y + drop * y
