"""The bytes of a file, unpacked where they are gzipped, and the views of them by which formats are recognised.

Limits: a plain file is mapped, so its size costs nothing. A packed file may unpack to `MOST_UNPACKED_BYTES`, and to no
more than `MOST_RATIO` times its size: text of tracks packs 5 to 40 times, and what packs better is a bomb.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError

MOST_UNPACKED_BYTES: Final = 4 << 30
MOST_RATIO: Final = 250
FREE_BYTES: Final = 32 << 20
"""So much may come out of any packed file, whatever the ratio."""

_GZIP: Final = b"\x1f\x8b"
_HEAD_BYTES: Final = 65_536
_STEP_IN_BYTES: Final = 1 << 16
_STEP_OUT_BYTES: Final = 1 << 20
_PACKED: Final = {
    b"PK\x03\x04": "a zip archive",
    b"BZh": "packed with bzip2",
    b"\xfd7zXZ\x00": "packed with xz",
    b"\x28\xb5\x2f\xfd": "packed with zstd",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
}


@dataclass(frozen=True)
class Content:
    """A file's bytes, and its beginning and end as recognition reads them."""

    buffer: pa.Buffer

    @cached_property
    def head(self) -> bytes:
        """Return the first 64 KiB, without the mark that some editors put before UTF-8."""
        first: bytes = self.buffer[:_HEAD_BYTES].to_pybytes()
        return first.removeprefix(b"\xef\xbb\xbf")

    @cached_property
    def text(self) -> str:
        """Return the head as text; binary content gives none."""
        return "" if b"\x00" in self.head else self.head.decode("utf-8", errors="replace")

    @cached_property
    def ends(self) -> bytes:
        """Return head and last 64 KiB: a key of a JSON document may stand in either."""
        last: bytes = self.buffer[max(0, self.buffer.size - _HEAD_BYTES) :].to_pybytes()
        return self.head + b"\n" + last

    def why_unknown(self) -> str:
        """Return what can be said of content that no reader takes."""
        if self.buffer.size == 0:
            return "the file is empty"
        packed = next((what for magic, what in _PACKED.items() if self.head.startswith(magic)), None)
        if packed or self.head[257:262] == b"ustar":
            return f"the file is {packed or 'a tar archive'}: unpack it first, gzip alone is unpacked here"
        if not self.text:
            return "binary content of no known format"
        line = next((line for line in self.text.splitlines() if line.strip()), "")
        return f"text of no known format, beginning with {line[:60]!r}"


def open_content(path: Path) -> Content:
    """Return a file's content.

    Raises:
        FormatError: it is not there, cannot be opened, or is a damaged or bloated gzip file.
    """
    name = str(path)
    try:
        if path.stat().st_size == 0 and path.is_file():
            return Content(pa.py_buffer(b""))
        if not path.is_file():
            raise FormatError(name, "no regular file", "Give a file or a folder")
        with pa.memory_map(name) as file:
            buffer = file.read_buffer()
    except FileNotFoundError:
        raise FormatError(name, "no such file", "Check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FormatError(name, f"cannot be opened ({reason})", "Check the file") from None
    return Content(_unpack(buffer, name) if buffer[:2].to_pybytes() == _GZIP else buffer)


def _unpack(packed: pa.Buffer, name: str) -> pa.Buffer:
    """Unpack a gzip file step by step, so that a bomb is known before it fills the memory."""
    most = min(MOST_UNPACKED_BYTES, max(FREE_BYTES, packed.size * MOST_RATIO))
    sink = pa.BufferOutputStream()
    try:
        for piece in _pieces(memoryview(packed).cast("B")):
            if sink.tell() + len(piece) > most:
                problem = f"the gzip file unpacks to more than {most:,} bytes, from {packed.size:,}"
                raise FormatError(name, problem, "Unpack it by hand if that is meant: a plain file has no such limit")
            sink.write(piece)
    except (EOFError, zlib.error) as error:
        raise FormatError(name, f"the gzip file is damaged ({error})", "Fetch or write it again") from None
    return sink.getvalue()


def _pieces(packed: memoryview) -> Iterator[bytes]:
    """Yield what all members of a gzip file unpack to; zeros may follow the last, as tapes pad with them."""
    at = 0
    while at < len(packed):
        member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
        while not member.eof:
            step = packed[at : at + _STEP_IN_BYTES]
            piece = member.decompress(step, _STEP_OUT_BYTES)
            at += len(step) - len(member.unconsumed_tail) - len(member.unused_data)
            if not piece and not len(step):
                raise EOFError("it ends in the middle")
            yield piece
        while at < len(packed) and packed[at] == 0:
            at += 1
