"""Labels keep clear of each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.draw.placement import Placement
from skyaccord.draw.polyline import Box

FRAME = Box(0, 0, 400, 400)


def overlap(a: Box, b: Box) -> float:
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0.0, min(a.y1, b.y1) - max(a.y0, b.y0))


@given(st.lists(st.tuples(st.floats(100, 300), st.floats(100, 300)), min_size=2, max_size=6))
def test_a_few_labels_never_overlap(points: list[tuple[float, float]]) -> None:
    placement = Placement(FRAME)
    boxes = [placement.place(x, y, 60, 14) for x, y in points]
    assert all(overlap(a, b) == 0 for a, b in combinations(boxes, 2))


def test_a_label_in_a_corner_stays_in_the_frame() -> None:
    box = Placement(FRAME).place(398, 2, 60, 14)
    assert box.x0 >= 0
    assert box.x1 <= 400
    assert box.y0 >= 0


def test_a_marker_stays_on_its_place_while_that_is_free_and_moves_once_it_is_not() -> None:
    placement = Placement(FRAME)
    first, second = (placement.place_on(200, 200, 20, 20) for _ in range(2))
    assert first == Box(190, 190, 210, 210)
    assert overlap(first, second) == 0


def test_the_freer_of_two_boxes_is_chosen() -> None:
    placement = Placement(FRAME)
    placement.avoid(points=np.array([[15.0, 15.0], [16.0, 15.0]]))
    assert placement.choose([Box(10, 10, 30, 20), Box(50, 10, 70, 20)]) == 1
