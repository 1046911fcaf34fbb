"""What came of reading text that a person carried: the bytes, or the lines to ask for again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Whole:
    """The very bytes that were sent."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One line or code that is not as it was sent. ``row`` counts from 1 in what came; 0: it is not there."""

    row: int
    number: int | None  # the number that the line bears, or that is missing
    words: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """What has to be read again; nothing is mended by guessing."""

    faults: tuple[Fault, ...]


Outcome = Whole | Damaged
