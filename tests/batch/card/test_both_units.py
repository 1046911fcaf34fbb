"""Distances in the other system of units, and times in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.batch.card.both_units import counterpart, say_duration
from skyaccord.units import Quantity

SIZE = {
    "m": Fraction(1),
    "km": Fraction(1000),
    "ft": Fraction(3048, 10_000),
    "NM": Fraction(1852),
    "mi": Fraction(1_609_344, 1000),
    "kt": Fraction(1852, 3600),
    "km/h": Fraction(1000, 3600),
    "m/s": Fraction(1),
    "ft/min": Fraction(3048, 600_000),
}
LENGTHS = ("m", "km", "ft", "NM", "mi")
CASES = st.tuples(st.sampled_from(LENGTHS), st.sampled_from(["horizontal", "vertical", "slant"])) | st.tuples(
    st.sampled_from([unit for unit in SIZE if unit not in LENGTHS]), st.sampled_from(["closure", "vertical_rate"])
)


@pytest.mark.parametrize(
    ("value", "unit", "signal", "expected"),
    [
        (3, "NM", "horizontal", "5.6 km"),  # 5.556
        (3, "mi", "horizontal", "4.9 km"),  # 4.828
        (5, "NM", "horizontal", "9.3 km"),  # 9.26
        (3000, "ft", "vertical", "915 m"),  # 914.4
        (1000, "ft", "vertical", "305 m"),  # 304.8
        (500, "ft", "slant", "153 m"),  # 152.4
        (300, "m", "vertical", "985 ft"),  # 984.25
        (5, "km", "horizontal", "2.7 NM"),  # 2.6998
        (5, "km", "vertical", "16405 ft"),  # 16,404.2
        (1, "NM", "vertical", "1852 m"),
        (0.1, "NM", "horizontal", "186 m"),  # 185.2
        (1852, "m", "horizontal", "1 NM"),
        (30.48, "m", "vertical", "100 ft"),
        (300, "kt", "closure", "556 km/h"),  # 555.6
        (100, "km/h", "closure", "54 kt"),  # 53.996
        (1000, "ft/min", "vertical_rate", "5.1 m/s"),  # 5.08
        (5, "m/s", "vertical_rate", "985 ft/min"),  # 984.25
        (3, "min", "t_cpa", ""),
        (-1000, "ft", "height_above", ""),
        (0, "NM", "horizontal", ""),
        (1e9, "NM", "horizontal", ""),
    ],
)
def test_the_least_distance_is_rounded_up(value: float, unit: str, signal: str, expected: str) -> None:
    assert counterpart(Quantity(value, unit), signal, is_least=True) == expected


def test_the_greatest_distance_is_rounded_down() -> None:
    assert counterpart(Quantity(3, "NM"), "horizontal", is_least=False) == "5.5 km"
    assert counterpart(Quantity(500, "ft"), "slant", is_least=False) == "152 m"
    assert counterpart(Quantity(0.1, "m"), "slant", is_least=False) == ""


@given(
    st.decimals("0.001", 50_000, places=3),
    CASES,
    st.booleans(),
)
def test_who_keeps_the_other_figure_keeps_the_rule(value: Decimal, case: tuple[str, str], is_least: bool) -> None:
    unit, signal = case
    text = counterpart(Quantity(float(value), unit), signal, is_least=is_least)
    if not text:
        return
    number, other = text.split()
    rule = Fraction(value) * SIZE[unit]
    shown = Fraction(number) * SIZE[other]
    step = SIZE[other] / (10 if other in ("km", "NM", "m/s") else 1)
    beyond = shown - rule if is_least else rule - shown
    assert -rule / 10**8 <= beyond < step


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(180, "3 min"), (60, "1 min"), (90, "90 s"), (3600, "1 h"), (5400, "90 min"), (43_200, "12 h"), (0.5, "0.5 s")],
)
def test_a_time_is_said_in_the_largest_unit_that_divides_it(seconds: float, text: str) -> None:
    assert say_duration(seconds) == text
