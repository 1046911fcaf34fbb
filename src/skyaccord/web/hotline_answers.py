"""What people are answered about the ground line."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


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
