"""Notice, acknowledgement, counter-notice: one party tells what its own aircraft will use.

A notice is never a permission, and an acknowledgement never an agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.hotline.bodies.heading import HEADING, Heading
from skyaccord.hotline.bodies.spoken import REMARK
from skyaccord.hotline.bodies.volume import VOLUMES, Volume
from skyaccord.hotline.forms.compound import Field, Layout, Several
from skyaccord.hotline.forms.texts import DUTY_NAME


@dataclass(frozen=True, slots=True)
class Notice:
    """Volumes that the sender's own aircraft will use."""

    heading: Heading
    text: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class CounterNotice:
    """Volumes that the answering party's own aircraft will use, told in answer to a notice."""

    heading: Heading
    text: str
    volumes: tuple[Volume, ...]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A message was received and read: "will inform". ``will_inform`` has the duties that will be told."""

    heading: Heading
    readback: str  # what was understood, where it is said again
    will_inform: tuple[str, ...]


_HEADING: Final = Field("heading", HEADING)
_TOLD: Final = (_HEADING, Field("text", REMARK), Field("volumes", VOLUMES))
NOTICE: Final = Layout(Notice, _TOLD)
COUNTER_NOTICE: Final = Layout(CounterNotice, _TOLD)
ACKNOWLEDGEMENT: Final = Layout(
    Acknowledgement,
    (_HEADING, Field("readback", REMARK), Field("will_inform", Several(DUTY_NAME, 0, 8))),
)
