"""Courses followed through time: how far one turned between two instants, and how fast at most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.conduct.closing import SIGMAS
from skyaccord.detect.conduct.look import Look
from skyaccord.detect.conduct.own_motion import OwnMotion, upward
from skyaccord.detect.conduct.relative_motion import dot, length, turn_deg
from skyaccord.detect.conduct.stretches import reduce_over
from skyaccord.geometry.vectors import Floats, Ints


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one aircraft of each encounter, counted on through full circles; great circles do not turn."""

    turned_deg: Floats  # since the first instant of all, clockwise positive: only differences mean something
    error_deg: Floats  # bound of each course: three standard errors
    rate_degps: Floats  # 0 where it is not beyond error

    def between(self, begin: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Return by how much the course changed between two instants, and its bound."""
        return self.turned_deg[end] - self.turned_deg[begin], np.hypot(self.error_deg[begin], self.error_deg[end])

    def swing(self, begin: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Return the difference of the outermost courses between two instants, and its bound."""
        most, least, error = (
            reduce_over(function, value, begin, end)
            for function, value in (
                (np.fmax, self.turned_deg),
                (np.fmin, self.turned_deg),
                (np.fmax, self.error_deg),
            )
        )
        return most - least, np.sqrt(2.0) * error

    def fastest_degps(self, begin: Ints, end: Ints) -> Floats:
        """Return the highest rate of turn between two instants, without sign."""
        return reduce_over(np.fmax, np.abs(self.rate_degps), begin, end)


def follow_courses(look: Look, motion: OwnMotion) -> Course:
    """Return the courses of one aircraft of each encounter. Where a velocity is unknown the course counts as kept."""
    velocity = motion.velocity_mps
    up = upward(motion.position_m)
    speed = np.maximum(length(velocity), 1e-9)
    steps = np.zeros(len(look.t_s))
    steps[1:] = np.nan_to_num(turn_deg(velocity[:-1], velocity[1:], up[1:]))
    steps[look.first] = 0.0
    across = -dot(np.cross(velocity, motion.acceleration_mps2), up) / speed**2
    error = SIGMAS * motion.acceleration_error_mps2 / speed
    rate = np.where(np.abs(across) > error, np.degrees(across), 0.0)
    return Course(
        turned_deg=np.cumsum(steps),
        error_deg=np.degrees(np.arctan2(SIGMAS * motion.velocity_error_mps, speed)),
        rate_degps=np.where(np.isfinite(rate), rate, 0.0),
    )
