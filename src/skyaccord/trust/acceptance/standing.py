"""What one's own log says so far: keyrings, streams, versions used; judged by it, and changed by entries alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from skyaccord.errors import SkyaccordError
from skyaccord.trust.acceptance.agreement import Agreement
from skyaccord.trust.acceptance.stream import Route, Stream
from skyaccord.trust.envelopes.envelope import Header
from skyaccord.trust.keys.keyring import Keyring, begin
from skyaccord.trust.kinds import Kinds


class Standing:
    """The state that a party's log folds to.

    Each agreement has a keyring of its own, since each pins its own roots; streams are counted over all agreements.
    """

    def __init__(self, me: str, agreements: Iterable[Agreement], kinds: Kinds) -> None:
        self.me = me
        self.kinds = kinds
        self.agreements: dict[str, Agreement] = {}
        self.rings: dict[str, Keyring] = {}
        self.streams: dict[Route, Stream] = {}
        self.versions: dict[tuple[str, str, str], int] = {}
        self.count = 0
        for agreement in agreements:
            self.learn(agreement)

    def learn(self, agreement: Agreement) -> None:
        """Take a further agreement, of which one must be a party."""
        if self.me not in agreement.roots:
            raise SkyaccordError(f"{self.me!r} is no party of {agreement.hash[:23]}…: its parties are others")
        self.agreements[agreement.hash] = agreement
        self.rings.setdefault(agreement.hash, begin(agreement.roots))

    def stream(self, route: Route) -> Stream:
        """Return the stream of sender and recipient; an empty one where nothing was said yet."""
        return self.streams.get(route) or Stream()

    def newest_version(self, header: Header) -> int:
        """Return the newest version of its kind that a sender has used towards its recipient; 0 if none."""
        return self.versions.get((header.sender, header.recipient, header.kind), 0)

    def note(self, header: Header, ring: Keyring | None) -> int:
        """Take an entry that was appended, with the keyring after it where it changed one; return its index."""
        index = self.count
        self.streams.setdefault((header.sender, header.recipient), Stream()).add(index, header.time_s)
        self.versions[header.sender, header.recipient, header.kind] = max(header.version, self.newest_version(header))
        if ring is not None:
            self.rings[header.memorandum] = ring
        self.count += 1
        return index

    def digest(self) -> str:
        """Return a hash of all of it: two standings with one hash will judge alike."""
        streams = {route: (stream.places.tolist(), stream.last_s) for route, stream in sorted(self.streams.items())}
        whole = (self.me, self.agreements, self.rings, streams, sorted(self.versions.items()), self.count)
        return hashlib.sha256(repr(whole).encode()).hexdigest()
