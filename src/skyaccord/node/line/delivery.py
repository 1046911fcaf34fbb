"""Delivering a batch: parcels in the order of their stream, answered with receipts under one proven checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.model.canonical_json import Json
from skyaccord.model.instants import format_instant
from skyaccord.node.line.lines import read_lines, write_lines
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.members import Members
from skyaccord.trust.merkle.hashing import HASH_BYTES
from skyaccord.trust.notes.base64_text import encode_base64
from skyaccord.trust.reasons import Reason

_ASKED: Final = frozenset({"seen"})
_ANSWERED: Final = frozenset({"answered", "next", "proof", "received", "refused", "taken"})
_REFUSED: Final = frozenset({"reason", "words"})
_NONE: Final = b"null"
MOST_PROOF: Final = 64
"""Hashes of a consistency proof in the largest log that there can be."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A batch on its way; ``seen`` is the size of the recipient's log that its sender has verified."""

    seen: int
    parcels: tuple[Parcel | Refused, ...]

    def packed(self) -> bytes:
        """Return the octets that travel."""
        return write_lines({"seen": self.seen}, [each.packed() for each in self.parcels if isinstance(each, Parcel)])


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a batch.

    ``receipts`` are of those that were taken, in order, ``None`` for what was itself a receipt; ``next_number`` is the
    one that is expected next; ``proof`` leads from the size that the sender had seen to the receipts' checkpoint.
    """

    receipts: tuple[Parcel | Refused | None, ...]
    refused: Refused | None
    next_number: int
    proof: tuple[bytes, ...]
    received_s: float
    answered_s: float

    def packed(self) -> bytes:
        """Return the octets that travel."""
        refused: Json = None
        if self.refused:
            refused = {"reason": self.refused.reason.value, "words": self.refused.words[:500]}
        first: dict[str, Json] = {
            "answered": format_instant(self.answered_s),
            "next": self.next_number,
            "proof": [encode_base64(each) for each in self.proof],
            "received": format_instant(self.received_s),
            "refused": refused,
            "taken": len(self.receipts),
        }
        return write_lines(first, [each.packed() if isinstance(each, Parcel) else _NONE for each in self.receipts])


def read_delivery(data: bytes) -> Delivery:
    """Return the batch in octets that arrived; of its parcels nothing has been looked at.

    Raises:
        CanonicalError, MemberError: it is none.
    """
    members, items = read_lines(data, _ASKED)
    return Delivery(members.integer("seen", 0), tuple(open_parcel(each) for each in items))


def read_answer(data: bytes) -> Answer:
    """Return the answer in octets that arrived; of its receipts nothing has been looked at.

    Raises:
        CanonicalError, MemberError: it is none.
    """
    members, items = read_lines(data, _ANSWERED)
    if members.integer("taken", 0) != len(items):
        raise MemberError("taken", "is not the number of receipts", str(len(items)))
    return Answer(
        receipts=tuple(None if each == _NONE else open_parcel(each) for each in items),
        refused=_read_refused(members),
        next_number=members.integer("next", 1),
        proof=members.octets_list("proof", HASH_BYTES, MOST_PROOF),
        received_s=members.instant_s("received"),
        answered_s=members.instant_s("answered"),
    )


def _read_refused(members: Members) -> Refused | None:
    inner = members.inner("refused", _REFUSED)
    return Refused(inner.choice("reason", Reason), inner.free_text("words", 500)) if inner is not None else None


def count_packed(parcels: Sequence[Parcel], most_bytes: int) -> int:
    """Return how many of some parcels fit in a batch; the first always does."""
    total, count = 0, 0
    for parcel in parcels:
        total += 4 * (len(parcel.leaf) + len(parcel.body or b"")) // 3 + 128
        if count and total > most_bytes:
            break
        count += 1
    return count
