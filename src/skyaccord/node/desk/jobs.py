"""What is asked of the desk; each is answered by a future, once what it changes is durable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.envelopes.envelope import Header
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.keys.signing_key import SigningKey

Arrival = Parcel | Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: what was taken of it, in order, the receipts, and why the rest was not."""

    taken: tuple[Accepted | Known, ...]
    receipts: tuple[Parcel | None, ...]
    """One for each that was taken; none for what is itself a receipt."""
    refused: Refused | None
    next_number: int
    """What is expected next of the peer."""
    proof: tuple[bytes, ...]
    """From the size that the peer has seen to the checkpoint that the receipts name."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An entry that has become durable: one's own, or one that was received."""

    index: int
    header: Header
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Say something: the next envelope of a stream."""

    message: Message
    key: SigningKey
    is_urgent: bool = False
    reply: Future[Parcel | Refused] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Accept:
    """Take a batch from a peer in its order, up to the first that is refused; give receipts.

    ``seen`` is the size of one's own log that the peer has verified.
    """

    peer: str
    arrivals: Sequence[Arrival]
    seen: int
    reply: Future[Taken] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Take receipts of what one has sent, each by itself."""

    receipts: Sequence[Arrival]
    reply: Future[list[Outcome]] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask or do something else with the correspondence, between two batches."""

    question: Callable[[Correspondence], Any]
    reply: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another correspondence in place of the one there is."""

    make: Callable[[Correspondence], Correspondence]
    reply: Future[None] = field(default_factory=Future)


Job = Say | Accept | Acknowledge | Ask | Replace
