"""When each envelope came to be here, and how far the other party's clock was from this one then; beside the log.

It is what this node has seen, and no part of what was signed. It is written soon after the envelope, not with it: what
an envelope says of time is in the envelope, and a power cut may take the last half second of these rows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.node.desk.jobs import Noted
from skyaccord.node.line.skew import Skew
from skyaccord.node.store.store import Store
from skyaccord.trust.envelopes.envelope import Header
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT

EVERY_S: Final = 0.5
_INSERT: Final = "INSERT INTO message_time VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_SELECT: Final = (
    "SELECT at_s, offset_s, uncertainty_s FROM message_time"
    " WHERE sender = ? AND recipient = ? AND is_receipt = ? AND sequence = ?"
)


@dataclass(frozen=True, slots=True)
class MessageTime:
    """When an envelope was stored here, and the skew known then; ``None`` where the peer's clock was not known."""

    at_s: float
    skew: Skew | None


class MessageTimes:
    """Writes times to a node's store, some at once."""

    def __init__(self, store: Store, me: str, now: Callable[[], float], skew_of: Callable[[str], Skew | None]) -> None:
        """Begin; nothing is written yet.

        Args:
            store: the node's.
            me: whose node it is.
            now: its clock, seconds since 1970.
            skew_of: what is known of a peer's clock.
        """
        self._store = store
        self._me = me
        self._now = now
        self._skew_of = skew_of
        self._waiting: list[tuple[object, ...]] = []
        self._lock = threading.Lock()

    def note(self, noted: Sequence[Noted]) -> None:
        """Take entries that have become durable."""
        at_s = self._now()
        rows = [self._row(each.header, at_s) for each in noted if each.header.sender != each.header.recipient]
        with self._lock:
            self._waiting += rows

    def flush(self) -> None:
        """Write what is waiting.

        Raises:
            StoreError: the store cannot be written; what is waiting stays so.
        """
        with self._lock:
            rows = list(self._waiting)
        if rows:
            with self._store.transaction():
                for row in rows:
                    self._store.all(_INSERT, *row)
            with self._lock:
                del self._waiting[: len(rows)]

    def of(self, header: Header) -> MessageTime | None:
        """Return when an envelope was stored; ``None`` where that is not known."""
        row = self._store.one(_SELECT, header.sender, header.recipient, int(header.kind == RECEIPT), header.sequence)
        if row is None:
            return None
        at_s, offset_s, uncertainty_s = row
        return MessageTime(at_s, None if offset_s is None else Skew(offset_s, uncertainty_s, at_s))

    def _row(self, header: Header, at_s: float) -> tuple[object, ...]:
        skew = self._skew_of(header.recipient if header.sender == self._me else header.sender)
        known = (skew.offset_s, skew.uncertainty_s) if skew else (None, None)
        return (header.sender, header.recipient, int(header.kind == RECEIPT), header.sequence, at_s, *known)
