"""A declaration about the memorandum itself. What is declared and what is observed are kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import REMARK
from skyaccord.hotline.forms.compound import Field, Layout, Several
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.texts import PROVISION, Word


class Declared(StrEnum):
    """What a party says of the memorandum."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Declaration:
    """The sender holds the memorandum, or some provisions of it, to be in force, suspended or ended from an instant."""

    heading: Heading
    status: Declared
    from_s: float
    provisions: tuple[str, ...]  # empty: the memorandum as a whole
    text: str


DECLARATION: Final = Layout(
    Declaration,
    (
        Field("heading", HEADING),
        Field("status", Word(Declared)),
        Field("from", Instant(), "from_s"),
        Field("provisions", Several(PROVISION, 0, 64)),
        Field("text", REMARK),
    ),
)
