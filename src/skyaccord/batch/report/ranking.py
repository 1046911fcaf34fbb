"""By which verdict an encounter is counted; the order of outcomes is that of `rules.severity.gravity`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from skyaccord.batch.report.content import EncounterReport
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.rules.severity.gravity import ORDER

SEVERITY: Final[tuple[Outcome | None, ...]] = (*sorted(ORDER, key=ORDER.__getitem__), None)
"""Gravest first; ``None`` is an encounter to which no provision was applied."""


def deciding(report: EncounterReport) -> Verdict | None:
    """Return the gravest verdict on an encounter, and of several such the one with the least margin."""
    return min(report.verdicts, key=lambda v: (ORDER[v.outcome], _margin(v)), default=None)


def outcome_of(report: EncounterReport) -> Outcome | None:
    """Return the outcome by which an encounter is counted; ``None`` where nothing was applied to it."""
    verdict = deciding(report)
    return verdict.outcome if verdict else None


def outcome_counts(reports: Sequence[EncounterReport]) -> Counter[Outcome | None]:
    """Count encounters by outcome."""
    return Counter(outcome_of(report) for report in reports)


def _margin(verdict: Verdict) -> float:
    return math.inf if verdict.margin is None or math.isnan(verdict.margin) else verdict.margin
