"""What people's requests about the ground line hold and what they are answered."""

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


class PendingAnswer(Struct, frozen=True):
    """A message to which something remains to be said."""

    envelope: str
    kind: str
    precedence: str
    sender: str
    recipient: str
    authority: str
    date_time_group: str
    state: str
    is_ours: bool
    is_late: bool
    remaining_s: float | None
    reminders: int
    told: list[str]
    words: str


class StateAnswer(Struct, frozen=True):
    """A state of the line with a peer, in words for the officer."""

    state: str
    words: str


class LineAnswer(Struct, frozen=True):
    """The line with one peer: how it works, what it declares and what is observed."""

    party: str
    states: list[StateAnswer]
    waiting: int
    declared: str | None
    practice: str
    last_heard: str | None
    next_check: str | None


class AsideAnswer(Struct, frozen=True):
    """A message that does not count, and why."""

    envelope: str
    sender: str
    kind: str
    why: str


class InboxAnswer(Struct, frozen=True):
    """What is to be done, most urgent first; what is waited for; how the lines are."""

    party: str
    time: str
    on_duty: str | None
    trouble: str | None
    lines: list[LineAnswer]
    inbox: list[PendingAnswer]
    awaited: list[PendingAnswer]
    aside: list[AsideAnswer]
    last_event: str


class MessageAnswer(Struct, frozen=True):
    """One message, how it stands, and what it says: as it travels and in words."""

    envelope: str
    kind: str
    sender: str
    recipient: str
    sent: str
    received: str | None
    state: str
    due: str | None
    took_s: float | None
    late_by_s: float
    stopped_by: str | None
    answered_by: str | None
    replaced_by: str | None
    content: dict[str, Any]
    words: str


class MessagesAnswer(Struct, frozen=True):
    """Messages; of a thread the first is the one that began it."""

    messages: list[MessageAnswer]


class CheckFiguresAnswer(Struct, frozen=True):
    """Communications checks with a party; times in seconds by the caller's clock."""

    called: int
    answered: int
    missed: int
    median_s: float | None
    worst_s: float | None
    offset_s: float | None
    slots: dict[str, int]
    next_check: str | None


class PunctualityAnswer(Struct, frozen=True):
    """How a party acknowledged what was said to it, in seconds by its own clock."""

    party: str
    acknowledged: int
    in_time: int
    late: int
    undetermined: int
    median_s: float | None
    worst_s: float | None


class PartyFiguresAnswer(Struct, frozen=True):
    """Figures about the line with one party."""

    party: str
    checks: CheckFiguresAnswer
    theirs: PunctualityAnswer
    ours: PunctualityAnswer


class StatisticsAnswer(Struct, frozen=True):
    """Figures about all lines."""

    since: str
    until: str
    parties: list[PartyFiguresAnswer]


class HandoverAnswer(Struct, frozen=True):
    """A handover, and how what was signed for differs from what was open."""

    envelope: str
    giving: str
    taking: str
    as_of: str
    open: list[str]
    left_out: list[str]
    too_many: list[str]


class ExportAnswer(Struct, frozen=True):
    """Lines to carry or to read aloud; ``left`` messages did not fit and go next time."""

    party: str
    text: str
    messages: int
    left: int


class ImportAnswer(Struct, frozen=True):
    """What came of carried lines; ``back`` is to be carried back to each party that had something in them."""

    accepted: int
    known: int
    acknowledged: int
    refused: list[str]
    damaged: list[str]
    back: dict[str, str]
