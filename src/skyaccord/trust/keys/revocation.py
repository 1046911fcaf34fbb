"""The body of ``key.revocation``: from here on a key signs nothing, whatever time its envelopes claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.members import Members

NAMES: Final = frozenset({"because", "key"})


class Because(StrEnum):
    """Why a key was revoked, as its party says."""

    RETIRED = "retired"
    LOST = "lost"
    EXPOSED = "exposed"


@dataclass(frozen=True, slots=True)
class Revocation:
    """A key of one's own party, by fingerprint, and why it ends."""

    key: str
    because: Because

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical({"because": self.because.value, "key": self.key})


def read_revocation(members: Members) -> Revocation:
    """Return the revocation that a body of version 1 states."""
    return Revocation(members.digest("key"), members.choice("because", Because))
