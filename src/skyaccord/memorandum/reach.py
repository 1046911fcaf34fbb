"""How near two aircraft must come before a rule can be touched at all: the volume that a search must cover.

The search for encounters needs a cylinder. `reach` gives one outside which no duty can be lost and no ban be met:
whoever searches with it misses nothing that the rule would judge.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, assert_never

from skyaccord.memorandum.document import Breach, Keep, Provision
from skyaccord.memorandum.formula import (
    Always,
    And,
    Compare,
    Comparison,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Implies,
    Not,
    Or,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
    parts_of,
)
from skyaccord.units import FT, KT


@dataclass(frozen=True, slots=True)
class Reach:
    """A cylinder, closed; ``math.inf`` where the rule sets no bound in that direction."""

    horizontal_m: float
    vertical_m: float

    @property
    def is_bounded(self) -> bool:
        """Return whether both bounds are finite, so that pairs can be left out of a search at all."""
        return math.isfinite(self.horizontal_m) and math.isfinite(self.vertical_m)

    def meet(self, other: Reach) -> Reach:
        """Return the cylinder that lies in both."""
        return Reach(min(self.horizontal_m, other.horizontal_m), min(self.vertical_m, other.vertical_m))

    def join(self, other: Reach) -> Reach:
        """Return the least cylinder that holds both."""
        return Reach(max(self.horizontal_m, other.horizontal_m), max(self.vertical_m, other.vertical_m))


WAKE_HALF_WIDTH_M: Final = 2500 * FT
"""Half the width of the wake that ``wake_behind`` speaks of: ICAO Doc 4444, 5.8.3.1, for parallel runways."""

WAKE_DEPTH_M: Final = 1000 * FT
"""Its depth below the aircraft that makes it: ICAO Doc 4444, 5.8.1 and 8.7.3.4 ("less than 300 m (1 000 ft) below")."""

CROSSING_MOVES_M: Final = 2 * 1500 * KT * 1.0
"""How much farther apart two aircraft at 1,500 kt may be at the end of the second for which a crossing counts."""

EVERYWHERE: Final = Reach(math.inf, math.inf)
NOWHERE: Final = Reach(0.0, 0.0)


def reach(rule: Keep | Breach) -> Reach:
    """Return the cylinder outside which a rule cannot be touched: no `Keep` false, no `Breach` true.

    By recursion over the negation normal form: ``horizontal < x`` gives (x, inf), ``vertical < y`` (inf, y),
    ``slant < z`` (z, z), a comparison the other way round and a fact (inf, inf); *and* meets, *or* joins. What holds
    throughout a time holds now: ``for``, ``always`` and a denied ``within`` pass through. ``a since b`` and its like
    are true where now one of the two is, and false where now ``b`` is.

    ``within``, ``eventually`` and a denied ``for`` or ``always`` have their truth from some instant of a time, not from
    one common instant, so under *and* they are joined instead of met: both instants then lie in the cylinder. That may
    be wider than the least.
    """
    match rule:
        case Keep(formula=formula):
            return _where(formula, wanted=False)
        case Breach(formula=formula):
            return _where(formula, wanted=True)
        case _:
            assert_never(rule)


def reach_of(provision: Provision) -> Reach | None:
    """Return the cylinder of a provision over all its readings; ``None`` where it has no rule."""
    if provision.rule is None:
        return None
    wanted = isinstance(provision.rule, Breach)
    widest = NOWHERE
    for formula in provision.readings:
        widest = widest.join(_where(formula, wanted))
    return widest


def _where(formula: Formula, wanted: bool) -> Reach:
    """Return the cylinder within which a formula can have the wanted truth."""
    match formula:
        case Compare():
            return _where_compare(formula, wanted)
        case Fact():
            return EVERYWHERE
        case Not(part):
            return _where(part, not wanted)
        case Implies(first, second):
            return _where(Or((Not(first), second)), wanted)
        case And(parts):
            return _meet(parts, wanted) if wanted else _join(parts, wanted)
        case Or(parts):
            return _join(parts, wanted) if wanted else _meet(parts, wanted)
        case Since(first, second) | Until(first, second) | Unless(first, second):
            # Now one of the two holds; and where the whole fails, the second fails now.
            return _join((first, second), wanted=True) if wanted else _where(second, wanted=False)
        case _:
            return _where(formula.part, wanted)


def _where_compare(compare: Compare, wanted: bool) -> Reach:
    is_upper_bound = (compare.op in (Comparison.LESS, Comparison.AT_MOST)) is wanted
    bound = compare.quantity.si
    if not is_upper_bound:
        return EVERYWHERE
    match compare.signal:
        case "horizontal":
            return Reach(bound, math.inf)
        case "vertical":
            return Reach(math.inf, bound)
        case "slant":
            return Reach(bound, bound)
        case "nose_crossing":
            return Reach(bound + CROSSING_MOVES_M, math.inf)
        case "wake_behind":
            return Reach(math.hypot(bound, WAKE_HALF_WIDTH_M), WAKE_DEPTH_M)
        case _:
            return EVERYWHERE  # a signal that bounds no distance


def _meet(parts: tuple[Formula, ...], wanted: bool) -> Reach:
    """Return where all parts can have the wanted truth together."""
    together = EVERYWHERE
    for part in parts:
        if not _is_displaced(part, wanted):
            together = together.meet(_where(part, wanted))
    displaced = [_where(part, wanted) for part in parts if _is_displaced(part, wanted)]
    if len(displaced) == len(parts):
        together = displaced[0]
    for elsewhere in displaced:
        together = together.join(elsewhere)
    return together


def _join(parts: tuple[Formula, ...], wanted: bool) -> Reach:
    widest = NOWHERE
    for part in parts:
        widest = widest.join(_where(part, wanted))
    return widest


def _is_displaced(formula: Formula, wanted: bool) -> bool:
    """Return whether a formula gets its truth from an instant other than that at which it is asked."""
    match formula:
        case Compare() | Fact():
            return False
        case Not(part):
            return _is_displaced(part, not wanted)
        case Implies(first, second):
            return _is_displaced(first, not wanted) or _is_displaced(second, wanted)
        case For(part) | ForNext(part) | Always(part):
            return not wanted or _is_displaced(part, wanted)
        case Within(part) | WithinLast(part) | Eventually(part):
            return wanted or _is_displaced(part, wanted)
        case _:
            return any(_is_displaced(part, wanted) for part in parts_of(formula))
