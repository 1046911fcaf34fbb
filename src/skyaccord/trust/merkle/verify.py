"""Verification of proofs as RFC 9162 writes it (2.1.3.2 and 2.1.4.2): any wrong length fails."""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest
from typing import Final

from skyaccord.trust.merkle.hashing import HASH_BYTES, hash_node

GREATEST_SIZE: Final = 2**63 - 1
"""Sizes beyond it are refused; a proof so has at most 63 hashes, or 64 of consistency."""


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof leads from the leaf with this hash, at this index, to the root of a tree of this size."""
    if not 0 <= index < size <= GREATEST_SIZE or not _are_hashes(leaf_hash, root, *proof):
        return False
    place, last, found = index, size - 1, leaf_hash
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = hash_node(step, found)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            found = hash_node(found, step)
        place >>= 1
        last >>= 1
    return last == 0 and compare_digest(found, root)


def verify_consistency(old_size: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether a proof shows the tree of ``old_size`` leaves to be the beginning of the tree of ``size``.

    Trees of one size are consistent where their roots are equal and the proof is empty. An empty tree has nothing to
    prove and begins every other; its root must be that of the empty tree, which the caller knows without a proof.
    """
    if not 0 < old_size <= size <= GREATEST_SIZE or not _are_hashes(old_root, root, *proof):
        return False
    if old_size == size:
        return not proof and compare_digest(old_root, root)
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old_size - 1, size - 1
    while place & 1:
        place >>= 1
        last >>= 1
    old_found = found = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_found = hash_node(step, old_found)
            found = hash_node(step, found)
            while not place & 1 and place:
                place >>= 1
                last >>= 1
        else:
            found = hash_node(found, step)
        place >>= 1
        last >>= 1
    return last == 0 and compare_digest(old_found, old_root) and compare_digest(found, root)


def _are_hashes(*values: bytes) -> bool:
    return all(type(value) is bytes and len(value) == HASH_BYTES for value in values)
