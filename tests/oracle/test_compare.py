"""The comparator must find each kind of difference, and nothing else."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tests.oracle.brute_force import OracleEncounter
from tests.oracle.compare import FoundEncounter, match, not_bracketed

D, H = 5556.0, 914.4

EXPECTED = OracleEncounter(
    a="a",
    b="b",
    start_s=100.0,
    end_s=200.0,
    t_cpa_s=150.0,
    min_horizontal_m=2000.0,
    vertical_at_cpa_m=300.0,
    t_closest_s=150.0,
    min_normalised=0.36,
    relative_speed_mps=50.0,
    rivals_s=(150.0,),
    has_unknown_vertical=False,
)
FOUND = FoundEncounter("b", "a", 100.1, 199.9, 150.2, 2004.0, 300.0, 0.3607)


def kinds(found: list[FoundEncounter], expected: list[OracleEncounter]) -> set[str]:
    out = match(found, expected, D_m=D, H_m=H)
    names = ("missed", "invented", "divided", "distance", "time", "vertical", "normalised", "on_the_edge")
    return {name for name in names if getattr(out, name)}


def test_same_within_tolerance_is_same_whatever_the_order_of_ids() -> None:
    out = match([FOUND], [EXPECTED], D_m=D, H_m=H)
    assert out.is_same
    assert out.matched == 1


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        ([], "missed"),
        ([FOUND, replace(FOUND, start_s=300.0, end_s=400.0, t_cpa_s=350.0)], "invented"),
        ([FOUND, replace(FOUND, b="c")], "invented"),
        ([replace(FOUND, end_s=140.0, min_horizontal_m=2500.0), replace(FOUND, start_s=145.0)], "divided"),
        ([replace(FOUND, min_horizontal_m=2010.5)], "distance"),
        ([replace(FOUND, min_horizontal_m=math.nan)], "distance"),
        ([replace(FOUND, t_cpa_s=151.1)], "time"),
        ([replace(FOUND, t_cpa_s=150.0, vertical_at_cpa_m=311.0)], "vertical"),
        ([replace(FOUND, t_cpa_s=150.0, vertical_at_cpa_m=math.nan)], "vertical"),
        ([replace(FOUND, min_normalised=0.38)], "normalised"),
    ],
)
def test_each_difference_is_named(found: list[FoundEncounter], kind: str) -> None:
    assert kinds(found, [EXPECTED]) == {kind}
    assert not match(found, [EXPECTED], D_m=D, H_m=H).is_same


def test_slow_pairs_and_equal_minima_leave_the_instant_open() -> None:
    late = replace(FOUND, t_cpa_s=170.0)
    assert kinds([late], [replace(EXPECTED, relative_speed_mps=10.0)]) == set()
    assert kinds([late], [replace(EXPECTED, rivals_s=(150.0, 170.4))]) == set()


def test_grazes_and_moments_may_be_on_either_side_and_are_listed() -> None:
    graze = replace(EXPECTED, min_normalised=1 - 9 / D)
    moment = replace(FOUND, start_s=100.0, end_s=100.9)
    assert kinds([], [graze]) == {"on_the_edge"}
    assert kinds([moment], []) == {"on_the_edge"}
    assert match([moment], [graze], D_m=D, H_m=H).matched == 1
    assert kinds([], [replace(EXPECTED, min_normalised=1 - 11 / D)]) == {"missed"}


def test_a_division_of_less_than_a_second_is_listed_but_no_difference() -> None:
    halves = [replace(FOUND, end_s=160.0), replace(FOUND, start_s=160.5, min_horizontal_m=2500.0)]
    out = match(halves, [EXPECTED], D_m=D, H_m=H)
    assert out.is_same
    assert len(out.on_the_edge) == 1


def test_intervals_must_lie_between_those_of_the_stricter_and_the_laxer_search() -> None:
    inner, outer = replace(EXPECTED, start_s=102.0, end_s=198.0), replace(EXPECTED, start_s=98.0, end_s=202.0)
    assert not_bracketed([FOUND], [inner], [outer]) == []
    assert len(not_bracketed([replace(FOUND, start_s=104.0)], [inner], [outer])) == 1
    assert len(not_bracketed([replace(FOUND, end_s=204.0)], [inner], [outer])) == 1
    assert len(not_bracketed([], [inner], [outer])) == 1
