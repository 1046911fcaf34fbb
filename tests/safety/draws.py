"""Draws: encounters, what is recorded of them, their true verdict, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tests.safety.faults import FAULTS, NEVER_SEEN, TURN_MPS2, Fault, Record, degrade, is_contradicted
from tests.safety.flights import Encounters, Floats, draw_encounters
from tests.safety.oracle import Dense, Truth, is_lost, outcome, sample
from tests.safety.recording import Said, said_of
from tests.safety.rules import RuleCase

SIGMAS = 3.0
CLIMB_MPS2 = 3.0
FASTEST_CLIMB_MPS = 30.0
EDGE_S = 12.0


@dataclass
class Draws:
    """One entry a draw."""

    fault: Floats  # index of FAULTS
    rule: Floats  # index of RULES
    truth: Floats  # Truth
    said: Floats  # Said
    is_observable: Floats
    is_decidable: Floats  # the true verdict stands with every distance three deviations off, either way

    def take(self, kept: Floats) -> Draws:
        return Draws(**{f.name: getattr(self, f.name)[kept] for f in fields(self)})

    @classmethod
    def join(cls, parts: list[Draws]) -> Draws:
        return cls(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)})

    @property
    def is_false_compliant(self) -> Floats:
        return (self.truth > Truth.COMPLIANT) & (self.said <= Said.COMPLIANT)

    @property
    def is_too_mild(self) -> Floats:
        return (self.truth == Truth.BREACH) & (self.said == Said.INFRINGED)

    @property
    def is_too_grave(self) -> Floats:
        is_breach = (self.said == Said.BREACH) & (self.truth < Truth.BREACH)
        return is_breach | ((self.said == Said.INFRINGED) & (self.truth == Truth.COMPLIANT))

    @property
    def is_undetermined(self) -> Floats:
        return self.said == Said.UNDETERMINED

    @property
    def is_right(self) -> Floats:
        return ~(self.is_false_compliant | self.is_too_mild | self.is_too_grave | self.is_undetermined)


def draw(
    seed: int, number: int, count: int, rule: RuleCase, rule_index: int, faults: tuple[Fault, ...] = FAULTS
) -> Draws:
    """Return draw after draw of one recording, judged."""
    rng = np.random.default_rng([seed, number])
    encounters = draw_encounters(rng, count, rule)
    fault = rng.choice([FAULTS.index(f) for f in faults], size=count)
    records = degrade(rng, encounters, fault)
    return describe(encounters, records, fault, rule, rule_index)


def describe(
    encounters: Encounters, records: tuple[Record, Record], fault: Floats, rule: RuleCase, rule_index: int
) -> Draws:
    parts = np.array_split(np.arange(len(encounters)), max(1, len(encounters) // 250))
    truth, seen, decidable = (
        np.concatenate(c) for c in zip(*(_facts(encounters, records, p, rule) for p in parts), strict=True)
    )
    never = np.isin(fault, [FAULTS.index(f) for f in NEVER_SEEN])
    for record in records:
        wrong = (np.abs(record.reports.displaced_m).max(axis=0) > 0.0) & record.reports.is_there
        never |= wrong.any(axis=1) & ~is_contradicted(record)
    return Draws(
        fault=fault,
        rule=np.full(len(fault), rule_index),
        truth=truth,
        said=said_of(records, rule),
        is_observable=seen & ~never,
        is_decidable=decidable,
    )


def _facts(
    encounters: Encounters, records: tuple[Record, Record], part: Floats, rule: RuleCase
) -> tuple[Floats, Floats, Floats]:
    """Return truth, whether any of a loss lies in the time both are recorded, and whether it is decidable."""
    some = Encounters(encounters.own.take(part), encounters.other.take(part), encounters.half_s[part])
    dense = sample(some, rule)
    lost = is_lost(dense, rule)
    truth = outcome(lost, rule)
    begin_s, end_s = _common(records, part)
    recorded = (dense.t_s >= begin_s[:, None]) & (dense.t_s <= end_s[:, None])
    seen = (truth == Truth.COMPLIANT) | (lost & recorded).any(axis=1)
    return truth, seen, _is_decidable(some, records, part, rule, dense, truth, (begin_s, end_s))


def _common(records: tuple[Record, Record], part: Floats) -> tuple[Floats, Floats]:
    """Return when both are recorded, first and last."""
    spans = []
    for record in records:
        t_s, there = record.reports.t_s[part], record.reports.is_there[part]
        spans.append((np.where(there, t_s, np.inf).min(axis=1), np.where(there, t_s, -np.inf).max(axis=1)))
    return np.maximum(spans[0][0], spans[1][0]), np.minimum(spans[0][1], spans[1][1])


def _is_decidable(
    encounters: Encounters,
    records: tuple[Record, Record],
    part: Floats,
    rule: RuleCase,
    dense: Dense,
    truth: Floats,
    span_s: tuple[Floats, Floats],
) -> Floats:
    """Return where the verdict stays the same with distances three standard deviations smaller and larger.

    Deviations are those of what was put on the record: noise, stamps, steps of altitude, and the bend of the true path
    between reports. While a position is hidden the aircraft may have gone as far aside as 30° of bank take it in half
    of that time; while an altitude is, any height. A loss that is not over when the record ends decides nothing.
    """
    square, height_square = np.zeros(len(part)), np.zeros(len(part))
    aside_m, above_m = np.zeros(dense.t_s.shape), np.zeros(dense.t_s.shape)
    hidden = np.zeros(dense.t_s.shape, bool)
    for record, flights in zip(records, (encounters.own, encounters.other), strict=True):
        s = record.sensor
        every, step, altitude = s.every_s[part], s.stamp_step_s[part], s.altitude_step_m[part]
        bend = flights.acceleration_mps2 * every**2 / 8.0
        square += s.sigma_m[part] ** 2 + (step * flights.speed_mps) ** 2 / 12.0 + bend**2 * 8.0 / 15.0
        bend = np.where(flights.change_for_s > 0.0, np.abs(flights.change_mps2), 0.0) * every**2 / 8.0
        height_square += altitude**2 / 12.0 + bend**2 * 8.0 / 15.0
        from_s, until_s = record.hidden_from_s[part, None], record.hidden_until_s[part, None]
        within = (dense.t_s >= from_s) & (dense.t_s <= until_s)
        half_s = 0.5 * np.where(until_s > from_s, until_s - from_s, 0.0)
        far_m = np.minimum(0.5 * TURN_MPS2 * half_s**2, flights.speed_mps[:, None] * half_s)
        high_m = np.minimum(0.5 * CLIMB_MPS2 * half_s**2, FASTEST_CLIMB_MPS * half_s)
        aside_m += np.where(within, far_m, 0.0)
        above_m += np.where(within, high_m, 0.0)
        blind = (dense.t_s >= record.no_altitude_from_s[part, None]) & (
            dense.t_s <= record.no_altitude_until_s[part, None]
        )
        above_m += np.where(blind, np.inf, 0.0)
        hidden |= within | blind
    far_m, high_m = SIGMAS * np.sqrt(square)[:, None], SIGMAS * np.sqrt(height_square)[:, None]
    wide = is_lost(dense, rule, far_m + aside_m, high_m + above_m)
    narrow = is_lost(dense, rule, -far_m, -high_m) & ~hidden
    same = (outcome(wide, rule) == truth) & (outcome(narrow, rule) == truth)
    near_edge = (dense.t_s < span_s[0][:, None] + EDGE_S) | (dense.t_s > span_s[1][:, None] - EDGE_S)
    return same & ((truth == Truth.BREACH) | ~(wide & near_edge).any(axis=1))
