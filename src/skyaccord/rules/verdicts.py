"""Provisions over encounters, to verdicts. Words are made only where there is something to say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.memorandum.document import Memorandum, Provision, is_in_force
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.rules.assess import Assessment, assess, margins
from skyaccord.rules.assessable import evidence_of
from skyaccord.rules.decide import Decision
from skyaccord.rules.demand import demand_of
from skyaccord.rules.exempt import exempt_from_all, exemptions
from skyaccord.rules.setting import Setting
from skyaccord.rules.spans import Bools


def judge_all(
    memorandum: Memorandum, provisions: Sequence[Provision], found: Found, around: Found, setting: Setting
) -> tuple[Verdict, ...]:
    """Return the verdict of every provision on every encounter, in the order of encounters."""
    assessed = [assess(provision, found, around, setting) for provision in provisions]
    return tuple(_verdicts(memorandum, found, assessed, setting, np.ones((len(assessed), len(found)), bool)))


def judge_open(
    memorandum: Memorandum, provisions: Sequence[Provision], found: Found, around: Found, setting: Setting
) -> tuple[Found, tuple[Verdict, ...]]:
    """Return the encounters with a verdict that is neither ``compliant`` nor ``not_assessable``, and these verdicts."""
    assessed = [assess(provision, found, around, setting) for provision in provisions]
    is_open = np.array([each.is_touched() for each in assessed], bool).reshape(len(assessed), len(found))
    is_open &= ~exempt_from_all(memorandum, found.measured.tracks, found.intervals)
    kept = np.flatnonzero(is_open.any(axis=0))
    few = found.select(kept)
    return few, tuple(_verdicts(memorandum, few, [each.select(kept) for each in assessed], setting, is_open[:, kept]))


def _verdicts(
    memorandum: Memorandum, found: Found, assessed: Sequence[Assessment], setting: Setting, wanted: Bools
) -> Iterator[Verdict]:
    """Yield the verdicts that are wanted, shape (provisions, encounters)."""
    margin = [margins(each.rule, found, demand_of(each.provision), setting).tolist() for each in assessed]
    why_exempt = exemptions(memorandum, found.measured.tracks, found.intervals)
    for n, encounter in enumerate(found.encounters):
        for k, each in enumerate(assessed):
            if wanted[k, n]:
                exempt = why_exempt(each.provision, n)
                decision = Decision(Outcome.NOT_ASSESSABLE, None, exempt) if exempt else each.decide(n, encounter)
                yield _verdict(memorandum, each.provision, encounter, decision, margin[k][n])


def _verdict(
    memorandum: Memorandum, provision: Provision, encounter: Encounter, decision: Decision, margin: float
) -> Verdict:
    return Verdict(
        encounter=encounter.id,
        provision=provision.id,
        outcome=decision.outcome,
        margin=None if math.isnan(margin) else margin,
        from_s=decision.loss.begin_s if decision.loss else encounter.start_s,
        until_s=decision.loss.end_s if decision.loss else encounter.end_s,
        lost_s=decision.loss.duration_s if decision.loss else None,
        is_as_if=not is_in_force(memorandum, encounter.start_s),
        reason=decision.reason,
        evidence=evidence_of(provision),
    )
