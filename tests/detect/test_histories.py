"""Alerts of many pairs steadied at once, against one history a pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.histories import AlertHistories
from skyaccord.detect.hysteresis import AlertHistory
from skyaccord.detect.profile import Hysteresis

SETTINGS = st.sampled_from(
    [
        Hysteresis(),
        Hysteresis(5.0, 4.0, 2, 4),
        Hysteresis(5.0, 4.0, 0, 0),
        Hysteresis(3.0, 0.0, 3, 3),
        Hysteresis(2.0, 8.0, 0, 2),
    ]
)
STEPS = st.lists(
    st.tuples(st.sampled_from([1.0, 1.0, 1.0, 0.0, 3.0, 6.0]), st.lists(st.integers(-1, 3), min_size=4, max_size=4)),
    max_size=30,
)


@given(settings=SETTINGS, steps=STEPS)
def test_many_histories_are_as_many_single_ones(settings: Hysteresis, steps: list[tuple[float, list[int]]]) -> None:
    """A raw level of -1 stands for a pair that takes no part in the update."""
    many = AlertHistories(settings, 2)
    many.grow(4)
    single = [AlertHistory(settings) for _ in range(4)]
    now_s = 100.0
    for pause_s, raw in steps:
        now_s += pause_s
        which = np.array([k for k in range(4) if raw[k] >= 0], np.int64)
        levels = np.array([raw[k] for k in which], np.int64)
        assert many.standing(which, now_s).tolist() == [single[k].standing(now_s) for k in which]
        assert many.update(which, levels, now_s).tolist() == [single[k].update(raw[k], now_s) for k in which]


def test_a_forgotten_pair_begins_anew() -> None:
    many = AlertHistories(Hysteresis(5.0, 4.0, 2, 4), 1)
    which, three, none = np.zeros(1, np.int64), np.full(1, 3), np.zeros(1, np.int64)
    assert many.update(which, three, 0.0).tolist() == [3]
    many.forget(which)
    assert many.standing(which, 1.0).tolist() == [0]
    assert many.update(which, none, 1.0).tolist() == [0]
