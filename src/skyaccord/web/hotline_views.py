"""The book as it is answered to people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.checks import list_slots, measure_checks, next_check_s
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.book.inbox import Pending, list_awaited, list_inbox
from skyaccord.hotline.book.lateness import Punctuality, measure_punctuality
from skyaccord.hotline.book.shift import Taken, find_duty
from skyaccord.hotline.book.standing import find_standing
from skyaccord.hotline.kinds import encode
from skyaccord.hotline.words.pending import say_pending
from skyaccord.hotline.words.say import say
from skyaccord.model.instants import format_instant
from skyaccord.node.hotline.room import Room
from skyaccord.web.hotline_answers import (
    AsideAnswer,
    CheckFiguresAnswer,
    HandoverAnswer,
    InboxAnswer,
    LineAnswer,
    MessageAnswer,
    PartyFiguresAnswer,
    PendingAnswer,
    PunctualityAnswer,
    StateAnswer,
    StatisticsAnswer,
)

WEEK_S: Final = 7 * 86_400.0
PRACTICE_S: Final = 86_400.0
"""What is observed of a party: in a day."""

WAIT_S: Final = 5.0


def view_inbox(room: Room, now_s: float, language: str) -> InboxAnswer:
    """Return what is to be done and waited for, and how the lines are."""
    last_event = room.events.last_id
    waiting = {peer: _waiting(room, peer) for peer in room.line.watches}
    with room.shelf.reading() as book:
        return InboxAnswer(
            party=room.office.me,
            time=format_instant(now_s),
            on_duty=find_duty(book, now_s),
            trouble=room.line.desk.room.trouble,
            lines=[view_line(room, book, peer, waiting[peer], now_s) for peer in room.line.watches],
            inbox=[_pending(each, language) for each in list_inbox(book, now_s)],
            awaited=[_pending(each, language) for each in list_awaited(book, now_s)],
            aside=[
                AsideAnswer(e.entry.envelope, e.entry.sender, e.entry.kind.name, e.why.value)
                for e in book.aside.values()
            ],
            last_event=last_event,
        )


def view_line(room: Room, book: Book, peer: str, waiting: int, now_s: float) -> LineAnswer:
    """Return how the line with a peer is."""
    standing = find_standing(book, peer, now_s, now_s - PRACTICE_S)
    return LineAnswer(
        party=peer,
        states=[StateAnswer(each.state.value, each.words) for each in room.line.states(peer)],
        waiting=waiting,
        declared=standing.declared.value if standing.declared else None,
        practice=standing.practice.value,
        last_heard=_instant(standing.last_heard_s),
        next_check=_instant(next_check_s(book, peer, now_s)),
    )


def view_message(book: Book, entry: Entry, now_s: float, language: str) -> MessageAnswer:
    """Return one message."""
    clock = book.clock(entry.envelope)
    return MessageAnswer(
        envelope=entry.envelope,
        kind=entry.kind.name.removeprefix("hotline."),
        sender=entry.sender,
        recipient=entry.recipient,
        sent=format_instant(entry.sent_s),
        received=_instant(entry.received_s),
        state=clock.state.value,
        due=_instant(clock.due_s),
        took_s=clock.took_s,
        late_by_s=round(clock.late_by_s(now_s), 3),
        stopped_by=_name(clock.stopped_by),
        answered_by=_name(clock.answered_by),
        replaced_by=_name(clock.replaced_by),
        content=encode(entry.body),
        words=say(entry.body, language),
    )


def view_figures(book: Book, peers: Sequence[str], now_s: float) -> StatisticsAnswer:
    """Return figures about all lines."""
    return StatisticsAnswer(
        since=format_instant(max(book.plan.from_s, now_s - WEEK_S)),
        until=format_instant(now_s),
        parties=[_figures(book, peer, now_s) for peer in peers],
    )


def view_handover(taken: Taken) -> HandoverAnswer:
    """Return one handover."""
    it = taken.handover
    as_of = format_instant(it.as_of_s)
    return HandoverAnswer(
        taken.envelope, it.giving, it.taking, as_of, list(it.open), list(taken.left_out), list(taken.too_many)
    )


def _figures(book: Book, peer: str, now_s: float) -> PartyFiguresAnswer:
    held = Counter(each.held.value for each in list_slots(book, peer, now_s, now_s - WEEK_S))
    it = measure_checks(book, peer, now_s)
    checks = CheckFiguresAnswer(
        *(it.called, it.answered, it.missed, it.median_s, it.worst_s, it.offset_s),
        slots=dict(held),
        next_check=_instant(next_check_s(book, peer, now_s)),
    )
    theirs, ours = (measure_punctuality(book, party, now_s) for party in (peer, book.plan.me))
    return PartyFiguresAnswer(peer, checks, _punctuality(theirs), _punctuality(ours))


def _punctuality(it: Punctuality) -> PunctualityAnswer:
    return PunctualityAnswer(
        it.party, it.acknowledged, it.in_time, len(it.late), it.undetermined, it.median_s, it.worst_s
    )


def _pending(pending: Pending, language: str) -> PendingAnswer:
    entry = pending.clock.entry
    heading = entry.body.heading
    return PendingAnswer(
        envelope=entry.envelope,
        kind=entry.kind.name.removeprefix("hotline."),
        precedence=heading.precedence.value,
        sender=entry.sender,
        recipient=entry.recipient,
        authority=heading.authority,
        date_time_group=heading.date_time_group,
        state=pending.clock.state.value,
        is_ours=pending.is_ours,
        is_late=pending.is_late,
        remaining_s=pending.remaining_s,
        reminders=pending.reminders,
        told=[rung.duty for rung in pending.told],
        words=say_pending(pending, language),
    )


def _waiting(room: Room, peer: str) -> int:
    return room.line.desk.ask(lambda desk: room.line.tallies.of(desk, peer).waiting).result(WAIT_S)


def _instant(t_s: float | None) -> str | None:
    return None if t_s is None else format_instant(t_s)


def _name(entry: Entry | None) -> str | None:
    return None if entry is None else entry.envelope
