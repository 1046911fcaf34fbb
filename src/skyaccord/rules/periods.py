"""Rules about what was said alone: judged over the time that the records cover, once for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from skyaccord.memorandum.document import Keep, Memorandum, Provision, is_in_force
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.model.records import Records
from skyaccord.rules.assess import losses_of
from skyaccord.rules.assessable import evidence_of, why_not_assessable
from skyaccord.rules.decide import decide
from skyaccord.rules.known import Known
from skyaccord.rules.losses import losses
from skyaccord.rules.scene import Surroundings
from skyaccord.rules.spans import Spans
from skyaccord.rules.trace import Trace

PERIOD = "R0001"
"""What verdicts on the record call the time that they are about."""

_DOUBT = "what was said before the first record and after the last is not known"


def judge_period(memorandum: Memorandum, records: Records | None) -> tuple[Verdict, ...]:
    """Return the verdict of each provision that is about records alone, from the first of them to the last."""
    if records is None or len(records) == 0:
        return ()
    known = Known.of(memorandum, records)
    assert known.said is not None  # noqa: S101 - there are records
    span = Spans(np.zeros(1, np.int64), known.said.t_s[:1], known.said.t_s[-1:])
    if not span.end_s[0] > span.begin_s[0]:
        return ()
    near = _surroundings(span, known)
    return tuple(_verdict(memorandum, provision, near) for provision in _about_records(memorandum.provisions))


def _about_records(provisions: Sequence[Provision]) -> list[Provision]:
    asked = (p for p in provisions if not why_not_assessable(p, has_records=True))
    return [p for p in asked if scope_of(p.readings[0]) is Scope.RECORD]


def _surroundings(span: Spans, known: Known) -> Surroundings:
    is_open = np.ones(1, bool)
    nothing = np.zeros(1)
    trace = Trace(1, span.owner, np.zeros((1, 8)), nothing, nothing, span, span, is_open, is_open)
    return Surroundings(replace(trace, known=known), span, is_open, is_open)


def _verdict(memorandum: Memorandum, provision: Provision, near: Surroundings) -> Verdict:
    assert provision.rule is not None  # noqa: S101 - only provisions with a rule are asked
    rule = provision.rule
    restore_s, reenter_s = (rule.restore_s, rule.reenter_s) if isinstance(rule, Keep) else (0.0, 0.0)
    certain, possible = (losses(lost, near, reenter_s) for lost in losses_of(rule, rule.formula, near.trace))
    sure, may = (found.gravest(near.times, restore_s)[0] for found in (certain, possible))
    decision = decide(rule, _DOUBT, sure, may)
    begin_s, end_s = float(near.times.begin_s[0]), float(near.times.end_s[0])
    return Verdict(
        encounter=PERIOD,
        provision=provision.id,
        outcome=Outcome(decision.outcome),
        margin=None,
        from_s=decision.loss.begin_s if decision.loss else begin_s,
        until_s=decision.loss.end_s if decision.loss else end_s,
        lost_s=decision.loss.duration_s if decision.loss else None,
        is_as_if=not is_in_force(memorandum, begin_s),
        reason=decision.reason,
        evidence=evidence_of(provision),
    )
