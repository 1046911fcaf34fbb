"""The body of ``log.receipt``: an envelope stands in the recipient's log, at this index, under this checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.model.canonical_json import canonical
from skyaccord.trust.members import Members
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.notes.base64_text import encode_base64

KIND: Final = "log.receipt"
VERSION: Final = 1
NAMES: Final = frozenset({"checkpoint", "index", "leaf", "proof"})
MOST_BYTES: Final = 1 << 15
MOST_NOTE: Final = 20_000
"""Characters of a checkpoint with the cosignatures of dozens of witnesses."""
MOST_PROOF: Final = 63
"""Hashes of an inclusion proof in the largest log that there can be."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the recipient states, and the proof of it; ``leaf`` is the leaf's hash in the tree (RFC 6962)."""

    leaf: bytes
    index: int
    checkpoint: bytes  # the signed note
    proof: tuple[bytes, ...]

    def body(self) -> bytes:
        """Return the body, as version 1 has it."""
        return canonical(
            {
                "checkpoint": self.checkpoint.decode("utf-8"),
                "index": self.index,
                "leaf": "sha256:" + self.leaf.hex(),
                "proof": [encode_base64(each) for each in self.proof],
            }
        )


def read_receipt(members: Members) -> Receipt:
    """Return the receipt that a body of version 1 states; nothing of it is proven yet."""
    return Receipt(
        bytes.fromhex(members.digest("leaf").removeprefix("sha256:")),
        members.integer("index", 0),
        members.free_text("checkpoint", MOST_NOTE).encode("utf-8"),
        members.octets_list("proof", HASH_BYTES, MOST_PROOF),
    )
