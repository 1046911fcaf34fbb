"""Asking for the proof that a log of one size begins that of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.node.line.delivery import MOST_PROOF
from skyaccord.node.line.lines import read_lines, write_lines
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.notes.base64_text import encode_base64

_ASKED: Final = frozenset({"old", "size"})
_ANSWERED: Final = frozenset({"hashes"})


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """From which size to which."""

    old: int
    size: int

    def packed(self) -> bytes:
        """Return the octets that travel."""
        return write_lines({"old": self.old, "size": self.size})


def read_proof_request(data: bytes) -> ProofRequest:
    """Return the request in octets that arrived; raise `CanonicalError` or `MemberError` where it is none."""
    members, _ = read_lines(data, _ASKED)
    return ProofRequest(members.integer("old", 0), members.integer("size", 0))


def write_proof(hashes: tuple[bytes, ...]) -> bytes:
    """Return the octets of a proof."""
    return write_lines({"hashes": [encode_base64(each) for each in hashes]})


def read_proof(data: bytes) -> tuple[bytes, ...]:
    """Return the proof in octets that arrived; raise `CanonicalError` or `MemberError` where it is none."""
    members, _ = read_lines(data, _ANSWERED)
    return members.octets_list("hashes", HASH_BYTES, MOST_PROOF)
