"""What became of a file that was read: what it was, what was left out of it and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Complaint: TypeAlias = tuple[int, str]
"""Number of the line or row, counted from 1, and what is wrong with it."""

MOST_COMPLAINTS: Final = 20


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file or dataframe as it was read. ``rows`` are those taken, ``bad_rows`` those that could not be."""

    name: str
    format: str
    rows: int
    bad_rows: int = 0
    complaints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class BadRows:
    """Rows that could not even become rows: all are counted, the first are kept with what is wrong with them."""

    def __init__(self) -> None:
        self.first: list[Complaint] = []
        self.unlisted = 0

    def add(self, number: int, problem: str, times: int = 1) -> None:
        """Count a row, or several with the same problem, under the number by which a person finds it."""
        room = min(times, max(0, MOST_COMPLAINTS - len(self.first)))
        self.first += [(number, problem)] * room
        self.unlisted += times - room

    def __len__(self) -> int:
        return len(self.first) + self.unlisted


def summarise(complaints: Sequence[Complaint], bad_rows: int, word: str) -> tuple[str, ...]:
    """Return the first complaints as text, and the count of those that are not listed."""
    texts = [f"{word} {number}: {text}" for number, text in sorted(complaints)[:MOST_COMPLAINTS]]
    rest = bad_rows - len(texts)
    return (*texts, f"and {rest:,} more") if rest > 0 else tuple(texts)
