"""Overlaps of intervals by pair, beside a comparison of each with each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.rules.overlaps import overlap_any, overlaps
from skyaccord.rules.spans import Spans

Interval = tuple[int, int, int]
intervals = st.lists(st.builds(lambda o, t, d: (o, t, t + d), *(st.integers(0, n) for n in (3, 12, 4))), max_size=12)


def spans(rows: list[Interval]) -> Spans:
    owner, begin, end = (np.array([row[k] for row in rows], np.int64) for k in range(3))
    return Spans(owner, begin.astype(float), end.astype(float))


def apart(rows: list[Interval]) -> list[Interval]:
    """Return those of the intervals, in order, that begin no earlier than the one before of their owner ended."""
    kept: list[Interval] = []
    for row in sorted(rows):
        if not kept or kept[-1][0] != row[0] or row[1] >= kept[-1][2]:
            kept.append(row)
    return kept


@given(intervals, intervals)
def test_overlaps_are_those_that_share_owner_and_instant(one: list[Interval], other: list[Interval]) -> None:
    other = apart(other)
    expected = [
        (n, k) for n, a in enumerate(one) for k, b in enumerate(other) if a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]
    ]
    mine, theirs = overlaps(spans(one), spans(other))
    assert list(zip(mine.tolist(), theirs.tolist(), strict=True)) == expected
    assert np.flatnonzero(overlap_any(spans(one), spans(other))).tolist() == sorted({n for n, _ in expected})
