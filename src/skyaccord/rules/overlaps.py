"""Which of many intervals overlap which others of the same pair."""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.vectors import Ints
from skyaccord.rules.spans import Bools, Spans


def overlaps(one: Spans, other: Spans) -> tuple[Ints, Ints]:
    """Return the places in ``one`` and in ``other`` of all that share an owner and at least an instant.

    Args:
        one: in any order; its intervals may overlap each other.
        other: sorted by owner and time, those of one owner disjoint but for ends that touch.

    Returns:
        Places of the same length, sorted by place in ``one``, then in ``other``.
    """
    first = search_grouped(other.owner, other.end_s, one.owner, one.begin_s, "left")
    after = search_grouped(other.owner, other.begin_s, one.owner, one.end_s, "right")
    count = after - first
    mine = np.repeat(np.arange(len(one)), count)
    theirs = np.arange(len(mine)) + np.repeat(first - (np.cumsum(count) - count), count)
    return mine, theirs


def overlap_any(one: Spans, other: Spans) -> Bools:
    """Return which of ``one`` share an owner and an instant with any of ``other``."""
    found = np.zeros(len(one), bool)
    found[overlaps(one, other)[0]] = True
    return found
