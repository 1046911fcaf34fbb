"""The stakes of one region exposed to one kind of manoeuvre, ready to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skyaccord.detect.guidance.axis import Grid
from skyaccord.detect.guidance.exposure import Exposure, Stakes
from skyaccord.detect.guidance.free import NO_RECOVERY, Mask, Question
from skyaccord.detect.hazard import cylinder
from skyaccord.detect.profile import Profile
from skyaccord.geometry.vectors import Ints


@dataclass(frozen=True, slots=True)
class Exposed:
    """Stakes within reach and their exposure."""

    grid: Grid
    numbers: Ints  # of the stakes within reach
    stakes: Stakes  # those within reach
    volume: Exposure
    question: Question

    def free(self) -> tuple[Mask, Ints]:
        """Return which values are free of conflict, and which stakes within reach forbid any."""
        return self.grid.free(self.volume, self.volume, self.question)

    def to_cylinder(self, range_m: float, height_m: float) -> Exposure:
        """Return the exposure to a cylinder about every intruder."""
        row = cylinder(range_m, height_m)
        hazards = np.broadcast_to(row, (len(self.numbers), len(row))).copy()
        return self.grid.expose(self.stakes._replace(hazards=hazards), self.question.look_ahead_s)

    def free_of(self, around: Exposure) -> Mask:
        """Return which values are free of a cylinder in place of the volumes."""
        return self.grid.free(around, around, self.question)[0]

    def free_by(self, by_s: float, around: Exposure) -> Mask:
        """Return which values keep out of a cylinder until a time and out of the volumes from then on."""
        return self.grid.free(self.volume, around, self.question._replace(recovery_s=by_s))[0]


def expose(grid: Grid, stakes: Stakes, profile: Profile, before: Sequence[Exposed]) -> Exposed:
    """Return stakes exposed to a grid; the same intruders and volumes as ``before`` are not looked at again."""
    recovery = profile.recovery
    widest = cylinder(
        max(recovery.least_range_m, recovery.nmac_range_m), max(recovery.least_height_m, recovery.nmac_height_m)
    )
    numbers = grid.reach(stakes, widest, profile.look_ahead_s)
    near = Stakes(*(part[numbers] for part in stakes))
    question = Question(near.horizon_s, profile.look_ahead_s, NO_RECOVERY, not profile.adds_time_to_manoeuvre)
    for other in before:
        if np.array_equal(other.numbers, numbers) and _are_same(other.stakes, near):
            return Exposed(grid, numbers, near, other.volume, question)
    return Exposed(grid, numbers, near, grid.expose(near, profile.look_ahead_s), question)


def _are_same(one: Stakes, other: Stakes) -> bool:
    pairs = ((one.intruders, other.intruders), (one.std, other.std), (one.hazards, other.hazards))
    return all(np.array_equal(a, b) for a, b in pairs)
