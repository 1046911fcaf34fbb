"""Bands: the values of a manoeuvre coloured by the gravest region that each leads into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from skyaccord.detect.guidance.axis import Grid
from skyaccord.detect.guidance.scan import Mask
from skyaccord.detect.profile import Region


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of values; of directions, ``low`` may be negative and ``high`` above a full turn."""

    low: float  # rad, m/s or m
    high: float
    region: Region


@dataclass(frozen=True, slots=True)
class Colouring:
    """The region of each stretch between two neighbours on a grid."""

    grid: Grid
    region: npt.NDArray[np.int64]  # shape (values - 1,)

    def bands(self) -> tuple[Band, ...]:
        """Return the stretches joined to bands, ascending."""
        if not len(self.region):
            return ()
        changes = np.flatnonzero(np.diff(self.region)) + 1
        starts = [0, *changes.tolist()]
        ends = [*changes.tolist(), len(self.region)]
        values = self.grid.values
        return tuple(
            Band(float(values[a]), float(values[b]), Region(int(self.region[a])))
            for a, b in zip(starts, ends, strict=True)
        )


def stretches(free: Mask) -> Mask:
    """Return which stretches between neighbours are free: those between two free values."""
    both: Mask = free[:-1] & free[1:]
    return both


def colour(grid: Grid, free: dict[Region, Mask], recovered: Mask | None) -> Colouring:
    """Return the regions of a grid from the free values of each; what a recovery frees is `Region.RECOVERY`."""
    region = np.zeros(max(0, len(grid.values) - 1), np.int64)
    for each in sorted(free):
        region[~stretches(free[each])] = int(each)
    if recovered is not None:
        region[stretches(recovered)] = int(Region.RECOVERY)
    return Colouring(grid, region)
