"""Instants as text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from skyaccord.model.instants import format_clock, format_instant


@given(st.floats(-1e9, 4e9))
@example(1_533_103_199.9995)
@example(1_533_103_199.9996)
@example(-0.0004)
def test_the_clock_is_that_of_the_instant(t_s: float) -> None:
    assert format_clock(t_s) == format_instant(t_s)[11:19]
