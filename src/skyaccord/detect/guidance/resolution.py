"""Resolutions: the nearest free value on either side of a forbidden present one, and the side to prefer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.guidance.bands import Colouring
from skyaccord.detect.profile import Region

_EVEN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Resolution:
    """Nearest values that are free or recover, below and above (left and right); infinite where there is none."""

    below: float
    above: float
    prefers_up: bool  # above or right is the nearer one


def resolve(colouring: Colouring) -> Resolution | None:
    """Return the resolution where the present value is forbidden, else ``None``."""
    grid, region = colouring.grid, colouring.region
    is_open = (region == Region.NONE) | (region == Region.RECOVERY)
    current = grid.current
    touches = (grid.values[:-1] <= current + _EVEN) & (grid.values[1:] >= current - _EVEN)
    if not len(region) or np.any(is_open & touches):
        return None
    below = np.flatnonzero(is_open & (grid.values[1:] < current))
    above = np.flatnonzero(is_open & (grid.values[:-1] > current))
    low = float(grid.values[below[-1] + 1]) if len(below) else -math.inf
    high = float(grid.values[above[0]]) if len(above) else math.inf
    return Resolution(low, high, math.isfinite(high) and high - current <= current - low + _EVEN)
