"""The robustness of a formula at each sample: how far inside (negative: outside) it is, in units of its scales.

The quantitative semantics of Signal Temporal Logic (Donzé and Maler, FORMATS 2010): a comparison is its distance from
the limit over its scale (`scale`), a fact is 1 or -1, *and* is the least and *or* the greatest of the parts,
words of time are least and greatest values over their windows. At samples only: between two of them nothing is said.
What asks for time that was not seen is minus infinity: a thing has not held for 30 s after 10 s of record.

Blocks of samples go through the whole of what has no word of time in it, so that they stay in the nearest cache.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats
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
)
from skyaccord.rules.sampled.samples import Samples
from skyaccord.rules.sampled.windows import least_after, least_before, least_to_end, since, until
from skyaccord.rules.scale import scale_of

BLOCK: Final = 8192
"""Samples that are evaluated together: a few arrays of them fit in 256 KiB."""


def robustness(formula: Formula, samples: Samples) -> Floats:
    """Return the robustness at each sample, shape (n,); NaN where a signal that decides it is NaN.

    Raises:
        SkyaccordError: a signal of the formula is missing.
    """
    timed: dict[int, Floats] = {}
    _evaluate_timed(formula, samples, timed)
    out = np.empty(len(samples.t_s))
    _write(formula, samples, timed, out)
    return out


def _evaluate_timed(formula: Formula, samples: Samples, timed: dict[int, Floats]) -> None:
    """Evaluate the words of time in a formula over all samples, the inner ones first; by identity of the node."""
    match formula:
        case Compare() | Fact():
            return
        case And(parts) | Or(parts):
            for part in parts:
                _evaluate_timed(part, samples, timed)
        case Not(part):
            _evaluate_timed(part, samples, timed)
        case Implies(first, second):
            _evaluate_timed(first, samples, timed)
            _evaluate_timed(second, samples, timed)
        case _:
            timed[id(formula)] = _timed(formula, samples)


def _timed(
    formula: For | ForNext | Within | WithinLast | Always | Eventually | Since | Until | Unless, samples: Samples
) -> Floats:
    out = np.empty(len(samples.t_s))
    t_s, start = samples.t_s, samples.start
    match formula:
        case Since(first, second) | Until(first, second) | Unless(first, second):
            one, two = robustness(first, samples), robustness(second, samples)
            (since if isinstance(formula, Since) else until)(one, two, start, out)
            if isinstance(formula, Unless):
                to_end = np.empty(len(out))
                least_to_end(one, start, to_end)
                np.maximum(out, to_end, out=out)
            return out
        case Always(part):
            least_to_end(robustness(part, samples), start, out)
        case Eventually(part):
            least_to_end(-robustness(part, samples), start, out)
            np.negative(out, out=out)
        case For(part, time_s):
            least_before(robustness(part, samples), t_s, start, time_s, True, out)
        case ForNext(part, time_s):
            least_after(robustness(part, samples), t_s, start, time_s, True, out)
        case Within(part, time_s):
            least_after(-robustness(part, samples), t_s, start, time_s, False, out)
            np.negative(out, out=out)
        case WithinLast(part, time_s):
            least_before(-robustness(part, samples), t_s, start, time_s, False, out)
            np.negative(out, out=out)
    return out


def _write(formula: Formula, samples: Samples, timed: dict[int, Floats], out: Floats) -> None:
    for begin in range(0, len(out), BLOCK):
        block = slice(begin, min(begin + BLOCK, len(out)))
        out[block] = _of_block(formula, samples, timed, block)


def _of_block(formula: Formula, samples: Samples, timed: dict[int, Floats], block: slice) -> Floats:
    match formula:
        case Compare():
            return _compare(formula, samples.of_atom(formula)[block])
        case Fact():
            return np.where(samples.of_atom(formula)[block] > 0.0, 1.0, -1.0)
        case And(parts) | Or(parts):
            join = np.minimum if isinstance(formula, And) else np.maximum
            out = _of_block(parts[0], samples, timed, block)
            for part in parts[1:]:
                out = join(out, _of_block(part, samples, timed, block))
            return out
        case Not(part):
            return -_of_block(part, samples, timed, block)
        case Implies(first, second):
            return np.maximum(-_of_block(first, samples, timed, block), _of_block(second, samples, timed, block))
        case _:
            return timed[id(formula)][block]


def _compare(compare: Compare, value: Floats) -> Floats:
    scale = scale_of(compare)
    if compare.op in (Comparison.MORE, Comparison.AT_LEAST):
        return (value - compare.quantity.si) / scale
    return (compare.quantity.si - value) / scale
