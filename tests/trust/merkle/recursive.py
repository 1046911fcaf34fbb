"""The tree of RFC 9162 as its definitions say it, by recursion over all leaves; shares no code with skyaccord."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def root_of(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]) of 2.1.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def path_of(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), root_of(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), root_of(leaves[:k])]


def consistency_of(m: int, leaves: Sequence[bytes], is_known: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of 2.1.4.1."""
    n = len(leaves)
    if m == n:
        return [] if is_known else [root_of(leaves)]
    k = split(n)
    if m <= k:
        return [*consistency_of(m, leaves[:k], is_known), root_of(leaves[k:])]
    return [*consistency_of(m - k, leaves[k:], False), root_of(leaves[:k])]


def split(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k
