"""What a provision is judged from, and why one cannot be."""

from __future__ import annotations

import math
from typing import Final

from skyaccord.memorandum.document import Evidence, Provision
from skyaccord.memorandum.formula import signals_of
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.memorandum.reach import reach_of
from skyaccord.memorandum.signals import SIGNALS, Bearer

_OF_RECORDS: Final = (Evidence.RADIO, Evidence.HOTLINE, Evidence.NOTICE)


def evidence_of(provision: Provision) -> tuple[str, ...]:
    """Return what a verdict on a provision rests on: tracks, and the records that its rule speaks of."""
    bearers = {SIGNALS[name].bearer for formula in provision.readings for name in signals_of(formula)}
    found = [Evidence.TRACKS.value] if bearers - {Bearer.RECORD} else []
    if Bearer.RECORD in bearers:
        found += [evidence.value for evidence in provision.evidence if evidence in _OF_RECORDS]
    return tuple(found)


def why_not_assessable(provision: Provision, has_records: bool = False) -> str:
    """Return why nothing at hand can decide a provision, or an empty text where something can."""
    needs = ", ".join(evidence.value for evidence in provision.evidence)
    if provision.rule is None:
        if Evidence.TRACKS in provision.evidence:
            return "has no machine rule"
        return "not observable by machine" if needs == "none" else f"needs other evidence than tracks: {needs}"
    bearers = {SIGNALS[name].bearer for formula in provision.readings for name in signals_of(formula)}
    if bearers - {Bearer.RECORD} and Evidence.TRACKS not in provision.evidence:
        return f"needs other evidence than tracks: {needs}"
    if Bearer.RECORD in bearers and not has_records:
        return "speaks of what was said, and no records of radio, ground line or notices were given"
    if scope_of(provision.readings[0]) is not Scope.PAIR:
        return ""
    within = reach_of(provision)
    if within is None or not math.isfinite(within.horizontal_m):
        return "sets no limit to horizontal distance, so that every pair of aircraft would be an encounter"
    if within.horizontal_m <= 0.0 or within.vertical_m <= 0.0:
        return "can never be touched: its limits are zero"
    return ""
