"""The words of time on sets of times, against their definitions on instants of a grid."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.rules.spans import Bools, Spans
from skyaccord.rules.temporal import (
    Seen,
    always,
    came_within,
    comes_within,
    eventually,
    has_held,
    since,
    until,
    will_hold,
)

END = 24
OWNERS = 2
STEP = 0.25
"""Sets begin and end at whole numbers. Instants asked are off them by a quarter or a half: truth at ends is moot."""


@st.composite
def sets(draw: st.DrawFn) -> Spans:
    rows: list[tuple[int, float, float]] = []
    for owner in range(OWNERS):
        ends = sorted(draw(st.lists(st.integers(0, END), max_size=8, unique=True)))
        rows += [(owner, float(a), float(b)) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    columns = np.array(rows, float).reshape(-1, 3).T
    return Spans(columns[0].astype(np.int64), columns[1], columns[2])


def seen(before: bool = False, after: bool = False, denies: bool = False) -> Seen:
    """Return two owners seen from 0 to the end, the first of them open as said."""
    domain = Spans(np.arange(OWNERS), np.zeros(OWNERS), np.full(OWNERS, float(END)))
    return Seen(domain, *(np.array([flag, False]) for flag in (before, after, denies)))


def grid(part: Spans, owner: int) -> Bools:
    """Return whether the closed set holds at 0, 1/4, 1/2 …"""
    t = np.arange(0, END + STEP / 2, STEP)
    inside = np.zeros(len(t), bool)
    for begin, end in part.of(owner):
        inside |= (begin <= t) & (t <= end)
    return inside


def at_rest(truth: Bools) -> Bools:
    """Return the instants that lie inside, not at ends: half-way between whole numbers."""
    return truth[2::4]


def windows(truth: Bools, width: int, forward: bool, beyond: bool) -> Bools:
    """Return, for each instant, the truths from it over a width in its direction; ``beyond`` outside."""
    steps = round(width / STEP)
    pad = np.full(steps, beyond)
    wide = np.concatenate((truth, pad)) if forward else np.concatenate((pad, truth))
    return np.lib.stride_tricks.sliding_window_view(wide, steps + 1)


Timed = Callable[[Spans, float, Seen], Spans]


@pytest.mark.parametrize(
    ("word", "forward", "is_all"),
    [(has_held, False, True), (will_hold, True, True), (came_within, False, False), (comes_within, True, False)],
)
@given(part=sets(), width=st.integers(1, 12), granted=st.booleans())
def test_word_with_a_time_is_its_definition(
    word: Timed, forward: bool, is_all: bool, part: Spans, width: int, granted: bool
) -> None:
    at_edge = {"after": granted} if forward else {"before": granted}
    ours = word(part, float(width), seen(**at_edge))
    for owner in range(OWNERS):
        window = windows(grid(part, owner), width, forward, beyond=granted and owner == 0)
        expected = window.all(axis=1) if is_all else window.any(axis=1)
        assert (at_rest(grid(ours, owner)) == at_rest(expected)).all()


@given(sets(), st.booleans())
def test_always_is_to_the_end_and_not_certain_where_more_may_come(part: Spans, denies: bool) -> None:
    ours = always(part, seen(denies=denies))
    for owner in range(OWNERS):
        truth = grid(part, owner)
        expected = np.logical_and.accumulate(truth[::-1])[::-1] & ~(denies and owner == 0)
        assert (at_rest(grid(ours, owner)) == at_rest(expected)).all()


@given(sets(), st.booleans())
def test_eventually_is_now_or_later(part: Spans, granted: bool) -> None:
    ours = eventually(part, seen(after=granted))
    for owner in range(OWNERS):
        truth = grid(part, owner)
        expected = np.logical_or.accumulate(truth[::-1])[::-1] | (granted and owner == 0)
        assert (at_rest(grid(ours, owner)) == at_rest(expected)).all()


@given(sets(), sets(), st.booleans())
def test_since_and_until_are_their_recursions(first: Spans, second: Spans, granted: bool) -> None:
    back, forth = since(first, second, seen(before=granted)), until(first, second, seen(after=granted))
    for owner in range(OWNERS):
        one, two = grid(first, owner), grid(second, owner)
        open_edge = granted and owner == 0
        assert (at_rest(grid(back, owner)) == at_rest(_since(one, two, open_edge))).all()
        assert (at_rest(grid(forth, owner)) == at_rest(_since(one[::-1], two[::-1], open_edge)[::-1])).all()


def _since(first: Bools, second: Bools, before: bool) -> Bools:
    """Return by the recursion ``since(t) = second(t) or (first(t) and since(t - dt))``."""
    out, held = np.zeros(len(first), bool), before
    for k in range(len(first)):
        # At the last instant of ``second`` the first need not hold yet: it does from there on.
        held = second[k] or (first[k] and held)
        out[k] = held
    return out


@given(sets(), sets(), st.integers(1, 9))
def test_granting_more_never_takes_away(first: Spans, second: Spans, width: int) -> None:
    strict, lax = seen(), seen(before=True, after=True)
    pairs = [
        (has_held(first, float(width), strict), has_held(first, float(width), lax)),
        (comes_within(first, float(width), strict), comes_within(first, float(width), lax)),
        (since(first, second, strict), since(first, second, lax)),
        (until(first, second, strict), until(first, second, lax)),
    ]
    for less, more in pairs:
        for owner in range(OWNERS):
            assert (~grid(less, owner) | grid(more, owner)).all()
