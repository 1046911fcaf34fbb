"""Hashes of leaves and of nodes (RFC 9162, 2.1.1), apart by a prefix so that no node passes for a leaf."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
"""Length of a SHA-256 hash."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""


def hash_leaf(leaf: bytes) -> bytes:
    """Return SHA-256(0x00 ‖ leaf)."""
    return sha256(b"\x00" + leaf).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """Return SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()
