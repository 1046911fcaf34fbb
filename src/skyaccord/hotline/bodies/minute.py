"""A minute: what was said by voice, written down by one party; the other countersigns it or gives its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import WORDS
from skyaccord.hotline.bodies.volume import ANY_VOLUMES, Volume, refuse_window
from skyaccord.hotline.forms.compound import Field, Layout, Maybe
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.texts import DUTY_NAME, LABEL, PARTY_NAME, Word


class Medium(StrEnum):
    """What was spoken over."""

    TELEPHONE = "telephone"
    RADIO = "radio"
    VIDEO = "video"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Minute:
    """What was said, by which duties of which parties, when, over what."""

    heading: Heading
    medium: Medium
    channel: str | None  # number or frequency
    from_s: float
    until_s: float
    caller: str
    caller_duty: str
    called: str
    called_duty: str
    text: str
    volumes: tuple[Volume, ...]

    def __post_init__(self) -> None:
        """Refuse a call that ends before it begins."""
        refuse_window(self.from_s, self.until_s)


@dataclass(frozen=True, slots=True)
class DifferingMinute(Minute):
    """The other party's own minute of the same call: both are kept as such, neither replaces the other."""


_FIELDS: Final = (
    Field("heading", HEADING),
    Field("medium", Word(Medium)),
    Field("channel", Maybe(LABEL)),
    Field("from", Instant(), "from_s"),
    Field("until", Instant(), "until_s"),
    Field("caller", PARTY_NAME),
    Field("caller_duty", DUTY_NAME),
    Field("called", PARTY_NAME),
    Field("called_duty", DUTY_NAME),
    Field("text", WORDS),
    Field("volumes", ANY_VOLUMES),
)
MINUTE: Final = Layout(Minute, _FIELDS)
DIFFERING_MINUTE: Final = Layout(DifferingMinute, _FIELDS)
