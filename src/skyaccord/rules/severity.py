"""Which encounter to look at first."""

from __future__ import annotations

from typing import Final

from skyaccord.model.encounter import Encounter, Grade, Outcome, Verdict
from skyaccord.rules.judge import Judgement

ORDER: Final = {
    Outcome.BREACH: 0,
    Outcome.INFRINGED: 1,
    Outcome.UNDETERMINED: 2,
    Outcome.PENDING: 3,
    Outcome.COMPLIANT: 4,
    Outcome.NOT_ASSESSABLE: 5,
}


def gravest(found: Judgement) -> dict[str, tuple[Encounter, Verdict]]:
    """Return the gravest verdict on each encounter that has one, by the encounter's id; ties go to the least margin."""
    listed = {e.id: e for e in all_encounters(found)}
    best: dict[str, tuple[Encounter, Verdict]] = {}
    for verdict in found.verdicts:
        known = best.get(verdict.encounter)
        if known is None or _rank(verdict) < _rank(known[1]):
            best[verdict.encounter] = (listed[verdict.encounter], verdict)
    return best


def by_gravity(found: Judgement) -> list[tuple[Encounter, Verdict | None]]:
    """Return all encounters with their gravest verdict: breaches first, then by margin, doubtful data after sound."""
    best = gravest(found)
    rows = [(e, best[e.id][1] if e.id in best else None) for e in all_encounters(found)]
    return sorted(
        rows, key=lambda row: (_rank(row[1]), row[0].grade is Grade.DOUBTFUL, row[0].min_normalised, row[0].id)
    )


def all_encounters(found: Judgement) -> tuple[Encounter, ...]:
    """Return encounters, borderline and doubtful pairs."""
    return (*found.encounters.encounters, *found.borderline.encounters, *found.doubtful)


def _rank(verdict: Verdict | None) -> tuple[int, float]:
    if verdict is None:
        return (len(ORDER), 0.0)
    return (ORDER[verdict.outcome], verdict.margin if verdict.margin is not None else 1.0)
