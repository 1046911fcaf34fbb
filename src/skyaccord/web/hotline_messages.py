"""What people's requests about the ground line hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct

from skyaccord.memorandum.communications import Precedence
from skyaccord.web.people_messages import END

MESSAGE_PATTERN = rf"^(sha256:)?[0-9a-f]{{6,64}}{END}"
PARTY_PATTERN = rf"^[A-Za-z0-9_-]{{1,64}}{END}"
DUTY_PATTERN = rf"^[A-Za-z0-9][A-Za-z0-9 _./-]{{0,63}}{END}"

MessageName: TypeAlias = Annotated[str, Meta(max_length=71, pattern=MESSAGE_PATTERN)]
Party: TypeAlias = Annotated[str, Meta(max_length=64, pattern=PARTY_PATTERN)]
Parties: TypeAlias = Annotated[list[Party], Meta(max_length=16)]
DutyName: TypeAlias = Annotated[str, Meta(max_length=64, pattern=DUTY_PATTERN)]
Text: TypeAlias = Annotated[str, Meta(max_length=2000)]
Iso639: TypeAlias = Annotated[str, Meta(max_length=3, pattern=rf"^[a-z]{{2,3}}{END}")]
SpokenKind: TypeAlias = Literal[
    "notice", "counter_notice", "query", "reply", "protest", "emergency", "withdrawal", "correction", "declaration"
]


class InterpreterPart(Struct, frozen=True, forbid_unknown_fields=True):
    """Who interprets: a duty, and whether interpreting is its task."""

    duty: DutyName
    assigned: bool


class SayRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A message to one or more parties; ``content`` has its members beside the heading (docs/hotline.md)."""

    kind: SpokenKind
    to: Annotated[list[Party], Meta(min_length=1, max_length=16)]
    content: dict[str, Any]
    precedence: Precedence = Precedence.ROUTINE
    language: Iso639 = "en"
    answers: MessageName | None = None
    interpreter: InterpreterPart | None = None
    on_behalf_of: Parties = []


class AcknowledgeRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Received and read; what was understood, and which duties will be told."""

    readback: Text = ""
    will_inform: Annotated[list[DutyName], Meta(max_length=8)] = []
    language: Iso639 = "en"


class CheckRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """A communications check; one that is due by the plan counts as that one."""

    to: Party
    text: Text = ""
    language: Iso639 = "en"


class CheckAnswerRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """How readable a check was, 1 to 5."""

    readability: Annotated[int, Meta(ge=1, le=5)] = 5
    text: Text = ""
    language: Iso639 = "en"


class MinuteRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """What was said by telephone, radio, video or in person; ``content`` as docs/hotline.md has it."""

    to: Party
    content: dict[str, Any]
    language: Iso639 = "en"
    answers: MessageName | None = None


class CountersignRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The minute says what was said."""

    text: Text = ""
    language: Iso639 = "en"


class DifferRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """One's own minute of the same call; both are kept."""

    content: dict[str, Any]
    language: Iso639 = "en"


class HandOverRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """The duty that is signed in, or named, takes over from another, with all that is open."""

    giving: DutyName
    text: Text = ""
    language: Iso639 = "en"


class ImportRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Lines that were carried by hand or read over a telephone."""

    text: Annotated[str, Meta(min_length=1, max_length=60_000)]
