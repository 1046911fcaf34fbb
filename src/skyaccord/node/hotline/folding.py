"""Reads the party's log for the book: messages of the line and the receipts of those that were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.bodies.body import Body
from skyaccord.hotline.book.entry import name_envelope
from skyaccord.hotline.kinds import BY_NAME, decode
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes.envelope import Envelope, read_envelope, read_leaf
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT
from skyaccord.trust.journals.entry import Body as Kept

SOME: Final = 256
"""Entries read in one go, so that the desk does other things between."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the line, as it stands in the log."""

    index: int
    envelope: Envelope
    body: Body

    @property
    def name(self) -> str:
        """By which messages refer to it."""
        return name_envelope(self.envelope.leaf)


@dataclass(frozen=True, slots=True)
class Receipted:
    """That a message was received: the name of the message, and the receipt's time by the recipient's clock."""

    name: str
    at_s: float


def read_entries(desk: Correspondence, indexes: Iterable[int]) -> list[Said | Receipted]:
    """Return what entries of the log say for the book, in order; other kinds, and erased bodies, say nothing."""
    return list(_read(desk, indexes))


def _read(desk: Correspondence, indexes: Iterable[int]) -> Iterator[Said | Receipted]:
    for index in indexes:
        envelope = read_envelope(read_leaf(next(iter(desk.log.journal.leaves(index, 1)))))
        header = envelope.header
        if header.kind == RECEIPT:
            sent = desk.standing.stream((header.recipient, header.sender)).place_of(header.sequence)
            if sent is not None:
                yield Receipted(name_envelope(next(iter(desk.log.journal.leaves(sent, 1)))), header.time_s)
        elif header.kind in BY_NAME:
            kept = desk.log.journal.body(index)
            if isinstance(kept, Kept):
                content = read_canonical_object(kept.content)
                yield Said(index, envelope, decode(header.kind, header.version, content))
