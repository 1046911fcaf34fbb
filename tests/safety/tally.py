"""Counts of draws, and the bound that they put on how often a verdict is falsely compliant."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tests.safety.draws import Draws
from tests.safety.faults import FAULTS, Fault
from tests.safety.rules import RULES


def upper_bound(found: int, of: int, confidence: float = 0.95) -> float:
    """Return the one-sided Clopper-Pearson bound of a share: the p at which so few are found in 1 case of 20.

    The root p of ``sum over i <= found of C(of, i) p^i (1 - p)^(of - i) = 1 - confidence``, by bisection; 1 where all
    were found. Clopper and Pearson, Biometrika 26 (1934).
    """
    if found >= of:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = 0.5 * (low + high)
        if _at_most(found, of, middle) > 1.0 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(found: int, of: int, p: float) -> float:
    """Return the probability of at most so many."""
    if p in (0.0, 1.0):
        return 1.0 - p
    terms = (
        math.lgamma(of + 1) - math.lgamma(i + 1) - math.lgamma(of - i + 1) + i * math.log(p) + (of - i) * math.log1p(-p)
        for i in range(found + 1)
    )
    return math.fsum(math.exp(term) for term in terms)


COLUMNS = (
    "| | draws | truly a breach or infringed | false compliant | infringed for a breach | too grave | undetermined "
    "| right | decidable | of these right |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def line(name: str, draws: Draws) -> str:
    """Return a row of the table of `COLUMNS`."""
    cells = (
        len(draws.fault),
        int((draws.truth > 0).sum()),
        int(draws.is_false_compliant.sum()),
        int(draws.is_too_mild.sum()),
        int(draws.is_too_grave.sum()),
        _share(draws.is_undetermined),
        _share(draws.is_right),
        int(draws.is_decidable.sum()),
        _share(draws.is_right[draws.is_decidable]),
    )
    return f"| {name} | {' | '.join(c if isinstance(c, str) else f'{c:,}' for c in cells)} |"


def _share(values: np.ndarray) -> str:
    return f"{100.0 * values.mean():.1f} %" if len(values) else "–"


def lines(draws: Draws) -> Iterator[str]:
    """Yield a table by fault and by rule."""
    yield from COLUMNS
    for k, fault in enumerate(FAULTS):
        some = draws.take(draws.fault == k)
        if len(some.fault):
            yield line(fault, some)
    for k, rule in enumerate(RULES):
        yield line(f"*{rule.name}*", draws.take(draws.rule == k))
    yield line("**all**", draws)


def right_on_clean(draws: Draws) -> float:
    return float(draws.is_right[draws.fault == FAULTS.index(Fault.CLEAN)].mean())


def right_where_decidable(draws: Draws) -> float:
    """Return the share that is determined and right of degraded draws whose true margin is above three deviations."""
    exact = [FAULTS.index(fault) for fault in (Fault.CLEAN, Fault.SPARSE)]
    return float(draws.is_right[draws.is_decidable & ~np.isin(draws.fault, exact)].mean())
