"""What is to be done and what is waited for, most urgent first; an emergency comes before all else."""

from __future__ import annotations

from dataclasses import dataclass

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import Clock
from skyaccord.hotline.book.plan import Plan, Rung
from skyaccord.memorandum.communications import Precedence

_RANK = {precedence: rank for rank, precedence in enumerate(Precedence)}


@dataclass(frozen=True, slots=True)
class Pending:
    """A message to which something remains to be said, at one instant."""

    clock: Clock
    is_ours: bool  # whether it is this party that has to say it
    remaining_s: float | None  # to the end of the time for an acknowledgement, negative after; None: no such time runs
    reminders: int  # how many are due by now
    told: tuple[Rung, ...]  # who is told of it by now

    @property
    def is_late(self) -> bool:
        """Return whether the time for an acknowledgement is over and there is none."""
        return self.remaining_s is not None and self.remaining_s < 0.0


def list_pending(book: Book, now_s: float) -> tuple[Pending, ...]:
    """Return all that is open: what no one acknowledged before what waits for a reply; by precedence, then by time.

    A later emergency stands above an earlier flash that is late.
    """
    found = [_pending(clock, book.plan, now_s) for clock in book.unsettled()]
    return tuple(sorted(found, key=_urgency))


def list_inbox(book: Book, now_s: float) -> tuple[Pending, ...]:
    """Return what this party has to acknowledge or to answer."""
    return tuple(each for each in list_pending(book, now_s) if each.is_ours)


def list_awaited(book: Book, now_s: float) -> tuple[Pending, ...]:
    """Return what the other parties have to acknowledge or to answer, and what has not reached them."""
    return tuple(each for each in list_pending(book, now_s) if not each.is_ours)


def next_change_s(book: Book, now_s: float) -> float | None:
    """Return the next instant at which a reminder or a rung falls due, without anything being said; ``None``: never."""
    instants = (
        start_s + part * clock.limit_s
        for clock in book.unsettled()
        if clock.is_running
        for start_s in (_start_s(clock),)
        for part in (*book.plan.reminders, *(rung.after for rung in book.plan.ladder))
    )
    return min((t_s for t_s in instants if t_s > now_s), default=None)


def _start_s(clock: Clock) -> float:
    """Return from when people are told. What is not delivered is told of too: it may have to be telephoned."""
    entry = clock.entry
    return entry.sent_s if entry.received_s is None else entry.received_s


def _pending(clock: Clock, plan: Plan, now_s: float) -> Pending:
    since_s = now_s - _start_s(clock)
    is_running = clock.is_running
    remaining_s = clock.due_s - now_s if is_running and clock.due_s is not None else None
    return Pending(
        clock=clock,
        is_ours=clock.entry.recipient == plan.me,
        remaining_s=remaining_s,
        reminders=sum(since_s >= part * clock.limit_s for part in plan.reminders) if is_running else 0,
        told=tuple(rung for rung in plan.ladder if since_s >= rung.after * clock.limit_s) if is_running else (),
    )


def _urgency(pending: Pending) -> tuple[bool, int, float, str]:
    entry = pending.clock.entry
    rank = _RANK[entry.body.heading.precedence]
    return (not pending.clock.is_running, rank, _start_s(pending.clock) + pending.clock.limit_s, entry.envelope)
