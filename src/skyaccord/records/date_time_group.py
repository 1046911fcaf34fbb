"""Military date-time groups: ``201142Z OCT 15`` is 11:42 UTC on 20 October 2015.

Day, hour and minute; the letter of a time zone (Z is UTC, A to M without J lie east of it, N to Y west); month; year.

Source: ACP 121, Allied Communications Publication, chapter 3.
"""

from __future__ import annotations

import re
from typing import Final

from skyaccord.model.instants import from_seconds

_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_GROUP: Final = re.compile(
    r"([0-9]{2})([0-9]{2})([0-9]{2})\s?([A-IK-Z])\s?([A-Z]{3})\s?((?:20)?[0-9]{2})", re.IGNORECASE
)
_EAST: Final = "ABCDEFGHIKLM"
_WEST: Final = "NOPQRSTUVWXY"


def as_iso(text: str) -> str:
    """Return a date-time group as ISO 8601, any other text as it is; two digits of a year are of this century."""
    match = _GROUP.fullmatch(text)
    if match is None or match[5].upper() not in _MONTHS:
        return text
    day, hour, minute, zone, month, year = match.groups()
    number = _MONTHS.index(month.upper()) + 1
    return f"20{year[-2:]}-{number:02d}-{day}T{hour}:{minute}:00{_offset(zone.upper())}"


def as_group(t_s: float) -> str:
    """Return the group, in UTC, of the minute in which an instant lies, ``201142Z OCT 15``."""
    instant = from_seconds(t_s)
    return f"{instant:%d%H%M}Z {_MONTHS[instant.month - 1]} {instant:%y}"


def _offset(zone: str) -> str:
    if zone == "Z":
        return "Z"
    return f"+{_EAST.index(zone) + 1:02d}:00" if zone in _EAST else f"-{_WEST.index(zone) + 1:02d}:00"
