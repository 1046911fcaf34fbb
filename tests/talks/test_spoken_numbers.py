"""Numbers in words, in English and Russian."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.talks.spoken_numbers import spoken_numbers


def found(text: str, language: str) -> list[tuple[float, tuple[str, ...]]]:
    return [
        (each.quantities[0].value, tuple(q.unit for q in each.quantities)) for each in spoken_numbers(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("three nautical miles or three thousand feet", [(3, ("NM",)), (3000, ("ft",))]),
        ("Three miles apart, within three minutes.", [(3, ("NM", "mi")), (3, ("min",))]),
        ("3 NM or 3,000 ft, within 180 s", [(3, ("NM",)), (3000, ("ft",)), (180, ("s",))]),
        ("one hundred and five metres", [(105, ("m",))]),
        ("two hundred fifty knots", [(250, ("kt",))]),
        ("a three-minute limit", [(3, ("min",))]),
        ("one thousand and five hundred feet", [(1500, ("ft",))]),
        ("twenty-five minutes", [(25, ("min",))]),
        ("The two Parties speak three times a week.", []),
        ("2.5 km and 20 statute miles", [(2.5, ("km",)), (20, ("mi",))]),
    ],
)
def test_english(text: str, expected: list[tuple[float, tuple[str, ...]]]) -> None:
    assert found(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("не менее трёх морских миль или трёх тысяч футов", [(3, ("NM",)), (3000, ("ft",))]),
        ("в течение трех минут", [(3, ("min",))]),
        ("2,5 км или 5 м. миль", [(2.5, ("km",)), (5, ("NM",))]),
        ("пять морских миль, тысяча футов", [(5, ("NM",)), (1000, ("ft",))]),
        ("двадцати пяти минут", [(25, ("min",))]),
        ("двести пятьдесят узлов", [(250, ("kt",))]),
        ("три мили", [(3, ("NM", "mi"))]),
        ("обе Стороны и два воздушных судна", []),
    ],
)
def test_russian(text: str, expected: list[tuple[float, tuple[str, ...]]]) -> None:
    assert found(text, "ru") == expected


@given(st.integers(1, 999_999), st.sampled_from(["NM", "ft", "min", "km"]))
def test_digits_with_a_unit_read_as_they_are(number: int, unit: str) -> None:
    assert found(f"at least {number:,} {unit} apart", "en") == [(number, (unit,))]
