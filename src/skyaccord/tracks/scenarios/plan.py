"""What a scenario states: what was reported, what is assumed, who flies how, and what a rule should say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from skyaccord.model.encounter import Outcome
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.tracks.scenarios.closest_approach import ClosestApproach
from skyaccord.tracks.scenarios.flightpath import Leg, State


@dataclass(frozen=True, slots=True)
class Reported:
    """One statement of a source. ``distance_m`` is the least distance it reports, from and to, where it does."""

    what: str
    by: str
    source: str
    distance_m: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Noise:
    """Error of measured positions: normal on each axis, fading over ``correlation_s`` as satellite positions' does."""

    sigma_m: float
    correlation_s: float
    seed: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The worst verdict between parties that the scenario's preset should give, and why."""

    outcome: Outcome
    because: str
    lost_s: tuple[float, float] | None = None  # for how long the kept distance is lost, from and to


@dataclass(frozen=True, slots=True)
class Flight:
    """One aircraft and what it flies. With ``approach`` the position in ``begin`` is NaN and follows from it."""

    id: str
    callsign: str
    begin: State
    legs: tuple[Leg, ...]
    approach: ClosestApproach | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A generated event, complete: the same scenario always makes the same table."""

    name: str
    title: str
    preset: str  # name of the memorandum it belongs to
    start: datetime  # UTC
    duration_s: float
    sample_s: float
    noise: Noise | None
    reported: tuple[Reported, ...]
    assumed: tuple[str, ...]
    expected: Expected
    parties: Mapping[str, tuple[str, ...]]  # party to ids of its aircraft
    flights: tuple[Flight, ...]

    def party_of(self, aircraft: str) -> str:
        """Return the party of an aircraft, ``unassigned`` where none claims it."""
        return next((party for party, ids in self.parties.items() if aircraft in ids), UNASSIGNED)
