"""What is read of a correspondence to answer a peer, or to know what to send it."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.journals.entry import Body
from skyaccord.trust.merkle.hashing import hash_leaf


@dataclass(frozen=True, slots=True)
class Tally:
    """How a correspondence with one peer stands."""

    checkpoint: bytes | None
    """The last of one's own."""
    size: int
    holds: bytes | None
    """The greatest of the peer's that a receipt has shown."""
    known_as: str
    """The name of the peer's log; empty where none is known."""
    expects: int
    heard: bytes
    """The hash of the peer's last leaf; empty where it has said nothing."""
    sent: int
    first_open: int
    """The first number without a receipt; one beyond `sent` where there is none."""

    @property
    def waiting(self) -> int:
        """Return how many numbers there are from the first without a receipt on."""
        return self.sent + 1 - self.first_open


class Tallies:
    """Counts what is said to each peer and not acknowledged: the outbox, which is nowhere but in the log.

    Where a peer's first open number was is remembered, so that a long log is not read again; used by the desk alone.
    """

    def __init__(self) -> None:
        self._open: dict[str, int] = {}

    def of(self, correspondence: Correspondence, peer: str) -> Tally:
        """Return how the correspondence with a peer stands."""
        standing = correspondence.standing
        route = (standing.me, peer)
        sent = len(standing.stream(route).places)
        heard = standing.stream((peer, standing.me)).places
        first_open = self._open.get(peer, 1)
        while first_open <= sent and standing.receipt_of(route, first_open) is not None:
            first_open += 1
        self._open[peer] = first_open
        last = correspondence.log.journal.last_checkpoint()
        head = standing.heads.get(peer)
        return Tally(
            checkpoint=last.note if last else None,
            size=correspondence.log.size,
            holds=head.note or None if head else None,
            known_as=head.origin if head else "",
            expects=len(heard) + 1,
            heard=hash_leaf(correspondence.leaf_at(heard[-1])) if heard else b"",
            sent=sent,
            first_open=first_open,
        )


def read_stream(correspondence: Correspondence, route: tuple[str, str], first: int, count: int) -> list[Parcel]:
    """Return envelopes of a stream by their numbers, as many as there are; a body that was erased is missing."""
    stream = correspondence.standing.stream(route)
    places = [stream.places[number - 1] for number in range(first, min(first + count, stream.next_number))]
    return [_read(correspondence, place) for place in places]


def _read(correspondence: Correspondence, index: int) -> Parcel:
    journal = correspondence.log.journal
    body = journal.body(index)
    leaf = next(iter(journal.leaves(index, 1)))
    return Parcel(leaf, body.content, body.salt) if isinstance(body, Body) else Parcel(leaf, None, None)
