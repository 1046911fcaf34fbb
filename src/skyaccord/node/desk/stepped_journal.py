"""A journal that says when it is about to store, and when it has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skyaccord.node.desk.steps import Step, Steps
from skyaccord.trust.journals.entry import Entry, StoredCheckpoint
from skyaccord.trust.journals.journal import Journal


class SteppedJournal:
    """Another journal, with the steps before and after what it makes durable."""

    def __init__(self, journal: Journal, steps: Steps) -> None:
        self._journal = journal
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        """Return what the journal has under a name: all the rest is its own."""
        return getattr(self._journal, name)

    def append(self, entries: Sequence[Entry]) -> range:
        """Store a batch durably, as the journal does."""
        self._steps(Step.JUDGED)
        indexes = self._journal.append(entries)
        self._steps(Step.STORED)
        return indexes

    def store_checkpoint(self, checkpoint: StoredCheckpoint) -> None:
        """Store a checkpoint durably, as the journal does."""
        self._steps(Step.CHECKPOINT_SIGNED)
        self._journal.store_checkpoint(checkpoint)
        self._steps(Step.CHECKPOINT_STORED)
