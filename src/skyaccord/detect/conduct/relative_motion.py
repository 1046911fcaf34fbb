"""How two aircraft stand and move to each other at each instant, in the words of the air."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.conduct.own_motion import OwnMotion, upward
from skyaccord.detect.conduct.parabola import ELLIPSOID_HEIGHT, PRESSURE_ALTITUDE
from skyaccord.geometry.vectors import Floats


@dataclass(frozen=True, slots=True)
class RelativeMotion:
    """One entry an instant. Angles in degrees; NaN where a velocity or an altitude is not known."""

    distance_m: Floats
    height_m: Floats  # of b above a, in a common datum
    between_deg: Floats  # angle between the two tracks, 0 to 180
    speed_a_mps: Floats
    speed_b_mps: Floats
    apart_mps: Floats  # length of the difference of both velocities
    apart_error_mps: Floats  # standard error of it
    closure_mps: Floats  # positive while they come nearer
    astern_of_a_deg: Floats  # where b stands: angle off a's tail, 0 straight behind a, 180 straight ahead
    astern_of_b_deg: Floats
    bearing_from_a_deg: Floats  # of b, clockwise from a's track, 0 to 360
    bearing_from_b_deg: Floats
    ahead_m: Floats  # of b along the common direction of flight, and to the right of it
    right_m: Floats


def relate(a: OwnMotion, b: OwnMotion) -> RelativeMotion:
    """Return how b stands to a, and a to b, at common instants."""
    up = upward(a.position_m)
    sight = _level(b.position_m - a.position_m, up)
    va, vb = _level(a.velocity_mps, up), _level(b.velocity_mps, up)
    distance, speed_a, speed_b = length(sight), length(va), length(vb)
    apart = vb - va
    together = va / _some(speed_a)[:, None] + vb / _some(speed_b)[:, None]
    ahead = together / _some(length(together))[:, None]
    return RelativeMotion(
        distance_m=distance,
        height_m=heights(a, b),
        between_deg=angle_deg(va, vb),
        speed_a_mps=speed_a,
        speed_b_mps=speed_b,
        apart_mps=length(apart),
        apart_error_mps=np.hypot(a.velocity_error_mps, b.velocity_error_mps),
        closure_mps=-dot(sight, apart) / _some(distance),
        astern_of_a_deg=angle_deg(sight, -va),
        astern_of_b_deg=angle_deg(-sight, -vb),
        bearing_from_a_deg=turn_deg(va, sight, up) % 360.0,
        bearing_from_b_deg=turn_deg(vb, -sight, up) % 360.0,
        ahead_m=dot(sight, ahead),
        right_m=dot(sight, np.cross(ahead, up)),
    )


def heights(a: OwnMotion, b: OwnMotion) -> Floats:
    """Return the height of b above a by pressure where both have it, else by the ellipsoid, else NaN."""
    pressure = b.value[:, PRESSURE_ALTITUDE] - a.value[:, PRESSURE_ALTITUDE]
    ellipsoid = b.value[:, ELLIPSOID_HEIGHT] - a.value[:, ELLIPSOID_HEIGHT]
    return np.where(np.isfinite(pressure), pressure, ellipsoid)


def dot(a: Floats, b: Floats) -> Floats:
    """Return the dot products of vectors, row by row."""
    product: Floats = np.sum(a * b, axis=1)
    return product


def length(a: Floats) -> Floats:
    """Return the lengths of vectors, row by row."""
    return np.sqrt(dot(a, a))


def angle_deg(a: Floats, b: Floats) -> Floats:
    """Return the angles between vectors, 0 to 180; exact for small ones too."""
    return np.degrees(np.arctan2(length(np.cross(a, b)), dot(a, b)))


def turn_deg(a: Floats, b: Floats, up: Floats) -> Floats:
    """Return the turn from one vector to another seen from above, clockwise positive, -180 to 180."""
    return np.degrees(np.arctan2(-dot(np.cross(a, b), up), dot(a, b)))


def _level(vector: Floats, up: Floats) -> Floats:
    return vector - up * dot(vector, up)[:, None]


def _some(value: Floats) -> Floats:
    return np.maximum(value, 1e-9)
