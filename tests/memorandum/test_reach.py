"""Outside its reach a rule cannot be touched: against an evaluation of the formula on random traces."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

import pytest

from skyaccord.memorandum import (
    Always,
    And,
    Breach,
    Compare,
    Comparison,
    Eventually,
    Fact,
    For,
    Formula,
    ForNext,
    Implies,
    Keep,
    Not,
    Or,
    Reach,
    Since,
    Unless,
    Until,
    Within,
    WithinLast,
    parse_formula,
    reach,
    reach_of,
)
from skyaccord.memorandum.presets import preset
from skyaccord.memorandum.reach import CROSSING_MOVES_M, WAKE_DEPTH_M, WAKE_HALF_WIDTH_M
from skyaccord.units import FT, MI, NM, Quantity
from tests.memorandum.formulas import LASTS, LINKS, WRAPS

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
        ("nose_crossing of either < 1 NM and vertical < 500 ft", Reach(NM + CROSSING_MOVES_M, 500 * FT)),
        ("wake_behind of blue < 5 NM", Reach(math.hypot(5 * NM, WAKE_HALF_WIDTH_M), WAKE_DEPTH_M)),
        ("checked and slant < 1 m", Reach(1.0, 1.0)),
        ("checked", Reach(INF, INF)),
        ("closure > 500 kt", Reach(INF, INF)),
        ("slant < 1 m since slant < 2 m", Reach(2.0, 2.0)),
        ("slant < 1 m until slant < 2 m", Reach(2.0, 2.0)),
        ("slant < 2 m unless slant < 1 m", Reach(2.0, 2.0)),
        ("not (checked unless slant > 2 m)", Reach(2.0, 2.0)),
        ("not (slant < 2 m implies checked)", Reach(2.0, 2.0)),
        ("always (slant < 2 m) and vertical < 1 m", Reach(2.0, 1.0)),
        ("(slant < 2 m) for the next 5 s and vertical < 1 m", Reach(2.0, 1.0)),
        ("(slant < 2 m) within 5 s", Reach(2.0, 2.0)),
        ("(slant < 2 m) within the last 5 s and slant < 1 m", Reach(2.0, 2.0)),
        ("horizontal < 1 km and ((vertical > 9 m) for 5 s implies vertical < 9 m)", Reach(INF, INF)),
        ("eventually (slant < 2 m) and eventually (slant < 1 m)", Reach(2.0, 2.0)),
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


@dataclass(frozen=True)
class Instant:
    """A pair at one instant; who crosses whose nose, and in whose wake, is drawn as geometry lets it be."""

    t_s: float
    horizontal_m: float
    vertical_m: float
    is_crossing: bool
    moved_m: float  # how far they have come apart since
    is_in_wake: bool
    closure_mps: float
    is_checked: bool


CASES = 30_000
Trace = list[Instant]


def value(signal: str, now: Instant) -> float:
    """Return a signal; infinite where nobody crosses a nose or is in a wake."""
    match signal:
        case "horizontal":
            return now.horizontal_m
        case "vertical":
            return now.vertical_m
        case "slant":
            return math.hypot(now.horizontal_m, now.vertical_m)
        case "closure":
            return now.closure_mps
        case "nose_crossing":
            return abs(now.horizontal_m - now.moved_m) if now.is_crossing else INF
        case "wake_behind":  # at the edge of the wake, where it is longest for its distance
            behind_m = math.sqrt(max(now.horizontal_m**2 - WAKE_HALF_WIDTH_M**2, 0.0))
            return behind_m if now.is_in_wake and now.vertical_m <= WAKE_DEPTH_M else INF
    raise AssertionError(signal)


def holds(formula: Formula, trace: Trace, k: int) -> bool:
    """Evaluate by the definition, at sample k of a trace; beyond it there is nothing that holds or fails."""

    def ever(part: Formula, begin_s: float, end_s: float) -> bool:
        return any(holds(part, trace, j) for j in range(len(trace)) if begin_s <= trace[j].t_s <= end_s)

    def since(first: Formula, second: Formula, j: int) -> bool:
        return holds(second, trace, j) or (holds(first, trace, j) and j > 0 and since(first, second, j - 1))

    def until(first: Formula, second: Formula, j: int) -> bool:
        return holds(second, trace, j) or (
            holds(first, trace, j) and j + 1 < len(trace) and until(first, second, j + 1)
        )

    now = trace[k].t_s
    match formula:
        case Compare(signal, op, quantity):
            x, limit = value(signal, trace[k]), quantity.si
            return {"<": x < limit, "<=": x <= limit, ">": x > limit, ">=": x >= limit}[op.value]
        case Fact():
            return trace[k].is_checked
        case And(parts):
            return all(holds(part, trace, k) for part in parts)
        case Or(parts):
            return any(holds(part, trace, k) for part in parts)
        case Implies(first, second):
            return not holds(first, trace, k) or holds(second, trace, k)
        case Not(part):
            return not holds(part, trace, k)
        case Always(part):
            return not ever(Not(part), now, INF)
        case Eventually(part):
            return ever(part, now, INF)
        case For(part, duration_s):
            return not ever(Not(part), now - duration_s, now)
        case ForNext(part, duration_s):
            return not ever(Not(part), now, now + duration_s)
        case Within(part, duration_s):
            return ever(part, now, now + duration_s)
        case WithinLast(part, duration_s):
            return ever(part, now - duration_s, now)
        case Since(first, second):
            return since(first, second, k)
        case Until(first, second):
            return until(first, second, k)
        case Unless(first, second):
            return until(first, second, k) or not ever(Not(first), now, INF)


FAR_M, HIGH_M = (0.0, 400.0, 800.0, 1200.0, 2400.0), (0.0, 250.0, 400.0, 1200.0)
LIMITS_M = (300.0, 600.0, 1000.0)
TIMES_S = (5.0, 10.0, 25.0)


def random_instant(rng: random.Random, k: int) -> Instant:
    """Return an instant; most are far in one direction at least, so that few rules are touched at one instant alone."""
    near = rng.choice(["horizontal", "vertical", "both", "neither"])
    horizontal_m = rng.choice(FAR_M[:2] if near in ("horizontal", "both") else FAR_M[2:])
    vertical_m = rng.choice(HIGH_M[:2] if near in ("vertical", "both") else HIGH_M[2:])
    moved_m = rng.choice([0.0, CROSSING_MOVES_M])
    flags = [rng.random() < 0.3 for _ in range(3)]
    return Instant(10.0 * k, horizontal_m, vertical_m, flags[0], moved_m, flags[1], rng.choice([-1.0, 1.0]), flags[2])


def random_atom(rng: random.Random) -> Compare | Fact:
    """Return an atom; most of them bound a distance."""
    signal = rng.choice(
        [*["horizontal", "vertical"] * 6, "slant", "nose_crossing", "wake_behind", "closure", "checked"]
    )
    if signal == "checked":
        return Fact("checked")
    op = rng.choice([Comparison.LESS, Comparison.LESS, *Comparison])
    if signal == "closure":
        return Compare(signal, op, Quantity(0.0, "m/s"))
    return Compare(signal, op, Quantity(rng.choice(LIMITS_M), "m"), "either" if "_" in signal else "")


def random_formula(rng: random.Random, depth: int, joins: float) -> Formula:
    """Return a formula of any form; as many as said join two parts, and a quarter of the others are denials."""
    if depth == 0 or rng.random() < 0.1:
        return random_atom(rng)

    def part() -> Formula:
        return random_formula(rng, depth - 1, joins)

    if rng.random() < joins:
        return rng.choice([And, Or])((part(), part()))
    if rng.random() < 0.25:
        return Not(part())
    kind = rng.choice([*WRAPS, *LASTS, *LINKS])
    if kind in LASTS:
        return kind(part(), rng.choice(TIMES_S))
    return kind(part()) if kind in WRAPS else kind(part(), part())


def random_case(rng: random.Random) -> Formula:
    """Return a formula; half of them join an atom and what words of time make of others: where instants differ."""
    if rng.random() < 0.5:
        return random_formula(rng, rng.randint(1, 3), joins=0.5)
    parts = random_atom(rng), random_formula(rng, 3, joins=0.0)
    return And(parts) if rng.random() < 0.5 else Not(Or((Not(parts[0]), parts[1])))


def test_whoever_touches_a_rule_has_been_within_its_reach() -> None:
    rng = random.Random(20151020)  # noqa: S311 - a fixed sequence is wanted
    touched = bounded = 0
    for _ in range(CASES):
        formula = random_case(rng)
        trace = [random_instant(rng, k) for k in range(rng.randint(1, 4))]
        values = [holds(formula, trace, k) for k in range(len(trace))]
        for is_touched, cylinder in ((not all(values), reach(Keep(formula))), (any(values), reach(Breach(formula)))):
            touched += is_touched
            bounded += is_touched and cylinder != Reach(INF, INF)
            assert not is_touched or any(
                now.horizontal_m <= cylinder.horizontal_m and now.vertical_m <= cylinder.vertical_m for now in trace
            ), (formula, trace)
    assert min(touched, bounded) > CASES / 10, "most cases said nothing"
