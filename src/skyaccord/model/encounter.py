"""Encounters and verdicts: what a search finds and what a rule says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any


class Edge(StrEnum):
    """Why an encounter begins or ends where it does."""

    CROSSING = "crossing"  # the pair came inside the volume, or left it
    GAP = "gap"  # one of the two was not seen for longer than may be bridged
    TRACK = "track"  # the recording of one of the two begins or ends here


class Datum(StrEnum):
    """The altitude that vertical distances of an encounter are measured in."""

    PRESSURE = "pressure"
    ELLIPSOID = "ellipsoid"
    MIXED = "mixed"  # pressure over part of it, ellipsoid over the rest; never one against the other
    NONE = "none"  # no common datum: vertical distance is unknown


class Grade(StrEnum):
    """How far an encounter can be believed."""

    GOOD = "good"
    FAIR = "fair"
    DOUBTFUL = "doubtful"


class Outcome(StrEnum):
    """What a provision says of an encounter."""

    COMPLIANT = "compliant"
    INFRINGED = "infringed"  # a kept distance was lost and restored in time
    BREACH = "breach"
    UNDETERMINED = "undetermined"
    NOT_ASSESSABLE = "not_assessable"
    PENDING = "pending"  # online only: the future still decides


@dataclass(frozen=True, slots=True)
class Encounter:
    """A pair of aircraft over the time in which they are within D horizontally and H vertically of each other.

    Distances in metres, times in seconds since 1970. ``t_cpa_s`` is the instant of least horizontal distance;
    ``t_closest_s`` that of least ``max(horizontal/D, vertical/H)``. Values at one instant are never combined with
    values at another. Vertical values are NaN where the two share no altitude datum.
    """

    id: str
    a: int  # index into Tracks.aircraft
    b: int
    start_s: float
    end_s: float
    starts_by: Edge
    ends_by: Edge
    t_cpa_s: float
    min_horizontal_m: float
    vertical_at_cpa_m: float
    min_vertical_m: float
    min_slant_m: float
    t_closest_s: float
    horizontal_at_closest_m: float
    vertical_at_closest_m: float
    min_normalised: float
    datum: Datum
    horizontal_error_m: float  # 95 % bound of the horizontal distance at t_closest_s
    vertical_error_m: float
    grade: Grade
    reasons: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether both ends were seen: the pair came in and went out under observation."""
        return self.starts_by is Edge.CROSSING and self.ends_by is Edge.CROSSING

    @property
    def is_below_floor(self) -> bool:
        """Return whether the least horizontal distance is smaller than such data can measure."""
        return self.min_horizontal_m < self.horizontal_error_m

    def renamed(self, name: str, a: int, b: int) -> Encounter:
        """Return the encounter under another id, with its aircraft numbered otherwise."""
        return Encounter(name, a, b, *_UNCHANGED(self))


_UNCHANGED: Callable[[Encounter], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Encounter)[3:]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A provision applied to an encounter, with what it rests on."""

    encounter: str
    provision: str
    outcome: Outcome
    margin: float | None  # normalised robustness; negative where the limit was passed
    from_s: float | None  # the interval that decided
    until_s: float | None
    lost_s: float | None  # how long a kept distance was lost, by the provision's clock
    is_as_if: bool
    reason: str
    evidence: tuple[str, ...]

    def renamed(self, encounter: str) -> Verdict:
        """Return the verdict on an encounter that is now called otherwise."""
        return Verdict(encounter, *_SAID(self))


_SAID: Callable[[Verdict], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Verdict)[1:]))
