"""Bytes as numbered lines of groups of five, each with its check letters, to be read aloud or carried on paper."""

from __future__ import annotations

from typing import Final

from skyaccord.hotline.fallback.letters import from_values, to_values
from skyaccord.hotline.fallback.line_check import compute_checks
from skyaccord.hotline.fallback.packing import LINE, pack

BEGIN: Final = "BEGIN SKYACCORD MESSAGE"
END: Final = "END SKYACCORD MESSAGE"
GROUP: Final = 5


def write_armour(data: bytes) -> str:
    """Return bytes as text to read aloud.

    Each line has its number, five groups of five letters, and a group of four check letters over all of it::

        001 OMXUU TONKP EE4TJ NFBLE RTSJJ KHM4

    Raises:
        SkyaccordError: more bytes than 1,023 lines hold.
    """
    letters = pack(data)
    lines = [letters[at : at + LINE] for at in range(0, len(letters), LINE)]
    return "\n".join((BEGIN, *(_line(number, line) for number, line in enumerate(lines)), END)) + "\n"


def number_values(number: int) -> tuple[int, int]:
    """Return the two values by which a line's number enters its check."""
    return number >> 5, number & 31


def _line(number: int, letters: str) -> str:
    checks = from_values(compute_checks((*number_values(number), *to_values(letters))))
    groups = [letters[at : at + GROUP] for at in range(0, LINE, GROUP)]
    return " ".join((f"{number:03d}", *groups, checks))
