"""A note: text and the signatures below it (C2SP signed-note), parsed strictly and within bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import NoteError
from skyaccord.trust.notes.base64_text import decode_base64, encode_base64
from skyaccord.trust.notes.cosignature import cosigned_message, split_cosignature
from skyaccord.trust.notes.ed25519 import is_signed
from skyaccord.trust.notes.note_key import KEY_ID_BYTES, NoteKey, NoteSigner, SignatureKind, is_key_name

GREATEST_BYTES: Final = 1 << 18
"""A note has some hundred bytes, and some 6,800 for each signature of the longest kind there is."""

MOST_SIGNATURES: Final = 100
"""Signed-note asks for at least 16; golang's ``note`` stops at 100."""

_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
_DASH: Final = "\u2014 "
_CURE: Final = "Expected text, an empty line, and lines of a dash, a name and base64 (c2sp.org/signed-note)"


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One line below a note: who says to have signed, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {encode_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """Text that ends in a newline, and its signatures; nothing is verified yet."""

    text: str
    signatures: tuple[NoteSignature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    def __bytes__(self) -> bytes:
        return str(self).encode()

    def with_signatures(self, more: Iterable[NoteSignature]) -> SignedNote:
        """Return the note with further signatures; one that is there already is not repeated."""
        return SignedNote(self.text, tuple(dict.fromkeys((*self.signatures, *more))))


def parse_note(data: bytes) -> SignedNote:
    """Read a note; the signatures are not verified.

    Raises:
        NoteError: anything that is not exactly a signed note, or too large.
    """
    if len(data) > GREATEST_BYTES:
        raise NoteError("note", f"{len(data)} bytes, more than {GREATEST_BYTES}", _CURE)
    try:
        text, blank, lines = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise NoteError(f"note, byte {error.start}", "not UTF-8", _CURE) from None
    if not blank or not text or not lines.endswith("\n"):
        raise NoteError("note", "no text and signatures with an empty line between", _CURE)
    if found := _CONTROL.search(text + lines):
        raise NoteError("note", f"the control character {found[0]!a}", _CURE)
    signatures = lines[:-1].split("\n")
    if len(signatures) > MOST_SIGNATURES:
        raise NoteError("note", f"{len(signatures)} signatures, more than {MOST_SIGNATURES}", _CURE)
    return SignedNote(text + "\n", tuple(map(_parse_signature, signatures)))


def parse_signatures(data: bytes) -> tuple[NoteSignature, ...]:
    """Read signature lines alone, as a witness answers with them."""
    return parse_note(b"-\n\n" + data).signatures


def sign_text(text: str, signer: NoteSigner) -> NoteSignature:
    """Return the signature of a note's text by a key of the log (not of a witness: `cosign`)."""
    return NoteSignature(signer.key.name, signer.key.key_id, signer.sign(text.encode()))


def verify_note(note: SignedNote, keys: Iterable[NoteKey]) -> tuple[NoteKey, ...]:
    """Return which of these keys have signed a note, in the order of the keys.

    Signatures by other keys are passed over, those with a known name and another id among them.

    Raises:
        NoteError: a signature that bears a known key's name and id and is not by it, or none by a known key.
    """
    known = {(key.name, key.key_id): key for key in keys}
    signed: set[NoteKey] = set()
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not _is_by(key, line.signature, note.text):
            raise NoteError(
                f"note, signature of {key.name}", "not made by that key over this text", "Get the note again"
            )
        signed.add(key)
    if not signed:
        names = ", ".join(sorted({line.name for line in note.signatures}))
        raise NoteError(
            "note", f"signed by no known key, but by: {names}", "Ask for one signed by a key that is known here"
        )
    return tuple(key for key in known.values() if key in signed)


def _is_by(key: NoteKey, signature: bytes, text: str) -> bool:
    if key.kind is SignatureKind.NOTE:
        return is_signed(key.public, signature, text.encode())
    parts = split_cosignature(signature)
    return parts is not None and is_signed(key.public, parts[1], cosigned_message(text, parts[0]))


def _parse_signature(line: str) -> NoteSignature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    data = decode_base64(encoded) if space and line.startswith(_DASH) else None
    if data is None or len(data) <= KEY_ID_BYTES or not is_key_name(name):
        raise NoteError(f"note, line {line[:80]!a}", "no signature line", _CURE)
    return NoteSignature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])
