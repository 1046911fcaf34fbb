"""Situations with chosen distances: an encounter that was flown and measured, its distances replaced."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from skyaccord.detect.conduct.features import Sense
from skyaccord.detect.conduct.manner import Manner
from skyaccord.rules.severity.situation import Situation, Span, situations
from skyaccord.units import FT, KT
from tests.detect.conduct.flights import Sensor, beside, fly_lead
from tests.detect.conduct.manners import Case, find, passing

EXACT = Sensor(every_s=2.03, sigma_m=1.0)


def span_ft(low: float, high: float) -> Span:
    return Span(low * FT, high * FT)


@cache
def passed() -> Situation:
    """Return two that crossed at right angles and at one level, each straight on."""
    return situation_of(passing(np.random.default_rng(1), Manner.CROSSING, 90.0, (300.0, 300.0)))


@cache
def together() -> Situation:
    """Return two that flew side by side 1,500 ft apart."""
    lead = fly_lead(300.0, 300 * KT, 20.0)
    same = np.ones(len(lead.t_s))
    return situation_of(Case(Manner.FORMATION, lead, beside(lead, 0.0 * same, 1500 * FT * same)))


def situation_of(case: Case) -> Situation:
    random = np.random.default_rng(2)
    found = find({n: EXACT.report(f, random) for n, f in (("aaaaaa", case.one), ("bbbbbb", case.two))})
    (situation,) = situations(found)
    return situation


def with_distances(
    situation: Situation, slant: Span, horizontal: Span | None = None, vertical: Span | None = None
) -> Situation:
    """Return it at other distances; both axes are those of the slant where none is given."""
    return replace(situation, slant=slant, horizontal=horizontal or slant, vertical=vertical or span_ft(0.0, 0.0))


def turning_away(situation: Situation) -> Situation:
    features = situation.conduct.features
    turned = replace(features, a=replace(features.a, turned=Sense.AWAY))
    return replace(situation, conduct=replace(situation.conduct, features=turned))


def doubted(situation: Situation, why: str) -> Situation:
    features = replace(situation.conduct.features, doubt=why)
    return replace(
        situation,
        conduct=replace(situation.conduct, features=features),
        slant=Span(0.0, np.inf),
        horizontal=Span(0.0, np.inf),
        vertical=Span(0.0, np.inf),
    )
