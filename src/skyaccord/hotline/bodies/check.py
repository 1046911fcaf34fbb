"""The communications check and its answer: the line is tried before it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import REMARK
from skyaccord.hotline.forms.compound import Field, Layout, Maybe
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.numbers import Whole
from skyaccord.hotline.forms.texts import CHALLENGE

READABILITY: Final = Whole(1, 5)
"""1 unreadable, 2 now and then, 3 with difficulty, 4 readable, 5 perfectly (ICAO Annex 10, volume II, 5.2.1.8.4)."""


@dataclass(frozen=True, slots=True)
class Check:
    """A communications check. The challenge comes back in the answer, so that an answer is to this check."""

    heading: Heading
    challenge: str
    scheduled_s: float | None  # the instant of the plan, where it is one of the plan
    text: str


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """The answer: the same challenge, when the check came in by the answering party's clock, how well it was read."""

    heading: Heading
    challenge: str
    readability: int
    received_s: float
    text: str


_HEADING: Final = Field("heading", HEADING)
CHECK: Final = Layout(
    Check,
    (
        _HEADING,
        Field("challenge", CHALLENGE),
        Field("scheduled", Maybe(Instant()), "scheduled_s"),
        Field("text", REMARK),
    ),
)
CHECK_ANSWER: Final = Layout(
    CheckAnswer,
    (
        _HEADING,
        Field("challenge", CHALLENGE),
        Field("readability", READABILITY),
        Field("received", Instant(), "received_s"),
        Field("text", REMARK),
    ),
)
