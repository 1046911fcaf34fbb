"""The courier of one peer: meets it, delivers what is open in order, takes the receipts, and begins anew when cut off.

What is open is asked of the desk each time (`line.questions`): the courier remembers only how far it has sent since it
last met the peer, and forgets that with the connection.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from skyaccord.errors import JournalError
from skyaccord.node.delivery.backoff import Backoff
from skyaccord.node.delivery.meeting import Meeting
from skyaccord.node.delivery.sending import Sending, Sent
from skyaccord.node.line.transport import Failure, LineError
from skyaccord.node.watch.peer_watch import PeerWatch
from skyaccord.trust.acceptance.outcome import Refused
from skyaccord.trust.reasons import Reason

WINDOW: Final = 4
"""Batches on their way at once: enough for a line over a satellite, 256 parcels each 0.6 s or less."""

MEET_S: Final = 5.0
"""How often an idle line asks for the peer's head: a line that is down is noticed before it is needed."""

BLOCKED_S: Final = 15.0
"""Between two attempts to deliver what was refused for good: whatever was wrong may have been mended."""

_LOG: Final = logging.getLogger(__name__)

_ANYTHING: Final = 1 << 62
"""Beyond every number: the first meeting says where to begin."""

PASSING: Final = frozenset({Reason.FROM_FUTURE, Reason.KEY_NOT_YET_VALID})
"""Refusals that time cures."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why delivery stopped, though the peer answers."""

    words: str
    is_passing: bool


class Courier:
    """Delivers to one peer for as long as it runs."""

    def __init__(
        self, meeting: Meeting, sending: Sending, watch: PeerWatch, now: Callable[[], float], random: Random
    ) -> None:
        self._meeting = meeting
        self._sending = sending
        self._watch = watch
        self._now = now
        self._backoff = Backoff(random)
        self._wake = asyncio.Event()
        self._urgent_number = 0
        self._on_the_way: dict[asyncio.Task[Sent], bool] = {}
        self._cursor = 1
        self._must_meet = False

    def wake(self, urgent_number: int = 0) -> None:
        """There is something to send; what is urgent goes at once, whatever pause was being made.

        A batch on which an urgent number is ends with it, and one more batch than the window may be on its way for it.
        Numbers before it go first: the order of a stream is law.
        """
        self._urgent_number = max(self._urgent_number, urgent_number)
        self._wake.set()

    def meet_anew(self) -> None:
        """The peer has shown what this node does not know: meet it before anything else."""
        self._must_meet = True
        self._wake.set()

    async def run(self) -> None:
        """Meet, deliver, and begin again; until cancelled."""
        try:
            while True:
                pause_s = await self._go_once()
                await self._pause(pause_s)
        finally:
            await self._drop()

    async def _go_once(self) -> float:
        """Deliver until something is in the way; return how long to pause."""
        self._cursor = _ANYTHING
        try:
            await self._meet()
            self._backoff.reset()
            obstacle = await self._deliver()
        except LineError as error:
            self._watch.note_failure(error.failure, str(error), time.monotonic(), self._now())
            return self._backoff.next_s()
        except JournalError:
            return self._backoff.next_s()  # the desk says so itself
        except Exception as error:  # noqa: BLE001 - whatever it is, delivery goes on and the officer is told
            _LOG.exception("the courier failed; it begins again")
            self._watch.note_failure(Failure.NOT_UNDERSTOOD, str(error), time.monotonic(), self._now())
            return self._backoff.next_s()
        finally:
            await self._drop()
        self._watch.blocked = obstacle.words
        return self._backoff.next_s() if obstacle.is_passing else BLOCKED_S

    async def _pause(self, pause_s: float) -> None:
        """Wait; an urgent message, or hearing from the peer, ends the pause."""
        self._wake.clear()
        if self._urgent_number >= self._cursor:
            pause_s = min(pause_s, 0.05)
        try:
            async with asyncio.timeout(pause_s):
                await self._wake.wait()
        except TimeoutError:
            pass

    async def _deliver(self) -> Obstacle:
        while True:
            self._wake.clear()
            if self._must_meet:
                await self._drop()
                await self._meet()
            await self._fill_window()
            if not self._on_the_way:
                await self._idle()
                continue
            await self._await_any()
            for task in [each for each in self._on_the_way if each.done()]:
                del self._on_the_way[task]
                obstacle = await self._settle(task.result())
                if obstacle:
                    return obstacle

    async def _await_any(self) -> None:
        """Wait for an answer, or for something to send."""
        woken = asyncio.ensure_future(self._wake.wait())
        try:
            await asyncio.wait([*self._on_the_way, woken], return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            await asyncio.gather(woken, return_exceptions=True)

    async def _fill_window(self) -> None:
        while len(self._on_the_way) < WINDOW + (self._urgent_number >= self._cursor):
            batch = await self._sending.next_batch(self._cursor, self._urgent_number)
            if not batch:
                return
            self._cursor += len(batch)
            self._on_the_way[asyncio.ensure_future(self._sending.send(batch))] = True

    async def _settle(self, sent: Sent) -> Obstacle | None:
        """Take what came of a batch: go back where the peer misses something, stop where it refuses for good."""
        self._watch.note_reached(time.monotonic())
        if sent.refused is None:
            self._watch.blocked = None
            return None
        if sent.refused.reason is not Reason.GAP:
            return Obstacle(_tell(sent), sent.is_passing or sent.refused.reason in PASSING)
        await self._drop()
        self._cursor = min(self._cursor, sent.next_number)
        return None

    async def _idle(self) -> None:
        """Wait for something to send; now and then ask the peer for its head."""
        try:
            async with asyncio.timeout(MEET_S):
                await self._wake.wait()
        except TimeoutError:
            await self._meet()

    async def _meet(self) -> None:
        self._must_meet = False
        stands = await self._meeting.meet()
        self._cursor = min(self._cursor, stands.first_open)

    async def _drop(self) -> None:
        """Forget what is on its way: it is open still, and is sent again unless its receipt arrived."""
        tasks = list(self._on_the_way)
        self._on_the_way.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _tell(sent: Sent) -> str:
    refused = sent.refused or Refused(Reason.GAP, "")
    return f"number {sent.refused_number}: {refused.words} ({refused.reason.value})"
