"""One round of the desk: all is judged, all is stored by one write, one checkpoint is signed, all is answered."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from skyaccord.errors import JournalError
from skyaccord.node.desk.jobs import Accept, Acknowledge, Arrival, Ask, Job, Noted, Say, Taken
from skyaccord.node.desk.room import Room
from skyaccord.node.desk.steps import Step, Steps
from skyaccord.trust.acceptance.correspondence import Correspondence
from skyaccord.trust.acceptance.outcome import Accepted, Known, Outcome, Refused
from skyaccord.trust.envelopes.envelope import Header, read_envelope
from skyaccord.trust.envelopes.parcel import Parcel
from skyaccord.trust.envelopes.receipt import KIND as RECEIPT
from skyaccord.trust.keys.signing_key import SigningKey


@dataclass(slots=True)
class _Judged:
    """What was found of one job's arrivals; as many as were looked at."""

    arrivals: Sequence[Arrival]
    found: list[Outcome] = field(default_factory=list)
    taken: list[tuple[Accepted | Known, Header]] = field(default_factory=list)

    def add(self, arrival: Arrival, outcome: Outcome) -> None:
        self.found.append(outcome)
        if isinstance(arrival, Parcel) and not isinstance(outcome, Refused):
            self.taken.append((outcome, _header(arrival)))

    @property
    def owed(self) -> list[int]:
        """Return the entries for which a receipt is owed; a receipt has none."""
        return [outcome.index for outcome, header in self.taken if header.kind != RECEIPT]

    @property
    def noted(self) -> list[Noted]:
        return [Noted(outcome.index, header) for outcome, header in self.taken if isinstance(outcome, Accepted)]


def _header(parcel: Parcel) -> Header:
    """Return the header of an envelope that was judged: its form is known to be right."""
    return read_envelope(json.loads(parcel.leaf)).header


class Batch:
    """The jobs that share one write."""

    def __init__(self, correspondence: Correspondence, key: SigningKey, steps: Steps, room: Room) -> None:
        self.noted: list[Noted] = []
        """The entries that became durable."""
        self._desk = correspondence
        self._key = key
        self._steps = steps
        self._room = room

    def work(self, jobs: Sequence[Job], now_s: float) -> None:
        """Do the jobs and answer them."""
        writing = [job for job in jobs if not isinstance(job, Ask)]
        if writing and not self._room.may_try():
            _fail(writing, self._room.error())
        elif writing:
            self._try(writing, now_s)
        for job in jobs:
            if isinstance(job, Ask):
                self._ask(job)

    def _try(self, jobs: Sequence[Job], now_s: float) -> None:
        began_s = time.monotonic()
        try:
            self._write(jobs, now_s)
            self._room.note_success()
        except JournalError as error:
            self._desk.abandon()
            self._room.note_failure(error, time.monotonic() - began_s)
            _fail(jobs, error)
        except Exception as error:  # noqa: BLE001 - the desk goes on; whoever asked is told
            self._desk.abandon()
            _fail(jobs, error)

    def _write(self, jobs: Sequence[Job], now_s: float) -> None:
        said = [(job, self._desk.compose(job.message, job.key, now_s)) for job in jobs if isinstance(job, Say)]
        accepted = [(job, self._judge(job.arrivals, now_s, is_ordered=True)) for job in jobs if isinstance(job, Accept)]
        receipts = [
            (job, self._judge(job.receipts, now_s, is_ordered=False)) for job in jobs if isinstance(job, Acknowledge)
        ]
        first = self._desk.log.size
        self._desk.commit()
        ours = [(job, _header(parcel)) for job, parcel in said if isinstance(parcel, Parcel)]
        self.noted = [Noted(first + k, header, job.is_urgent) for k, (job, header) in enumerate(ours)]
        for say, parcel in said:
            self._steps(Step.TELLING)
            say.reply.set_result(parcel)
        for acknowledgement, judged in receipts:
            self._steps(Step.ACKNOWLEDGED)
            acknowledgement.reply.set_result(judged.found)
        everything = [judged for _, judged in (*accepted, *receipts)]
        self.noted += [each for judged in everything for each in judged.noted]
        self._record(everything, now_s)
        self._answer(accepted, now_s)

    def _judge(self, arrivals: Sequence[Arrival], now_s: float, *, is_ordered: bool) -> _Judged:
        judged = _Judged(arrivals)
        for arrival in arrivals:
            judged.add(arrival, self._desk.admit(arrival, now_s))
            if is_ordered and isinstance(judged.found[-1], Refused):
                break  # what follows it comes again after it
        return judged

    def _record(self, all_judged: Iterable[_Judged], now_s: float) -> None:
        """Record what was refused, and of what was repeated the first: a batch that comes again is one repetition.

        That there is no room for it spoils nothing that was stored.
        """
        with suppress(JournalError):
            for judged in all_judged:
                is_repeated = False
                for arrival, outcome in zip(judged.arrivals, judged.found, strict=False):
                    if isinstance(outcome, Refused) or (isinstance(outcome, Known) and not is_repeated):
                        self._desk.record(arrival, outcome, now_s)
                    is_repeated = is_repeated or isinstance(outcome, Known)

    def _answer(self, accepted: Sequence[tuple[Accept, _Judged]], now_s: float) -> None:
        owed = [index for _, judged in accepted for index in judged.owed]
        made = dict(zip(owed, self._desk.receipts(owed, self._key, now_s), strict=True))
        last = self._desk.log.journal.last_checkpoint()
        size = last.size if last else 0
        for job, judged in accepted:
            is_owed = set(judged.owed)
            receipts = tuple(made[each.index] if each.index in is_owed else None for each, _ in judged.taken)
            refused = next((each for each in judged.found if isinstance(each, Refused)), None)
            expected = self._desk.standing.stream((job.peer, self._desk.standing.me)).next_number
            proof = self._desk.log.prove_consistency(job.seen, size) if 0 < job.seen < size else ()
            job.reply.set_result(Taken(tuple(each for each, _ in judged.taken), receipts, refused, expected, proof))

    def _ask(self, job: Ask) -> None:
        try:
            job.reply.set_result(job.question(self._desk))
        except Exception as error:  # noqa: BLE001 - whoever asked is told what came of the question
            job.reply.set_exception(error)


def _fail(jobs: Iterable[Job], error: Exception) -> None:
    for job in jobs:
        if not job.reply.done():
            job.reply.set_exception(error)
