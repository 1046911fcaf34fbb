"""Whether one's own log has lost entries: what a peer holds of it says so, and only one's own signature is believed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from skyaccord.errors import NoteError
from skyaccord.trust.log import Log
from skyaccord.trust.notes.checkpoint import open_checkpoint, parse_checkpoint
from skyaccord.trust.notes.note_key import NoteKey
from skyaccord.trust.notes.signed_note import parse_note
from skyaccord.trust.origin import first_origin


@dataclass(frozen=True, slots=True)
class Loss:
    """The log was once another than it is: a checkpoint of it that this party has signed, and its size."""

    note: bytes
    size: int


def find_loss(log: Log, held: bytes, public: bytes, names: Collection[str] = ()) -> Loss | None:
    """Return the loss that a checkpoint shows which a peer holds, or ``None`` where there is none.

    Args:
        log: one's own.
        held: the checkpoint, as the peer gives it.
        public: one's own node key; what it has not signed shows nothing.
        names: under which the log has gone on, as far as it says.

    A checkpoint of a log that this one follows, under another name, shows nothing new. One of a name that this log does
    not know, though it was signed, shows that even the going on was lost.
    """
    origin, own = _origin(held), log.journal.origin
    try:
        held_checkpoint, _ = open_checkpoint(held, [NoteKey(origin, public)] if origin else [])
    except NoteError:
        return None
    if first_origin(origin) != first_origin(own):
        return None
    if origin != own:
        is_followed = origin in names or origin == first_origin(own)
        return None if is_followed else Loss(held, held_checkpoint.size)
    if held_checkpoint.size <= log.size and log.root(held_checkpoint.size) == held_checkpoint.root:
        return None
    return Loss(held, held_checkpoint.size)


def _origin(note: bytes) -> str:
    """Return the name that a note states, which nothing has verified; empty where it states none."""
    try:
        return parse_checkpoint(parse_note(note).text).origin
    except NoteError:
        return ""
