"""SI factors of the units that aviation uses, and ``"3 NM"`` to metres and back.

Inside skyaccord every physical quantity is SI and its name ends in its unit (``d_cpa_m``, ``t_entry_s``).
Knots, feet and nautical miles exist only at the edges: files of tracks, memorandum text, reports, command line.
A constant is written as value times unit (``450 * FT``), never as a product already computed.

Sources: ICAO Annex 5 (knot, nautical mile, foot); international foot 0.3048 m exactly (1959);
statute mile 1609.344 m exactly.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import UnitError

M: Final = 1.0
KM: Final = 1000.0
FT: Final = 0.3048
NM: Final = 1852.0
MI: Final = 1609.344
S: Final = 1.0
MIN: Final = 60.0
H: Final = 3600.0
MPS: Final = 1.0
KT: Final = NM / H
FPM: Final = FT / MIN
KMH: Final = KM / H
DEG: Final = 1.0

LENGTH: Final = "length"
TIME: Final = "time"
SPEED: Final = "speed"
ANGLE: Final = "angle"
TURN_RATE: Final = "turn rate"

_UNITS: Final[dict[str, tuple[str, float]]] = {
    "m": (LENGTH, M),
    "km": (LENGTH, KM),
    "ft": (LENGTH, FT),
    "NM": (LENGTH, NM),
    "mi": (LENGTH, MI),
    "s": (TIME, S),
    "min": (TIME, MIN),
    "h": (TIME, H),
    "m/s": (SPEED, MPS),
    "kt": (SPEED, KT),
    "ft/min": (SPEED, FPM),
    "fpm": (SPEED, FPM),
    "km/h": (SPEED, KMH),
    "deg": (ANGLE, DEG),
    "deg/s": (TURN_RATE, DEG / S),
}

SPELLINGS: Final[tuple[str, ...]] = tuple(_UNITS)
"""Every unit that text may carry, spelled as it must be spelled."""

_QUANTITY: Final = re.compile(r"\s*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)\s*([A-Za-z/]+)\s*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit it was written in; ``si`` is what calculations use."""

    value: float
    unit: str

    @property
    def dimension(self) -> str:
        """Return ``length``, ``time``, ``speed``, ``angle`` or ``turn rate``."""
        return _UNITS[self.unit][0]

    @property
    def si(self) -> float:
        """Return the value in metres, seconds, metres per second, degrees or degrees per second."""
        return self.value * _UNITS[self.unit][1]

    def __str__(self) -> str:
        return f"{self.value:.15g} {self.unit}"


def dimension_of(unit: str) -> str:
    """Return the dimension of a unit's spelling; raise `UnitError` where it is none."""
    try:
        return _UNITS[unit][0]
    except KeyError:
        raise UnitError(unit, f"one of {', '.join(SPELLINGS)}") from None


def parse_quantity(text: str, dimension: str | None = None) -> Quantity:
    """Read ``"3 NM"``; a bare number is an error, and so is a unit of another dimension.

    Args:
        text: number and unit, with or without a space between them.
        dimension: `LENGTH`, `TIME`, `SPEED`, `ANGLE` or `TURN_RATE`; ``None`` takes any.

    Raises:
        UnitError: no number, no unit, an unknown unit or the wrong dimension.
    """
    expected = f"a number and a unit of {dimension}" if dimension else "a number and a unit"
    example = next((u for u, (d, _) in _UNITS.items() if dimension in (None, d)), "m")
    match = _QUANTITY.fullmatch(text)
    if match is None:
        raise UnitError(text, f'{expected}, as in "3 {example}"')
    value, unit = float(match[1]), match[2]
    if not math.isfinite(value):
        raise UnitError(text, "a number that is not too large to be one")
    if unit not in _UNITS:
        near = next((u for u in _UNITS if u.lower() == unit.lower()), None)
        hint = f'the spelling "{near}"' if near else f"one of {', '.join(SPELLINGS)}"
        raise UnitError(text, hint)
    if dimension is not None and _UNITS[unit][0] != dimension:
        raise UnitError(text, f'{expected}, as in "3 {example}"')
    return Quantity(value, unit)
