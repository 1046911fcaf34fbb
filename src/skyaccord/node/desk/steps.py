"""The steps between which a node may be stopped: named, so that a drill can stop it at each.

In service `pass_by` is called at each step and does nothing. A drill hands in another function, which ends the process.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """Where a node is; what follows the colon is what is durable then."""

    RECEIVED = "received"
    """A batch came from a peer: nothing."""
    JUDGED = "judged"
    """What is sent and received is judged and about to be stored: nothing."""
    STORED = "stored"
    """The entries: they are durable, and nobody has been told."""
    CHECKPOINT_SIGNED = "checkpoint_signed"
    """The entries; the checkpoint over them is signed and about to be stored."""
    CHECKPOINT_STORED = "checkpoint_stored"
    """Entries and checkpoint; no receipt has left."""
    ANSWERING = "answering"
    """The same; the receipts are signed and the answer is about to leave."""
    TELLING = "telling"
    """An envelope of one's own; its author has not been told that it is."""
    SENDING = "sending"
    """The same; the batch is about to leave."""
    ANSWERED = "answered"
    """The peer has it; its receipts have arrived and are not judged."""
    ACKNOWLEDGED = "acknowledged"
    """The receipts."""


Steps = Callable[[Step], None]


def pass_by(step: Step) -> None:
    """Do nothing."""
