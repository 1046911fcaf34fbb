"""The answering side of the line: what a peer asks, done by the desk and answered in octets, whatever the transport."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from skyaccord.errors import CanonicalError, JournalError, MemberError
from skyaccord.node.desk.desk import Desk
from skyaccord.node.desk.jobs import Arrival
from skyaccord.node.desk.steps import Step, Steps, pass_by
from skyaccord.node.line.delivery import Answer, count_packed, read_delivery
from skyaccord.node.line.entries import StreamPart, read_entries_request
from skyaccord.node.line.head import LogHead, read_head_request
from skyaccord.node.line.peers import Peers
from skyaccord.node.line.proof import read_proof_request, write_proof
from skyaccord.node.line.questions import Tallies, read_stream
from skyaccord.node.line.reply import Reply, Status, decline
from skyaccord.node.line.turn import Turns
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.acceptance.read import read_header
from skyaccord.trust.envelopes.envelope import Envelope
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason

MOST_AT_ONCE: Final = 16
"""Requests of one peer that are worked on at once; its own window is smaller."""

MOST_PART_BYTES: Final = 2 << 20
"""Octets of leaves and bodies in one part of a stream."""


class Service:
    """Answers the peers of one node."""

    def __init__(
        self,
        me: str,
        desk: Desk,
        peers: Peers,
        now: Callable[[], float],
        steps: Steps = pass_by,
        tallies: Tallies | None = None,
    ) -> None:
        self._me = me
        self._desk = desk
        self._peers = peers
        self._now = now
        self._steps = steps
        self._tallies = tallies or Tallies()
        self._turns = Turns()
        self._busy: dict[str, int] = {}
        self._questions = {
            "deliver": self._deliver,
            "head": self._head,
            "proof": self._proof,
            "entries": self._entries,
        }

    async def answer(self, peer: str | None, question: str, body: bytes) -> Reply:
        """Return the answer to a question of a peer that the transport has recognised.

        Args:
            peer: the party's name; ``None`` for one that was not recognised.
            question: ``deliver``, ``head``, ``proof`` or ``entries``.
            body: its octets, which may be anything.
        """
        received_s = self._now()
        if peer is None or not self._peers.knows(peer):
            return decline(Status.STRANGER, "whoever asks is no party with which this node speaks")
        ask = self._questions.get(question)
        if ask is None:
            return decline(Status.MALFORMED, f"{question[:40]!a} is no question: {', '.join(self._questions)}")
        if self._busy.get(peer, 0) >= MOST_AT_ONCE:
            return decline(Status.BUSY, f"more than {MOST_AT_ONCE} requests at once")
        self._busy[peer] = self._busy.get(peer, 0) + 1
        try:
            self._peers.heard_from(peer)
            return await ask(peer, body, received_s)
        except (CanonicalError, MemberError) as error:
            return decline(Status.MALFORMED, str(error))
        except JournalError:
            return decline(Status.NO_ROOM, self._desk.room.trouble or "the journal cannot be used")
        finally:
            self._busy[peer] -= 1

    async def _deliver(self, peer: str, body: bytes, received_s: float) -> Reply:
        delivery = await asyncio.to_thread(read_delivery, body) if len(body) > MOST_PART_BYTES else read_delivery(body)
        self._steps(Step.RECEIVED)
        why_not = await self._peers.why_not_now(peer, delivery.seen)
        if why_not:
            return decline(Status.RECOVERING, why_not)
        arrivals = [_of(peer, each) for each in delivery.parcels]
        first = _first_number(arrivals)
        if first is not None:
            await self._turns.wait(peer, first)
        taken = await asyncio.wrap_future(self._desk.accept(peer, arrivals, delivery.seen))
        await self._turns.move(peer, taken.next_number)
        self._peers.note_arrivals(peer, taken, received_s)
        self._steps(Step.ANSWERING)
        answer = Answer(
            taken.receipts, taken.refused, taken.next_number, taken.proof, received_s, max(received_s, self._now())
        )
        return Reply(Status.DONE, answer.packed())

    async def _head(self, peer: str, body: bytes, received_s: float) -> Reply:
        read_head_request(body)
        stands = await asyncio.wrap_future(self._desk.ask(lambda desk: self._tallies.of(desk, peer)))
        head = LogHead(
            checkpoint=stands.checkpoint,
            holds=stands.holds,
            known_as=stands.known_as,
            expects=stands.expects,
            heard=stands.heard,
            sent=stands.sent,
            waiting=stands.waiting,
            reaches=self._peers.reaches(peer),
            is_recovering=self._peers.is_recovering(peer),
            received_s=received_s,
            answered_s=max(received_s, self._now()),
        )
        return Reply(Status.DONE, head.packed())

    async def _proof(self, peer: str, body: bytes, received_s: float) -> Reply:  # noqa: ARG002 - one form for all
        asked = read_proof_request(body)
        if not 0 < asked.old <= asked.size:
            return decline(Status.MALFORMED, f"no proof leads from {asked.old} to {asked.size}")

        def prove(desk: Correspondence) -> tuple[bytes, ...] | None:
            return desk.log.prove_consistency(asked.old, asked.size) if asked.size <= desk.log.size else None

        hashes = await asyncio.wrap_future(self._desk.ask(prove))
        if hashes is None:
            return decline(Status.MALFORMED, f"the log has fewer than {asked.size} entries")
        return Reply(Status.DONE, write_proof(hashes))

    async def _entries(self, peer: str, body: bytes, received_s: float) -> Reply:  # noqa: ARG002 - one form for all
        asked = read_entries_request(body)
        if asked.sender not in (peer, self._me):
            return decline(Status.MALFORMED, f"only what {self._me} and {peer} said to each other is given")
        route = (asked.sender, self._me if asked.sender == peer else peer)

        def read(desk: Correspondence) -> StreamPart:
            parcels = _within(read_stream(desk, route, asked.first, asked.count))
            return StreamPart(tuple(parcels), len(desk.standing.stream(route).places))

        return Reply(Status.DONE, (await asyncio.wrap_future(self._desk.ask(read))).packed())


def _of(peer: str, arrival: Arrival) -> Arrival:
    """Refuse what one party brings that another has signed: each speaks for itself."""
    if isinstance(arrival, Refused):
        return arrival
    envelope = read_header(arrival.leaf)
    if isinstance(envelope, Envelope) and envelope.header.sender != peer:
        return Refused(Reason.UNKNOWN_SENDER, f"{envelope.header.sender} is named as sender on the line of {peer}")
    return arrival


def _first_number(arrivals: list[Arrival]) -> int | None:
    envelope = read_header(arrivals[0].leaf) if arrivals and isinstance(arrivals[0], Parcel) else None
    return envelope.header.sequence if isinstance(envelope, Envelope) else None


def _within(parcels: list[Parcel]) -> list[Parcel]:
    return parcels[: count_packed(parcels, MOST_PART_BYTES)]
