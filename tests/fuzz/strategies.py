"""Hypothesis's bytes for a target: any, and its seeds with splinters in them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.fuzz.mutation import SPLINTERS


def bytes_near(seeds: Sequence[bytes], most: int = 600) -> st.SearchStrategy[bytes]:
    """Return a strategy of any bytes, and of seeds of which some places were replaced."""
    return st.binary(max_size=most) | st.sampled_from(seeds).flatmap(_damaged)


def _damaged(seed: bytes) -> st.SearchStrategy[bytes]:
    place = st.tuples(st.integers(0, len(seed)), st.integers(0, 12), st.sampled_from(SPLINTERS) | st.binary(max_size=8))
    return st.lists(place, max_size=6).map(lambda places: _splice(seed, places))


def _splice(seed: bytes, places: list[tuple[int, int, bytes]]) -> bytes:
    out = bytearray(seed)
    for begin, count, splinter in places:
        out[begin : begin + count] = splinter
    return bytes(out)
