"""What something was said over: a radio frequency in any common spelling, or a word for the ground line."""

from __future__ import annotations

import re
from typing import Final

from skyaccord.errors import UnitError
from skyaccord.model.frequency import parse_frequency
from skyaccord.model.records import Channel

GROUND_LINE: Final = frozenset(
    {"ground line", "hotline", "hot line", "telephone", "phone", "landline", "land line", "line", "ground", "video"}
)
"""Words for the ground line, small letters."""

LEAST_HZ: Final = 100e3
GREATEST_HZ: Final = 3e9
"""Voice between aircraft and the ground is between these: from long wave to satellite telephone."""

_UNITS: Final = {"hz": "Hz", "khz": "kHz", "mhz": "MHz"}
_CELL: Final = re.compile(r"([0-9]{1,12}(?:[.,][0-9]{1,9})?)\s*([kKmM]?[hH][zZ])?")


def read_channel(cell: str, unit: str = "") -> tuple[Channel, float | None] | None:
    """Return channel and frequency in Hz of a cell; ``None`` where it cannot be read.

    A number without unit has the unit of the column's name. Without that it is MHz below 1,000, kHz below 1,000,000 and
    Hz from there on: 121.5, 4125 and 121500 are then what they are in every radio log. A comma may stand for the point.

    Args:
        cell: without blanks around it.
        unit: ``mhz``, ``khz``, ``hz`` or nothing.
    """
    if not cell:
        return Channel.UNKNOWN, None
    if re.sub(r"[\s_-]+", " ", cell.lower()) in GROUND_LINE:
        return Channel.GROUND_LINE, None
    match = _CELL.fullmatch(cell)
    if match is None:
        return None
    number = match[1].replace(",", ".")
    try:
        frequency = parse_frequency(f"{number} {_UNITS[(match[2] or unit or _unit_of(float(number))).lower()]}")
    except UnitError:
        return None
    hz = float(round(frequency.hz))
    return (Channel.RADIO, hz) if LEAST_HZ <= hz <= GREATEST_HZ else None


def _unit_of(number: float) -> str:
    if number < 1e3:
        return "mhz"
    return "khz" if number < 1e6 else "hz"
