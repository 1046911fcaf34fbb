"""Fork evidence: two checkpoints that one log has signed for one size, with different roots."""

from __future__ import annotations

from collections.abc import Sequence

from skyaccord.errors import NoteError
from skyaccord.trust.notes.checkpoint import open_checkpoint
from skyaccord.trust.notes.note_key import NoteKey


def fork_between(one: bytes, other: bytes, keys: Sequence[NoteKey]) -> bool:
    """Return whether two notes convict a log of a fork.

    They do where both are signed with these keys, name one origin and one size, and give two roots. A third party
    needs nothing else: neither log, nor witness, nor either of the parties.
    """
    try:
        (first, _), (second, _) = open_checkpoint(one, keys), open_checkpoint(other, keys)
    except NoteError:
        return False
    return (first.origin, first.size) == (second.origin, second.size) and first.root != second.root
