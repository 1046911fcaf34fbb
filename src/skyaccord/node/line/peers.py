"""What the answering side asks of, and tells, whoever looks after the peers."""

from __future__ import annotations

from typing import Protocol

from skyaccord.node.desk.jobs import Taken


class Peers(Protocol):
    """The peers of one node."""

    def knows(self, peer: str) -> bool:
        """Return whether the node speaks with a party."""

    def heard_from(self, peer: str) -> None:
        """Take that a peer has asked something just now."""

    def reaches(self, peer: str) -> bool:
        """Return whether the node, for its part, last reached a peer."""

    def is_recovering(self, peer: str) -> bool:
        """Return whether the node was restored from an old backup and learns what it had said."""

    async def why_not_now(self, peer: str, seen: int) -> str | None:
        """Return in words why nothing may be acknowledged now; ``seen`` is the size of the own log a peer claims."""

    def note_arrivals(self, peer: str, taken: Taken, at_s: float) -> None:
        """Take what became of a batch that arrived."""
