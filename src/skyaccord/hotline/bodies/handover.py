"""A shift handover: the duty that takes over signs for what is open. A party says it to itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.errors import MemberError
from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import REMARK
from skyaccord.hotline.forms.compound import Field, Layout, Several
from skyaccord.hotline.forms.instants import Instant
from skyaccord.hotline.forms.texts import DUTY_NAME, ENVELOPE_HASH

MOST_OPEN: Final = 512


@dataclass(frozen=True, slots=True)
class Handover:
    """From which duty to which, as of which instant, with what open (envelopes)."""

    heading: Heading
    giving: str
    taking: str
    as_of_s: float
    open: tuple[str, ...]
    text: str

    def __post_init__(self) -> None:
        """Refuse a handover that another duty signs than the one that takes over."""
        if self.heading.authority != self.taking:
            raise MemberError("heading.authority", f"is {self.heading.authority}", f"who takes over: {self.taking}")


HANDOVER: Final = Layout(
    Handover,
    (
        Field("heading", HEADING),
        Field("giving", DUTY_NAME),
        Field("taking", DUTY_NAME),
        Field("as_of", Instant(), "as_of_s"),
        Field("open", Several(ENVELOPE_HASH, 0, MOST_OPEN)),
        Field("text", REMARK),
    ),
)
