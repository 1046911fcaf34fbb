"""An area that rules and notices call by a name: a polygon or a circle, and an altitude band."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.memorandum.altitude_band import EVERY_ALTITUDE, AltitudeBand
from skyaccord.memorandum.area import Ring
from skyaccord.units import Quantity


@dataclass(frozen=True, slots=True)
class Circle:
    """All that lies within a distance of a point, measured along the WGS-84 ellipsoid."""

    centre: tuple[float, float]  # longitude, latitude in degrees WGS-84
    radius: Quantity


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area of the table ``[area.NAME]``."""

    name: str
    shape: Ring | Circle
    band: AltitudeBand = EVERY_ALTITUDE
    full_name: str = ""
