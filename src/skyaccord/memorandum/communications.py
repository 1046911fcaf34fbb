"""The communications plan of a memorandum: frequencies in the air and the ground line between duty officers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
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


class Precedence(StrEnum):
    """How urgent a message on the ground line is, most urgent first."""

    EMERGENCY = "emergency"
    FLASH = "flash"
    IMMEDIATE = "immediate"
    PRIORITY = "priority"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Hotline:
    """The ground line: how often it is tried and how soon each message is acknowledged, in seconds."""

    check_every_s: float | None
    acknowledge_s: tuple[tuple[Precedence, float], ...]  # in the order of Precedence; what is not stated is not here

    def deadline_s(self, precedence: Precedence) -> float | None:
        """Return the time within which a message is acknowledged; ``None`` where none was agreed."""
        return dict(self.acknowledge_s).get(precedence)


@dataclass(frozen=True, slots=True)
class Communications:
    """What the parties agreed about talking to one another."""

    frequencies: tuple[Frequency, ...]
    hotline: Hotline | None
