"""Sets of time against membership at sampled instants."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.rules.spans import Spans, difference, intersection, joined, union

OWNERS = 3
instants = st.integers(0, 40)


@st.composite
def sets(draw: st.DrawFn) -> Spans:
    rows: list[tuple[int, float, float]] = []
    for owner in range(OWNERS):
        ends = sorted(draw(st.lists(instants, max_size=8, unique=True)))
        rows += [(owner, float(a), float(b)) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    owner, begin, end = (np.array(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0),) * 3
    return Spans(owner.astype(np.int64), begin.astype(float), end.astype(float))


def holds(part: Spans, owner: int, t: float) -> bool:
    return any(begin < t < end for begin, end in part.of(owner))


def everywhere() -> list[tuple[int, float]]:
    return [(owner, t + 0.5) for owner in range(OWNERS) for t in range(41)]


@given(st.lists(sets(), min_size=1, max_size=4))
def test_union_and_intersection_are_or_and_and(parts: list[Spans]) -> None:
    joined, common = union(parts), intersection(parts)
    for owner, t in everywhere():
        assert holds(joined, owner, t) == any(holds(p, owner, t) for p in parts)
        assert holds(common, owner, t) == all(holds(p, owner, t) for p in parts)


@given(sets(), sets())
def test_difference_is_and_not(whole: Spans, part: Spans) -> None:
    rest = difference(whole, intersection([whole, part]))
    for owner, t in everywhere():
        assert holds(rest, owner, t) == (holds(whole, owner, t) and not holds(part, owner, t))


@given(st.lists(sets(), min_size=1, max_size=3))
def test_result_is_sorted_disjoint_and_has_length(parts: list[Spans]) -> None:
    joined = union(parts)
    assert (joined.end_s > joined.begin_s).all()
    for owner in range(OWNERS):
        spans = joined.of(owner)
        assert all(a[1] < b[0] for a, b in pairwise(spans))


@given(st.lists(st.tuples(st.integers(0, OWNERS - 1), st.lists(st.integers(0, 3), max_size=6)), max_size=6))
def test_joining_what_is_in_order_is_its_union(rows: list[tuple[int, list[int]]]) -> None:
    parts = []
    for owner, steps in sorted(dict(rows).items()):
        times = np.cumsum([0, *steps])
        parts += [(owner, float(a), float(b)) for k, (a, b) in enumerate(pairwise(times)) if k % 3 != 2]
    columns = np.array(parts).reshape(-1, 3).T
    touching = Spans(columns[0].astype(np.int64), columns[1], columns[2])
    expected = union([touching])
    ours = joined(touching)
    assert ours.owner.tolist() == expected.owner.tolist()
    assert ours.begin_s.tolist() == expected.begin_s.tolist()
    assert ours.end_s.tolist() == expected.end_s.tolist()


def test_sets_that_touch_are_one() -> None:
    touching = Spans(np.array([0, 0]), np.array([0.0, 5.0]), np.array([5.0, 9.0]))
    assert union([touching]).of(0) == [(0.0, 9.0)]
