"""A party's own log: appends, signs checkpoints that never contradict each other, and proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skyaccord.errors import JournalError
from skyaccord.trust.journals.checks import CURE
from skyaccord.trust.journals.entry import Entry, StoredCheckpoint
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.merkle.prove import frontier_at, prove_consistency, prove_inclusion
from skyaccord.trust.merkle.stored_nodes import StoredNodes
from skyaccord.trust.merkle.verify import verify_consistency, verify_inclusion
from skyaccord.trust.notes.checkpoint import Checkpoint
from skyaccord.trust.notes.note_key import NoteSigner
from skyaccord.trust.notes.signed_note import NoteSignature, SignedNote, parse_note, sign_text


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Shows that a leaf stands at an index of the log of a size."""

    index: int
    size: int
    hashes: tuple[bytes, ...]

    def holds(self, leaf_hash: bytes, checkpoint: Checkpoint) -> bool:
        """Return whether the leaf with this hash is in the log of a checkpoint, whose signature the caller has seen."""
        is_its = checkpoint.size == self.size
        return is_its and verify_inclusion(leaf_hash, self.index, self.size, self.hashes, checkpoint.root)


class Log:
    """The log in a journal, and the key that signs for it."""

    def __init__(self, journal: Journal, signer: NoteSigner) -> None:
        self.journal = journal
        self._signer = signer

    @property
    def size(self) -> int:
        """The number of entries that are durable."""
        return self.journal.frontier.size

    def append(self, entries: Sequence[Entry]) -> range:
        """Store a batch durably and return the numbers of its entries."""
        return self.journal.append(entries)

    def checkpoint(self) -> SignedNote:
        """Return the signed checkpoint over all entries, stored durably before it is given away.

        Raises:
            JournalError: the log as stored is no continuation of the last checkpoint: nothing is signed.
        """
        frontier, last = self.journal.frontier, self.journal.last_checkpoint()
        if last is not None:
            self._check_continues(last)
        text = Checkpoint(self.journal.origin, frontier.size, frontier.root()).text
        line, note = sign_text(text, self._signer), SignedNote(text, ())
        if last is not None and last.size == frontier.size:
            note = parse_note(last.note)
            if note.text != text:
                raise self._damaged(f"the note that is stored for size {last.size} says something else")
            if line in note.signatures:
                return note
        note = note.with_signatures([line])  # a key that has followed another signs beside it
        self.journal.store_checkpoint(StoredCheckpoint(frontier.size, frontier.root(), bytes(note)))
        return note

    def add_cosignatures(self, size: int, signatures: Sequence[NoteSignature]) -> SignedNote:
        """Add witnesses' signatures, which the caller has verified, to the last checkpoint; return its note."""
        stored = self.journal.checkpoint_at(size)
        if stored is None:
            raise ValueError(f"no checkpoint of size {size} was signed")
        note = parse_note(stored.note).with_signatures(signatures)
        self.journal.store_checkpoint(StoredCheckpoint(size, stored.root, bytes(note)))
        return note

    def prove_inclusion(self, index: int, size: int) -> InclusionProof:
        """Return the proof that entry ``index`` is in the log of ``size`` entries; checked before it is given away."""
        return self.prove_inclusions([index], size)[0]

    def prove_inclusions(self, indexes: Sequence[int], size: int) -> list[InclusionProof]:
        """Return the proofs of several entries; what they have in common is read once."""
        nodes = self._nodes(size)
        root = self._root(nodes, size)
        return [self._prove(nodes, index, size, root) for index in indexes]

    def prove_consistency(self, old_size: int, size: int) -> tuple[bytes, ...]:
        """Return the proof that the log of ``old_size`` entries begins that of ``size``; checked likewise."""
        nodes = self._nodes(size)
        proof = prove_consistency(nodes.node, old_size, size)
        roots = self._root(nodes, old_size), self._root(nodes, size)
        if old_size and not verify_consistency(old_size, size, *roots, proof):
            raise self._damaged(f"no proof from size {old_size} to {size}")
        return tuple(proof)

    def root(self, size: int) -> bytes:
        """Return the root of the log of its first ``size`` entries."""
        return self._root(self._nodes(size), size)

    def _prove(self, nodes: StoredNodes, index: int, size: int, root: bytes) -> InclusionProof:
        proof = prove_inclusion(nodes.node, index, size)
        leaf_hash = self.journal.hashes(0, index, 1)[0]
        if not verify_inclusion(leaf_hash, index, size, proof, root):
            raise self._damaged(f"no proof of entry {index} at size {size}")
        return InclusionProof(index, size, tuple(proof))

    def _nodes(self, size: int) -> StoredNodes:
        if not 0 <= size <= self.size:
            raise ValueError(f"{self.journal.origin} has {self.size} entries, not {size}")
        return StoredNodes(self.journal.hashes, self.size)

    def _root(self, nodes: StoredNodes, size: int) -> bytes:
        """Return the root that was signed for a size, else the one of the stored hashes."""
        signed = self.journal.checkpoint_at(size)
        return signed.root if signed else frontier_at(nodes.node, size).root()

    def _check_continues(self, last: StoredCheckpoint) -> None:
        frontier = self.journal.frontier
        if last.size > frontier.size:
            raise self._damaged(f"{frontier.size} entries after a checkpoint over {last.size}")
        if last.size == 0:
            return
        proof = prove_consistency(self._nodes(frontier.size).node, last.size, frontier.size)
        if not verify_consistency(last.size, frontier.size, last.root, frontier.root(), proof):
            raise self._damaged(f"the entries do not continue the checkpoint over {last.size}")

    def _damaged(self, problem: str) -> JournalError:
        return JournalError(f"log {self.journal.origin}", problem, f"Nothing was signed. {CURE}")
