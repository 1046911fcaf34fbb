"""Formulas as sentences: what they say, that no two say the same, and that all languages give the same numbers."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings

from skyaccord.memorandum import (
    LANGUAGES,
    SIGNALS,
    And,
    Bearer,
    Compare,
    Comparison,
    Fact,
    For,
    Formula,
    Not,
    Or,
    Takes,
    parse_formula,
    sentence,
)
from skyaccord.memorandum.formula import Argument
from skyaccord.model.frequency import Frequency
from skyaccord.units import SPELLINGS, Quantity, dimension_of
from tests.memorandum.formulas import LASTS, LINKS, WRAPS, any_formula

each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "horizontal >= 3 NM or vertical >= 3000 ft",
            "either horizontal distance is at least 3 NM or vertical distance is at least 3000 ft",
        ),
        (
            "(horizontal < 0.5 NM and vertical < 450 ft) for 1 min",
            "for 60 s without a break both horizontal distance is less than 0.5 NM "
            "and vertical distance is less than 450 ft",
        ),
        ("not (slant <= 1 km)", "it is not so that slant distance is at most 1 km"),
        (
            "slant > 1 m or slant > 2 m or slant > 3 m",
            "at least one of (slant distance is more than 1 m; slant distance is more than 2 m; "
            "slant distance is more than 3 m)",
        ),
        (
            "inside(north) of either implies (called(121.5 MHz) of blue) within the last 5 min",
            "if (inside the area north is at least one of the two aircraft), then (at some instant within the "
            "last 300 s a call on 121.5 MHz is made by or to an aircraft of blue)",
        ),
        ("called(243 MHz)", "a call on 243 MHz is made by or to anyone whom the rule is about"),
        ("inside(north)", "inside the area north is the aircraft"),
        (
            "(squawking(7700) of both) for the next 10 s",
            "for the next 10 s without a break squawk 7700 is set by both aircraft",
        ),
        (
            "slant > 1 m unless altitude of intercepted > 300 ft",
            "(slant distance is more than 1 m) unless and until "
            "(the altitude (the intercepted aircraft) is more than 300 ft)",
        ),
        (
            "slant > 1 m since closure < -5 kt",
            "once (the closure rate is less than -5 kt) and ever since (slant distance is more than 1 m)",
        ),
        (
            "(slant > 1 m) within 5 s until always (vmd > 1 m)",
            "(from now to the end (the vertical miss distance is more than 1 m)) comes about and until then "
            "(at some instant within 5 s slant distance is more than 1 m)",
        ),
    ],
)
def test_sentence_says_the_rule_in_plain_words(text: str, english: str) -> None:
    assert sentence(parse_formula(text)) == english


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        (
            "horizontal >= 2.5 NM or vertical >= 3000 ft",
            "либо горизонтальное расстояние не меньше 2,5 м. миль, либо вертикальное расстояние не меньше 3000 фут",
        ),
        ("not (slant < 500 m)", "неверно, что наклонная дальность меньше 500 м"),
        ("inside(north) of interceptor", "в районе north находится перехватчик"),
    ],
)
def test_sentence_in_russian(text: str, russian: str) -> None:
    assert sentence(parse_formula(text), "ru") == russian


def numbers(text: str) -> list[str]:
    """Return the numbers in a sentence, with a decimal point, in order of size."""
    return sorted(number.replace(",", ".") for number in re.findall(r"\d+(?:[.,]\d+)?(?:e[+-]\d+)?", text))


@settings(max_examples=200)
@given(any_formula)
def test_numbers_are_the_same_in_every_language(formula: Formula) -> None:
    english = numbers(sentence(formula))
    assert all(numbers(sentence(formula, language)) == english for language in LANGUAGES)


@each_language
@given(any_formula, any_formula)
def test_different_rules_have_different_sentences(language: str, first: Formula, second: Formula) -> None:
    assert (sentence(first, language) == sentence(second, language)) == (first == second)


ARGUMENTS: dict[Takes, tuple[Argument, ...]] = {
    Takes.NOTHING: (None,),
    Takes.AREA: ("north", "either"),
    Takes.LINE: ("north", "either"),
    Takes.CODE: ("7700", "0000"),
    Takes.LENGTH: (Quantity(1.0, "m"), Quantity(1.0, "km")),
    Takes.FREQUENCY: (Frequency(1.0, "Hz"), Frequency(1.0, "MHz"), Frequency(1.5, "MHz")),
}
SUBJECTS = ("", "either", "both", "interceptor", "intercepted", "blue", "aircraft")


def every_atom() -> list[Compare | Fact]:
    found: list[Compare | Fact] = []
    for signal in SIGNALS.values():
        whose = SUBJECTS if signal.bearer is not Bearer.PAIR and signal.name != "checked" else ("",)
        for subject, argument in product(whose, ARGUMENTS[signal.takes]):
            if signal.is_fact:
                found.append(Fact(signal.name, subject, argument))
                continue
            units = [unit for unit in SPELLINGS if dimension_of(unit) == signal.dimension]
            for op, unit, value in product(Comparison, units, (0.0, 1.5, -1.5)):
                found.append(Compare(signal.name, op, Quantity(value, unit), subject, argument))
    return found


def grown(parts: list[Formula]) -> list[Formula]:
    """Return every formula of one form over parts."""
    pairs = list(product(parts, repeat=2))
    return [
        *(kind(pair) for kind in (And, Or) for pair in pairs),
        *(kind(part) for kind in WRAPS for part in parts),
        *(kind(part, time_s) for kind in LASTS for part in parts for time_s in (1.0, 2.0)),
        *(kind(*pair) for kind in LINKS for pair in pairs),
    ]


def with_one_sentence(formulas: list[Formula], language: str) -> list[tuple[Formula, Formula]]:
    """Return pairs of different formulas that are said alike."""
    said: dict[str, Formula] = {}
    return [(said[text], each) for each in formulas if said.setdefault(text := sentence(each, language), each) != each]


@each_language
def test_every_atom_has_a_sentence_of_its_own(language: str) -> None:
    found = every_atom()
    assert len({atom.signal for atom in found}) == len(SIGNALS)
    assert with_one_sentence(list(found), language) == []


@each_language
def test_every_way_of_putting_two_forms_into_one_has_a_sentence_of_its_own(language: str) -> None:
    one, two = parse_formula("slant < 1 m"), parse_formula("checked")
    once = grown([one])
    threes: list[Formula] = [kind(parts) for kind in (And, Or) for parts in product((one, two), repeat=3)]
    twice = grown([one, two, *once, *threes])
    assert len(twice) > 4_000
    assert with_one_sentence([one, two, *once, *threes, *twice], language) == []


@each_language
def test_sentence_says_which_of_two_readings_is_meant(language: str) -> None:
    one, two, three = (parse_formula(f"slant < {n} m") for n in (1, 2, 3))
    readings = [
        And((And((one, two)), three)),
        And((one, And((two, three)))),
        And((one, two, three)),
        And((one, Or((two, three)))),
        Or((And((one, two)), three)),
        Not(And((one, two))),
        And((Not(one), two)),
        For(And((one, two)), 5.0),
        And((For(one, 5.0), two)),
    ]
    assert len({sentence(each, language) for each in readings}) == len(readings)


@each_language
def test_language_has_words_for_all_there_is(language: str) -> None:
    words, english = LANGUAGES[language], LANGUAGES["en"]
    assert set(words.signals) == set(SIGNALS)
    for name in ("subjects", "compare", "units", "pair", "many", "links", "wraps", "lasts"):
        assert set(getattr(words, name)) == set(getattr(english, name)), name
