"""What a draft would have meant, in numbers: of each provision, and of all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from skyaccord.batch.findings import Findings
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.rules.severity.gravity import gravest

LOST: Final = (Outcome.BREACH, Outcome.INFRINGED)
"""Outcomes of which it is certain that the rule was not kept throughout."""

TOUCHED: Final = (*LOST, Outcome.UNDETERMINED)
"""Outcomes that someone on duty would have had to look at."""


@dataclass(frozen=True, slots=True)
class Impact:
    """How often, how long and to how many aircraft something happened."""

    breach: int
    infringed: int
    undetermined: int
    lost_s: float  # for how long the rule was certainly lost, over all breaches and infringements
    aircraft: int  # with a breach or an infringement
    aircraft_in_doubt: int  # with nothing but undetermined

    @property
    def lost(self) -> int:
        """Return how often the rule was certainly lost."""
        return self.breach + self.infringed

    @property
    def touched(self) -> int:
        """Return how often someone would have had to look: lost, or not certain that it was kept."""
        return self.lost + self.undetermined


@dataclass(frozen=True, slots=True)
class Affected:
    """What happened to one aircraft."""

    breach: int = 0
    infringed: int = 0
    undetermined: int = 0


def impact_by_provision(findings: Findings) -> dict[str, Impact]:
    """Return the impact of each provision that was judged, in the order of verdicts."""
    by_provision: dict[str, list[Verdict]] = {}
    for verdict in findings.verdicts:
        by_provision.setdefault(verdict.provision, []).append(verdict)
    return {provision: _impact(findings, verdicts) for provision, verdicts in by_provision.items()}


def impact_of_all(findings: Findings) -> Impact:
    """Return the impact of all provisions together: of each encounter the gravest verdict counts."""
    return _impact(findings, gravest(findings.verdicts).values())


def affected_aircraft(findings: Findings, provision: str | None = None) -> dict[str, Affected]:
    """Return what happened to each aircraft to which anything did, by its id; by one provision or all together."""
    verdicts = [v for v in findings.verdicts if provision in (None, v.provision)]
    counts: dict[str, Counter[Outcome]] = {}
    encounters = _encounters(findings)
    for verdict in gravest(verdicts).values():
        if verdict.outcome in TOUCHED and verdict.encounter in encounters:
            for index in _aircraft_of(encounters[verdict.encounter]):
                counts.setdefault(findings.aircraft[index].id, Counter())[verdict.outcome] += 1
    return {
        name: Affected(count[Outcome.BREACH], count[Outcome.INFRINGED], count[Outcome.UNDETERMINED])
        for name, count in counts.items()
    }


def _impact(findings: Findings, verdicts: Iterable[Verdict]) -> Impact:
    encounters = _encounters(findings)
    counts: Counter[Outcome] = Counter()
    lost_s = 0.0
    lost: set[int] = set()
    doubtful: set[int] = set()
    for verdict in verdicts:
        counts[verdict.outcome] += 1
        of = set(_aircraft_of(encounters[verdict.encounter])) if verdict.encounter in encounters else set()
        if verdict.outcome in LOST:
            lost |= of
            lost_s += verdict.lost_s or 0.0
        elif verdict.outcome is Outcome.UNDETERMINED:
            doubtful |= of
    return Impact(
        counts[Outcome.BREACH],
        counts[Outcome.INFRINGED],
        counts[Outcome.UNDETERMINED],
        lost_s,
        len(lost),
        len(doubtful - lost),
    )


def _encounters(findings: Findings) -> Mapping[str, Encounter]:
    return {each.id: each for each in (*findings.all_encounters(), *findings.passages)}


def _aircraft_of(encounter: Encounter) -> tuple[int, int]:
    return encounter.a, encounter.b
