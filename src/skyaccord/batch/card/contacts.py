"""Who to call, by a memorandum: frequencies in the air and the ground line with its times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.batch.card.both_units import say_duration
from skyaccord.memorandum.communications import Communications
from skyaccord.model.frequency import Frequency

MOST_FREQUENCIES: Final = 8


@dataclass(frozen=True, slots=True)
class Contacts:
    """Frequencies and the ground line, as agreed."""

    frequencies: tuple[str, ...] = ()
    more_frequencies: int = 0
    has_line: bool = False
    check_every: str = ""
    acknowledge: tuple[tuple[str, str], ...] = ()  # precedence, time


def contacts_of(communications: Communications | None) -> Contacts:
    """Return frequencies and ground line, empty where none were agreed."""
    if communications is None:
        return Contacts()
    line = communications.hotline
    return Contacts(
        frequencies=tuple(_radio(each) for each in communications.frequencies[:MOST_FREQUENCIES]),
        more_frequencies=max(0, len(communications.frequencies) - MOST_FREQUENCIES),
        has_line=line is not None,
        check_every=say_duration(line.check_every_s) if line and line.check_every_s is not None else "",
        acknowledge=tuple((each.value, say_duration(within_s)) for each, within_s in line.acknowledge_s)
        if line
        else (),
    )


def _radio(frequency: Frequency) -> str:
    """Return a frequency with the three decimals that a radio shows, where these lose nothing."""
    text = f"{frequency.value:.3f}"
    return f"{text} {frequency.unit}" if frequency.unit == "MHz" and float(text) == frequency.value else str(frequency)
