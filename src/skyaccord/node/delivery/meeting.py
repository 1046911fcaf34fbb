"""Meeting a peer: its head is asked for before anything is sent to it, and now and then on an idle line."""

from __future__ import annotations

import asyncio
import time

from skyaccord.node.delivery.calls import Calls
from skyaccord.node.delivery.fetching import fetch
from skyaccord.node.delivery.peer_log import PeerLog
from skyaccord.node.desk.desk import Desk
from skyaccord.node.line.head import ask_head, read_head
from skyaccord.node.line.questions import Tallies, Tally
from skyaccord.node.restore.recovery import Recovery
from skyaccord.node.watch.peer_watch import PeerWatch


class Meeting:
    """Meets one peer."""

    def __init__(
        self,
        peer: str,
        desk: Desk,
        calls: Calls,
        log: PeerLog,
        watch: PeerWatch,
        tallies: Tallies,
        recovery: Recovery,
    ) -> None:
        self._peer = peer
        self._desk = desk
        self._calls = calls
        self._log = log
        self._watch = watch
        self._tallies = tallies
        self._recovery = recovery

    async def meet(self) -> Tally:
        """Ask for the head; look at the peer's log, and fetch what the peer cannot bring.

        Raises:
            LineError: the peer did not answer.
        """
        head, _ = await self._calls.ask("head", ask_head(), read_head)
        self._watch.note_reached(time.monotonic(), head.reaches)
        self._watch.is_recovering = head.is_recovering
        await self._log.recall()
        if head.checkpoint:
            await self._log.note_head(head.checkpoint)
            await self._log.keep()
        stands = await self._tally()
        has_recovered = await self._recovery.meet(self._peer, head, stands, self._calls)
        is_acknowledged = head.sent - head.waiting >= stands.expects  # the peer has a receipt of what is not here
        if head.sent >= stands.expects and (has_recovered or is_acknowledged or not head.reaches):
            await fetch(self._peer, self._desk, self._calls, stands.expects, gives_receipts=not is_acknowledged)
        return await self._tally()

    async def _tally(self) -> Tally:
        return await asyncio.wrap_future(self._desk.ask(lambda desk: self._tallies.of(desk, self._peer)))
