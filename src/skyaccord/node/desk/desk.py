"""The desk: one thread owns the correspondence, and all jobs that have gathered share one write to the disk.

Whatever comes in while a batch is being stored makes up the next one, so that the desk is the faster the more there is
to do, and never waits for more. No job is answered before what it changed is durable.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Final, TypeVar

from skyaccord.errors import JournalError
from skyaccord.node.desk.batch import Batch
from skyaccord.node.desk.jobs import Accept, Acknowledge, Arrival, Ask, Job, Noted, Replace, Say, Taken
from skyaccord.node.desk.room import Room
from skyaccord.node.desk.steps import Steps, pass_by
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Outcome, Refused
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.seal import Message
from skyaccord.trust.keys.signing_key import SigningKey

MOST_JOBS: Final = 256
"""Jobs that share one write; more only makes the first of them wait."""

MOST_WAITING: Final = 4096
"""Jobs that may wait: beyond, whoever asks is held up."""

_LOG: Final = logging.getLogger(__name__)

Answer = TypeVar("Answer")
_AnyJob = TypeVar("_AnyJob", Say, Accept, Acknowledge, Ask, Replace)
Told = Callable[[Sequence[Noted]], None]


def _closed() -> JournalError:
    return JournalError("the desk", "it is closed", "Start the node again")


class Desk:
    """Owns a correspondence; everything asked of it is answered by a future."""

    def __init__(
        self,
        correspondence: Correspondence,
        node_key: SigningKey,
        now: Callable[[], float],
        steps: Steps = pass_by,
        room: Room | None = None,
    ) -> None:
        """Take the correspondence over.

        Args:
            correspondence: no one else may use it from now on.
            node_key: signs receipts.
            now: one's own clock, seconds since 1970.
            steps: called at each step; for drills.
            room: whether the journal has room; a new one where left out.
        """
        self.room = room or Room()
        self._correspondence = correspondence
        self._key = node_key
        self._now = now
        self._steps = steps
        self._jobs: queue.Queue[Job | None] = queue.Queue(MOST_WAITING)
        self._told: list[Told] = []
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def close(self) -> None:
        """Finish what was asked, end, and let go of the journal."""
        self._is_closed = True
        self._jobs.put(None)
        self._thread.join()
        while not self._jobs.empty():  # given while it closed
            if job := self._jobs.get_nowait():
                job.reply.set_exception(_closed())
        self._correspondence.log.journal.close()

    def when_noted(self, told: Told) -> None:
        """Call a function, from the desk's thread, with the entries of each batch that has become durable."""
        self._told.append(told)

    def say(self, message: Message, key: SigningKey, *, is_urgent: bool = False) -> Future[Parcel | Refused]:
        """Say something to another party, or note it to oneself."""
        return self._give(Say(message, key, is_urgent)).reply

    def accept(self, peer: str, arrivals: Sequence[Arrival], seen: int = 0) -> Future[Taken]:
        """Take a batch from a peer that has verified one's own log up to a size."""
        return self._give(Accept(peer, arrivals, seen)).reply

    def acknowledge(self, receipts: Sequence[Arrival]) -> Future[list[Outcome]]:
        """Take receipts of what was sent."""
        return self._give(Acknowledge(receipts)).reply

    def ask(self, question: Callable[[Correspondence], Answer]) -> Future[Answer]:
        """Ask the correspondence something; nothing else happens to it meanwhile."""
        return self._give(Ask(question)).reply

    def replace(self, make: Callable[[Correspondence], Correspondence]) -> Future[None]:
        """Put what a function makes of the correspondence in its place; nothing else happens meanwhile."""
        return self._give(Replace(make)).reply

    def _give(self, job: _AnyJob) -> _AnyJob:
        if self._is_closed:
            job.reply.set_exception(_closed())
        else:
            self._jobs.put(job)
        return job

    def _run(self) -> None:
        is_open = True
        while is_open:
            waiting = [self._jobs.get()]
            while len(waiting) < MOST_JOBS and not self._jobs.empty():
                waiting.append(self._jobs.get_nowait())
            is_open = None not in waiting
            jobs = [job for job in waiting if job is not None and job.reply.set_running_or_notify_cancel()]
            work = [job for job in jobs if not isinstance(job, Replace)]
            if work:
                self._work(work)
            for job in jobs:
                if isinstance(job, Replace):
                    self._replace(job)

    def _replace(self, job: Replace) -> None:
        try:
            self._correspondence = job.make(self._correspondence)
            job.reply.set_result(None)
        except Exception as error:  # noqa: BLE001 - whoever asked is told; what there was stays
            self._correspondence.abandon()
            job.reply.set_exception(error)

    def _work(self, jobs: Sequence[Job]) -> None:
        batch = Batch(self._correspondence, self._key, self._steps, self.room)
        batch.work(jobs, self._now())
        for told in self._told if batch.noted else ():
            try:
                told(batch.noted)
            except Exception:  # noqa: BLE001 - what is durable is durable
                _LOG.exception("whoever listens to the desk failed; the desk goes on")
