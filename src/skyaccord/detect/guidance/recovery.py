"""Ways out where everything leads into a conflict: recovery bands.

A recovery is the soonest time B by which some manoeuvre is out of the volumes for good while it keeps out of a cylinder
until then. The cylinder is the profile's recovery separation; where nothing keeps out of that, it shrinks step by step
towards that of a near mid-air collision. B is found by halving the look-ahead down to `FINEST_S`, and some seconds of
stability are added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.guidance.axis import Grid
from skyaccord.detect.guidance.scan import Limits, Mask, Stakes
from skyaccord.detect.hazard import cylinder
from skyaccord.detect.profile import Recovery
from skyaccord.geometry.vectors import Floats

FINEST_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class RecoveryFound:
    """A recovery: when, with which separation until then and after how many shrinkings of it.

    Where there is none, ``time_s`` is ``None`` and ``shrinkings`` says how often separation was shrunk in vain.
    """

    time_s: float | None
    shrinkings: int
    range_m: float | None
    height_m: float | None


def recover(grid: Grid, stakes: Stakes, limits: Limits, settings: Recovery) -> tuple[RecoveryFound, Mask | None]:
    """Return the recovery of one kind of manoeuvre and the values that it frees; ``None`` where there is none."""

    def free(range_m: float, height_m: float, by_s: float) -> Mask | None:
        at = limits._replace(recovery_s=by_s, cylinder=cylinder(range_m, height_m))
        mask, _ = grid.scan(stakes, at, asks_who=False)
        return mask if mask.any() else None

    sizes = list(_sizes(settings))
    at_once = free(*sizes[0], 0.0)
    if at_once is not None:
        return RecoveryFound(0.0, 0, *sizes[0]), at_once
    until_s = limits.look_ahead_s
    if not _can_avoid(grid, stakes, limits, cylinder(settings.nmac_range_m, settings.nmac_height_m)):
        return RecoveryFound(None, 0, None, None), None
    shrinkings = _first(len(sizes), lambda n: free(*sizes[n], until_s) is not None)
    if shrinkings == len(sizes):
        return RecoveryFound(None, shrinkings, None, None), None
    size = sizes[shrinkings]
    low_s, high_s = 0.0, until_s
    while high_s - low_s > FINEST_S:
        middle_s = 0.5 * (low_s + high_s)
        low_s, high_s = (low_s, middle_s) if free(*size, middle_s) is not None else (middle_s, high_s)
    time_s = min(until_s, high_s + settings.stability_s)
    return RecoveryFound(time_s, shrinkings, *size), free(*size, time_s)


def _can_avoid(grid: Grid, stakes: Stakes, limits: Limits, volume: Floats) -> bool:
    """Return whether some manoeuvre keeps out of a volume, whatever becomes of the others."""
    hazards = np.broadcast_to(volume, stakes.hazards.shape).copy()
    mask, _ = grid.scan(stakes._replace(hazards=hazards), limits, asks_who=False)
    return bool(mask.any())


def _sizes(settings: Recovery) -> list[tuple[float, float]]:
    """Return the separations to try, the widest first."""
    range_m, height_m = settings.least_range_m, settings.least_height_m
    sizes = [(range_m, height_m)]
    if settings.shrinks and 0.0 < settings.shrink_factor < 1.0:
        share = 1.0 - settings.shrink_factor
        while range_m * share >= settings.nmac_range_m:
            range_m, height_m = range_m * share, max(settings.nmac_height_m, height_m * share)
            sizes.append((range_m, height_m))
    return sizes


def _first(count: int, holds: Callable[[int], bool]) -> int:
    """Return the first number from which on something holds, by halving; ``count`` where it never does."""
    low, high = 0, count
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
