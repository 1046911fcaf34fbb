"""The data blocks of ASTERIX recordings, and the places of items in their records.

A block is a category, its length in two octets, and records. A recording is taken apart in batches of some megabytes,
so that memory follows what is found and not what a hostile length claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.asterix_layout import Layout
from skyaccord.tracks.formats.asterix_walk import walk_records
from skyaccord.tracks.formats.frames import Octets

Octetlike: TypeAlias = bytes | memoryview

_HEAD: Final = 3
_BATCH_BYTES: Final = 1 << 22


@dataclass(frozen=True, slots=True)
class Piece:
    """Octets that begin with a data block: a recording or a packet of one, with the time at which it was captured."""

    content: Octetlike
    captured_us: int | None = None


@dataclass(slots=True)
class Blocks:
    """Data blocks: where their records begin and end in ``octets``, and when each was captured (-1: not known)."""

    first: int = 1  # number of the first block
    octets: bytearray = field(default_factory=bytearray)
    category: list[int] = field(default_factory=list)
    begin: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    captured_us: list[int] = field(default_factory=list)

    @property
    def next(self) -> int:
        """Return the number of the block after the last."""
        return self.first + len(self.category)

    @property
    def is_full(self) -> bool:
        """Return whether this is enough for a batch."""
        return len(self.octets) >= _BATCH_BYTES

    def fill(self, piece: Piece, at: int) -> int:
        """Take in blocks from a place in a piece on; return where they end: there is no whole block, or no room."""
        begin, base = at, len(self.octets) - at
        content = piece.content
        while at < len(content) and at - begin < _BATCH_BYTES:
            length = block_length(content, at)
            if length < _HEAD or at + length > len(content):
                break
            self.category.append(content[at])
            self.begin.append(base + at + _HEAD)
            self.end.append(base + at + length)
            self.captured_us.append(-1 if piece.captured_us is None else piece.captured_us)
            at += length
        self.octets += content[begin:at]
        return at


@dataclass(frozen=True, slots=True)
class Walked:
    """Where the needed items of records begin, the block of each record, and where each block is broken, else -1."""

    places: Ints
    owner: Ints
    broken: Ints


def batches(pieces: Iterable[Piece], complain: Callable[[int, str], None]) -> Iterator[Blocks]:
    """Yield the blocks of pieces, some megabytes at a time, and complain of what is no whole block."""
    blocks = Blocks()
    for piece in pieces:
        at = 0
        while at < len(piece.content):
            at = blocks.fill(piece, at)
            if blocks.is_full:
                yield blocks
                blocks = Blocks(blocks.next)
            elif at < len(piece.content):
                length, left = block_length(piece.content, at), len(piece.content) - at
                complain(blocks.next, f"length {length} does not fit, {left:,} bytes are left out")
                break
    yield blocks


def block_length(content: Octetlike, at: int) -> int:
    """Return the length that a block states, 0 where even that is cut."""
    return content[at + 1] << 8 | content[at + 2] if at + _HEAD <= len(content) else 0


def walk(octets: Octets, begin: Ints, end: Ints, layout: Layout) -> Walked:
    """Return where items are in the records of blocks; the first pass counts, so that the second knows its room."""
    arrays = (
        *(octets, begin, end, layout.form, layout.size, layout.column),
        *(layout.part_table, layout.part_form, layout.part_size, layout.part_column),
    )
    width = len(layout.columns)
    count, broken = walk_records(*arrays, np.zeros((0, width), np.int64), np.zeros(0, np.int64))
    places, owner = np.zeros((count + 1, width), np.int64), np.zeros(count + 1, np.int64)
    walk_records(*arrays, places, owner)
    return Walked(places[:count], owner[:count], broken)
