"""What a log is made of: leaves, which stay, and the bodies beside them, which can be erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

LONGEST_LEAF: Final = 1 << 16
"""Bytes of a leaf: an envelope without its body has some 600."""

LONGEST_BODY: Final = 1 << 24
"""Bytes of a body with its salt."""


@dataclass(frozen=True, slots=True)
class Body:
    """What an envelope carries, and the random salt without which its hash tells nothing of it."""

    salt: bytes
    content: bytes

    @property
    def commitment(self) -> bytes:
        """The hash that the leaf holds: SHA-256 over protocol, salt and content."""
        return sha256(b"skyaccord/body/1\n" + self.salt + self.content).digest()


@dataclass(frozen=True, slots=True)
class Erased:
    """A body that was here and was erased, and when."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaf to append, with the body that is kept beside it."""

    leaf: bytes
    body: Body | None = None

    def __post_init__(self) -> None:
        if not 0 < len(self.leaf) <= LONGEST_LEAF:
            raise ValueError(f"a leaf has 1 to {LONGEST_LEAF} bytes, not {len(self.leaf)}")
        if self.body is not None and not 0 < len(self.body.salt) + len(self.body.content) <= LONGEST_BODY:
            raise ValueError(f"a body with its salt has 1 to {LONGEST_BODY} bytes")


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """The head of the log at a size, and the signed note that says so."""

    size: int
    root: bytes
    note: bytes
