"""An altitude band: floor and ceiling in one datum."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.units import Quantity


class AltitudeDatum(StrEnum):
    """What floor and ceiling of an area are measured from."""

    PRESSURE = "pressure"  # 1013.25 hPa
    ELLIPSOID = "ellipsoid"  # WGS-84
    MSL = "msl"  # mean sea level
    GROUND = "ground"  # above the terrain


@dataclass(frozen=True, slots=True)
class AltitudeBand:
    """``None`` as floor or ceiling leaves that side open."""

    floor: Quantity | None = None
    ceiling: Quantity | None = None
    datum: AltitudeDatum | None = None  # None only where both sides are open


EVERY_ALTITUDE: Final = AltitudeBand()
