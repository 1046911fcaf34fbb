"""A scenario as one JSON object; quantities SI, with the unit in the name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from skyaccord.tracks.scenarios.plan import Flight, Reported, Scenario
from skyaccord.tracks.scenarios.plausibility import Check


def record(scenario: Scenario, checks: Sequence[Check]) -> dict[str, Any]:
    """Return what `scenario show` says, for programs."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "place": scenario.place,
        "date": scenario.when if scenario.reported else None,
        "event": scenario.event,
        "account": scenario.account or None,
        "generated": True,
        "start": f"{scenario.start:%Y-%m-%dT%H:%M:%SZ}",
        "duration_s": scenario.duration_s,
        "sample_s": scenario.sample_s,
        "noise": asdict(scenario.noise) | {"nac_p": scenario.noise.nac_p} if scenario.noise else None,
        "reported": [_report(each) for each in scenario.reported],
        "checks": [asdict(check) for check in checks],
        "assumed": list(scenario.assumed),
        "tracks_cannot_decide": list(scenario.undecidable),
        "aircraft": [_flight(scenario, each) for each in scenario.flights],
        "expected": [asdict(each) for each in scenario.expected],
    }


def _report(report: Reported) -> dict[str, Any]:
    told = asdict(report)
    figures = told.pop("figures")
    return {key: value for key, value in (told | figures).items() if value not in (None, "", False)}


def _flight(scenario: Scenario, flight: Flight) -> dict[str, Any]:
    return {
        "id": flight.id,
        "party": scenario.party_of(flight.id),
        "type": flight.type or None,
        "beside": flight.beside or None,
        "altitude_known": flight.has_altitude,
        "reported": list(flight.reported),
        "phases": [{"at_s": s.at_s, "phase": s.phase} for s in flight.stations if s.phase],
    }
