"""What one's own log says so far: keyrings, streams, receipts, versions; judged by it, and changed by entries alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skyaccord.errors import SkyaccordError
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.rings import Rings
from skyaccord.trust.acceptance.stream import Receipts, Route, Stream
from skyaccord.trust.envelopes.envelope import Envelope, Header
from skyaccord.trust.envelopes.refounding import Refounding
from skyaccord.trust.keys.keyring import Keyring
from skyaccord.trust.kinds import Kinds
from skyaccord.trust.merkle.hashing import EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Head:
    """What another party's log was last seen to be: its name, and its greatest checkpoint."""

    origin: str
    size: int
    root: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A receipt that was verified: the index it names, and the head of the log that it shows."""

    index: int
    head: Head


@dataclass(frozen=True, slots=True)
class Admitted:
    """An envelope that may be appended: what it states, and what it changes where it changes something."""

    envelope: Envelope
    content: object
    rings: Mapping[str, Keyring] | None = None
    receipt: Acknowledged | None = None


class Standing:
    """The state that a party's log folds to.

    Streams are counted over all agreements; keyrings are apart (`Rings`).
    """

    def __init__(self, me: str, agreements: Iterable[Agreement], kinds: Kinds) -> None:
        self.me = me
        self.kinds = kinds
        self.agreements: dict[str, Agreement] = {}
        self.rings = Rings(me)
        self.streams: dict[Route, Stream] = {}
        self.receipts: dict[Route, Receipts] = {}
        self.heads: dict[str, Head] = {}
        self.refounded: dict[str, int] = {}
        """The entry with which a party's log last went on under another name."""
        self.left_behind: dict[str, list[Head]] = {}
        """The heads of logs that a party left behind so."""
        self.declared: dict[str, str] = {}
        """Under which name one's own log goes on, as said to each party."""
        self.names: set[str] = set()
        """All names under which one's own log has gone on."""
        self.versions: dict[tuple[str, str, str], int] = {}
        self.count = 0
        for agreement in agreements:
            self._learn(agreement)

    def _learn(self, agreement: Agreement) -> None:
        if self.me not in agreement.roots:
            raise SkyaccordError(f"{self.me!r} is no party of {agreement.hash[:23]}…: its parties are others")
        self.agreements[agreement.hash] = agreement
        self.rings.learn(agreement)

    def stream(self, route: Route) -> Stream:
        """Return the stream of sender and recipient; an empty one where nothing was said yet."""
        return self.streams.get(route) or Stream()

    def receipt_of(self, route: Route, number: int) -> tuple[int, int] | None:
        """Return where the receipt of a number stands, and the index it names."""
        return self.receipts[route].of(number) if route in self.receipts else None

    def newest_version(self, header: Header) -> int:
        """Return the newest version of its kind that a sender has used towards its recipient; 0 if none."""
        return self.versions.get((header.sender, header.recipient, header.kind), 0)

    def note(self, admitted: Admitted) -> int:
        """Take what was admitted and is to be the next entry; return its index."""
        header, index = admitted.envelope.header, self.count
        if admitted.receipt is None:
            self.streams.setdefault((header.sender, header.recipient), Stream()).add(index, header.time_s)
        else:
            self._acknowledge(header, admitted.receipt, index)
        if isinstance(admitted.content, Refounding):
            self._refound(header, admitted.content, index)
        self.versions[header.sender, header.recipient, header.kind] = max(header.version, self.newest_version(header))
        if admitted.rings:
            self.rings.put(header.memorandum, admitted.rings)
        self.count += 1
        return index

    def _acknowledge(self, header: Header, receipt: Acknowledged, index: int) -> None:
        route = (header.recipient, header.sender)
        self.receipts.setdefault(route, Receipts()).add(header.sequence, index, receipt.index)
        before = self.heads.get(header.sender)
        if before is None or before.size < receipt.head.size:
            self.heads[header.sender] = receipt.head

    def _refound(self, header: Header, said: Refounding, index: int) -> None:
        if header.sender == self.me:
            self.declared[header.recipient] = said.origin
            self.names.add(said.origin)
            return
        before = self.heads.get(header.sender)
        if before is not None:
            self.left_behind.setdefault(header.sender, []).append(before)
        self.refounded[header.sender] = index
        self.heads[header.sender] = Head(said.origin, 0, EMPTY_ROOT, b"")

    def digest(self) -> str:
        """Return a hash of all of it: two standings with one hash will judge alike."""
        streams = {route: (stream.places.tolist(), stream.last_s) for route, stream in sorted(self.streams.items())}
        receipts = {route: (each.here.tolist(), each.there.tolist()) for route, each in sorted(self.receipts.items())}
        logs = (sorted(self.heads.items()), self.refounded, self.left_behind, self.declared, sorted(self.names))
        known = (self.me, self.agreements, self.rings.rings, logs, sorted(self.versions.items()))
        return hashlib.sha256(repr((known, streams, receipts, self.count)).encode()).hexdigest()
