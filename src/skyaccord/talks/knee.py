"""The knee of a curve: the value beyond which another step buys clearly less, or costs clearly more, than before.

Definition: of Satopää, Albrecht, Irwin and Raghavan, "Finding a 'Kneedle' in a Haystack: Detecting Knee Points in
System Behavior", 31st International Conference on Distributed Computing Systems Workshops, 2011: with both axes
stretched to run from 0 to 1, the point of the curve farthest from the straight line between its ends. Their smoothing
spline is left out, since every value here was counted and none is a sample; in place of their sensitivity stands
`CHANCE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats

CHANCE: Final = 2.0
"""A knee of counts must lie farther from the line than this many square roots of the count: two standard deviations of
a Poisson number, so that a bend that chance could have made is not called one."""


@dataclass(frozen=True, slots=True)
class Knee:
    """Where a curve bends most."""

    index: int  # of the value, in the order given
    distance: float  # from the line between the ends, as a share of the range; positive above it
    is_steeper_after: bool  # whether steps beyond it change more than those before


def find_knee(values: Sequence[float], counts: Sequence[float]) -> Knee | None:
    """Return the knee of counts over values; ``None`` where there is none.

    Args:
        values: of the parameter, all different, in any order.
        counts: what each gives, not negative.

    There is none with fewer than three values, where both ends give the same, within `CHANCE`, or where the curve goes
    back on its way by more than `CHANCE`: the definition is of curves that rise or fall.
    """
    order = np.argsort(values)
    x, y = np.asarray(values, float)[order], np.asarray(counts, float)[order]
    if len(x) < 3 or y[0] == y[-1] or _turns_back(y):
        return None
    line = y[0] + (y[-1] - y[0]) * (x - x[0]) / (x[-1] - x[0])
    away = (y - line)[1:-1]
    k = int(np.argmax(np.abs(away))) + 1
    if abs(y[k] - line[k]) <= CHANCE * np.sqrt(y[k]):
        return None
    before, after = abs(y[k] - y[0]) / (x[k] - x[0]), abs(y[-1] - y[k]) / (x[-1] - x[k])
    return Knee(int(order[k]), float((y[k] - line[k]) / abs(y[-1] - y[0])), bool(after > before))


def _turns_back(y: Floats) -> bool:
    """Return whether counts go back from how far they had come by more than chance could make them."""
    way = y if y[-1] > y[0] else -y
    back = np.maximum.accumulate(way) - way
    return bool((back > CHANCE * np.sqrt(y)).any())
