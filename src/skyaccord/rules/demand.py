"""What a provision needs to be judged: how far around an encounter it looks, and at what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from skyaccord.memorandum.document import Provision
from skyaccord.memorandum.formula import And, For, Formula, Implies, Not, Or, parts_of, signals_of
from skyaccord.memorandum.horizon import NOW, Horizon, horizon_of, speaks_of_roles

_DISTANCES: Final = frozenset(("horizontal", "vertical", "slant"))


@dataclass(frozen=True, slots=True)
class Demand:
    """What the readings of a provision need together."""

    horizon: Horizon
    needs_motion: bool  # of either aircraft, not only their distance
    needs_roles: bool  # who intercepts whom


def demand_of(provision: Provision) -> Demand:
    """Return what a provision needs.

    A rule of distances and ``for`` needs nothing beyond the time in which a pair may have been within its reach: what
    it bounds cannot have begun before.
    """
    horizons = [NOW if _is_within_reach(formula) else horizon_of(formula) for formula in provision.readings]
    return Demand(
        Horizon(max(h.past_s for h in horizons), max(h.future_s for h in horizons)),
        any(signals_of(formula) - _DISTANCES for formula in provision.readings),
        any(speaks_of_roles(formula) for formula in provision.readings),
    )


def _is_within_reach(formula: Formula) -> bool:
    return signals_of(formula) <= _DISTANCES and not _looks_otherwise_than_back(formula)


def _looks_otherwise_than_back(formula: Formula) -> bool:
    """Return whether a word of time other than ``for`` stands in a formula."""
    own = horizon_of(formula) != NOW and not isinstance(formula, For | And | Or | Not | Implies)
    return own or any(_looks_otherwise_than_back(part) for part in parts_of(formula))
