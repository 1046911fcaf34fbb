"""One line for each message to which something remains to be said."""

from __future__ import annotations

from typing import Final

from skyaccord.hotline.book.inbox import Pending
from skyaccord.hotline.words.wordbook import word
from skyaccord.memorandum.sentences.languages import LANGUAGES

_PARTS: Final = (("h", 3600), ("min", 60), ("s", 1))


def say_pending(pending: Pending, language: str) -> str:
    """Return precedence, kind, party and date-time group, how far it has come, the time left or by which it is late.

    ``FLASH | QUERY | from green | 251420Z NOV 26 | not acknowledged | left 1 min 20 s | told: duty officer``
    """
    entry = pending.clock.entry
    heading = entry.body.heading
    party = entry.sender if pending.is_ours else entry.recipient
    parts = [
        word("Precedence", heading.precedence.value, language),
        word("kind", entry.kind.name.removeprefix("hotline."), language),
        f"{word('pending', 'from' if pending.is_ours else 'to', language)} {party}",
        heading.date_time_group,
        word("State", pending.clock.state.value, language),
    ]
    if pending.remaining_s is not None:
        what = word("pending", "late_by" if pending.is_late else "left", language)
        parts.append(f"{what} {say_duration(abs(pending.remaining_s), language)}")
    if pending.told:
        parts.append(f"{word('pending', 'told', language)}: {', '.join(rung.duty for rung in pending.told)}")
    return " | ".join(parts)


def say_duration(duration_s: float, language: str) -> str:
    """Return a duration in hours, minutes and whole seconds, cut off: ``1 h 5 min``, ``0 s``."""
    rest = int(duration_s)
    parts = []
    for unit, size in _PARTS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {LANGUAGES[language].units[unit]}")
    return " ".join(parts) or f"0 {LANGUAGES[language].units['s']}"
