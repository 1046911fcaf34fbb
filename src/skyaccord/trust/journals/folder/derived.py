"""Hashes and places of entries in flat files: all of it can be made anew from the entries, and is where it is missing.

``level-00`` has the hash of each leaf, ``level-05`` and up those of complete subtrees; ``places`` says where in its
segment each record begins. They are made durable only when a segment is full: what belongs to the last segment is made
anew at each opening.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.folder.disk import Disk, File
from skyaccord.trust.merkle.frontier import NewNodes
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.merkle.stored_nodes import STORED_LEVEL

_PLACE_BYTES: Final = 8


class Derived:
    """Flat files of hashes and places."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = folder
        disk.make_folder(folder)
        self._levels: dict[int, File] = {}
        self._places = disk.open(folder / "places")

    def has(self, count: int) -> bool:
        """Return whether the files are long enough for so many entries."""
        levels = [0, *range(STORED_LEVEL, max(count.bit_length(), STORED_LEVEL))]
        is_hashed = all(self._level(level).size() >= (count >> level) * HASH_BYTES for level in levels)
        return is_hashed and self._places.size() >= count * _PLACE_BYTES

    def append(self, first: int, made: Sequence[NewNodes], places: Sequence[int]) -> None:
        """Write what a batch of entries adds."""
        self._places.write(first * _PLACE_BYTES, struct.pack(f"<{len(places)}Q", *places))
        for nodes in made:
            if nodes.level == 0 or nodes.level >= STORED_LEVEL:
                self._level(nodes.level).write(nodes.first * HASH_BYTES, b"".join(nodes.hashes))

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return hashes side by side."""
        data = self._level(level).read(first * HASH_BYTES, count * HASH_BYTES)
        self._check(f"level-{level:02d}", len(data), count * HASH_BYTES)
        return [data[k : k + HASH_BYTES] for k in range(0, len(data), HASH_BYTES)]

    def places(self, first: int, count: int) -> Sequence[int]:
        """Return where in their segments records begin."""
        data = self._places.read(first * _PLACE_BYTES, count * _PLACE_BYTES)
        self._check("places", len(data), count * _PLACE_BYTES)
        return struct.unpack(f"<{count}Q", data)

    def sync(self) -> None:
        """Make all of it durable."""
        for file in (self._places, *self._levels.values()):
            file.sync()
        self._disk.sync_folder(self._folder)

    def close(self) -> None:
        """Close all files."""
        for file in (self._places, *self._levels.values()):
            file.close()

    def _level(self, level: int) -> File:
        if level not in self._levels:
            self._levels[level] = self._disk.open(self._folder / f"level-{level:02d}")
        return self._levels[level]

    def _check(self, name: str, found: int, wanted: int) -> None:
        if found != wanted:
            cure = f"Remove the folder {self._folder.name} and open the journal again: it is made anew from the entries"
            raise JournalError(str(self._folder / name), f"{found} bytes where {wanted} were written", cure)
