"""What an event tells of a message: enough to show it in a line, in both languages; the rest is asked for."""

from __future__ import annotations

from typing import Any

from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.entry import Entry
from skyaccord.hotline.words.wordbook import LANGUAGES, word


def describe(book: Book, entry: Entry, now_s: float) -> dict[str, Any]:
    """Return a message in short, as it stands."""
    clock = book.clock(entry.envelope)
    heading = entry.body.heading
    return {
        "envelope": entry.envelope,
        "kind": entry.kind.name.removeprefix("hotline."),
        "precedence": heading.precedence.value,
        "from": entry.sender,
        "to": entry.recipient,
        "authority": heading.authority,
        "date_time_group": heading.date_time_group,
        "state": clock.state.value,
        "late_by_s": round(clock.late_by_s(now_s), 3),
        "words": {language: say_line(book, entry, language) for language in LANGUAGES},
    }


def say_line(book: Book, entry: Entry, language: str) -> str:
    """Return a message in a line: precedence, kind, parties, date-time group, how far it has come."""
    heading = entry.body.heading
    parts = (
        word("Precedence", heading.precedence.value, language),
        word("kind", entry.kind.name.removeprefix("hotline."), language),
        f"{entry.sender} > {entry.recipient}",
        heading.date_time_group,
        word("State", book.clock(entry.envelope).state.value, language),
    )
    return " | ".join(parts)
