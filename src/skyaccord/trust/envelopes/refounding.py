"""The body of ``log.refounding``: a party lost entries of its log and goes on under a new name, saying so.

A log that lost entries cannot go on under its name: its next checkpoint would contradict those that were given away.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.envelopes.receipt import MOST_NOTE
from skyaccord.trust.members import Members

KIND: Final = "log.refounding"
VERSION: Final = 1
NAMES: Final = frozenset({"checkpoint", "kept", "origin"})
MOST_BYTES: Final = 1 << 15

_ORIGIN: Final = re.compile(r"skyaccord/[A-Za-z0-9_-]{1,64}/[0-9a-f]{16}/[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Refounding:
    """What is stated.

    ``checkpoint`` is the last of the old log, as the recipient holds it, or as another does where the recipient holds
    none. The first ``kept`` entries are the same in the new log. ``origin`` is the new log's name.
    """

    checkpoint: bytes
    kept: int
    origin: str

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical({"checkpoint": self.checkpoint.decode("utf-8"), "kept": self.kept, "origin": self.origin})


def read_refounding(members: Members) -> Refounding:
    """Return what a body of version 1 states."""
    return Refounding(
        members.free_text("checkpoint", MOST_NOTE).encode("utf-8"),
        members.integer("kept", 0),
        members.text("origin", _ORIGIN, "the name of a log that follows another: skyaccord/PARTY/ROOT/8 digits"),
    )
