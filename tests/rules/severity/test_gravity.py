"""Which encounter is looked at first."""

from __future__ import annotations

from dataclasses import replace

from skyaccord.model.encounter import Grade, Outcome, Verdict
from skyaccord.rules.severity.gravity import by_gravity, gravest
from tests.rules.severity.situated import passed


def verdict(encounter: str, outcome: Outcome, margin: float | None) -> Verdict:
    return Verdict(encounter, "p", outcome, margin, None, None, None, False, "", ())


def test_gravest_verdict_is_the_worst_outcome_and_then_the_least_margin() -> None:
    verdicts = [
        verdict("E1", Outcome.COMPLIANT, -0.9),
        verdict("E1", Outcome.BREACH, -0.2),
        verdict("E1", Outcome.BREACH, -0.5),
        verdict("E2", Outcome.UNDETERMINED, None),
    ]
    best = gravest(verdicts)
    assert best["E1"] is verdicts[2]
    assert best["E2"] is verdicts[3]


def test_breaches_stand_first_and_sound_data_before_doubtful() -> None:
    one = passed().encounter
    rows = [
        replace(one, id="E1"),
        replace(one, id="E2", grade=Grade.DOUBTFUL),
        replace(one, id="E3"),
        replace(one, id="E4"),
    ]
    said = [
        verdict("E2", Outcome.BREACH, -0.9),
        verdict("E3", Outcome.BREACH, -0.1),
        verdict("E4", Outcome.INFRINGED, -0.9),
    ]
    assert [encounter.id for encounter, _ in by_gravity(rows, said)] == ["E3", "E2", "E4", "E1"]
