"""Stretches of instants: the longest over which something held, and sums and extremes over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints


@dataclass(frozen=True, slots=True)
class Stretches:
    """One stretch an encounter, from instant ``begin`` to instant ``end``, both in it; ``exists`` says where one is."""

    begin: Ints
    end: Ints
    exists: Bools

    def only(self, keep: Bools) -> Stretches:
        """Return the stretches, those of some encounters alone."""
        return Stretches(self.begin, self.end, self.exists & keep)

    def lasted(self, t_s: Floats) -> Floats:
        """Return how long each lasted, 0 where there is none."""
        return np.where(self.exists, t_s[self.end] - t_s[self.begin], 0.0)


def longest(start: Ints, t_s: Floats, holds: Bools, bridge_s: float) -> Stretches:
    """Return the longest stretch of each group over which something holds, the earliest of equal ones.

    Args:
        start: first instant of each group, shape (groups + 1,); no group is empty.
        t_s: times of the instants.
        holds: at which instants it holds.
        bridge_s: an interruption no longer than this, between two instants at which it holds, ends no stretch.
    """
    group = np.repeat(np.arange(len(start) - 1), np.diff(start))
    at = np.flatnonzero(holds)
    exists = np.zeros(len(start) - 1, np.bool_)
    begin, end = start[:-1].copy(), start[:-1].copy()
    if at.size == 0:
        return Stretches(begin, end, exists)
    breaks = (np.diff(group[at]) != 0) | (np.diff(t_s[at]) > bridge_s)
    heads, tails = at[np.append(True, breaks)], at[np.append(breaks, True)]
    order = np.lexsort((t_s[heads], -(t_s[tails] - t_s[heads]), group[heads]))
    owner, firsts = np.unique(group[heads][order], return_index=True)
    best = order[firsts]
    begin[owner], end[owner], exists[owner] = heads[best], tails[best], True
    return Stretches(begin, end, exists)


def reduce_over(function: np.ufunc, value: Floats, begin: Ints, end: Ints) -> Floats:
    """Return a ufunc's reduction of values from ``begin`` to ``end``, both counted, for each pair of places."""
    padded = np.append(value, value[-1:])
    ends: Floats = function.reduceat(padded, np.stack((begin, end + 1), axis=1).ravel())[::2]
    return ends


def mean_over(value: Floats, begin: Ints, end: Ints) -> Floats:
    """Return the means of what is known from ``begin`` to ``end``, NaN where nothing is."""
    known = np.isfinite(value)
    total = reduce_over(np.add, np.where(known, value, 0.0), begin, end)
    count = reduce_over(np.add, known.astype(np.float64), begin, end)
    return np.where(count > 0, total / np.maximum(count, 1.0), np.nan)
