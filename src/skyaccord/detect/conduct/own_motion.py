"""How one aircraft moved, from its positions alone, with standard errors, and where straight flight would lead.

Velocities between two reports are as wrong as the positions are; over half a minute of reports they are not
(`parabola`). Reported ground speed and track are not used: the positions are what everything else is judged by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import ASSUMED_SPEED_MPS
from skyaccord.detect.conduct.parabola import SIGMA_A, SIGMA_P, SIGMA_V, A, P, V, fit_all
from skyaccord.detect.observation import Observation
from skyaccord.geometry.earth import ECCENTRICITY_2
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.model.tracks import Tracks, position_error_m
from skyaccord.tracks.quality.clock import stamp_error_s

MEAN_RADIUS_M: Final = 6_371_008.8
"""Of WGS-84 (IUGG)."""

BOUND_SIGMAS: Final = 1.96
"""A 95 % bound in standard errors, as if all of the error lay along one axis."""


@dataclass(frozen=True, slots=True)
class OwnMotion:
    """The motion of one aircraft at each of some instants, earth-centred frame, SI."""

    value: Floats  # (instants, FIT_COLUMNS)

    def __len__(self) -> int:
        return len(self.value)

    def take(self, index: Ints) -> OwnMotion:
        """Return the motion at some of the instants."""
        return OwnMotion(self.value[index])

    @property
    def position_m(self) -> Floats:
        """Return positions on the ellipsoid, shape (n, 3)."""
        return self.value[:, P : P + 3]

    @property
    def velocity_mps(self) -> Floats:
        """Return velocities along the ground, shape (n, 3); NaN where one report stands alone."""
        return self.value[:, V : V + 3]

    @property
    def acceleration_mps2(self) -> Floats:
        """Return accelerations, the earth's curvature included, shape (n, 3); NaN where too few reports show any."""
        return self.value[:, A : A + 3]

    @property
    def position_error_m(self) -> Floats:
        """Return the standard error of a position, one axis."""
        return self.value[:, SIGMA_P]

    @property
    def velocity_error_mps(self) -> Floats:
        """Return the standard error of a velocity, one axis."""
        return self.value[:, SIGMA_V]

    @property
    def acceleration_error_mps2(self) -> Floats:
        """Return the standard error of an acceleration, one axis."""
        return self.value[:, SIGMA_A]


def report_errors_m(tracks: Tracks, seen: Observation) -> Floats:
    """Return the standard error of each usable report on one axis: stated or assumed position, and clock."""
    speed = tracks.groundspeed_mps[seen.row]
    clock_m = stamp_error_s(tracks)[seen.aircraft] * np.where(np.isfinite(speed), speed, ASSUMED_SPEED_MPS)
    return np.hypot(position_error_m(tracks)[seen.row], clock_m) / BOUND_SIGMAS


def fit_own_motion(seen: Observation, sigma_m: Floats, start: Ints, t_s: Floats, row: Ints) -> OwnMotion:
    """Return the motion at instants of one aircraft an encounter; each instant must lie within the run of its row.

    Args:
        seen: the usable reports.
        sigma_m: `report_errors_m`.
        start: where each encounter's instants begin, shape (encounters + 1,).
        t_s: the instants, in order within each encounter.
        row: a row of ``seen`` in the run that the instants lie in, one an encounter.
    """
    return OwnMotion(fit_all(seen.line, seen.first, seen.last, sigma_m, start, t_s, row))


def upward(position_m: Floats) -> Floats:
    """Return the unit vectors away from the ellipsoid at points of it, shape (n, 3)."""
    normal = position_m * np.array((1.0, 1.0, 1.0 / (1.0 - ECCENTRICITY_2)))
    up: Floats = normal / np.linalg.norm(normal, axis=1)[:, None]
    return up


def fly_straight(motion: OwnMotion, seconds: Floats) -> OwnMotion:
    """Return where aircraft would be and how they would move had they flown on straight: along great circles.

    The circle has the earth's mean radius: after 60 km it is 2 m above or below the ellipsoid. Errors of position
    grow with those of velocity; heights are not carried on.
    """
    speed = np.linalg.norm(motion.velocity_mps, axis=1)
    angle = speed * seconds / MEAN_RADIUS_M
    up = upward(motion.position_m)
    ahead = motion.velocity_mps / np.maximum(speed, 1e-9)[:, None]
    sine, cosine = np.sin(angle)[:, None], np.cos(angle)[:, None]
    out = np.full_like(motion.value, np.nan)
    out[:, P : P + 3] = motion.position_m + MEAN_RADIUS_M * (sine * ahead - (1.0 - cosine) * up)
    out[:, V : V + 3] = speed[:, None] * (cosine * ahead - sine * up)
    error_mps = motion.velocity_error_mps
    out[:, SIGMA_P] = np.hypot(motion.position_error_m, np.where(seconds > 0.0, seconds * error_mps, 0.0))
    out[:, SIGMA_V] = error_mps
    return OwnMotion(out)
