"""Tells who is to be told of a message that nobody has acknowledged: each step once, written to the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.checks import next_check_s
from skyaccord.hotline.book.inbox import Pending, list_pending
from skyaccord.hotline.words.pending import say_pending
from skyaccord.hotline.words.wordbook import LANGUAGES
from skyaccord.model.instants import format_instant
from skyaccord.node.hotline.events import Events, Happened
from skyaccord.node.people.audit import LOCAL, NODE, Actor, write_down
from skyaccord.node.store.store import Store

TOLD: Final = "hotline.told"
REMINDED: Final = "hotline.reminded"
DUE: Final = "due"


class Ladder:
    """Remembers in the store what was told, so that a node that starts again tells nobody twice."""

    def __init__(self, store: Store, events: Events) -> None:
        self._store = store
        self._events = events
        self._told = {(envelope, step) for envelope, step in store.all("SELECT subject, step FROM told")}

    def climb(self, book: Book, now_s: float) -> None:
        """Tell of all that is open what is due by now; the first rung, the desk itself, is told by the message."""
        for pending in list_pending(book, now_s):
            for step, deed, happened in _steps(pending):
                if (pending.clock.entry.envelope, step) not in self._told:
                    self._tell(pending, step, deed, happened, now_s)

    def remind_of_checks(self, book: Book, now_s: float) -> None:
        """Tell the desk of each check of the plan that is due and that nobody has called; once each."""
        for peer in book.plan.peers:
            due_s = next_check_s(book, peer, now_s)
            if due_s is None or due_s > now_s:
                continue
            slot = f"check of {peer} {format_instant(due_s)}"
            if (slot, DUE) not in self._told:
                self._note(slot, DUE, REMINDED, f"{slot} is due", now_s)
                words = {"en": f"A communications check with {peer} is due", "ru": f"Пора проверить связь: {peer}"}
                self._events.add(Happened.REMINDER, {"party": peer, "check_due": format_instant(due_s), "words": words})

    def _note(self, subject: str, step: str, deed: str, words: str, now_s: float) -> None:
        with self._store.transaction():
            sql = "INSERT INTO told (subject, step, at_s) VALUES (?, ?, ?)"
            self._store.all(sql, subject, step, now_s)
            write_down(self._store, Actor(NODE, LOCAL, now_s), deed, words)
        self._told.add((subject, step))

    def _tell(self, pending: Pending, step: str, deed: str, happened: Happened, now_s: float) -> None:
        entry = pending.clock.entry
        words = f"{step}: {entry.kind.name} {entry.sender} > {entry.recipient} {entry.envelope[:23]}"
        self._note(entry.envelope, step, deed, words, now_s)
        self._events.add(
            happened,
            {
                "envelope": entry.envelope,
                "told": step,
                "from": entry.sender,
                "to": entry.recipient,
                "precedence": entry.body.heading.precedence.value,
                "words": {language: say_pending(pending, language) for language in LANGUAGES},
            },
        )


def _steps(pending: Pending) -> Iterator[tuple[str, str, Happened]]:
    for number in range(pending.reminders):
        yield f"reminder {number + 1}", REMINDED, Happened.REMINDER
    for rung in pending.told:
        if rung.after > 0.0:
            yield rung.duty, TOLD, Happened.ESCALATION
