"""Radio frequencies, in the unit they were written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import UnitError
from skyaccord.model.canonical_json import format_number

_HZ: Final = {"Hz": 1.0, "kHz": 1e3, "MHz": 1e6}
_FREQUENCY: Final = re.compile(r"\s*([0-9]{1,12}(?:\.[0-9]{0,12})?)\s*([A-Za-z]+)\s*")


@dataclass(frozen=True, slots=True)
class Frequency:
    """A radio frequency in the unit it was written in."""

    value: float
    unit: str  # Hz, kHz or MHz

    @property
    def hz(self) -> float:
        """Return the frequency in hertz."""
        return self.value * _HZ[self.unit]

    def __str__(self) -> str:
        return f"{format_number(self.value)} {self.unit}"


def parse_frequency(text: str) -> Frequency:
    """Read ``"121.500 MHz"``; a bare number is an error.

    Raises:
        UnitError: no positive number, no unit, or a unit other than Hz, kHz or MHz.
    """
    match = _FREQUENCY.fullmatch(text)
    if match is None or match[2] not in _HZ or float(match[1]) <= 0:
        raise UnitError(text, 'a positive number and Hz, kHz or MHz, as in "121.500 MHz"')
    return Frequency(float(match[1]), match[2])
