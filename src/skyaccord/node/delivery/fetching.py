"""Fetching what a peer has to say and cannot bring: taken in order like what arrives; the receipts are brought."""

from __future__ import annotations

import asyncio

from skyaccord.node.delivery.calls import Calls
from skyaccord.node.desk.desk import Desk
from skyaccord.node.line.delivery import Delivery, read_answer
from skyaccord.node.line.entries import EntriesRequest, read_stream_part
from skyaccord.node.line.lines import MOST_ITEMS
from skyaccord.trust.envelopes.parcel import Parcel


async def fetch(peer: str, desk: Desk, calls: Calls, first: int, *, gives_receipts: bool = True) -> int:
    """Fetch the peer's stream from a number on, take it, bring the receipts; return the number expected then.

    The peer has the receipts already of what was lost here and is fetched again.

    Raises:
        LineError: the peer did not answer.
        JournalError: one's own journal failed.
    """
    while True:
        request = EntriesRequest(peer, first, MOST_ITEMS)
        part = await calls.ask_plainly("entries", request.packed(), read_stream_part)
        if not part.parcels:
            return first
        taken = await asyncio.wrap_future(desk.accept(peer, part.parcels))
        receipts = tuple(each for each in taken.receipts if isinstance(each, Parcel))
        if receipts and gives_receipts:
            await calls.ask("deliver", Delivery(0, receipts).packed(), read_answer)
        if taken.refused or taken.next_number <= first or taken.next_number > part.last:
            return taken.next_number
        first = taken.next_number
