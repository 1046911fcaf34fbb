"""What a node answers: octets, and whether it did what was asked; the transport's binding gives it a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.model.canonical_json import canonical


class Status(StrEnum):
    """Whether what was asked was done, and if not, whether asking again helps."""

    DONE = "done"
    MALFORMED = "malformed"
    """Never: the request says nothing that is understood."""
    STRANGER = "stranger"
    """Never: whoever asks is no party here."""
    NO_ROOM = "no_room"
    """Later: the disk is full."""
    RECOVERING = "recovering"
    """Later: the node was restored from an old backup and first learns what it had said."""
    BUSY = "busy"
    """Later: too much is asked at once."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    status: Status
    body: bytes


def decline(status: Status, words: str) -> Reply:
    """Return the answer that says why nothing was done."""
    return Reply(status, canonical({"status": status.value, "words": words[:500]}))
