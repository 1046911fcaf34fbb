"""An example of a provision: a case in words, and where a machine can judge it the flights and records of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skyaccord.memorandum.formula import Subject
from skyaccord.model.encounter import Outcome
from skyaccord.model.frequency import Frequency
from skyaccord.model.records import RecordKind
from skyaccord.tracks.scenarios.legs import Leg


class Kind(StrEnum):
    """On which side of the provision a case lies."""

    KEPT = "kept"
    BROKEN = "broken"
    BOUNDARY = "boundary"  # at the limit itself, or nearer to it than can be measured


@dataclass(frozen=True, slots=True)
class Craft:
    """One aircraft: straight and level from the start, through a place at an instant, and then leg by leg.

    The place is told from 0° N 0° E, first northwards and then eastwards. Legs begin at the start of the example.
    """

    id: str
    party: str
    role: Subject | None  # interceptor or intercepted, where the example says so
    squawk: str
    north_m: float
    east_m: float
    at_s: float
    altitude_m: float
    speed_mps: float
    track_deg: float
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said by radio, on the ground line or as a notice; instants are seconds from the example's start."""

    at_s: float
    kind: RecordKind
    frequency: Frequency | None
    caller: str  # id of an aircraft, or who else
    called: str
    party: str
    area: str
    from_s: float | None  # the time that a notice speaks of
    until_s: float | None
    reference: str  # by which a notice and its acknowledgement are known


@dataclass(frozen=True, slots=True)
class Example:
    """A case of a provision. Without ``outcome`` it is one for people alone, and has neither flights nor records."""

    provision: str  # its id
    kind: Kind
    what: str
    outcome: Outcome | None
    lasts_s: float
    sample_s: float  # between two reports of an aircraft
    nac_p: int | None  # accuracy that the reports state (DO-260B); None where they state none
    crafts: tuple[Craft, ...]
    sayings: tuple[Saying, ...]

    @property
    def is_for_a_machine(self) -> bool:
        """Return whether it can be judged."""
        return self.outcome is not None
