"""Proofs made from stored hashes of complete subtrees (RFC 9162, 2.1.3.1 and 2.1.4.1); cost grows with log n."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from skyaccord.trust.merkle.frontier import Frontier, levels_of_peaks
from skyaccord.trust.merkle.hashing import hash_node

ReadNode: TypeAlias = Callable[[int, int], bytes]
"""Gives the hash of complete subtree ``index`` of ``level``: (level, index) → hash."""


def frontier_at(read: ReadNode, size: int) -> Frontier:
    """Return the frontier that the tree had at a size."""
    return Frontier(size, tuple(read(level, (size >> level) - 1) for level in levels_of_peaks(size)))


def prove_inclusion(read: ReadNode, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from leaf ``index`` to the root of the tree of the first ``size`` leaves.

    Raises:
        ValueError: no such leaf in such a tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves: they count from 0")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _widest_below(end - start)
        if index < middle:
            proof.append(_root_of(read, middle, end))
            end = middle
        else:
            proof.append(_root_of(read, start, middle))
            start = middle
    return proof[::-1]


def prove_consistency(read: ReadNode, old_size: int, size: int) -> list[bytes]:
    """Return the hashes that show the tree of the first ``old_size`` leaves to be the beginning of that of ``size``.

    Nothing is needed from an empty tree, or between trees of one size.

    Raises:
        ValueError: the old tree is larger than the new.
    """
    if not 0 <= old_size <= size:
        raise ValueError(f"a tree of {old_size} leaves does not come before one of {size}")
    if old_size in (0, size):
        return []
    proof: list[bytes] = []
    start, end = 0, size
    while old_size != end:
        middle = start + _widest_below(end - start)
        if old_size <= middle:
            proof.append(_root_of(read, middle, end))
            end = middle
        else:
            proof.append(_root_of(read, start, middle))
            start = middle
    if start:  # else the old tree is itself a node of the new one, and who verifies has its root
        proof.append(_root_of(read, start, end))
    return proof[::-1]


def _widest_below(width: int) -> int:
    """Return the greatest power of two below a width."""
    return 1 << (width - 1).bit_length() - 1


def _root_of(read: ReadNode, start: int, end: int) -> bytes:
    """Return the root over leaves ``start`` up to ``end``; a power of two not below the width divides ``start``."""
    width = end - start
    root = b""
    for level in range(width.bit_length()):
        if width >> level & 1:
            end -= 1 << level
            peak = read(level, end >> level)
            root = hash_node(peak, root) if root else peak
    return root
