"""The words for kinds of records, as logs have them."""

from __future__ import annotations

from typing import Final

from skyaccord.model.records import RecordKind

_WORDS: Final = {
    RecordKind.CALL: ("transmission", "radio call", "message"),
    RecordKind.REPLY: ("answer", "response", "readback", "read back"),
    RecordKind.NOTICE: ("notification", "notify", "advisory"),
    RecordKind.ACKNOWLEDGEMENT: ("acknowledgment", "acknowledge", "acknowledged", "ack", "receipt"),
    RecordKind.CHECK: ("communications check", "comm check", "comms check", "radio check", "line check", "test"),
    RecordKind.QUERY: ("question", "request", "enquiry", "inquiry"),
    RecordKind.PROTEST: ("complaint",),
    RecordKind.EMERGENCY: ("distress", "mayday", "urgency"),
    RecordKind.MINUTE: ("minutes", "note", "summary"),
}
KINDS: Final = {word: kind for kind, words in _WORDS.items() for word in (kind.value, *words)}
"""Every word that is understood, small letters."""


def read_kind(cell: str) -> RecordKind | None:
    """Return the kind that a word stands for; ``None`` for an unknown one, and a call where there is no word."""
    word = " ".join(cell.lower().replace("_", " ").replace("-", " ").split())
    return KINDS.get(word) if word else RecordKind.CALL
