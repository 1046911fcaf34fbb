"""Axes: round numbers, and instants that are round in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.draw.scale import Scale, date_text, nice_range, number_text, ticks, time_ticks

NOON = datetime(2015, 10, 10, 12, tzinfo=UTC).timestamp()
finite = st.floats(-1e6, 1e6)


@given(finite, finite)
def test_a_nice_range_holds_both_values(a: float, b: float) -> None:
    low, high = nice_range(min(a, b), max(a, b))
    assert low - 1e-6 * (high - low) <= min(a, b)
    assert high + 1e-6 * (high - low) >= max(a, b)
    assert high > low


@given(finite, st.floats(1e-3, 1e6), st.integers(1, 12))
def test_ticks_lie_inside_and_are_no_more_than_asked_for(low: float, span: float, most: int) -> None:
    marks = ticks(low, low + span, most)
    assert len(marks) <= most + 1
    assert all(low - 1e-6 * span <= mark <= low + span * (1 + 1e-6) for mark in marks)


def test_ticks_of_zero_to_eight_are_even_numbers() -> None:
    assert ticks(0, 8, 4) == [0, 2, 4, 6, 8]


@pytest.mark.parametrize(("minutes", "expected"), [(10, "12:02"), (1, "12:00:10"), (600, "14:00")])
def test_time_ticks_are_round_in_utc(minutes: int, expected: str) -> None:
    marks = time_ticks(NOON, NOON + minutes * 60, 6)
    assert marks[0] == (NOON, "12:00:00" if minutes == 1 else "12:00")
    assert marks[1][1] == expected


def test_time_ticks_over_a_week_name_days() -> None:
    assert time_ticks(NOON, NOON + 6 * 86400, 7)[0][1] == "11 Oct"


def test_a_span_names_the_day_once_where_it_is_one() -> None:
    assert date_text(NOON, NOON + 60) == "10 Oct 2015"
    assert date_text(NOON, NOON + 86400) == "10 Oct to 11 Oct 2015"
    assert date_text(NOON, NOON + 100 * 86400) == "10 Oct 2015 to 18 Jan 2016"


def test_a_scale_puts_its_ends_on_its_pixels() -> None:
    scale = Scale(10, 20, 100, 0)
    assert (scale.at(10), scale.at(20), scale.at(15)) == (100, 0, 50)


def test_large_numbers_have_separators() -> None:
    assert [number_text(v) for v in (21000, 0.25, 0, -3)] == ["21,000", "0.25", "0", "-3"]
