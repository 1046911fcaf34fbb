"""The true verdict, from the true continuous motion, in a geometry of its own: a plane, and ten instants a second.

About the closest instant a ban is looked at in steps of a hundredth of a second as well. No geometry, search or rule
of skyaccord is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tests.safety.flights import Encounters, Floats
from tests.safety.rules import RuleCase

STEP_S = 0.1
FINE_S = 0.01


class Truth(IntEnum):
    COMPLIANT = 0
    INFRINGED = 1
    BREACH = 2


@dataclass(frozen=True)
class Dense:
    """Distances at common instants; shape (encounters, instants)."""

    t_s: Floats
    is_flown: Floats  # the encounter's own time
    horizontal_m: Floats
    vertical_m: Floats


def sample(encounters: Encounters, rule: RuleCase) -> Dense:
    half_s = float(encounters.half_s.max())
    steps = int(np.ceil(2 * half_s / STEP_S)) + 1
    t_s = np.broadcast_to(STEP_S * np.arange(steps) - half_s, (len(encounters), steps))
    dense = _at(encounters, t_s)
    if not rule.is_ban:
        return dense
    near = np.where(
        dense.is_flown,
        np.maximum(dense.horizontal_m / rule.range_m, dense.vertical_m / rule.height_m),
        np.inf,
    )
    closest_s = t_s[0, np.argmin(near, axis=1)]
    fine = _at(encounters, closest_s[:, None] + np.arange(-0.5, 0.5, FINE_S))
    return Dense(
        *(np.concatenate([getattr(d, name) for d in (dense, fine)], axis=1) for name in Dense.__dataclass_fields__)
    )


def _at(encounters: Encounters, t_s: Floats) -> Dense:
    horizontal_m, vertical_m = encounters.distances(t_s)
    return Dense(t_s, np.abs(t_s) <= encounters.half_s[:, None], horizontal_m, vertical_m)


def is_lost(dense: Dense, rule: RuleCase, farther_m: Floats = 0.0, higher_m: Floats = 0.0) -> Floats:
    """Return when both distances are below the limits, these widened."""
    near = dense.horizontal_m < rule.range_m + farther_m
    return near & (dense.vertical_m < rule.height_m + higher_m) & dense.is_flown


def outcome(lost: Floats, rule: RuleCase) -> Floats:
    """Return the `Truth` of each encounter from when its limits were lost (instants `STEP_S` apart)."""
    ever = lost.any(axis=1)
    if rule.is_ban:
        return np.where(ever, Truth.BREACH, Truth.COMPLIANT)
    lasted_s = STEP_S * _longest(lost, round(rule.reenter_s / STEP_S))
    return np.where(~ever, Truth.COMPLIANT, np.where(lasted_s > rule.restore_s, Truth.BREACH, Truth.INFRINGED))


def _longest(lost: Floats, most_between: int) -> Floats:
    """Return the most instants that a loss lasts in each row, losses nearer than that to each other being one."""
    rows, columns = np.nonzero(lost)
    longest = np.zeros(lost.shape[0])
    if len(rows):
        parts = (np.diff(rows) != 0) | (np.diff(columns) > most_between)
        first = np.flatnonzero(np.append(True, parts))
        last = np.append(first[1:], len(rows)) - 1
        np.maximum.at(longest, rows[first], columns[last] - columns[first] + 1.0)
    return longest
