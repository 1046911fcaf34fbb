"""The right edge of a growing tree: all that is needed to append leaves and to know the root."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skyaccord.trust.merkle.hashing import EMPTY_ROOT, HASH_BYTES, hash_node


@dataclass(frozen=True, slots=True)
class NewNodes:
    """Hashes of subtrees that became complete, side by side on one level; a leaf has level 0."""

    level: int
    first: int
    """Index of the first of them on its level: subtree i of level l has the leaves from i·2^l up to (i+1)·2^l."""
    hashes: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the complete subtrees that make up a tree, the widest first: one for each bit of its size."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError(f"a tree of {self.size} leaves has {self.size.bit_count()} peaks, not {len(self.peaks)}")
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError(f"a hash has {HASH_BYTES} bytes")

    def root(self) -> bytes:
        """Return the root hash (RFC 9162, 2.1.1): the peaks folded from the right."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = hash_node(peak, root)
        return root

    def grow(self, leaf_hashes: Sequence[bytes]) -> tuple[Frontier, list[NewNodes]]:
        """Return the frontier with leaves appended, and the subtrees that became complete, level by level.

        Costs one hash a leaf on average and, for a single leaf, at most as many as the tree has levels.
        """
        peaks = dict(zip(levels_of_peaks(self.size), self.peaks, strict=True))
        made: list[NewNodes] = []
        level, new = 0, leaf_hashes
        while new:
            made.append(NewNodes(level, self.size >> level, new))
            waiting = peaks.pop(level, None)
            row = new if waiting is None else [waiting, *new]
            if len(row) % 2:
                peaks[level] = row[-1]
            new = [hash_node(row[k], row[k + 1]) for k in range(0, len(row) - 1, 2)]
            level += 1
        size = self.size + len(leaf_hashes)
        return Frontier(size, tuple(peaks[level] for level in levels_of_peaks(size))), made


def levels_of_peaks(size: int) -> Iterator[int]:
    """Yield the levels of the complete subtrees of a tree, the widest first."""
    return (level for level in range(size.bit_length() - 1, -1, -1) if size >> level & 1)
