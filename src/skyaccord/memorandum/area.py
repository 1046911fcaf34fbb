"""The area of application of a memorandum: a polygon on the ground and an altitude band."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.units import Quantity


class AltitudeDatum(StrEnum):
    """What floor and ceiling of an area are measured from."""

    PRESSURE = "pressure"  # 1013.25 hPa
    ELLIPSOID = "ellipsoid"  # WGS-84
    MSL = "msl"  # mean sea level
    GROUND = "ground"  # above the terrain


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon and a band; ``None`` as floor or ceiling leaves that side open.

    The polygon is one ring of (longitude, latitude) in degrees WGS-84, at least three different vertices, not repeated
    at its end.
    """

    polygon: tuple[tuple[float, float], ...]
    floor: Quantity | None
    ceiling: Quantity | None
    datum: AltitudeDatum | None  # None only where both sides are open
