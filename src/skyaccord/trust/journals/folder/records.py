"""Entries within a frame: leaves in the checked part, bodies in the loose one.

A record tells where its body is, counted from its own first byte, so that its place alone leads to both:

    length of leaf 4 | of salt 4 | of content 4 | way to the body 8 | commitment 32 | leaf

Without a body the three numbers are 0 and there is no commitment.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.trust.journals.entry import Entry
from skyaccord.trust.merkle.hashing import HASH_BYTES

_FIRST: Final = struct.Struct("<QI")
_HEAD: Final = struct.Struct("<IIIQ")
LONGEST_HEAD: Final = _HEAD.size + HASH_BYTES


@dataclass(frozen=True, slots=True)
class Record:
    """What stands before a leaf."""

    leaf_bytes: int
    salt_bytes: int
    content_bytes: int
    way_to_body: int
    commitment: bytes

    @property
    def head_bytes(self) -> int:
        """How far after the record's first byte the leaf begins."""
        return _HEAD.size + len(self.commitment)


def encode_batch(first: int, entries: Sequence[Entry]) -> tuple[bytes, bytes, list[int]]:
    """Return the checked and the loose part of a frame, and where in the checked part each record begins."""
    places: list[int] = []
    pieces, place = [_FIRST.pack(first, len(entries))], _FIRST.size
    for entry in entries:
        places.append(place)
        place += _HEAD.size + len(entry.leaf) + (HASH_BYTES if entry.body else 0)
    loose: list[bytes] = []
    for start, entry in zip(places, entries, strict=True):
        body = entry.body
        if body is None:
            pieces += (_HEAD.pack(len(entry.leaf), 0, 0, 0), entry.leaf)
            continue
        head = _HEAD.pack(len(entry.leaf), len(body.salt), len(body.content), place - start)
        pieces += (head, body.commitment, entry.leaf)
        loose += (body.salt, body.content)
        place += len(body.salt) + len(body.content)
    return b"".join(pieces), b"".join(loose), places


def decode_head(data: bytes, place: int = 0) -> Record:
    """Return the record that begins at a place of some bytes."""
    leaf, salt, content, way = _HEAD.unpack_from(data, place)
    start = place + _HEAD.size
    return Record(leaf, salt, content, way, data[start : start + HASH_BYTES] if way else b"")


def decode_batch(checked: bytes) -> tuple[int, Iterator[tuple[int, Record, bytes]]]:
    """Return the number of the first entry of a frame, and place, record and leaf of each."""
    first, count = _FIRST.unpack_from(checked)
    return first, _records(checked, count)


def _records(checked: bytes, count: int) -> Iterator[tuple[int, Record, bytes]]:
    place = _FIRST.size
    for _ in range(count):
        record = decode_head(checked, place)
        start = place + record.head_bytes
        yield place, record, checked[start : start + record.leaf_bytes]
        place = start + record.leaf_bytes
