"""A tree in memory with every complete subtree at hand, grown by skyaccord's frontier."""

from __future__ import annotations

from collections.abc import Iterable

from skyaccord.trust.merkle.frontier import Frontier
from skyaccord.trust.merkle.hashing import hash_leaf


class Tree:
    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.frontier = Frontier()
        self.levels: list[list[bytes]] = []
        self.append(leaves)

    def append(self, leaves: Iterable[bytes]) -> None:
        self.frontier, made = self.frontier.grow([hash_leaf(leaf) for leaf in leaves])
        for nodes in made:
            while len(self.levels) <= nodes.level:
                self.levels.append([])
            assert len(self.levels[nodes.level]) == nodes.first
            self.levels[nodes.level].extend(nodes.hashes)

    def node(self, level: int, index: int) -> bytes:
        return self.levels[level][index]


def leaves_of(count: int) -> list[bytes]:
    return [b"leaf %d" % k for k in range(count)]
