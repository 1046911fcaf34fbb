"""The communications plan of a memorandum: frequencies in the air and the ground line between duty officers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.model.frequency import Frequency


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
