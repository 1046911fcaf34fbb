"""The heading of every message: when and how urgently, in what language, on whose authority, in answer to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.forms.compound import Field, Layout, Maybe, Several
from skyaccord.hotline.forms.instants import DateTimeGroup
from skyaccord.hotline.forms.numbers import Flag
from skyaccord.hotline.forms.texts import DUTY_NAME, ENVELOPE_HASH, LANGUAGE, PARTY_NAME, Word
from skyaccord.memorandum.communications import Precedence

MOST_PARTIES: Final = 16


@dataclass(frozen=True, slots=True)
class Interpreter:
    """Who interprets: a duty, never a name, and whether interpreting is that duty's task."""

    duty: str
    is_assigned: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """The message that one refers to: by its envelope, and as people say it, ``REF blue 251400Z NOV 26``."""

    envelope: str
    originator: str
    date_time_group: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What every message has.

    ``addressees`` are all parties to whom the same message goes, each in an envelope of its own. ``on_behalf_of`` names
    members of a coalition for whom the sender speaks; empty means for itself alone.
    """

    addressees: tuple[str, ...]
    answers: Reference | None
    authority: str  # the duty that says it
    date_time_group: str
    interpreter: Interpreter | None
    language: str  # of the free text
    on_behalf_of: tuple[str, ...]
    precedence: Precedence


_INTERPRETER: Final = Layout(Interpreter, (Field("assigned", Flag(), "is_assigned"), Field("duty", DUTY_NAME)))
_REFERENCE: Final = Layout(
    Reference,
    (
        Field("date_time_group", DateTimeGroup()),
        Field("envelope", ENVELOPE_HASH),
        Field("originator", PARTY_NAME),
    ),
)
HEADING: Final = Layout(
    Heading,
    (
        Field("addressees", Several(PARTY_NAME, 1, MOST_PARTIES)),
        Field("answers", Maybe(_REFERENCE)),
        Field("authority", DUTY_NAME),
        Field("date_time_group", DateTimeGroup()),
        Field("interpreter", Maybe(_INTERPRETER)),
        Field("language", LANGUAGE),
        Field("on_behalf_of", Several(PARTY_NAME, 0, MOST_PARTIES)),
        Field("precedence", Word(Precedence)),
    ),
)
