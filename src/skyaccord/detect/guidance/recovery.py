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

from skyaccord.detect.guidance.exposed import Exposed
from skyaccord.detect.guidance.exposure import Exposure
from skyaccord.detect.guidance.free import Mask
from skyaccord.detect.profile import Recovery

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


def recover(exposed: Exposed, settings: Recovery) -> tuple[RecoveryFound, Mask | None]:
    """Return the recovery of one kind of manoeuvre and the values that it frees; ``None`` where there is none."""
    sizes, until_s = _sizes(settings), exposed.question.look_ahead_s
    around: list[Exposure | None] = [None] * len(sizes)  # exposures, made when asked for

    def free(number: int, by_s: float) -> Mask | None:
        found = around[number] = around[number] or exposed.to_cylinder(*sizes[number])
        mask = exposed.free_by(by_s, found)
        return mask if mask.any() else None

    at_once = free(0, 0.0)
    if at_once is not None:
        return RecoveryFound(0.0, 0, *sizes[0]), at_once
    if not exposed.free_of(exposed.to_cylinder(settings.nmac_range_m, settings.nmac_height_m)).any():
        return RecoveryFound(None, 0, None, None), None
    shrinkings = _first(len(sizes), lambda number: free(number, until_s) is not None)
    if shrinkings == len(sizes):
        return RecoveryFound(None, shrinkings, None, None), None
    low_s, high_s = 0.0, until_s
    while high_s - low_s > FINEST_S:
        middle_s = 0.5 * (low_s + high_s)
        low_s, high_s = (low_s, middle_s) if free(shrinkings, middle_s) is not None else (middle_s, high_s)
    time_s = min(until_s, high_s + settings.stability_s)
    return RecoveryFound(time_s, shrinkings, *sizes[shrinkings]), free(shrinkings, time_s)


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
