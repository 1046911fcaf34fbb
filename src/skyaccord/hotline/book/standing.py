"""What the parties declare of the memorandum, and what is observed on the line: two things, kept apart.

In April 2017 the memorandum was declared suspended, and the calls went on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.hotline.bodies.declaration import Declaration, Declared
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.entry import Entry


class Practice(StrEnum):
    """What is observed of a party on the line."""

    ANSWERS = "answers"  # the last message whose time is over, or one since, was acknowledged
    SILENT = "silent"  # the last message whose time is over was not acknowledged
    UNKNOWN = "unknown"  # nothing was said to it in that time


@dataclass(frozen=True, slots=True)
class Standing:
    """A party's word about the memorandum, and its practice over a time."""

    party: str
    declared: Declared | None  # None: it has declared nothing
    declared_from_s: float | None
    suspended_provisions: tuple[str, ...]  # singly, beside what is declared of the whole
    practice: Practice
    last_heard_s: float | None  # when anything of it came in, by one's own clock


def find_standing(book: Book, party: str, now_s: float, since_s: float) -> Standing:
    """Return what a party declares, as of now, and how it answers messages sent to it from ``since_s`` on."""
    declarations = [
        entry
        for entry in book
        if entry.sender == party and isinstance(entry.body, Declaration) and entry.body.from_s <= now_s
    ]
    whole = _latest(declarations, "")
    heard = [entry.known_s(book.plan.me) for entry in book if entry.sender == party]
    return Standing(
        party=party,
        declared=whole.status if whole else None,
        declared_from_s=whole.from_s if whole else None,
        suspended_provisions=_suspended(declarations),
        practice=_practice(book, party, now_s, since_s),
        last_heard_s=max(heard, default=None),
    )


def _latest(declarations: list[Entry], provision: str) -> Declaration | None:
    """Return what stands of a provision, or of the whole: what takes effect last, then what was said last."""
    found = [
        (entry.body.from_s, entry.order, entry.body)
        for entry in declarations
        if isinstance(entry.body, Declaration)
        and (provision in entry.body.provisions if provision else not entry.body.provisions)
    ]
    return max(found, key=lambda each: each[:2])[2] if found else None


def _suspended(declarations: list[Entry]) -> tuple[str, ...]:
    named = {name for each in declarations if isinstance(each.body, Declaration) for name in each.body.provisions}
    standing = {name: _latest(declarations, name) for name in named}
    return tuple(sorted(name for name, each in standing.items() if each and each.status is not Declared.IN_FORCE))


def _practice(book: Book, party: str, now_s: float, since_s: float) -> Practice:
    last: Practice = Practice.UNKNOWN
    for entry in book:
        if entry.recipient != party or entry.sender == party or entry.sent_s < since_s:
            continue
        clock = book.clock(entry.envelope)
        if clock.stopped_by is not None:
            last = Practice.ANSWERS
        elif clock.is_running and clock.due_s is not None and clock.due_s < now_s:
            last = Practice.SILENT
    return last
