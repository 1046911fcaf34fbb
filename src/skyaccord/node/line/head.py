"""The head: what a node says of its log and of its line to whoever asks; the first thing that is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.model.instants import format_instant
from skyaccord.node.line.lines import read_lines, write_lines
from skyaccord.trust.envelopes.receipt import MOST_NOTE
from skyaccord.trust.members import Members
from skyaccord.trust.notes.note_key import LONGEST_NAME

_HEARD: Final = re.compile("(?:[0-9a-f]{64})?")
_NAMES: Final = frozenset(
    {
        *("answered", "checkpoint", "expects", "heard", "holds", "known_as"),
        *("reaches", "received", "recovering", "sent", "waiting"),
    }
)


@dataclass(frozen=True, slots=True)
class LogHead:
    """What one node tells another.

    Nothing of it is believed for being said: the notes are signed, and the numbers are asked for entry by entry.
    """

    checkpoint: bytes | None
    """The last that this node signed."""
    holds: bytes | None
    """The greatest of the asker's that this node has."""
    known_as: str
    """Under which name it knows the asker's log; empty where it knows none."""
    expects: int
    """The next number of the asker's stream."""
    heard: bytes
    """The hash of the leaf of the number before it; empty where there is none."""
    sent: int
    """The last number of this node's stream to the asker."""
    waiting: int
    """How many of these have no receipt."""
    reaches: bool
    """Whether this node, for its part, last reached the asker."""
    is_recovering: bool
    received_s: float
    answered_s: float

    def packed(self) -> bytes:
        """Return the octets that travel."""
        return write_lines(
            {
                "answered": format_instant(self.answered_s),
                "checkpoint": _text(self.checkpoint),
                "expects": self.expects,
                "heard": self.heard.hex(),
                "holds": _text(self.holds),
                "known_as": self.known_as,
                "reaches": self.reaches,
                "received": format_instant(self.received_s),
                "recovering": self.is_recovering,
                "sent": self.sent,
                "waiting": self.waiting,
            }
        )


def ask_head() -> bytes:
    """Return the octets that ask for the head."""
    return write_lines({})


def read_head_request(data: bytes) -> None:
    """Raise `CanonicalError` or `MemberError` where octets do not ask for the head."""
    _, items = read_lines(data, frozenset())
    if items:
        raise MemberError("lines", "are too many", "one")


def read_head(data: bytes) -> LogHead:
    """Return the head in octets that arrived.

    Raises:
        CanonicalError, MemberError: it is none.
    """
    members, _ = read_lines(data, _NAMES)
    return LogHead(
        checkpoint=_note(members, "checkpoint"),
        holds=_note(members, "holds"),
        known_as=members.free_text("known_as", LONGEST_NAME),
        expects=members.integer("expects", 1),
        heard=bytes.fromhex(members.text("heard", _HEARD, "64 hexadecimal digits, or nothing")),
        sent=members.integer("sent", 0),
        waiting=members.integer("waiting", 0),
        reaches=members.boolean("reaches"),
        is_recovering=members.boolean("recovering"),
        received_s=members.instant_s("received"),
        answered_s=members.instant_s("answered"),
    )


def _text(note: bytes | None) -> str:
    return note.decode("utf-8") if note else ""


def _note(members: Members, name: str) -> bytes | None:
    return members.free_text(name, MOST_NOTE).encode("utf-8") or None
