"""One provision over all encounters: certain and possible truth, losses by pair, outcome and margin of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
from skyaccord.rules.roles import Role
from skyaccord.rules.scene import Surroundings, times_of
from skyaccord.rules.setting import Setting
from skyaccord.rules.spans import Bools, Spans, difference, intersection
from skyaccord.rules.subjects import with_interceptor
from skyaccord.rules.trace import Trace

_OF_HEIGHT = frozenset(("vertical", "slant", "vmd", "height_above", "wake_behind"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a provision finds about each encounter: the gravest certain and the gravest possible loss."""

    formula: Formula
    side: int | None  # of the interceptor, where the formula speaks of one
    sure: Sequence[Loss | None]
    may: Sequence[Loss | None]

    def words(self, role: Role | None) -> str:
        """Return what the reading is called."""
        formula = f'"{format_formula(self.formula)}"'
        if role is None or self.side is None or role.side is not None:
            return formula
        return f"{formula} with {role.names[self.side]} as interceptor"

    def select(self, index: Ints) -> Reading:
        """Return the same about some of the encounters."""
        return replace(self, sure=[self.sure[n] for n in index], may=[self.may[n] for n in index])


@dataclass(frozen=True, slots=True)
class Assessment:
    """A provision over encounters, by each of its readings."""

    provision: Provision
    rule: Rule
    readings: Sequence[Reading]
    roles: Sequence[Role | None]  # by encounter; ``None`` where the provision does not speak of roles

    def is_touched(self) -> Bools:
        """Return for which encounters a loss is possible by any reading; the others are compliant."""
        losses_of = zip(*(losses for reading in self.readings for losses in (reading.sure, reading.may)), strict=True)
        return np.array([any(found) for found in losses_of], bool)

    def select(self, index: Ints) -> Assessment:
        """Return the same over some of the encounters."""
        readings = [reading.select(index) for reading in self.readings]
        return Assessment(self.provision, self.rule, readings, [self.roles[n] for n in index])

    def decide(self, n: int, encounter: Encounter) -> Decision:
        """Return the decision on encounter n; ``undetermined`` where readings differ.

        Where the provision speaks of roles, the reason names who was taken as interceptor and why.
        """
        doubt, role = doubt_of(encounter), self.roles[n]
        by_reading = [
            (reading, decide(self.rule, doubt, reading.sure[n], reading.may[n]))
            for reading in self.readings
            if role is None or role.allows(reading.side)
        ]
        decision = by_reading[0][1]
        is_one = len({each.outcome for _, each in by_reading}) == 1
        if not is_one:
            said = "; ".join(f"{reading.words(role)} gives {each.outcome}" for reading, each in by_reading)
            loss = next((each.loss for _, each in by_reading if each.loss), None)
            decision = Decision(Outcome.UNDETERMINED, loss, f"the readings of the provision differ: {said}")
        if role is None:
            return decision
        return replace(decision, reason=f"{decision.reason}; {role.words(is_one)}")


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
    for formula, side, trace in _readings(provision, near):
        certain, possible = (losses(lost, near, reenter_s) for lost in losses_of(rule, formula, trace))
        readings.append(Reading(formula, side, certain.gravest(times, restore_s), possible.gravest(spans, restore_s)))
    has_roles = demand_of(provision).needs_roles
    return Assessment(provision, rule, readings, setting.roles(found).each if has_roles else [None] * len(found))


def _readings(provision: Provision, near: Surroundings) -> Iterator[tuple[Formula, int | None, Trace]]:
    """Yield each formula with the trace that it is read on, and the interceptor's side where it speaks of one."""
    for formula in provision.readings:
        if not speaks_of_roles(formula):
            yield formula, None, near.trace
            continue
        for side in (0, 1):
            yield formula, side, with_interceptor(near.trace, side)


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
