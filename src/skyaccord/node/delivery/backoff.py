"""How long to wait between attempts: longer each time, never the same twice, and capped."""

from __future__ import annotations

from random import Random
from typing import Final

FIRST_S: Final = 0.05
CAP_S: Final = 1.0
"""A line that has healed is noticed within this and one attempt that hangs (`transport.CALL_S`): below five seconds."""


class Backoff:
    """The pauses of one peer."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._failures = 0

    def next_s(self) -> float:
        """Return the next pause: half to all of a time that doubles up to the cap."""
        most_s = min(CAP_S, FIRST_S * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return most_s * self._random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin with the shortest again: an attempt succeeded."""
        self._failures = 0
