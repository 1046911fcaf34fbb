"""How long a rule takes at each step, and how much memory, on a small trace."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import Bounds
from skyaccord.detect.pieces import PRESSURE, Pieces
from skyaccord.memorandum import LANGUAGES, Breach, Formula, Keep, atoms, format_formula, parse_formula, reach, sentence
from skyaccord.memorandum.formula_text import format_term
from skyaccord.memorandum.horizon import horizon_of, scope_of
from skyaccord.rules.evaluate import Error, holds, least_robustness
from skyaccord.rules.sampled.robustness import robustness
from skyaccord.rules.sampled.samples import Samples
from skyaccord.rules.trace import Trace, trace_of
from tests.memorandum.heavy_rules import all_words, nested

MOST_S: Final = 10.0
"""For one step of one rule: more than twenty times what the slowest takes on a machine of two cores."""

MOST_BYTES: Final = 64 * 2**20

ENCOUNTERS, PIECES, PIECE_S, SAMPLES = 10, 20, 10.0, 1000


@dataclass(frozen=True)
class Work:
    """What one rule took."""

    seconds: dict[str, float]  # by step
    bytes: int  # most at one time, over all steps


@cache
def trace() -> Trace:
    """Return ten encounters of twenty straight pieces each, near one another and with errors."""
    rng = np.random.default_rng(20151020)
    rows = []
    for _ in range(ENCOUNTERS):
        corners = rng.normal(0.0, 300.0, (PIECES + 1, 3))
        for k in range(PIECES):
            s, v = corners[k], (corners[k + 1] - corners[k]) / PIECE_S
            inner = (s[:2] @ s[:2], s[:2] @ v[:2], v[:2] @ v[:2])
            rows.append((k * PIECE_S, (k + 1) * PIECE_S, *inner, s[2], v[2], PRESSURE))
    count = ENCOUNTERS * PIECES
    none = np.zeros(count, np.int64)
    bounds = Bounds(np.full(count, 40.0), np.full(count, 40.0), np.zeros(count, bool))
    return trace_of(Pieces(np.arange(ENCOUNTERS + 1) * PIECES, np.array(rows), none, none), bounds)


def samples(formula: Formula) -> Samples:
    """Return a thousand samples of each signal of a formula."""
    rng = np.random.default_rng(20151020)
    names = sorted({format_term(atom.signal, atom.subject, atom.argument) for atom in atoms(formula)})
    return Samples.of(np.arange(float(SAMPLES)), {name: rng.normal(0.0, 300.0, SAMPLES) for name in names})


@cache
def compile_kernels() -> None:
    """Evaluate a rule of all words once, so that what is measured next is no compiler."""
    formula = parse_formula(nested(*all_words()))
    holds(formula, trace())
    robustness(formula, samples(formula))


def work(text: str) -> Work:
    """Return what a rule takes: read, written, said, reached and evaluated in each way."""
    compile_kernels()
    formula, encounters = parse_formula(text), trace()
    sampled = samples(formula)
    steps: dict[str, Callable[[], object]] = {
        "read": lambda: parse_formula(text),
        "write": lambda: format_formula(formula),
        "say": lambda: [sentence(formula, language) for language in LANGUAGES],
        "reach": lambda: (reach(Keep(formula)), reach(Breach(formula))),
        "horizon": lambda: (horizon_of(formula), scope_of(formula)),
        "hold": lambda: [holds(formula, encounters, error) for error in Error],
        "margin": lambda: least_robustness(formula, encounters),
        "sampled": lambda: robustness(formula, sampled),
    }
    seconds = {}
    for name, step in steps.items():
        begin = time.perf_counter()
        step()
        seconds[name] = time.perf_counter() - begin
    tracemalloc.start()
    for name in steps.keys() - {"margin"}:  # the same evaluation as hold, over and over
        steps[name]()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Work(seconds, most)
