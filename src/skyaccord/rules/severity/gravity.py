"""Which encounter to look at first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from skyaccord.model.encounter import Encounter, Grade, Outcome, Verdict

ORDER: Final = {
    Outcome.BREACH: 0,
    Outcome.INFRINGED: 1,
    Outcome.UNDETERMINED: 2,
    Outcome.PENDING: 3,
    Outcome.COMPLIANT: 4,
    Outcome.NOT_ASSESSABLE: 5,
}


def gravest(verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """Return the gravest verdict on each encounter that has one, by the encounter's id; ties go to the least margin."""
    best: dict[str, Verdict] = {}
    for verdict in verdicts:
        known = best.get(verdict.encounter)
        if known is None or _rank(verdict) < _rank(known):
            best[verdict.encounter] = verdict
    return best


def by_gravity(encounters: Iterable[Encounter], verdicts: Iterable[Verdict]) -> list[tuple[Encounter, Verdict | None]]:
    """Return encounters with their gravest verdict: breaches first, sound data before doubtful, then by margin."""
    best = gravest(verdicts)
    rows = [(encounter, best.get(encounter.id)) for encounter in encounters]
    return sorted(rows, key=lambda row: (*_place(*row), row[0].min_normalised, row[0].id))


def _place(encounter: Encounter, verdict: Verdict | None) -> tuple[int, bool, float]:
    outcome, margin = _rank(verdict)
    return outcome, encounter.grade is Grade.DOUBTFUL, margin


def _rank(verdict: Verdict | None) -> tuple[int, float]:
    if verdict is None:
        return (len(ORDER), 0.0)
    return (ORDER[verdict.outcome], verdict.margin if verdict.margin is not None else 1.0)
