"""A protest: one party holds that something happened that the memorandum excludes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import WORDS
from skyaccord.hotline.bodies.volume import ANY_VOLUMES, Volume, refuse_window
from skyaccord.hotline.forms.compound import Field, Layout, Maybe, Several
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.texts import LABEL, PROVISION


@dataclass(frozen=True, slots=True)
class Protest:
    """What is held to have happened, where, when, and against which provisions. It is a claim, not a verdict."""

    heading: Heading
    from_s: float
    until_s: float
    incident: str | None  # by which the parties know it, where it has a name already
    provisions: tuple[str, ...]
    text: str
    volumes: tuple[Volume, ...]

    def __post_init__(self) -> None:
        """Refuse a time that ends before it begins."""
        refuse_window(self.from_s, self.until_s)


PROTEST: Final = Layout(
    Protest,
    (
        Field("heading", HEADING),
        Field("from", Instant(), "from_s"),
        Field("until", Instant(), "until_s"),
        Field("incident", Maybe(LABEL)),
        Field("provisions", Several(PROVISION, 0, 16)),
        Field("text", WORDS),
        Field("volumes", ANY_VOLUMES),
    ),
)
