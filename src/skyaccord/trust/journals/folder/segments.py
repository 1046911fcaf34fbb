"""The entries on disk: segments of frames, each named by the number of its first entry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.entry import LONGEST_LEAF, Body, Entry
from skyaccord.trust.journals.folder.disk import Disk
from skyaccord.trust.journals.folder.frames import Frame, FrameFile
from skyaccord.trust.journals.folder.records import LONGEST_HEAD, Record, decode_head, encode_batch

SEGMENT_BYTES: Final = 64 << 20
"""A segment as long as this is not appended to: the last one is read at opening, in some tenths of a second."""

OPEN_FILES: Final = 32
"""Segments held open; the others are opened again when they are read."""

_READ_BYTES: Final = 4096
"""Read at once for a leaf; nearly all are shorter."""


class Segments:
    """All segments of a journal; the last one grows."""

    def __init__(self, disk: Disk, folder: Path, key: bytes, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._disk = disk
        self._folder = folder
        self._key = key
        self._segment_bytes = segment_bytes
        self._open: dict[int, FrameFile] = {}
        self._places: dict[int, str] = {}
        disk.make_folder(folder)
        self.firsts = [int(name[:-4]) for name in disk.names(folder) if name.endswith(".seg")]
        if not self.firsts:
            self._begin(0)

    def walk(self, first: int) -> Iterator[Frame]:
        """Yield the frames of the segment that begins with an entry; only the last segment may have a torn tail."""
        file = self._file(first)
        yield from file.walk()
        if first != self.firsts[-1] and file.end != file.file.size():
            raise JournalError(f"{file.path}, byte {file.end}", "what was stored does not read any more", CURE)

    def append(self, first: int, entries: Sequence[Entry]) -> list[int]:
        """Write a batch durably and return where in its segment each record begins."""
        if self._last.end >= self._segment_bytes:
            self._begin(first)
        checked, loose, places = encode_batch(first, entries)
        frame = self._last.append(checked, loose)
        return [frame.checked_offset + place for place in places]

    def is_full(self) -> bool:
        """Return whether the next batch begins a segment."""
        return self._last.end >= self._segment_bytes

    def cut_tail(self, end: int | None) -> None:
        """Cut off what is torn at the end of the last segment (or all from ``end`` on)."""
        self._last.cut_tail(end)

    def read_leaf(self, index: int, place: int) -> tuple[Record, bytes]:
        """Return the record and the leaf of an entry whose record begins at a place of its segment."""
        file = self._file(self.first_of(index)).file
        data = file.read(place, _READ_BYTES)
        if len(data) < LONGEST_HEAD:
            data = data.ljust(LONGEST_HEAD, b"\x00")
        record = decode_head(data)
        missing = record.head_bytes + record.leaf_bytes - len(data)
        if 0 < missing <= LONGEST_LEAF:
            data += file.read(place + len(data), missing)
        return record, data[record.head_bytes : record.head_bytes + record.leaf_bytes]

    def read_body(self, index: int, place: int, record: Record) -> Body:
        """Return the bytes that stand where the body of an entry was written."""
        data = self._file(self.first_of(index)).file.read(
            place + record.way_to_body, record.salt_bytes + record.content_bytes
        )
        return Body(data[: record.salt_bytes], data[record.salt_bytes :])

    def overwrite_body(self, index: int, place: int, record: Record) -> None:
        """Write zeros where the body of an entry was written; durable after `sync`."""
        zeros = bytes(record.salt_bytes + record.content_bytes)
        self._file(self.first_of(index)).file.write(place + record.way_to_body, zeros)

    def sync(self, index: int) -> None:
        """Make the segment of an entry durable."""
        self._file(self.first_of(index)).file.sync()

    def first_of(self, index: int) -> int:
        """Return the first entry of the segment that an entry is in."""
        return self.firsts[bisect_right(self.firsts, index) - 1]

    def place_of(self, first: int) -> str:
        """Return the path of the segment that begins with an entry, for words."""
        if first not in self._places:
            self._places[first] = str(self._path(first))
        return self._places[first]

    def close(self) -> None:
        """Close all files."""
        for file in self._open.values():
            file.file.close()
        self._open.clear()

    @property
    def _last(self) -> FrameFile:
        return self._file(self.firsts[-1])

    def _begin(self, first: int) -> None:
        self._open[first] = FrameFile(self._disk, self._path(first), self._key)
        self._disk.sync_folder(self._folder)
        self.firsts.append(first)

    def _file(self, first: int) -> FrameFile:
        file = self._open.get(first)
        if file is None:
            file = self._open[first] = FrameFile(self._disk, self._path(first), self._key)
            closable = next((each for each in self._open if each not in (first, self.firsts[-1])), None)
            if len(self._open) > OPEN_FILES and closable is not None:
                self._open.pop(closable).file.close()
        return file

    def _path(self, first: int) -> Path:
        return self._folder / f"{first:016d}.seg"
