"""The area of application of a memorandum: a polygon on the ground and an altitude band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from skyaccord.memorandum.altitude_band import AltitudeBand

Ring: TypeAlias = tuple[tuple[float, float], ...]
"""A polygon: (longitude, latitude) in degrees WGS-84, at least three different vertices, not repeated at its end."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a memorandum applies."""

    polygon: Ring
    band: AltitudeBand
