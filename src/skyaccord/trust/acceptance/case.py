"""One judgement: an envelope, what it is, and all that it is judged by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from skyaccord.trust.acceptance.standing import Standing
from skyaccord.trust.envelopes.envelope import Envelope, Header
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.kinds import Kind, Numbering

LeafAt = Callable[[int], bytes]


class Direction(StrEnum):
    """Where an envelope comes from."""

    INCOMING = "incoming"
    OWN = "own"
    LOGGED = "logged"
    """It stands in one's log, whoever sent it, and is judged again; its body may be gone."""


@dataclass(frozen=True, slots=True)
class Case:
    """All that one judgement looks at."""

    parcel: Parcel
    envelope: Envelope
    kind: Kind
    standing: Standing
    leaf_at: LeafAt
    direction: Direction
    now_s: float

    @property
    def header(self) -> Header:
        """Return the header of the envelope."""
        return self.envelope.header

    @property
    def is_receipt(self) -> bool:
        """Return whether the sequence is that of an envelope of one's own, which is acknowledged."""
        return self.kind.numbering is Numbering.ANSWERS

    @property
    def place(self) -> int | None:
        """Return the index of the entry that has this number already."""
        if self.is_receipt:
            receipt = self.standing.receipt_of((self.header.recipient, self.header.sender), self.header.sequence)
            return receipt[0] if receipt else None
        return self.standing.stream((self.header.sender, self.header.recipient)).place_of(self.header.sequence)
