"""Whether one's own log has lost entries: what a peer holds of it says so, and only one's own signature is believed."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.errors import NoteError
from skyaccord.trust.log import Log
from skyaccord.trust.notes.checkpoint import open_checkpoint
from skyaccord.trust.notes.note_key import NoteKey


@dataclass(frozen=True, slots=True)
class Loss:
    """The log was once another than it is: a checkpoint of it that this party has signed, and its size."""

    note: bytes
    size: int


def find_loss(log: Log, held: bytes, key: NoteKey) -> Loss | None:
    """Return the loss that a checkpoint shows which a peer holds, or ``None`` where there is none.

    Args:
        log: one's own.
        held: the checkpoint, as the peer gives it.
        key: one's own node key under the log's name; what it has not signed shows nothing.

    A checkpoint of a log that this one follows, under another name, shows nothing new.
    """
    try:
        held_checkpoint, _ = open_checkpoint(held, [key])
    except NoteError:
        return None
    if held_checkpoint.origin != log.journal.origin:
        return None
    if held_checkpoint.size <= log.size and log.root(held_checkpoint.size) == held_checkpoint.root:
        return None
    return Loss(held, held_checkpoint.size)
