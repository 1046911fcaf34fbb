"""The knee of a curve, against the definition worked out by hand and by a slow search."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.talks.knee import CHANCE, find_knee

COUNTS = st.lists(st.integers(0, 5000), min_size=3, max_size=12)


def test_a_bend_is_found_where_it_is_and_its_side_is_told() -> None:
    knee = find_knee([1, 2, 3, 4, 5], [0, 400, 800, 850, 900])
    assert knee is not None
    assert knee.index == 2
    assert not knee.is_steeper_after
    assert knee.distance == (800 - 450) / 900


def test_costs_that_rise_beyond_a_value_are_steeper_there() -> None:
    knee = find_knee([1, 2, 3, 4, 5], [0, 20, 40, 400, 900])
    assert knee is not None
    assert knee.index == 2
    assert knee.is_steeper_after


def test_the_order_of_values_does_not_matter() -> None:
    knee = find_knee([5, 1, 3, 2, 4], [900, 0, 800, 400, 850])
    assert knee is not None
    assert knee.index == 2


def test_a_straight_line_two_values_and_level_ends_have_none() -> None:
    assert find_knee([1, 2, 3], [100, 200, 300]) is None
    assert find_knee([1, 2], [0, 9000]) is None
    assert find_knee([1, 2, 3], [500, 0, 500]) is None


def test_a_curve_that_goes_back_on_its_way_has_none() -> None:
    assert find_knee([1, 2, 3, 4], [372, 286, 347, 350]) is None  # falls over all, and rises by 61 from 286
    assert find_knee([1, 2, 3, 4], [1000, 300, 310, 200]) is not None  # 10 back, where the root of 310 is 18


def test_a_bend_that_chance_could_make_has_none() -> None:
    assert find_knee([1, 2, 3], [0, 13, 20]) is None  # 3 above the line, where the root of 13 is 3.6
    assert find_knee([1, 2, 3], [0, 1300, 2000]) is not None  # 300 above, where the root is 36


@given(COUNTS)
def test_no_value_lies_farther_from_the_line_than_the_knee(counts: list[int]) -> None:
    knee = find_knee(range(len(counts)), counts)
    away = [abs(y - (counts[0] + (counts[-1] - counts[0]) * k / (len(counts) - 1))) for k, y in enumerate(counts)]
    if knee is None:
        far = away.index(max(away))
        falls = counts[-1] < counts[0]
        way = [-y for y in counts] if falls else counts
        goes_back = any(way[j] - way[k] > CHANCE * np.sqrt(counts[k]) for k in range(len(way)) for j in range(k))
        assert counts[0] == counts[-1] or goes_back or max(away) <= CHANCE * np.sqrt(counts[far]) + 1e-9
    else:
        assert away[knee.index] >= max(away) - 1e-9
