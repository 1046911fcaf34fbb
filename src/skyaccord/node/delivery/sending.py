"""Sending one batch: what is open from a number on, its receipts, and the proof that the peer's log went on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.node.delivery.calls import Calls
from skyaccord.node.delivery.peer_log import PeerLog
from skyaccord.node.desk.desk import Desk
from skyaccord.node.desk.steps import Step, Steps, pass_by
from skyaccord.node.line.delivery import Delivery, count_packed, read_answer
from skyaccord.node.line.questions import read_stream
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.envelope import read_envelope, read_leaf
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.reasons import Reason

MOST_PARCELS: Final = 64
"""Parcels in a batch: each shares one write with the others, and none waits long for them."""

_EARLY: Final = frozenset({Reason.UNKNOWN_KEY, Reason.CHECKPOINT_OTHER_LOG})
"""A receipt's faults that end by themselves: the certificate, or the new name of the log, is on its way."""

MOST_BATCH_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a batch."""

    first: int
    taken: int
    refused: Refused | None
    next_number: int
    is_passing: bool = False
    """Whether what was refused will be taken later, since something is on its way that it needs."""

    @property
    def refused_number(self) -> int:
        """Return the number that was refused."""
        return self.first + self.taken


class Sending:
    """Sends batches to one peer."""

    def __init__(self, me: str, peer: str, desk: Desk, calls: Calls, log: PeerLog, steps: Steps = pass_by) -> None:
        self._route = (me, peer)
        self._desk = desk
        self._calls = calls
        self._log = log
        self._steps = steps

    async def next_batch(self, first: int, ends_with: int) -> list[Parcel]:
        """Return envelopes from a number on, as many as go together; none beyond an urgent one that is among them."""
        count = ends_with - first + 1 if first <= ends_with < first + MOST_PARCELS else MOST_PARCELS
        parcels = await asyncio.wrap_future(self._desk.ask(lambda desk: read_stream(desk, self._route, first, count)))
        return parcels[: count_packed(parcels, MOST_BATCH_BYTES)]

    async def send(self, batch: Sequence[Parcel]) -> Sent:
        """Send a batch and take its receipts; all of this is durable when it returns.

        Raises:
            LineError: the peer did not answer, or not as a node does.
            JournalError: one's own journal failed.
        """
        first = read_envelope(read_leaf(batch[0].leaf)).header.sequence
        if any(parcel.body is None for parcel in batch[:1]):
            words = "its body was erased before it was delivered"
            return Sent(first, 0, Refused(Reason.BODY_MISSING, words), first)
        whole = [parcel for parcel in batch if parcel.body is not None]
        seen = self._log.seen
        self._steps(Step.SENDING)
        delivery = Delivery(seen.checkpoint.size if seen else 0, tuple(whole))
        answer, _ = await self._calls.ask("deliver", delivery.packed(), read_answer)
        self._steps(Step.ANSWERED)
        receipts = [each for each in answer.receipts if each is not None]
        outcomes = await asyncio.wrap_future(self._desk.acknowledge(receipts))
        wrong = next((each for each in outcomes if isinstance(each, Refused)), None)
        if wrong:
            words = f"the receipt is not believed: {wrong.words}"
            is_early = wrong.reason in _EARLY
            taken = outcomes.index(wrong)
            return Sent(first, taken, Refused(wrong.reason, words), answer.next_number, is_early)
        believed = [each for each in receipts if isinstance(each, Parcel)]
        if believed:
            await self._log.note_receipt(believed[-1], seen, answer.proof)
        return Sent(first, len(answer.receipts), answer.refused, answer.next_number)
