"""Outside its reach a rule cannot be touched: against an evaluation of the formula on random traces."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.memorandum import (
    And,
    Breach,
    Compare,
    For,
    Formula,
    Keep,
    Not,
    Or,
    Reach,
    parse_formula,
    reach,
    reach_of,
)
from skyaccord.memorandum.presets import preset
from skyaccord.units import FT, MI, NM

INF = math.inf


@pytest.mark.parametrize(
    ("keep", "cylinder"),
    [
        ("horizontal >= 3 NM or vertical >= 3000 ft", Reach(3 * NM, 3000 * FT)),
        ("horizontal >= 3 NM and vertical >= 3000 ft", Reach(INF, INF)),
        ("horizontal > 3 NM", Reach(3 * NM, INF)),
        ("slant >= 500 ft", Reach(500 * FT, 500 * FT)),
        ("slant >= 1 km or horizontal >= 3 NM", Reach(1000.0, 1000.0)),
        ("horizontal <= 3 NM", Reach(INF, INF)),
        ("not (horizontal < 3 NM and vertical < 1000 ft)", Reach(3 * NM, 1000 * FT)),
        ("not ((horizontal < 3 NM and vertical < 1000 ft) for 30 s)", Reach(3 * NM, 1000 * FT)),
        ("(horizontal >= 5 NM or vertical >= 9 m) and (horizontal >= 1 m or vertical >= 9 km)", Reach(5 * NM, 9000.0)),
    ],
)
def test_duty_can_only_be_lost_within(keep: str, cylinder: Reach) -> None:
    assert reach(Keep(parse_formula(keep))) == cylinder


@pytest.mark.parametrize(
    ("breach", "cylinder"),
    [
        ("slant < 500 ft", Reach(500 * FT, 500 * FT)),
        ("horizontal < 500 ft and vertical < 100 ft", Reach(500 * FT, 100 * FT)),
        ("horizontal < 1 km or vertical < 100 m", Reach(INF, INF)),
        ("(horizontal < 1 km and vertical < 9 m) or (horizontal < 2 km and vertical < 5 m)", Reach(2000.0, 9.0)),
        ("(horizontal < 1 km) for 30 s and vertical < 9 m", Reach(1000.0, 9.0)),
        ("horizontal > 1 km", Reach(INF, INF)),
    ],
)
def test_ban_can_only_be_met_within(breach: str, cylinder: Reach) -> None:
    assert reach(Breach(parse_formula(breach))) == cylinder


def test_denied_time_does_not_shrink_the_cylinder_to_where_both_halves_hold_at_once() -> None:
    # Lost when, within 30 s, the pair is once inside 3 NM and now within 9 m: never both at one instant, perhaps.
    assert reach(Keep(parse_formula("(horizontal >= 3 NM) for 30 s or vertical >= 9 m"))) == Reach(INF, INF)


def test_bounded_is_said_of_both_directions() -> None:
    assert Reach(1.0, 2.0).is_bounded
    assert not Reach(1.0, INF).is_bounded


def test_reach_of_a_provision_covers_all_its_readings() -> None:
    threes = preset("syria-2015-public-outline").provision("separation.threes")
    assert threes is not None
    assert len(threes.readings) == 2
    assert reach_of(threes) == Reach(max(3 * NM, 3 * MI), 3000 * FT)


def test_reach_of_a_provision_without_a_rule_is_none() -> None:
    airmanship = preset("syria-2015-public-outline").provision("airmanship.professional")
    assert airmanship is not None
    assert reach_of(airmanship) is None


Trace = list[tuple[float, float, float]]  # t_s, horizontal_m, vertical_m


def holds(formula: Formula, trace: Trace, k: int) -> bool:
    """Evaluate by the definition, at sample k of a trace; ``for`` looks forward over the samples."""
    match formula:
        case Compare(signal, op, quantity):
            _, horizontal, vertical = trace[k]
            value = {"horizontal": horizontal, "vertical": vertical, "slant": math.hypot(horizontal, vertical)}[signal]
            limit = quantity.si
            return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit}[op.value]
        case And(parts):
            return all(holds(part, trace, k) for part in parts)
        case Or(parts):
            return any(holds(part, trace, k) for part in parts)
        case Not(part):
            return not holds(part, trace, k)
        case For(part, duration_s):
            until = trace[k][0] + duration_s
            return all(holds(part, trace, j) for j in range(k, len(trace)) if trace[j][0] <= until)


distances = st.sampled_from([0.0, 1.0, 2.0, 3.0])
traces = st.lists(st.tuples(distances, distances), min_size=1, max_size=4).map(
    lambda points: [(10.0 * k, horizontal, vertical) for k, (horizontal, vertical) in enumerate(points)]
)


@given(st.data(), traces)
def test_whoever_touches_a_rule_has_been_within_its_reach(
    small_formula: st.SearchStrategy[Formula], data: st.DataObject, trace: Trace
) -> None:
    formula = data.draw(small_formula)
    values = [holds(formula, trace, k) for k in range(len(trace))]
    for is_touched, cylinder in ((not all(values), reach(Keep(formula))), (any(values), reach(Breach(formula)))):
        if is_touched:
            assert any(h <= cylinder.horizontal_m and v <= cylinder.vertical_m for _, h, v in trace)
