"""What a store of a log promises. A SQLite file, a folder of files and a node's store keep the same promises.

The order of what is durable is the law of the log:

1. ``append`` returns when the entries would survive a power cut, all of a batch or none.
2. Only then is a checkpoint over them signed, and ``store_checkpoint`` returns when it would survive too.
3. Only then does anything that names the checkpoint (a receipt, a proof) leave the machine.

So whatever was promised to another is there after a crash; and since the next checkpoint is compared with the last
one stored, no two are ever signed that contradict each other. A batch whose ``append`` did not return may be there
afterwards, or not: nothing was promised of it.

A journal has one writer. Whatever it reads is checked against its hash: damage is a `JournalError` that says where it
is and what to do, never a wrong answer. Time is passed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from skyaccord.trust.journals.entry import Body, Entry, Erased, StoredCheckpoint
from skyaccord.trust.journals.refusals import Evidence, Refusal, Refusals
from skyaccord.trust.merkle.frontier import Frontier


class Entries(Protocol):
    """The entries of one log, numbered from 0."""

    @property
    def origin(self) -> str:
        """The name of the log, as in its checkpoints."""

    @property
    def frontier(self) -> Frontier:
        """The tree over all entries that are durable."""

    def append(self, entries: Sequence[Entry]) -> range:
        """Store a batch durably, all of it or nothing, and return the numbers of its entries."""

    def leaves(self, first: int, count: int) -> Iterator[bytes]:
        """Yield leaves in order, each checked against its stored hash."""

    def body(self, index: int) -> Body | Erased | None:
        """Return the body of an entry, or when it was erased; ``None`` where it never had one."""

    def bodies(self, first: int, count: int) -> Iterator[Body | Erased | None]:
        """Yield what `body` returns, in order and faster."""

    def erase(self, indexes: Sequence[int], now: datetime) -> None:
        """Overwrite bodies and salts, durably. An entry without a body, or erased before, stays as it is."""

    def hashes(self, level: int, first: int, count: int) -> Sequence[bytes]:
        """Return hashes of complete subtrees side by side, for level 0 and from `STORED_LEVEL` up."""


class Checkpoints(Protocol):
    """The checkpoints that were signed for this log."""

    def store_checkpoint(self, checkpoint: StoredCheckpoint) -> None:
        """Store a checkpoint durably; one of the same size and root replaces the note (it has gained cosignatures).

        Raises:
            JournalError: it is smaller than the last, beyond the entries, or of another root than one of its size.
        """

    def last_checkpoint(self) -> StoredCheckpoint | None:
        """Return the checkpoint of the greatest size."""

    def checkpoint_at(self, size: int) -> StoredCheckpoint | None:
        """Return the checkpoint of a size, where one was signed."""

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """Yield all checkpoints, the smallest first."""


class Witnessed(Protocol):
    """What a witness remembers of other logs."""

    def last_seen(self, origin: str) -> bytes | None:
        """Return the note of the last checkpoint of a log that was cosigned."""

    def see(self, origin: str, before: bytes | None, note: bytes) -> bool:
        """Replace the last seen note durably, if it is still ``before``; return whether it was."""

    def keep_evidence(self, evidence: Evidence) -> None:
        """Keep evidence durably; a second of the same kind and subject is not kept."""

    def evidence(self) -> Sequence[Evidence]:
        """Return all evidence, the oldest first."""


class Journal(Entries, Checkpoints, Witnessed, Protocol):
    """All of it in one store, and the refusals."""

    def refuse(self, refusal: Refusal) -> None:
        """Count a refusal and keep its detail; the oldest detail is dropped beyond `KEPT_REFUSALS`."""

    def refusals(self) -> Refusals:
        """Return the counts by reason and the latest in detail."""

    def close(self) -> None:
        """Let go of the store. Nothing needs it: what was promised is durable already."""
