"""Files that only grow, in frames: what was written whole is told from what a power cut tore, and from damage.

A frame is a header, a part under a checksum, and a loose part that may be overwritten later (bodies, once erased):

    magic 4 | length of checked part 4 | of loose part 4 | SHA-256 of the checked part 32 | check of the header 8

The check of the header covers the frame's place in its file and a number that only this journal has, so that a header
is recognised wherever a search meets one, and nobody can send bytes that look like one. Frames are appended one after
the other, each durable before the next: after a cut only the last can be torn. A frame that does not read though
another follows it is damage.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.folder.disk import Disk, File

MAGIC: Final = b"SKY\x01"
_HEADER: Final = struct.Struct("<4sII32s8s")
HEADER_BYTES: Final = _HEADER.size

GREATEST_PART: Final = 1 << 30
"""Bytes of either part of a frame: a batch of a million entries has some 500 million."""

_SEARCH_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that was read, and where it stands."""

    offset: int
    checked: bytes
    loose_bytes: int

    @property
    def checked_offset(self) -> int:
        """Where its checked part begins."""
        return self.offset + HEADER_BYTES

    @property
    def loose_offset(self) -> int:
        """Where its loose part begins."""
        return self.checked_offset + len(self.checked)

    @property
    def end(self) -> int:
        """Where the next frame begins."""
        return self.loose_offset + self.loose_bytes


class FrameFile:
    """One file of frames. ``end`` is where the next goes, once a walk has found it."""

    def __init__(self, disk: Disk, path: Path, key: bytes) -> None:
        self.path = path
        self.file: File = disk.open(path)
        self._key = key
        self.end = 0

    def walk(self) -> Iterator[Frame]:
        """Yield all whole frames from the first on, and leave ``end`` behind the last; a torn tail is passed over.

        Raises:
            JournalError: a frame is damaged though others follow it.
        """
        self.end = 0
        while (frame := self._read(self.end)) is not None:
            self.end = frame.end
            yield frame
        self._check_tail()

    def cut_tail(self, end: int | None = None) -> None:
        """Cut off what is torn (or all from ``end`` on), durably, so that no later frame ever follows it."""
        self.end = self.end if end is None else end
        if self.file.size() != self.end:
            self.file.truncate(self.end)
            self.file.sync()

    def append(self, checked: bytes, loose: bytes = b"") -> Frame:
        """Write a frame at the end and return when it is durable."""
        frame = self._write(checked, loose)
        self.file.sync()
        return frame

    def append_all(self, parts: Iterable[bytes]) -> None:
        """Write frames at the end and return when all are durable; a cut may leave any number of them."""
        for checked in parts:
            self._write(checked, b"")
        self.file.sync()

    def read(self, offset: int) -> Frame:
        """Return the frame at a place where one was written.

        Raises:
            JournalError: it does not read any more.
        """
        frame = self._read(offset)
        if frame is None:
            raise JournalError(f"{self.path}, byte {offset}", "what was stored does not read any more", CURE)
        return frame

    def _read(self, offset: int) -> Frame | None:
        head = self._parse_header(self.file.read(offset, HEADER_BYTES), offset)
        if head is None:
            return None
        checked_bytes, loose_bytes, checksum = head
        checked = self.file.read(offset + HEADER_BYTES, checked_bytes)
        frame = Frame(offset, checked, loose_bytes)
        is_whole = len(checked) == checked_bytes and sha256(checked).digest() == checksum
        return frame if is_whole and frame.end <= self.file.size() else None

    def _check_tail(self) -> None:
        """Refuse a file in which a frame follows what does not read."""
        place, size = self.end + 1, self.file.size()
        while place + HEADER_BYTES <= size:
            piece = self.file.read(place, _SEARCH_BYTES + HEADER_BYTES)
            found = -1
            while (found := piece.find(MAGIC, found + 1)) >= 0:
                if self._parse_header(piece[found : found + HEADER_BYTES], place + found) is not None:
                    problem = f"what was stored does not read any more, and more follows at byte {place + found}"
                    raise JournalError(f"{self.path}, byte {self.end}", problem, CURE)
            place += _SEARCH_BYTES

    def _write(self, checked: bytes, loose: bytes) -> Frame:
        if max(len(checked), len(loose)) > GREATEST_PART:
            raise ValueError(f"more than {GREATEST_PART} bytes at once: append in smaller batches")
        frame = Frame(self.end, checked, len(loose))
        lengths, checksum = (len(checked), len(loose)), sha256(checked).digest()
        header = _HEADER.pack(MAGIC, *lengths, checksum, self._check(frame.offset, *lengths, checksum))
        self.file.write(frame.offset, header + checked + loose)
        self.end = frame.end
        return frame

    def _parse_header(self, data: bytes, offset: int) -> tuple[int, int, bytes] | None:
        if len(data) != HEADER_BYTES:
            return None
        magic, checked_bytes, loose_bytes, checksum, check = _HEADER.unpack(data)
        if magic != MAGIC or check != self._check(offset, checked_bytes, loose_bytes, checksum):
            return None
        return checked_bytes, loose_bytes, checksum

    def _check(self, offset: int, checked_bytes: int, loose_bytes: int, checksum: bytes) -> bytes:
        return sha256(self._key + struct.pack("<QII", offset, checked_bytes, loose_bytes) + checksum).digest()[:8]
