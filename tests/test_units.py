"""Quantities: what is read, and what is refused with a cure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import UnitError
from skyaccord.units import FT, KT, LENGTH, MI, NM, SPEED, SPELLINGS, TIME, Quantity, parse_quantity


@pytest.mark.parametrize(
    ("text", "si"),
    [("3 NM", 5556.0), ("3000 ft", 914.4), ("180 s", 180.0), ("3min", 180.0), ("1 mi", 1609.344), (".5 NM", 926.0)],
)
def test_quantities_are_read_to_si(text: str, si: float) -> None:
    assert parse_quantity(text).si == pytest.approx(si, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["3", "", "NM", "3 nm", "3 miles", "3,5 NM", "٣ NM", "1e999 m", "nan m", "inf m", "3 NM 4"]
)
def test_what_is_no_quantity_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(UnitError, match="expected") as caught:
        parse_quantity(text)
    assert caught.value.got == text


def test_wrong_spelling_is_told_the_right_one() -> None:
    with pytest.raises(UnitError, match='the spelling "NM"'):
        parse_quantity("3 nm")


def test_wrong_dimension_is_refused() -> None:
    with pytest.raises(UnitError, match="length"):
        parse_quantity("3 s", LENGTH)
    with pytest.raises(UnitError, match="time"):
        parse_quantity("3 NM", TIME)
    assert parse_quantity("250 kt", SPEED).si == pytest.approx(128.611, abs=1e-3)


@given(st.floats(-1e6, 1e6, allow_subnormal=False), st.sampled_from(SPELLINGS))
def test_text_of_a_quantity_is_read_back(value: float, unit: str) -> None:
    assert parse_quantity(str(Quantity(value, unit))).value == pytest.approx(value, rel=1e-14)


def test_factors_are_the_defined_ones() -> None:
    assert (NM, FT, MI, KT) == (1852.0, 0.3048, 1609.344, 1852.0 / 3600.0)
