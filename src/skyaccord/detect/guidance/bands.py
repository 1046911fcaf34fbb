"""Bands: the values of a manoeuvre coloured by the gravest region that each leads into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.guidance.axis import Grid
from skyaccord.detect.guidance.free import Mask
from skyaccord.detect.profile import Region
from skyaccord.geometry.vectors import Floats, Ints


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of values; of directions, ``low`` may be negative and ``high`` above a full turn."""

    low: float  # rad, m/s or m
    high: float
    region: Region


def stretches(free: Mask) -> Mask:
    """Return which stretches between neighbours are free: those between two free values."""
    both: Mask = free[:-1] & free[1:]
    return both


def colour(grid: Grid, free: dict[Region, Mask], recovered: Mask | None) -> tuple[Band, ...]:
    """Return the bands of a grid from the free values of each region; a recovery's are `Region.RECOVERY`."""
    region = np.zeros(max(0, len(grid.values) - 1), np.int64)
    for each in sorted(free):
        region[~stretches(free[each])] = int(each)
    if recovered is not None:
        region[stretches(recovered)] = int(Region.RECOVERY)
    return join_stretches(grid.values, region)


def join_stretches(edges: Floats, region: Ints) -> tuple[Band, ...]:
    """Return neighbouring stretches of one region as one band each; stretch k lies between edges k and k + 1."""
    if not len(region):
        return ()
    changes = (np.flatnonzero(np.diff(region)) + 1).tolist()
    begins, ends = [0, *changes], [*changes, len(region)]
    return tuple(
        Band(float(edges[a]), float(edges[b]), Region(int(region[a]))) for a, b in zip(begins, ends, strict=True)
    )
