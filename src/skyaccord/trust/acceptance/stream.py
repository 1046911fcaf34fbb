"""A stream: the envelopes of one sender to one recipient, numbered from 1 without gaps."""

from __future__ import annotations

from array import array

Route = tuple[str, str]
"""Sender and recipient."""


class Stream:
    """Where each envelope of a stream stands in the log, and the time that the last one states."""

    __slots__ = ("last_s", "places")

    def __init__(self) -> None:
        self.places = array("q")  # eight octets an envelope: a log of ten million fits in memory
        self.last_s = float("-inf")

    @property
    def next_number(self) -> int:
        """Return the number that the next envelope must have."""
        return len(self.places) + 1

    def place_of(self, number: int) -> int | None:
        """Return the index in the log of a number already used."""
        return self.places[number - 1] if 1 <= number <= len(self.places) else None

    def add(self, index: int, time_s: float) -> None:
        """Take the next envelope, which stands at this index."""
        self.places.append(index)
        self.last_s = time_s
