"""A peer's log, watched: each checkpoint it shows must continue the last; what does not is kept as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from skyaccord.errors import NoteError
from skyaccord.trust.fork import fork_between
from skyaccord.trust.merkle.hashing import EMPTY_ROOT
from skyaccord.trust.merkle.verify import verify_consistency
from skyaccord.trust.notes.checkpoint import Checkpoint, open_checkpoint
from skyaccord.trust.notes.note_key import NoteKey


class Faulty(StrEnum):
    """What is wrong with a log."""

    FORK = "fork"
    """Two checkpoints that no one history has."""
    ROLLBACK = "rollback"
    """A checkpoint smaller than one before: an old one, or a log that lost entries."""


@dataclass(frozen=True, slots=True)
class LogFault:
    """What was found, and the two notes that show it."""

    faulty: Faulty
    words: str
    notes: tuple[bytes, bytes]

    @property
    def is_fork(self) -> bool:
        """Return whether two histories were signed."""
        return self.faulty is Faulty.FORK


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint of a log that was verified to continue those before it."""

    checkpoint: Checkpoint
    note: bytes


@dataclass(frozen=True, slots=True)
class NeedsProof:
    """The checkpoint is greater: a proof between the two sizes decides."""

    old: int
    size: int


def compare(seen: Seen | None, note: bytes, keys: Sequence[NoteKey]) -> Seen | NeedsProof | LogFault | None:
    """Return what a checkpoint says beside the last: nothing new, a first or equal one, a fault, or what decides it.

    Args:
        seen: the last that was verified.
        note: the checkpoint that was shown.
        keys: node keys of the log's party, under the log's name.

    A note that none of the keys has signed shows nothing: ``None``.
    """
    try:
        shown, _ = open_checkpoint(note, keys)
    except NoteError:
        return None
    if seen is None or seen.checkpoint.origin != shown.origin:
        return Seen(shown, note)
    if shown.size < seen.checkpoint.size:
        words = f"a log of {shown.size} entries is shown after one of {seen.checkpoint.size}"
        return LogFault(Faulty.ROLLBACK, words, (seen.note, note))
    if fork_between(seen.note, note, keys):
        return LogFault(Faulty.FORK, f"two roots were signed for size {shown.size}", (seen.note, note))
    if shown.size == seen.checkpoint.size:
        return seen
    return NeedsProof(seen.checkpoint.size, shown.size)


def decide(seen: Seen, note: bytes, keys: Sequence[NoteKey], proof: Sequence[bytes]) -> Seen | LogFault | None:
    """Return the greater checkpoint if a proof shows that it continues the last one, else the fork."""
    try:
        shown, _ = open_checkpoint(note, keys)
    except NoteError:
        return None
    old = seen.checkpoint
    if old.size == 0 and old.root == EMPTY_ROOT:
        return Seen(shown, note)
    if verify_consistency(old.size, shown.size, old.root, shown.root, proof):
        return Seen(shown, note)
    words = f"the log of {shown.size} entries is not shown to continue the one of {old.size}"
    return LogFault(Faulty.FORK, words, (seen.note, note))
