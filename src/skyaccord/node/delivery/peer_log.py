"""The peer's log as far as it was seen: each checkpoint is held against the last, with a proof from the peer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from skyaccord.model.instants import from_seconds
from skyaccord.model.read_canonical_json import read_canonical_object
from skyaccord.node.delivery.calls import Calls
from skyaccord.node.desk.desk import Desk
from skyaccord.node.line.proof import ProofRequest, read_proof
from skyaccord.node.line.transport import LineError
from skyaccord.node.watch.log_watch import LogFault, NeedsProof, Seen, compare, decide
from skyaccord.node.watch.peer_watch import PeerWatch
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import NAMES, read_receipt
from skyaccord.trust.journals.refusals import Evidence
from skyaccord.trust.keys.role import Role
from skyaccord.trust.members import Members
from skyaccord.trust.notes.checkpoint import parse_checkpoint
from skyaccord.trust.notes.note_key import NoteKey
from skyaccord.trust.notes.signed_note import parse_note


class PeerLog:
    """Watches the log of one peer."""

    def __init__(self, peer: str, desk: Desk, calls: Calls, watch: PeerWatch, now: Callable[[], float]) -> None:
        self.seen: Seen | None = None
        self._peer = peer
        self._desk = desk
        self._calls = calls
        self._watch = watch
        self._now = now

    async def recall(self) -> None:
        """Begin with the last that was stored as seen, else with the greatest that a receipt has shown."""
        note = await asyncio.wrap_future(self._desk.ask(self._remembered))
        if note and self.seen is None:
            self.seen = Seen(parse_checkpoint(parse_note(note).text), note)

    def forget(self) -> None:
        """The peer's log goes on under another name, as it has declared: what was seen is of the one it left."""
        self.seen = None

    async def note_head(self, note: bytes) -> None:
        """Hold the checkpoint that the peer gives as its last against the one seen before."""
        keys = await self._keys(note)
        found = compare(self.seen, note, keys)
        if isinstance(found, NeedsProof) and self.seen is not None:
            found = decide(self.seen, note, keys, await self._proof(found))
        await self._take(found)

    async def note_receipt(self, receipt: Parcel, before: Seen | None, proof: Sequence[bytes]) -> None:
        """Hold a receipt's checkpoint against what was seen when its batch was sent, by the proof it came with.

        Answers may overtake each other: one that is older than what was seen meanwhile must be a beginning of that.
        """
        shown = read_receipt(Members(read_canonical_object(receipt.body or b""), NAMES)).checkpoint
        keys = await self._keys(shown)
        found = compare(before, shown, keys)
        if isinstance(found, NeedsProof) and before is not None:
            found = decide(before, shown, keys, proof)
        now_seen = self.seen
        if isinstance(found, Seen) and now_seen is not None and _is_before(found, now_seen):
            needed = NeedsProof(found.checkpoint.size, now_seen.checkpoint.size)
            found = decide(found, now_seen.note, keys, await self._proof(needed))
        await self._take(found)

    async def _take(self, found: Seen | NeedsProof | LogFault | None) -> None:
        if isinstance(found, Seen):
            self.seen = found
            if self._watch.log_fault and not self._watch.log_fault.is_fork:
                self._watch.log_fault = None  # it has caught up, with the same history
        elif isinstance(found, LogFault) and self._watch.log_fault is None:
            self._watch.log_fault = found
            evidence = Evidence(from_seconds(self._now()), found.faulty.value, self._peer, found.notes)
            await asyncio.wrap_future(self._desk.ask(lambda desk: desk.log.journal.keep_evidence(evidence)))

    async def _proof(self, needed: NeedsProof) -> tuple[bytes, ...]:
        """Return the peer's proof; one that it declines to give proves nothing."""
        request = ProofRequest(needed.old, needed.size)
        try:
            return await self._calls.ask_plainly("proof", request.packed(), read_proof)
        except LineError as error:
            if error.failure.value == "declined":
                return ()
            raise

    async def _keys(self, note: bytes) -> list[NoteKey]:
        return await asyncio.wrap_future(self._desk.ask(lambda desk: _note_keys(desk, self._peer, note)))

    def _remembered(self, desk: Correspondence) -> bytes | None:
        head = desk.standing.heads.get(self._peer)
        return (desk.log.journal.last_seen(_kept_as(head.origin)) or head.note or None) if head else None

    async def keep(self) -> None:
        """Store what was seen, so that the next process begins with it."""
        seen = self.seen
        if seen is not None:
            name = _kept_as(seen.checkpoint.origin)

            def store(desk: Correspondence) -> None:
                desk.log.journal.see(name, desk.log.journal.last_seen(name), seen.note)

            await asyncio.wrap_future(self._desk.ask(store))


def _kept_as(origin: str) -> str:
    """Return the name under which a checkpoint is kept: apart from those that this party cosigned as a witness."""
    return f"line {origin}"


def _is_before(one: Seen, other: Seen) -> bool:
    return one.checkpoint.origin == other.checkpoint.origin and one.checkpoint.size < other.checkpoint.size


def _note_keys(desk: Correspondence, peer: str, note: bytes) -> list[NoteKey]:
    """Return the peer's node keys, under the name that its log is known by here."""
    head = desk.standing.heads.get(peer)
    origin = head.origin if head else parse_checkpoint(parse_note(note).text).origin
    rings = [rings[peer].parties[peer] for rings in desk.standing.rings.rings.values() if peer in rings]
    keys = [key for each in rings for key in each.keys.values() if key.role is Role.NODE]
    return [NoteKey(origin, key.public) for key in keys if key.public is not None]
