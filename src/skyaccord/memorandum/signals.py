"""The signals that a rule may speak of: the one table that a new signal is added to."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from skyaccord.units import LENGTH


@dataclass(frozen=True, slots=True)
class Signal:
    """A named quantity of a pair of aircraft at one instant."""

    name: str
    dimension: str  # of skyaccord.units
    phrase: str  # how a sentence names it
    meaning: str


SIGNALS: Final = MappingProxyType(
    {
        signal.name: signal
        for signal in (
            Signal("horizontal", LENGTH, "horizontal distance", "distance over the ground, along the WGS-84 ellipsoid"),
            Signal("vertical", LENGTH, "vertical distance", "difference of two altitudes of one datum, without sign"),
            Signal("slant", LENGTH, "slant distance", "straight line between the two, from horizontal and vertical"),
        )
    }
)
"""By name. None is ever negative."""
