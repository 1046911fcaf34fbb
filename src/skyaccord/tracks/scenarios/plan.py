"""What a scenario states: what was reported, what is assumed, who flies how, and what a rule should say of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from skyaccord.model.encounter import Outcome
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.tracks.scenarios.closest_approach import ClosestApproach
from skyaccord.tracks.scenarios.legs import Leg, State
from skyaccord.tracks.scenarios.noise import Noise
from skyaccord.tracks.scenarios.stations import Station

Span: TypeAlias = tuple[float, float]
"""From and to; one number where both are the same."""


class Confidence(StrEnum):
    """How sure it is that this was said, not that it is so; the same words as a provision's source has."""

    CONFIRMED = "confirmed"  # a party on the record, or an investigation's report
    REPORTED = "reported"  # press, a party off the record, a secondary source
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class SpeedKind(StrEnum):
    """Which speed a report means."""

    UNTOLD = "untold"
    TRUE = "true"  # or over the ground, in still air
    INDICATED = "indicated"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a report that concern one aircraft: what `plausibility` works with."""

    of: str = ""  # id of the aircraft
    beside: str = ""  # id of an aircraft that is said to have kept station with it
    altitude_m: float | None = None
    speed_mps: float | None = None
    speed_kind: SpeedKind = SpeedKind.UNTOLD
    path_m: Span | None = None  # two readings where the unit has two, as miles
    climbed_m: float | None = None  # negative: altitude lost
    took_s: float | None = None  # time for the path or the climb
    is_head_on: bool = False  # both flew at that speed, nose to nose


@dataclass(frozen=True, slots=True)
class Reported:
    """One statement of a source, with the numbers in it."""

    what: str
    by: str
    source: str
    confidence: Confidence
    distance_m: Span | None = None  # least horizontal distance between the two reference points
    clearance_m: Span | None = None  # least distance between the two, skin to skin
    vertical_m: Span | None = None  # difference of height where they are nearest
    lasted_s: Span | None = None
    figures: Figures = Figures()
    is_flown: bool = True  # False: a number of the event that this scenario's flights do not follow


@dataclass(frozen=True, slots=True)
class Expected:
    """The worst verdict between parties that a memorandum should give, from geometry, and why."""

    preset: str  # name of the memorandum
    outcome: Outcome
    because: str
    lost_s: Span | None = None  # for how long the kept distance is lost


@dataclass(frozen=True, slots=True)
class Flight:
    """One aircraft and what it flies.

    With ``approach`` the position in ``begin`` is NaN and follows from it; with ``beside`` all of ``begin`` does.
    ``reported`` names the numbers of the file that a source gives or bounds; every other one is assumed.
    """

    id: str
    callsign: str
    begin: State
    legs: tuple[Leg, ...]
    approach: ClosestApproach | None
    type: str = ""  # key of `performance.TYPES`
    has_altitude: bool = True  # False: seen by primary radar alone
    seen_until_s: float = math.inf  # its record breaks off here
    beside: str = ""  # id of the aircraft whose frame the stations are in
    stations: tuple[Station, ...] = ()
    reported: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A generated event, complete: the same scenario always makes the same table."""

    name: str
    title: str
    place: str
    when: str  # as sources give it, "2016"; the day where they give one
    event: str  # the same in every party's version; the name where there is one version
    account: str  # whose version; empty where tracks would show the same by all
    start: datetime  # UTC
    duration_s: float
    sample_s: float
    noise: Noise | None
    reported: tuple[Reported, ...]
    assumed: tuple[str, ...]
    undecidable: tuple[str, ...]  # what tracks cannot decide
    expected: tuple[Expected, ...]
    parties: Mapping[str, tuple[str, ...]]  # party to ids of its aircraft
    flights: tuple[Flight, ...]

    @property
    def preset(self) -> str:
        """Return the memorandum that the scenario is judged by first."""
        return self.expected[0].preset

    def party_of(self, aircraft: str) -> str:
        """Return the party of an aircraft, ``unassigned`` where none claims it."""
        return next((party for party, ids in self.parties.items() if aircraft in ids), UNASSIGNED)

    def flight(self, aircraft: str) -> Flight:
        """Return the flight of an aircraft by its id."""
        return next(flight for flight in self.flights if flight.id == aircraft)
