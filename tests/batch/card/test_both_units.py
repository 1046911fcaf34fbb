"""Distances in the other system of units, and times in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.batch.card.both_units import counterpart, say_duration
from skyaccord.units import Quantity

METRES = {
    "m": Fraction(1),
    "km": Fraction(1000),
    "ft": Fraction(3048, 10_000),
    "NM": Fraction(1852),
    "mi": Fraction(1_609_344, 1000),
}


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
        (3, "min", "horizontal", ""),
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
    st.sampled_from(sorted(METRES)),
    st.sampled_from(["horizontal", "vertical", "slant"]),
    st.booleans(),
)
def test_who_keeps_the_other_figure_keeps_the_rule(value: Fraction, unit: str, signal: str, is_least: bool) -> None:
    text = counterpart(Quantity(float(value), unit), signal, is_least=is_least)
    if not text:
        return
    number, other = text.split()
    rule_m = Fraction(value) * METRES[unit]
    shown_m = Fraction(number) * METRES[other]
    step_m = METRES[other] / (10 if other in ("km", "NM") else 1)
    beyond_m = shown_m - rule_m if is_least else rule_m - shown_m
    assert -rule_m / 10**8 <= beyond_m < step_m


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(180, "3 min"), (60, "1 min"), (90, "90 s"), (3600, "1 h"), (5400, "90 min"), (43_200, "12 h"), (0.5, "0.5 s")],
)
def test_a_time_is_said_in_the_largest_unit_that_divides_it(seconds: float, text: str) -> None:
    assert say_duration(seconds) == text
