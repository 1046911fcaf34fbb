"""Complete subtrees read from a store that keeps leaf hashes and every level from ``STORED_LEVEL`` up.

The levels between are hashed anew from one block of leaf hashes (docs/adr/0006-stored-hashes.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from skyaccord.trust.merkle.hashing import hash_node

STORED_LEVEL: Final = 5
"""Subtrees of 32 leaves and more are stored; the 31 hashes of a block take less time than reading as many rows."""

ReadHashes: TypeAlias = Callable[[int, int, int], Sequence[bytes]]
"""(level, first, count) → hashes of complete subtrees, for level 0 and levels from ``STORED_LEVEL`` up."""


class StoredNodes:
    """Gives the hash of any complete subtree of a tree; keeps the blocks it has hashed for as long as it lives."""

    def __init__(self, read: ReadHashes, size: int) -> None:
        self._read = read
        self._size = size
        self._blocks: dict[int, list[Sequence[bytes]]] = {}

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of complete subtree ``index`` of ``level``."""
        if level == 0 or level >= STORED_LEVEL:
            return self._read(level, index, 1)[0]
        block, place = divmod(index << level, 1 << STORED_LEVEL)
        if block not in self._blocks:
            self._blocks[block] = self._hash_block(block)
        return self._blocks[block][level][place >> level]

    def _hash_block(self, block: int) -> list[Sequence[bytes]]:
        first = block << STORED_LEVEL
        row = self._read(0, first, min(self._size - first, 1 << STORED_LEVEL))
        levels = [row]
        for _ in range(1, STORED_LEVEL):
            row = [hash_node(row[k], row[k + 1]) for k in range(0, len(row) - 1, 2)]
            levels.append(row)
        return levels
