"""What an error about a rule suggests: the nearest word that is known, else the words there are, in groups."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from skyaccord.memorandum.signals import SIGNALS, Bearer, Takes

FREQUENCY_UNITS: Final = ("Hz", "kHz", "MHz")
"""As `skyaccord.model.frequency` reads them."""

RESERVED: Final = (
    "and",
    "or",
    "not",
    "implies",
    "since",
    "until",
    "unless",
    "always",
    "eventually",
    "for",
    "within",
    "the",
    "last",
    "next",
    "of",
)
"""Words of logic and time. No signal, area, line or party is called so in a rule."""

OPENING: Final = ("not", "always", "eventually")
"""Words that a comparison's place may hold instead."""

_BEARERS: Final = {
    Bearer.PAIR: "of two aircraft",
    Bearer.SIDE: "of one as seen from the other",
    Bearer.AIRCRAFT: "of one aircraft",
    Bearer.RECORD: "of the record",
}
_WANTED: Final = {
    Takes.AREA: ("the name of an area", "north"),
    Takes.LINE: ("the name of a line", "river"),
    Takes.CODE: ("a squawk: four digits from 0 to 7,", "7700"),
    Takes.LENGTH: ("a length", "0.66 NM"),
    Takes.FREQUENCY: ("a frequency", "121.5 MHz"),
}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean "within"?`` of a word that was meant for a known one, nothing where none is near.

    One that is known as it stands was not meant for another.
    """
    words, small = tuple(known), word.lower()
    if small != word and small in words:
        return f'; did you mean "{small}", in small letters?'
    near = [] if word in words else get_close_matches(small, words, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


def unit_as_spelled(word: str, units: Iterable[str]) -> str:
    """Return the unit that a word is but for capitals; nothing where it is none."""
    return next((unit for unit in units if unit.lower() == word.lower()), "")


def argument_wanted(signal: str) -> str:
    """Return what a signal wants in its parentheses, with an example."""
    wanted, example = _WANTED[SIGNALS[signal].takes]
    return f'{wanted} in parentheses, as in "{signal}({example})"'


def signals_by_bearer() -> str:
    """Return the names of all signals, grouped by what they are of."""
    names = {
        bearer: ", ".join(signal.name for signal in SIGNALS.values() if signal.bearer is bearer) for bearer in Bearer
    }
    return ", ".join(f"{_BEARERS[bearer]} ({listed})" for bearer, listed in names.items())
