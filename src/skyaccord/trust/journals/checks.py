"""Checks that every journal makes: the same ones, so that the same damage is found in each."""

from __future__ import annotations

from hmac import compare_digest

from skyaccord.errors import JournalError
from skyaccord.trust.journals.entry import Body, StoredCheckpoint
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.merkle.hashing import hash_leaf
from skyaccord.trust.merkle.prove import frontier_at
from skyaccord.trust.merkle.stored_nodes import StoredNodes

CURE = "Restore it from a copy, and let the other parties' receipts and a witness show what is missing"


def check_leaf(place: str, index: int, leaf: bytes, leaf_hash: bytes) -> bytes:
    """Return a leaf that has its hash.

    Raises:
        JournalError: it has not.
    """
    if not compare_digest(hash_leaf(leaf), leaf_hash):
        raise JournalError(f"{place}, entry {index}", "the leaf is not what was stored: its hash differs", CURE)
    return leaf


def check_body(place: str, index: int, body: Body, commitment: bytes) -> Body:
    """Return a body that has its hash.

    Raises:
        JournalError: it has not.
    """
    if not compare_digest(body.commitment, commitment):
        raise JournalError(f"{place}, body of entry {index}", "it is not what was stored: its hash differs", CURE)
    return body


def check_range(place: str, first: int, count: int, size: int) -> None:
    """Refuse entries that are not there; a mistake of the caller, not of the disk."""
    if not 0 <= first <= first + count <= size:
        raise ValueError(f"{place} has {size} entries: {first} up to {first + count} are not among them")


def check_next(place: str, last: StoredCheckpoint | None, new: StoredCheckpoint, size: int) -> None:
    """Refuse a checkpoint that could contradict the last one stored.

    Raises:
        JournalError: it is smaller, beyond the entries, or of the same size and another root.
    """
    if new.size > size:
        raise JournalError(place, f"a checkpoint of size {new.size} over {size} entries", "Append the entries first")
    if last is not None and new.size < last.size:
        cure = "Nothing was stored; sign a checkpoint over all entries"
        raise JournalError(place, f"a checkpoint of size {new.size} after one of {last.size}", cure)
    if last is not None and new.size == last.size and new.root != last.root:
        cure = "Nothing was stored. This would be a fork: find out who signed it"
        raise JournalError(place, f"a second root for size {new.size}", cure)


def check_head(place: str, journal: Journal) -> None:
    """Compare what is stored with the last checkpoint, at opening: sizes, the root at its size, the tail after it.

    Raises:
        JournalError: entries that were signed for are gone, or hashes were changed.
    """
    last, size = journal.last_checkpoint(), journal.frontier.size
    if last is None:
        return
    if last.size > size:
        problem = f"{size} entries are left of the {last.size} that its checkpoint was signed for"
        raise JournalError(place, problem, CURE)
    nodes = StoredNodes(journal.hashes, size)
    if frontier_at(nodes.node, last.size).root() != last.root:
        raise JournalError(place, f"the stored hashes do not give the root that was signed at {last.size}", CURE)
