"""One party's line: its log at a desk, a service for those who call, a courier for each peer, and a watch on it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from random import Random

from skyaccord.errors import NodeError, StoreError
from skyaccord.node.delivery.calls import Calls
from skyaccord.node.delivery.courier import Courier
from skyaccord.node.delivery.meeting import Meeting
from skyaccord.node.delivery.peer_log import PeerLog
from skyaccord.node.delivery.sending import Sending
from skyaccord.node.desk.desk import Desk
from skyaccord.node.desk.jobs import Noted, Taken
from skyaccord.node.desk.journal_files import JournalFiles
from skyaccord.node.desk.steps import Steps, pass_by
from skyaccord.node.line.questions import Tallies
from skyaccord.node.line.service import Service
from skyaccord.node.line.skew import Skew
from skyaccord.node.line.transport import Transport
from skyaccord.node.party import Party, Restored, open_correspondence
from skyaccord.node.restore.recovery import Recovery
from skyaccord.node.store.store import Store
from skyaccord.node.watch.message_times import EVERY_S, MessageTimes
from skyaccord.node.watch.peer_watch import Holding, PeerWatch
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.refounding import KIND as REFOUNDING
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.journals.journal import Journal
from skyaccord.trust.keys.signing_key import SigningKey
from skyaccord.trust.origin import first_origin


class PartyLine:
    """The running line of one party. Used from one event loop; the desk has a thread of its own."""

    def __init__(
        self,
        party: Party,
        files: JournalFiles,
        now: Callable[[], float],
        random: Random,
        steps: Steps = pass_by,
        store: Store | None = None,
    ) -> None:
        """Open the party's log.

        Args:
            party: who speaks.
            files: its log; nobody else writes it.
            now: its clock, seconds since 1970.
            random: for the pauses between attempts.
            steps: called at each step; for drills.
            store: where it is kept when each envelope came, and how far the clocks were apart; ``None`` keeps nothing.

        Raises:
            JournalError: the log is not as it was stored.
        """
        self._party = party
        self._steps = steps
        journal = files.open()
        self.desk = Desk(self._reopen(journal), party.node_key, now, steps)
        is_first = journal.origin == first_origin(journal.origin)
        self.recovery = Recovery(party.name, self.desk, files, self._reopen, party.node_key, now, is_first=is_first)
        self.watches: dict[str, PeerWatch] = {}
        self._me = party.name
        self._now = now
        self._random = random
        self.tallies = Tallies()
        self.service = Service(party.name, self.desk, self, now, steps, self.tallies)
        self._couriers: dict[str, Courier] = {}
        self._logs: dict[str, PeerLog] = {}
        self._transports: list[Transport] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        self.times = MessageTimes(store, party.name, now, self._skew_of) if store else None

    def _reopen(self, journal: Journal) -> Correspondence:
        return open_correspondence(self._party, journal, self._steps)

    def open(self, ways: Mapping[str, Transport], restored: Restored | None = None) -> None:
        """Begin to work and to call the peers, each over its way; called within the event loop.

        Args:
            ways: to each peer.
            restored: the log was put back from a copy: all peers are met before anything is signed.
        """
        if restored is not None:
            self.recovery.unmet = set(ways)
            self.recovery.when_met = restored.when_met
        self._loop = asyncio.get_running_loop()
        self.desk.when_noted(self._tell_couriers)
        if self.times:
            self.desk.when_noted(self.times.note)
            self._tasks.append(asyncio.create_task(_write_times(self.times), name="times of messages"))
        self.desk.start()
        for peer, transport in ways.items():
            watch = self.watches[peer] = PeerWatch(peer)
            calls = Calls(transport, watch, self._now)
            log = PeerLog(peer, self.desk, calls, watch, self._now)
            self._logs[peer] = log
            meeting = Meeting(peer, self.desk, calls, log, watch, self.tallies, self.recovery)
            sending = Sending(self._me, peer, self.desk, calls, log, self._steps)
            courier = self._couriers[peer] = Courier(meeting, sending, watch, self._now, self._random)
            self._transports.append(transport)
            self._tasks.append(asyncio.create_task(courier.run(), name=f"courier to {peer}"))

    async def close(self) -> None:
        """End all calls, finish what the desk was asked, and let go of connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for transport in self._transports:
            await transport.close()
        await asyncio.to_thread(self.desk.close)
        if self.times:
            with suppress(StoreError):
                self.times.flush()

    async def say(self, message: Message, key: SigningKey, *, is_urgent: bool = False) -> Parcel | Refused:
        """Say something; it is durable when this returns, and is delivered as soon as its recipient can be reached.

        Raises:
            JournalError: it could not be stored; it may be said again.
            NodeError: nothing can be said yet after a restoration.
        """
        why_not = await self.recovery.why_not_say(message.recipient)
        if why_not:
            raise NodeError(message.recipient, why_not, "Wait until it is reached, or use the telephone")
        return await asyncio.wrap_future(self.desk.say(message, key, is_urgent=is_urgent))

    def states(self, peer: str) -> list[Holding]:
        """Return what holds of a peer, for the officer."""
        return self.watches[peer].states(time.monotonic())

    def _skew_of(self, peer: str) -> Skew | None:
        return self.watches[peer].skews.best() if peer in self.watches else None

    def knows(self, peer: str) -> bool:
        """Return whether the node speaks with a party."""
        return peer in self.watches

    def heard_from(self, peer: str) -> None:
        """Take that a peer has asked something: if it was out of reach, it is called at once."""
        watch = self.watches[peer]
        now_s = time.monotonic()
        watch.note_heard(now_s)
        if watch.may_be_tried(now_s):
            self._couriers[peer].wake()

    def reaches(self, peer: str) -> bool:
        """Return whether a peer is not known to be out of reach: whether the last call to it was answered."""
        return self.watches[peer].is_reached is not False

    def is_recovering(self, peer: str) -> bool:
        """Return whether the node was restored from an old copy and learns what it had said."""
        return self.recovery.holds_up(peer)

    async def why_not_now(self, peer: str, seen: int) -> str | None:
        """Return in words why nothing may be acknowledged now; ``seen`` is the size of the own log a peer claims.

        A node that was just begun first looks what its peers hold of it; one that cannot reach them goes on after the
        first attempt.
        """
        if self.recovery.holds_up(peer):
            return "it was restored from an old copy and learns what it had said"
        if peer not in self.recovery.looked and self.watches[peer].is_reached is not False:
            return "it was begun a moment ago and first asks what it had said"
        if self.recovery.is_first and await asyncio.wrap_future(self.desk.ask(lambda desk: desk.log.size < seen)):
            self._couriers[peer].meet_anew()
            return f"{peer} has seen {seen} entries of its log, which has fewer: it looks what it has lost"
        if not await self.recovery.has_said(peer):
            self._couriers[peer].meet_anew()
            return "it was restored from an old copy and first says so"
        return None

    def note_arrivals(self, peer: str, taken: Taken, at_s: float) -> None:
        """Take what became of a batch that arrived."""

    def _tell_couriers(self, noted: Sequence[Noted]) -> None:
        """Tell the couriers, from the desk's thread, what there is to send, and which logs go on under other names."""
        ours = [each for each in noted if each.header.sender == self._me and each.header.recipient != self._me]
        urgent = {each.header.recipient: each.header.sequence for each in ours if each.is_urgent}
        if self._loop is None or self._loop.is_closed():
            return
        for each in noted:
            if each.header.kind == REFOUNDING and each.header.sender in self._logs:
                self._loop.call_soon_threadsafe(self._logs[each.header.sender].forget)
        for peer in {each.header.recipient for each in ours} & self._couriers.keys():
            self._loop.call_soon_threadsafe(self._couriers[peer].wake, urgent.get(peer, 0))


async def _write_times(times: MessageTimes) -> None:
    while True:
        await asyncio.sleep(EVERY_S)
        with suppress(StoreError):  # what cannot be written now is written when it can
            await asyncio.to_thread(times.flush)
