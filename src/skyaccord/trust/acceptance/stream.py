"""Streams: the envelopes of one sender to one recipient, numbered from 1 without gaps, and what was acknowledged."""

from __future__ import annotations

from array import array

Route = tuple[str, str]
"""Sender and recipient."""

_NONE = -1


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


class Receipts:
    """Which envelopes of a stream were acknowledged: where the receipt stands here, and the envelope there."""

    __slots__ = ("here", "there")

    def __init__(self) -> None:
        self.here = array("q")
        self.there = array("q")

    def of(self, number: int) -> tuple[int, int] | None:
        """Return the index of a receipt in one's own log, and the index it names in the recipient's."""
        if not 1 <= number <= len(self.here) or self.here[number - 1] == _NONE:
            return None
        return self.here[number - 1], self.there[number - 1]

    def add(self, number: int, here: int, there: int) -> None:
        """Take the receipt of a number; receipts come in any order."""
        short = number - len(self.here)
        if short > 0:
            self.here.extend([_NONE] * short)
            self.there.extend([_NONE] * short)
        self.here[number - 1], self.there[number - 1] = here, there
