"""The volume that two aircraft must not share."""

from __future__ import annotations

import math
from dataclasses import dataclass

from skyaccord.errors import SkyaccordError


@dataclass(frozen=True, slots=True)
class Volume:
    """A cylinder about an aircraft: radius D, half height H. A pair is within it where both hold.

    ``height_m`` may be infinite (no vertical rule); ``range_m`` may not, since then everyone would be within it.
    """

    range_m: float
    height_m: float

    def __post_init__(self) -> None:
        if not (0.0 < self.range_m < math.inf and self.height_m > 0.0):
            raise SkyaccordError(
                f"a volume of {self.range_m} m by {self.height_m} m cannot be searched: both must be positive, "
                "and the horizontal one finite"
            )

    def joined(self, other: Volume) -> Volume:
        """Return the least volume that both lie in."""
        return Volume(max(self.range_m, other.range_m), max(self.height_m, other.height_m))

    def widened(self, range_m: float, height_m: float) -> Volume:
        """Return the volume made larger by a margin on each axis."""
        return Volume(self.range_m + range_m, self.height_m + height_m)
