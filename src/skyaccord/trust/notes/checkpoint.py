"""The head of a log as text (C2SP tlog-checkpoint): origin, size, root hash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import NoteError
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.merkle.verify import GREATEST_SIZE
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.note_key import NoteKey
from skyaccord.trust.notes.signed_note import SignedNote, parse_note, verify_note

_DECIMAL: Final = re.compile("0|[1-9][0-9]{0,18}")
_CURE: Final = "Expected the lines origin, size in decimal, root hash in base64 (c2sp.org/tlog-checkpoint)"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself: under this name, so many entries, this root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()
    """Further lines, of no meaning here; skyaccord writes none."""

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(line and line.isprintable() for line in lines) or not 0 <= self.size <= GREATEST_SIZE:
            raise NoteError(f"checkpoint of {self.origin!a}", "not text in lines and a size below 2^63", _CURE)
        if len(self.root) != HASH_BYTES:
            raise NoteError(f"checkpoint of {self.origin!a}", f"a root of {len(self.root)} bytes", _CURE)

    @property
    def text(self) -> str:
        """The text of the note."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encode_base64(self.root), *self.extensions))


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint's note.

    Raises:
        NoteError: anything that is not exactly a checkpoint.
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteError("checkpoint", "not three lines of text or more", _CURE)
    root = decode_base64(lines[2])
    if not _DECIMAL.fullmatch(lines[1]) or root is None:
        raise NoteError(f"checkpoint of {lines[0][:80]!a}", "no size or no root hash", _CURE)
    return Checkpoint(lines[0], int(lines[1]), root, tuple(lines[3:-1]))


def open_checkpoint(data: bytes, keys: Iterable[NoteKey]) -> tuple[Checkpoint, SignedNote]:
    """Return a checkpoint and its note, which at least one of these keys has signed.

    Raises:
        NoteError: no checkpoint, or not signed by a known key.
    """
    note = parse_note(data)
    verify_note(note, keys)
    return parse_checkpoint(note.text), note
