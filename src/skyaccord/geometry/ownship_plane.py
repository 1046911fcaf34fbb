"""Pairs of aircraft in the plane that touches the earth below the ownship, a block of pairs at a time.

x east, y north, in metres and metres per second, ownship minus intruder. Two surfaces: on the ellipsoid (WGS-84)
positions and ground velocities are dropped perpendicularly on the plane; the sphere is that of `geometry.sphere`, for
comparison with DAIDALUS. Distances within 100 NM of the ownship are wrong by less than 0.05 % (`local_frame`).

A block is laid out in rows of `BLOCK` numbers, one row behind the other in one array, so that every loop runs over a
known number of neighbouring numbers and compiles to vector instructions.
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.geometry.angles import sines_and_cosines
from skyaccord.geometry.earth import ECCENTRICITY_2, SEMI_MAJOR_M
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.sphere import RADIUS_M, SECANT_S
from skyaccord.geometry.vectors import Floats

ELLIPSOID: Final = 0
SPHERE: Final = 1

BLOCK: Final = 256

# Rows of angles, degrees.
OWN_LAT: Final = 0
LAT: Final = BLOCK
NORTH: Final = 2 * BLOCK  # latitude of the intruder less that of the ownship
HALF_EAST: Final = 3 * BLOCK  # half the difference of longitudes: it keeps near places exact
OWN_TRACK: Final = 4 * BLOCK
TRACK: Final = 5 * BLOCK
ANGLES: Final = 6 * BLOCK

# Rows of ground speeds, m/s.
OWN_SPEED: Final = 0
SPEED: Final = BLOCK
SPEEDS: Final = 2 * BLOCK

# Rows of the plane.
X: Final = 0
Y: Final = BLOCK
VX: Final = 2 * BLOCK
VY: Final = 3 * BLOCK
COS_ANGLE: Final = (
    4 * BLOCK
)  # of the angle at the earth's centre; the plane has no place for the pair where not positive
PLANE: Final = 5 * BLOCK


@kernel
def lay_in_plane(
    surface: int, angle_deg: Floats, speed_mps: Floats, sine: Floats, cosine: Floats, plane: Floats
) -> None:
    """Write the rows of the plane for a block of pairs.

    Args:
        surface: `ELLIPSOID` or `SPHERE`.
        angle_deg: rows of angles; what stands behind the last pair must be finite.
        speed_mps: rows of ground speeds.
        sine: room for `ANGLES` numbers.
        cosine: the same.
        plane: room for `PLANE` numbers.
    """
    sines_and_cosines(angle_deg, sine, cosine)
    if surface == SPHERE:
        lay_on_sphere(sine, cosine, speed_mps, plane)
    else:
        lay_on_ellipsoid(sine, cosine, speed_mps, plane)


@kernel
def lay_on_sphere(sine: Floats, cosine: Floats, speed_mps: Floats, plane: Floats) -> None:
    """Write the rows of the plane on the sphere; the relations are those of `geometry.sphere.project`."""
    for k in range(BLOCK):
        sin0, cos0, sin1, cos1 = sine[k], cosine[k], sine[k + LAT], cosine[k + LAT]
        half, cos_half = sine[k + HALF_EAST], cosine[k + HALF_EAST]
        sin_east, versine = 2.0 * half * cos_half, 2.0 * half * half
        x = cos1 * sin_east * RADIUS_M
        y = (sine[k + NORTH] + sin0 * cos1 * versine) * RADIUS_M
        cos_angle = sin0 * sin1 + cos0 * cos1 * (1.0 - versine)
        east, north = speed_mps[k + SPEED] * sine[k + TRACK], speed_mps[k + SPEED] * cosine[k + TRACK]
        arc = speed_mps[k + SPEED] * SECANT_S / RADIUS_M
        arc2 = arc * arc
        along = 1.0 - arc2 / 6.0 * (1.0 - arc2 / 20.0)
        drop = -0.5 * arc2 * (1.0 - arc2 / 12.0) / SECANT_S
        vx = along * (east * (1.0 - versine) - north * sin1 * sin_east) + drop * x
        vy = along * (east * sin0 * sin_east + north * (sin0 * sin1 * (1.0 - versine) + cos0 * cos1)) + drop * y
        # The ownship's secant lies along its track: it flies off the point where the plane touches.
        own_arc = speed_mps[k] * SECANT_S / RADIUS_M
        own2 = own_arc * own_arc
        own_mps = speed_mps[k] * (1.0 - own2 / 6.0 * (1.0 - own2 / 20.0))
        plane[k], plane[k + Y], plane[k + COS_ANGLE] = -x, -y, cos_angle
        plane[k + VX], plane[k + VY] = own_mps * sine[k + OWN_TRACK] - vx, own_mps * cosine[k + OWN_TRACK] - vy


@kernel
def lay_on_ellipsoid(sine: Floats, cosine: Floats, speed_mps: Floats, plane: Floats) -> None:
    """Write the rows of the plane on the ellipsoid."""
    for k in range(BLOCK):
        sin0, cos0, sin1, cos1 = sine[k], cosine[k], sine[k + LAT], cosine[k + LAT]
        half, cos_half = sine[k + HALF_EAST], cosine[k + HALF_EAST]
        sin_east, versine = 2.0 * half * cos_half, 2.0 * half * half
        normal0 = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin0 * sin0)
        normal1 = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_2 * sin1 * sin1)
        # The step from one point to the other, in the ownship's meridian: away from the earth's axis, and along it.
        outward = normal1 * cos1 * (1.0 - versine) - normal0 * cos0
        axial = (1.0 - ECCENTRICITY_2) * (normal1 * sin1 - normal0 * sin0)
        east, north = speed_mps[k + SPEED] * sine[k + TRACK], speed_mps[k + SPEED] * cosine[k + TRACK]
        cos_angle = sin0 * sin1 + cos0 * cos1 * (1.0 - versine)
        vx = east * (1.0 - versine) - north * sin1 * sin_east
        vy = east * sin0 * sin_east + north * (sin0 * sin1 * (1.0 - versine) + cos0 * cos1)
        plane[k], plane[k + Y] = -normal1 * cos1 * sin_east, sin0 * outward - cos0 * axial
        plane[k + COS_ANGLE] = cos_angle
        plane[k + VX], plane[k + VY] = (
            speed_mps[k] * sine[k + OWN_TRACK] - vx,
            speed_mps[k] * cosine[k + OWN_TRACK] - vy,
        )
