"""Keys that sign notes: a name, what kind of signature, the public key (C2SP signed-note, *Verifier keys*)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final

from skyaccord.errors import NoteError
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.ed25519 import PUBLIC_BYTES, key_pair

KEY_ID_BYTES: Final = 4

LONGEST_NAME: Final = 255
"""Characters of a key's name."""


class SignatureKind(IntEnum):
    """The byte that C2SP assigns to each kind of signature; the others there are are not used here."""

    NOTE = 1
    """Ed25519 over the text (signed-note)."""
    COSIGNATURE = 4
    """Ed25519 over time and text by a witness (tlog-cosignature, v1)."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key that notes are verified with; name and ``key_id`` together say which signature is its own."""

    name: str
    public: bytes
    kind: SignatureKind = SignatureKind.NOTE

    def __post_init__(self) -> None:
        if not is_key_name(self.name):
            raise NoteError(f"key {self.name!a}", "no name of a key", "A name has no spaces and no plus")
        if len(self.public) != PUBLIC_BYTES:
            cure = "Give the raw public key"
            raise NoteError(f"key {self.name}", f"{len(self.public)} bytes are no Ed25519 public key", cure)

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ public key)."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(bytes([self.kind]) + self.public)}"


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A key and the function that signs with it, wherever the private part is."""

    key: NoteKey
    sign: Callable[[bytes], bytes]

    @staticmethod
    def from_seed(name: str, seed: bytes, kind: SignatureKind = SignatureKind.NOTE) -> NoteSigner:
        """Return the signer of a 32-byte Ed25519 seed."""
        public, sign = key_pair(seed)
        return NoteSigner(NoteKey(name, public, kind), sign)


def is_key_name(name: str) -> bool:
    """Return whether a text may name a key: not empty, no Unicode space, no plus, no control character."""
    if not 0 < len(name) <= LONGEST_NAME:
        return False
    return not any(
        letter.isspace() or letter == "+" or letter < " " or "\ud800" <= letter <= "\udfff" for letter in name
    )


def parse_note_key(text: str) -> NoteKey:
    """Read ``name+key id+base64`` as tools for transparency logs write it.

    Raises:
        NoteError: any other text, and a key id that is not that of the key.
    """
    parts = text.split("+", 2)  # base64 has a plus too
    material = decode_base64(parts[2]) if len(parts) == 3 else None
    if not material or material[0] not in SignatureKind.__members__.values():
        cure = "Expected NAME+8 hexadecimal digits+base64, for Ed25519 (1) or a cosignature (4)"
        raise NoteError(f"key {text[:LONGEST_NAME]!a}", "no key of a note", cure)
    key = NoteKey(parts[0], material[1:], SignatureKind(material[0]))
    if str(key) != text:
        raise NoteError(f"key {key.name}", f"its id would be {key.key_id.hex()}", "The text was changed: get it again")
    return key
