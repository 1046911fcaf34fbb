"""A witness's signature line below a checkpoint, and when it says to have been made."""

from __future__ import annotations

from datetime import datetime

from skyaccord.trust.notes.cosignature import cosigned_message, join_cosignature, split_cosignature
from skyaccord.trust.notes.note_key import NoteKey, NoteSigner, SignatureKind
from skyaccord.trust.notes.signed_note import NoteSignature, SignedNote


def cosign(text: str, signer: NoteSigner, now: datetime) -> NoteSignature:
    """Return a witness's signature of a checkpoint's text at a time, in whole seconds.

    Raises:
        ValueError: a key that is not for cosignatures, or a time without a zone or before 1970.
    """
    if signer.key.kind is not SignatureKind.COSIGNATURE:
        raise ValueError(f"{signer.key.name} is no key for cosignatures")
    if now.tzinfo is None:
        raise ValueError(f"{now} has no time zone")
    time_s = int(now.timestamp())
    signature = signer.sign(cosigned_message(text, time_s))
    return NoteSignature(signer.key.name, signer.key.key_id, join_cosignature(time_s, signature))


def cosigned_at_s(note: SignedNote, key: NoteKey) -> int | None:
    """Return the latest POSIX time that a witness's signatures of a note say; verify the note before."""
    lines = (line for line in note.signatures if (line.name, line.key_id) == (key.name, key.key_id))
    return max((parts[0] for line in lines if (parts := split_cosignature(line.signature))), default=None)
