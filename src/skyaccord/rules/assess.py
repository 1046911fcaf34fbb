"""One provision over all encounters: certain and possible truth, losses by pair, outcome and margin of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.detect.pieces import Z
from skyaccord.geometry.vectors import Floats
from skyaccord.memorandum.document import Keep, Provision, Rule
from skyaccord.memorandum.formula import Formula, signals_of
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.model.encounter import Encounter, Outcome
from skyaccord.rules.decide import Decision, decide_breach, decide_keep
from skyaccord.rules.evaluate import Error, greatest_robustness, holds, least_robustness
from skyaccord.rules.losses import losses
from skyaccord.rules.spans import Spans, difference
from skyaccord.rules.trace import Trace, trace_of


@dataclass(frozen=True, slots=True)
class Scene:
    """What provisions are applied to.

    ``around`` holds every time in which a pair may have been within the volume, granting the error of measurement;
    each of ``encounters`` lies within one of its stretches, named in ``stretches`` by pair and in order of time.
    """

    encounters: Found
    around: Found
    stretches: Mapping[tuple[int, int], Sequence[tuple[int, Encounter]]]

    @classmethod
    def of(cls, encounters: Found, around: Found) -> Scene:
        """Return the scene of encounters within the stretches around them."""
        stretches: dict[tuple[int, int], list[tuple[int, Encounter]]] = {}
        for owner, stretch in enumerate(around.encounters):
            stretches.setdefault((stretch.a, stretch.b), []).append((owner, stretch))
        return cls(encounters, around, stretches)

    def span(self, encounter: Encounter) -> tuple[float, float]:
        """Return the time of the stretches that an encounter lies in, at least its own."""
        found = self.stretches[encounter.a, encounter.b]
        first = bisect_left(found, encounter.start_s, key=lambda item: item[1].end_s)
        inside = takewhile(lambda item: item[1].start_s <= encounter.end_s, found[first:])
        times = [(encounter.start_s, encounter.end_s), *((s.start_s, s.end_s) for _, s in inside)]
        return min(begin_s for begin_s, _ in times), max(end_s for _, end_s in times)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A provision's decision on each encounter, and how far inside (negative: outside) the limit each was."""

    decisions: tuple[Decision, ...]
    margins: Floats  # NaN where the rule speaks of a height that is not known


def assess(provision: Provision, scene: Scene) -> Assessment:
    """Apply a provision that has a rule. Where its readings differ the outcome is ``undetermined``."""
    assert provision.rule is not None  # noqa: S101 - the caller asks only provisions with a rule
    around = trace_of(scene.around.pieces, scene.around.bounds, scene.around.encounters)
    by_reading = [_decide(provision.rule, formula, scene, around) for formula in provision.readings]
    decisions = tuple(_agree(provision, together) for together in zip(*by_reading, strict=True))
    trace = trace_of(scene.encounters.pieces, scene.encounters.bounds)
    return Assessment(decisions, _margins(provision.rule, trace))


def _decide(rule: Rule, formula: Formula, scene: Scene, around: Trace) -> list[Decision]:
    certain, possible = _losses_of(rule, formula, around)
    reenter_s = rule.reenter_s if isinstance(rule, Keep) else 0.0
    pairs = {(encounter.a, encounter.b) for encounter in scene.encounters.encounters}
    surely, maybe = certain.by_owner(), possible.by_owner()
    by_pair = {
        pair: (losses(surely, scene.stretches[pair], reenter_s), losses(maybe, scene.stretches[pair], reenter_s))
        for pair in pairs
    }
    decided: list[Decision] = []
    for encounter in scene.encounters.encounters:
        sure, may = by_pair[encounter.a, encounter.b]
        span = scene.span(encounter)
        if isinstance(rule, Keep):
            decided.append(decide_keep(encounter, sure, may, span, rule.restore_s))
        else:
            decided.append(decide_breach(encounter, sure, may, span))
    return decided


def _losses_of(rule: Rule, formula: Formula, trace: Trace) -> tuple[Spans, Spans]:
    """Return when a rule was certainly, and when it was possibly, not observed."""
    if isinstance(rule, Keep):
        return (
            difference(trace.domain, holds(formula, trace, Error.POSSIBLY)),
            difference(trace.domain, holds(formula, trace, Error.CERTAINLY)),
        )
    return holds(formula, trace, Error.CERTAINLY), holds(formula, trace, Error.POSSIBLY)


def _agree(provision: Provision, readings: Sequence[Decision]) -> Decision:
    if len({decision.outcome for decision in readings}) == 1:
        return readings[0]
    said = "; ".join(
        f'"{format_formula(formula)}" gives {decision.outcome}'
        for formula, decision in zip(provision.readings, readings, strict=True)
    )
    loss = next((decision.loss for decision in readings if decision.loss), None)
    return Decision(Outcome.UNDETERMINED, loss, f"the readings of the provision differ: {said}")


def _margins(rule: Rule, trace: Trace) -> Floats:
    if isinstance(rule, Keep):
        margins = least_robustness(rule.formula, trace)
    else:
        margins = -greatest_robustness(rule.formula, trace)
    if signals_of(rule.formula) & {"vertical", "slant"}:
        unknown = ~np.isfinite(trace.value[:, Z])
        margins[np.unique(trace.owner[unknown])] = np.nan
    return margins
