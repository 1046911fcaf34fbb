"""Resolutions: the nearest free value on either side of a forbidden present one, and the side to prefer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from skyaccord.detect.guidance.bands import Band
from skyaccord.detect.profile import Region

_EVEN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Resolution:
    """Nearest values that are free or recover, below and above (left and right); infinite where there is none."""

    below: float
    above: float
    prefers_up: bool  # above or right is the nearer one


def resolve(bands: tuple[Band, ...], current: float) -> Resolution | None:
    """Return the resolution where the present value is forbidden, else ``None``."""
    free = [band for band in bands if band.region in (Region.NONE, Region.RECOVERY)]
    if not bands or any(band.low <= current + _EVEN and band.high >= current - _EVEN for band in free):
        return None
    below = max((band.high for band in free if band.high < current), default=-math.inf)
    above = min((band.low for band in free if band.low > current), default=math.inf)
    return Resolution(below, above, math.isfinite(above) and above - current <= current - below + _EVEN)
