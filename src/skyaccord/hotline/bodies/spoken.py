"""Messages that are words, with volumes where there are any: query, reply, correction, withdrawal, countersignature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.volume import ANY_VOLUMES, Volume
from skyaccord.hotline.forms.compound import Field, Layout
from skyaccord.hotline.forms.texts import FreeText

LONGEST_TEXT: Final = 2_000
"""Characters: a page, some fifteen minutes over a telephone."""
WORDS: Final = FreeText(1, LONGEST_TEXT)
REMARK: Final = FreeText(0, LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class Query:
    """A question."""

    heading: Heading
    text: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a message, other than that it was received."""

    heading: Heading
    text: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What stands in place of an earlier message of one's own; the earlier one stays in the log."""

    heading: Heading
    text: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An earlier message of one's own no longer stands; it stays in the log."""

    heading: Heading
    text: str


@dataclass(frozen=True, slots=True)
class Countersignature:
    """The other party's minute of a call says what was said."""

    heading: Heading
    text: str


_HEADING: Final = Field("heading", HEADING)
_SPOKEN: Final = (_HEADING, Field("text", WORDS), Field("volumes", ANY_VOLUMES))
QUERY: Final = Layout(Query, _SPOKEN)
REPLY: Final = Layout(Reply, _SPOKEN)
CORRECTION: Final = Layout(Correction, _SPOKEN)
WITHDRAWAL: Final = Layout(Withdrawal, (_HEADING, Field("text", REMARK)))
COUNTERSIGNATURE: Final = Layout(Countersignature, (_HEADING, Field("text", REMARK)))
