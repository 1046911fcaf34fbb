"""The clocks' difference and the pauses between attempts, for any times and any chance."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from skyaccord.node.delivery.backoff import CAP_S, FIRST_S, Backoff
from skyaccord.node.line.skew import Skew, SkewFilter, measure

WAY_S = st.floats(0.0, 5.0)


@given(st.floats(-1e5, 1e5), WAY_S, st.floats(0.0, 2.0), WAY_S)
def test_the_true_difference_is_within_the_uncertainty_whatever_the_ways_take(
    offset_s: float, there_s: float, work_s: float, back_s: float
) -> None:
    sent_s = 1.8e9
    received_s = sent_s + there_s + offset_s
    answered_s = received_s + work_s
    returned_s = sent_s + there_s + work_s + back_s
    skew = measure(sent_s, received_s, answered_s, returned_s)
    assert abs(skew.offset_s - offset_s) <= skew.uncertainty_s


def test_the_shortest_way_counts_and_a_clock_that_was_set_is_believed_at_once() -> None:
    kept = SkewFilter()
    kept.add(Skew(0.2, 0.5, 100.0))
    kept.add(Skew(0.05, 0.06, 101.0))
    kept.add(Skew(0.3, 0.4, 102.0))
    assert kept.best() == Skew(0.05, 0.06, 101.0)
    kept.add(Skew(-30.0, 0.2, 103.0))
    assert kept.best() == Skew(-30.0, 0.2, 103.0)


def test_what_is_stale_counts_no_more() -> None:
    kept = SkewFilter()
    assert kept.best() is None
    kept.add(Skew(0.0, 0.01, 100.0))
    kept.add(Skew(0.0, 0.3, 200.0))
    assert kept.best() == Skew(0.0, 0.3, 200.0)


@given(st.integers(0, 1 << 30), st.integers(1, 80))
def test_pauses_grow_to_the_cap_and_no_further(seed: int, count: int) -> None:
    backoff = Backoff(Random(seed))  # noqa: S311 - repeatable, not secret
    pauses = [backoff.next_s() for _ in range(count)]
    for k, pause in enumerate(pauses):
        most_s = min(CAP_S, FIRST_S * 2.0**k)
        assert most_s / 2.0 <= pause <= most_s
    backoff.reset()
    assert backoff.next_s() <= FIRST_S
