"""One provision over all encounters: certain and possible truth, losses by pair, outcome and margin of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.detect.pieces import Z
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.document import Keep, Provision, Rule
from skyaccord.memorandum.formula import Formula, signals_of
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.horizon import speaks_of_roles
from skyaccord.model.encounter import Encounter, Outcome
from skyaccord.rules.decide import Decision, decide, doubt_of
from skyaccord.rules.demand import Demand, demand_of
from skyaccord.rules.evaluate import Error, greatest_robustness, holds, least_robustness
from skyaccord.rules.losses import Loss, losses
from skyaccord.rules.scene import Surroundings, times_of
from skyaccord.rules.setting import Setting
from skyaccord.rules.spans import Bools, Spans, difference, intersection
from skyaccord.rules.subjects import with_interceptor
from skyaccord.rules.trace import Trace

_OF_HEIGHT = frozenset(("vertical", "slant", "vmd", "height_above", "wake_behind"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a provision finds about each encounter: the gravest certain and the gravest possible loss."""

    words: str
    sure: Sequence[Loss | None]
    may: Sequence[Loss | None]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A provision over encounters, by each of its readings."""

    provision: Provision
    rule: Rule
    readings: Sequence[Reading]

    def is_touched(self) -> Bools:
        """Return for which encounters a loss is possible by any reading; the others are compliant."""
        losses_of = zip(*(losses for reading in self.readings for losses in (reading.sure, reading.may)), strict=True)
        return np.array([any(found) for found in losses_of], bool)

    def select(self, index: Ints) -> Assessment:
        """Return the same over some of the encounters."""
        readings = [Reading(r.words, [r.sure[n] for n in index], [r.may[n] for n in index]) for r in self.readings]
        return Assessment(self.provision, self.rule, readings)

    def decide(self, n: int, encounter: Encounter) -> Decision:
        """Return the decision on encounter n; ``undetermined`` where readings differ."""
        doubt = doubt_of(encounter)
        by_reading = [decide(self.rule, doubt, reading.sure[n], reading.may[n]) for reading in self.readings]
        if len({decision.outcome for decision in by_reading}) == 1:
            return by_reading[0]
        said = "; ".join(
            f"{reading.words} gives {decision.outcome}"
            for reading, decision in zip(self.readings, by_reading, strict=True)
        )
        loss = next((decision.loss for decision in by_reading if decision.loss), None)
        return Decision(Outcome.UNDETERMINED, loss, f"the readings of the provision differ: {said}")


def assess(provision: Provision, found: Found, around: Found, setting: Setting) -> Assessment:
    """Apply a provision that has a rule to encounters.

    Each loss is looked for in all the time in which a pair may have been within the volume; what is certain counts
    where it lies in the encounter itself, what is possible over the stretches around it too. Where the rule speaks of
    interceptor and intercepted and the tracks do not tell them apart, it is read both ways.
    """
    assert provision.rule is not None  # noqa: S101 - the caller asks only provisions with a rule
    rule, times = provision.rule, times_of(found)
    near = setting.surroundings(around, demand_of(provision))
    spans = near.spans(times)
    restore_s, reenter_s = (rule.restore_s, rule.reenter_s) if isinstance(rule, Keep) else (0.0, 0.0)
    readings = []
    for words, formula, trace in _readings(provision, near):
        certain, possible = (losses(lost, near, reenter_s) for lost in losses_of(rule, formula, trace))
        readings.append(Reading(words, certain.gravest(times, restore_s), possible.gravest(spans, restore_s)))
    return Assessment(provision, rule, readings)


def _readings(provision: Provision, near: Surroundings) -> Iterator[tuple[str, Formula, Trace]]:
    """Yield each formula with the trace that it is read on, and what the reading is called."""
    for formula in provision.readings:
        words = f'"{format_formula(formula)}"'
        if not speaks_of_roles(formula):
            yield words, formula, near.trace
            continue
        for side, which in enumerate(("first", "second")):
            yield f"{words} with the {which} aircraft as interceptor", formula, with_interceptor(near.trace, side)


def margins(rule: Rule, found: Found, demand: Demand, setting: Setting) -> Floats:
    """Return how far inside (negative: outside) the limit each encounter was, by the rule as measured.

    NaN where the rule speaks of a height that is not known, or of an interceptor whom the tracks do not tell.
    """
    trace = setting.trace(found, demand)
    if isinstance(rule, Keep):
        margins = least_robustness(rule.formula, trace)
    else:
        margins = -greatest_robustness(rule.formula, trace)
    if signals_of(rule.formula) & _OF_HEIGHT:
        unknown = ~np.isfinite(trace.value[:, Z])
        margins[np.unique(trace.owner[unknown])] = np.nan
    if speaks_of_roles(rule.formula):
        margins[trace.interceptor < 0] = np.nan
    return margins


def losses_of(rule: Rule, formula: Formula, trace: Trace) -> tuple[Spans, Spans]:
    """Return when a rule was certainly, and when it was possibly, not observed."""
    if isinstance(rule, Keep):
        return (
            difference(trace.core, holds(formula, trace, Error.POSSIBLY)),
            difference(trace.core, holds(formula, trace, Error.CERTAINLY)),
        )
    return (
        intersection([holds(formula, trace, Error.CERTAINLY), trace.core]),
        intersection([holds(formula, trace, Error.POSSIBLY), trace.core]),
    )
