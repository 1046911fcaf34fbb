"""A volume: an area, an altitude block with its datum, and a time window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.hotline.forms.compound import Field, Layout, Maybe, OneOf, Several
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.numbers import LEVEL, RADIUS, Place, Position
from skyaccord.hotline.forms.texts import AREA_NAME, Word
from skyaccord.memorandum.altitude_band import AltitudeDatum
from skyaccord.units import H, Quantity

MOST_VOLUMES: Final = 16
MOST_VERTICES: Final = 64
LONGEST_WINDOW_S: Final = 366 * 24 * H
"""A year: what is used for longer belongs into the memorandum."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """One ring without holes, not repeated at its end; longitude and latitude in degrees."""

    polygon: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """All within a radius of a point."""

    centre: Place
    radius: Quantity


@dataclass(frozen=True, slots=True)
class Named:
    """An area that the memorandum defines."""

    named: str


Area = Polygon | Circle | Named


@dataclass(frozen=True, slots=True)
class Volume:
    """Where, between which levels, and when. ``None`` as floor or ceiling leaves that side open."""

    area: Area
    floor: Quantity | None
    ceiling: Quantity | None
    datum: AltitudeDatum | None
    from_s: float
    until_s: float

    def __post_init__(self) -> None:
        """Refuse levels without a datum or upside down, and a window that ends before it begins."""
        if (self.datum is None) != (self.floor is None and self.ceiling is None):
            raise MemberError("datum", "does not go with the levels", "a datum where there is a floor or a ceiling")
        if self.floor is not None and self.ceiling is not None and self.floor.si >= self.ceiling.si:
            raise MemberError("ceiling", f"is {self.ceiling}", f"a level above the floor, {self.floor}")
        refuse_window(self.from_s, self.until_s)


def refuse_window(from_s: float, until_s: float) -> None:
    """Refuse a time window that does not begin before it ends, or is longer than a year."""
    if not 0.0 < until_s - from_s <= LONGEST_WINDOW_S:
        raise MemberError("until", f"is {until_s - from_s:g} s after the beginning", "a later instant, within a year")


_AREA: Final = OneOf(
    (
        (Polygon, Layout(Polygon, (Field("polygon", Several(Position(), 3, MOST_VERTICES)),))),
        (Circle, Layout(Circle, (Field("centre", Position()), Field("radius", RADIUS)))),
        (Named, Layout(Named, (Field("named", AREA_NAME),))),
    )
)
VOLUME: Final = Layout(
    Volume,
    (
        Field("area", _AREA),
        Field("floor", Maybe(LEVEL)),
        Field("ceiling", Maybe(LEVEL)),
        Field("datum", Maybe(Word(AltitudeDatum))),
        Field("from", Instant(), "from_s"),
        Field("until", Instant(), "until_s"),
    ),
)
VOLUMES: Final = Several(VOLUME, 1, MOST_VOLUMES)
ANY_VOLUMES: Final = Several(VOLUME, 0, MOST_VOLUMES)
