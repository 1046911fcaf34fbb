"""What was agreed about the line: who is on it, by when each precedence is acknowledged, who is told when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from skyaccord.memorandum.communications import Precedence
from skyaccord.memorandum.document import Memorandum
from skyaccord.units import MIN, H, S

ACKNOWLEDGE_S: Final = MappingProxyType(
    {
        Precedence.EMERGENCY: 60 * S,
        Precedence.FLASH: 2 * MIN,
        Precedence.IMMEDIATE: 10 * MIN,
        Precedence.PRIORITY: 1 * H,
        Precedence.ROUTINE: 6 * H,
    }
)
"""Where the memorandum states none. Military message handling aims at delivery within 10 min (flash), 30 min, 3 h and
6 h; a line between two desks is answered by who sits there, so all but the last are shorter."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A duty that is told once this multiple of the time for an acknowledgement has gone by without one."""

    duty: str
    after: float


LADDER: Final = (
    Rung("duty officer", 0.0),
    Rung("supervisor", 1.0),
    Rung("head of the operations centre", 2.0),
    Rung("working group", 4.0),
)
"""From the desk up to those who talked out the memorandum. A party may name its own duties and times."""

REMINDERS: Final = (0.5, 0.8)
"""Parts of the time for an acknowledgement at which the duty officer is reminded, before it is over."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The line as one party works it. ``acknowledge_s`` has what was agreed; other precedences have the default."""

    me: str
    parties: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    acknowledge_s: Mapping[Precedence, float] = field(default_factory=dict)
    check_every_s: float | None = None
    from_s: float = 0.0  # where the schedule of checks begins: entry into force
    ladder: tuple[Rung, ...] = LADDER
    reminders: tuple[float, ...] = REMINDERS

    def limit_s(self, precedence: Precedence) -> float:
        """Return the time within which a message of a precedence is acknowledged."""
        return self.acknowledge_s.get(precedence, ACKNOWLEDGE_S[precedence])

    @property
    def peers(self) -> tuple[str, ...]:
        """Return the other parties."""
        return tuple(party for party in self.parties if party != self.me)


def make_plan(memorandum: Memorandum, me: str, ladder: tuple[Rung, ...] = LADDER) -> Plan:
    """Return the plan of a party under a memorandum."""
    hotline = memorandum.communications.hotline if memorandum.communications else None
    return Plan(
        me=me,
        parties=memorandum.parties,
        excluded=memorandum.excluded,
        acknowledge_s=MappingProxyType(dict(hotline.acknowledge_s) if hotline else {}),
        check_every_s=hotline.check_every_s if hotline else None,
        from_s=memorandum.valid.from_s,
        ladder=ladder,
    )
