"""Asking for entries of a stream between the two that speak: for what one has lost, or what does not come by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.node.line.lines import MOST_ITEMS, read_lines, write_lines
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import open_parcel
from skyaccord.trust.envelopes.parcel import Parcel

_ASKED: Final = frozenset({"count", "from", "sender"})
_ANSWERED: Final = frozenset({"last"})


@dataclass(frozen=True, slots=True)
class EntriesRequest:
    """The numbers ``first`` up to ``first + count`` of the stream from a sender to the other of the two."""

    sender: str
    first: int
    count: int

    def packed(self) -> bytes:
        """Return the octets that travel."""
        return write_lines({"count": self.count, "from": self.first, "sender": self.sender})


@dataclass(frozen=True, slots=True)
class StreamPart:
    """Parcels in order, bodies missing where they were erased; ``last`` is the last number that there is."""

    parcels: tuple[Parcel | Refused, ...]
    last: int

    def packed(self) -> bytes:
        """Return the octets that travel."""
        return write_lines({"last": self.last}, [each.packed() for each in self.parcels if isinstance(each, Parcel)])


def read_entries_request(data: bytes) -> EntriesRequest:
    """Return the request in octets that arrived; raise `CanonicalError` or `MemberError` where it is none."""
    members, _ = read_lines(data, _ASKED)
    count = members.integer("count", 1, MOST_ITEMS)
    return EntriesRequest(members.party("sender"), members.integer("from", 1), count)


def read_stream_part(data: bytes) -> StreamPart:
    """Return the parcels in octets that arrived; raise `CanonicalError` or `MemberError` where there are none."""
    members, items = read_lines(data, _ANSWERED)
    return StreamPart(tuple(open_parcel(each) for each in items), members.integer("last", 0))
