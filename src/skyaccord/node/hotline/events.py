"""What happened on the line, told to whoever listens: numbered, and kept for a while for who was away."""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

MOST_KEPT: Final = 1024
"""Events kept for those who come back; who was away for longer reads the inbox anew."""


class Happened(StrEnum):
    """What an event tells of."""

    MESSAGE = "message"
    STATE = "state"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    LINE = "line"
    MISSED = "missed"
    """Events were dropped, or the node was started again: read the inbox anew."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event; its id names the run of the node and counts up."""

    id: str
    happened: Happened
    content: Mapping[str, Any]


class Events:
    """The latest events. Any thread may add and read."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._run = secrets.token_hex(4)
        self._kept: deque[Event] = deque(maxlen=most)
        self._last = 0
        self._changed = threading.Condition()
        self.is_closed = False
        """Set when the node ends: whoever listens stops."""

    def close(self) -> None:
        """Let whoever listens stop."""
        self.is_closed = True

    def add(self, happened: Happened, content: Mapping[str, Any]) -> None:
        """Take an event and wake those who wait."""
        with self._changed:
            self._last += 1
            self._kept.append(Event(f"{self._run}-{self._last}", happened, content))
            self._changed.notify_all()

    @property
    def last_id(self) -> str:
        """Return the id of the latest event."""
        with self._changed:
            return f"{self._run}-{self._last}"

    def after(self, seen: str, wait_s: float = 0.0) -> Sequence[Event]:
        """Return the events after one, waiting for the first of them no longer than a time.

        Where some of them are gone, or the id is of another run, the first is `Happened.MISSED`.
        """
        with self._changed:
            number = self._number(seen)
            if number is None:
                return [Event(f"{self._run}-{self._last}", Happened.MISSED, {})]
            if number >= self._last and wait_s > 0.0:
                self._changed.wait(wait_s)
            return [each for each in self._kept if _number(each.id) > number]

    def _number(self, seen: str) -> int | None:
        """Return the number of an id that everything after is still kept of."""
        run, _, text = seen.partition("-")
        if run != self._run or not text.isdigit() or len(text) > 12 or int(text) > self._last:
            return None
        first = self._last - len(self._kept)
        return int(text) if int(text) >= first else None


def _number(event_id: str) -> int:
    return int(event_id.rpartition("-")[2])
