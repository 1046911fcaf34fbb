"""An emergency: lives are in danger, and the other party is told so that it keeps clear or helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import REMARK
from skyaccord.hotline.bodies.volume import ANY_VOLUMES, Volume
from skyaccord.hotline.forms.compound import Field, Layout, Maybe
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.numbers import LEVEL, Place, Position, Whole
from skyaccord.hotline.forms.texts import FREQUENCY, LABEL, SQUAWK, Word
from skyaccord.memorandum.altitude_band import AltitudeDatum
from skyaccord.memorandum.communications import Precedence
from skyaccord.units import Quantity


class Nature(StrEnum):
    """What the emergency is (ICAO Annex 10, volume II, 5.3; Annex 12)."""

    DISTRESS = "distress"  # MAYDAY
    URGENCY = "urgency"  # PAN PAN
    LOST_COMMUNICATION = "lost_communication"
    LOST_POSITION = "lost_position"
    COLLISION = "collision"
    MISSING = "missing"
    FORCED_LANDING = "forced_landing"
    UNINTENDED_ENTRY = "unintended_entry"  # into airspace that it should not be in
    UNLAWFUL_INTERFERENCE = "unlawful_interference"
    RESCUE = "rescue"  # a search and rescue is under way
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Emergency:
    """What is known, and null where it is not: nothing waits for a form to be full."""

    heading: Heading
    nature: Nature
    call_sign: str | None
    aircraft_type: str | None
    persons_on_board: int | None
    at_s: float
    position: Place | None
    altitude: Quantity | None
    datum: AltitudeDatum | None
    squawk: str | None
    frequency: str | None
    text: str
    volumes: tuple[Volume, ...]  # that should be kept clear, or are searched

    def __post_init__(self) -> None:
        """Refuse another precedence, and an altitude without its datum."""
        if self.heading.precedence is not Precedence.EMERGENCY:
            raise MemberError("heading.precedence", f"is {self.heading.precedence.value}", "emergency")
        if (self.datum is None) != (self.altitude is None):
            raise MemberError("datum", "does not go with the altitude", "a datum where there is an altitude")


EMERGENCY: Final = Layout(
    Emergency,
    (
        Field("heading", HEADING),
        Field("nature", Word(Nature)),
        Field("call_sign", Maybe(LABEL)),
        Field("aircraft_type", Maybe(LABEL)),
        Field("persons_on_board", Maybe(Whole(0, 1000))),
        Field("at", Instant(), "at_s"),
        Field("position", Maybe(Position())),
        Field("altitude", Maybe(LEVEL)),
        Field("datum", Maybe(Word(AltitudeDatum))),
        Field("squawk", Maybe(SQUAWK)),
        Field("frequency", Maybe(FREQUENCY)),
        Field("text", REMARK),
        Field("volumes", ANY_VOLUMES),
    ),
)
