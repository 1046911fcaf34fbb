"""Numbers: whole ones, quantities with their unit, and positions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import UnitError
from skyaccord.hotline.forms.form import refuse
from skyaccord.memorandum.quantity_text import format_quantity
from skyaccord.model.canonical_json import Json
from skyaccord.units import FT, KM, LENGTH, M, Quantity, parse_quantity

Place = tuple[float, float]
"""Longitude and latitude in degrees WGS-84."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both taken."""

    least: int
    most: int

    def read(self, value: Json, place: str) -> int:
        """Return the number."""
        if type(value) is not int or not self.least <= value <= self.most:
            refuse(place, value, f"a whole number from {self.least} to {self.most}")
        return value

    def write(self, value: int) -> Json:
        """Return the number."""
        return value


class Flag:
    """True or false."""

    def read(self, value: Json, place: str) -> bool:
        """Return the truth value."""
        if type(value) is not bool:
            refuse(place, value, "true or false")
        return value

    def write(self, value: bool) -> Json:
        """Return the truth value."""
        return value


@dataclass(frozen=True, slots=True)
class Length:
    """A length as text with its unit, written in one way only; bounds in metres, both taken."""

    least_m: float
    most_m: float
    example: str

    def read(self, value: Json, place: str) -> Quantity:
        """Return the quantity, in the unit that it was written in."""
        expected = f'a length, "{self.example}", from {self.least_m:g} m to {self.most_m:g} m'
        if not isinstance(value, str) or len(value) > 40 or not value.isascii():
            refuse(place, value, expected)
        try:
            quantity = parse_quantity(value, LENGTH)
        except UnitError:
            refuse(place, value, expected)
        if not self.least_m <= quantity.si <= self.most_m:
            refuse(place, value, expected)
        if format_quantity(quantity) != value:
            refuse(place, value, f'its only spelling, "{format_quantity(quantity)}"')
        return quantity

    def write(self, value: Quantity) -> Json:
        """Return the text."""
        return format_quantity(value)


class Position:
    """``[longitude, latitude]`` in degrees WGS-84."""

    def read(self, value: Json, place: str) -> Place:
        """Return longitude and latitude."""
        expected = "[longitude, latitude] in degrees, from -180 to 180 and from -90 to 90"
        if not isinstance(value, list | tuple) or len(value) != 2:
            refuse(place, value, expected)
        lon, lat = (_number(item) for item in value)
        if lon is None or lat is None or abs(lon) > 180.0 or abs(lat) > 90.0:
            refuse(place, value, expected)
        return lon, lat

    def write(self, value: Place) -> Json:
        """Return both numbers as a list."""
        return list(value)


def _number(value: Json) -> float | None:
    """Return a finite number, -0.0 as 0.0; ``None`` for all else."""
    if type(value) is not int and type(value) is not float:
        return None
    return float(value) + 0.0 if abs(value) <= 180.0 else None  # NaN is not


LEVEL: Final = Length(-1_000 * M, 100 * KM, "3000 ft")
"""From below the lowest land (the shore of the Dead Sea, -430 m) to where air law ends by usual reckoning."""
RADIUS: Final = Length(1 * FT, 1_000 * KM, "7 NM")
"""As for a circle of the memorandum, at most 1,000 km."""
