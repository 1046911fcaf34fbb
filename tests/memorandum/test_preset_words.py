"""The words of the presets agree with their rules: numbers stand in the text or the notes and in both languages."""

from __future__ import annotations

import re

import pytest

from skyaccord.memorandum import LANGUAGES, preset, preset_names, sentence
from skyaccord.memorandum.document import REENTER_S, Confidence, Keep, Provision
from skyaccord.memorandum.formula import Compare, For, Formula, ForNext, Within, WithinLast, atoms, parts_of
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.memorandum.named_area import Circle
from skyaccord.memorandum.signals import SIGNALS, Takes
from skyaccord.model.frequency import Frequency
from skyaccord.units import SPELLINGS, Quantity, parse_quantity

RULED = [
    pytest.param(name, provision, id=f"{name}:{provision.id}")
    for name in preset_names()
    for provision in preset(name).provisions
    if provision.rule is not None
]
ASSUMED = [
    pytest.param(provision, id=f"{name}:{provision.id}")
    for name in preset_names()
    for provision in preset(name).provisions
    if provision.source.confidence is Confidence.ASSUMED
]

TENS_AND_ONES = {
    word: str(number)
    for number, word in (
        *enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")),
        (30, "thirty"),
    )
}
UNITS = {"nautical miles": "NM", "statute miles": "mi", "feet": "ft", "minutes": "min", "seconds": "s", "days": "d"}


def in_digits(text: str) -> str:
    """Return a text with its numbers in digits: three thousand feet is 3000 ft, 1,000 ft is 1000 ft."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    for word, digits in TENS_AND_ONES.items():
        text = re.sub(rf"\b{word} thousand\b", f"{digits}000", text)
        text = re.sub(rf"\b{word} hundred\b", f"{digits}00", text)
        text = re.sub(rf"\b{word}\b", digits, text)
    for word, unit in UNITS.items():
        text = text.replace(word, unit)
    return text


def quantities_in(text: str) -> set[tuple[str, float]]:
    """Return the quantities that a text has, as dimension and SI value."""
    spelled = "|".join(re.escape(unit) for unit in sorted(SPELLINGS, key=len, reverse=True))
    found = re.findall(rf"(-?[0-9]+(?:\.[0-9]+)?) ({spelled})(?![A-Za-z/])", in_digits(text))
    quantities = [parse_quantity(f"{number} {unit}") for number, unit in found]
    return {(quantity.dimension, round(quantity.si, 6)) for quantity in quantities}


def times_of(formula: Formula) -> list[float]:
    own = [formula.duration_s] if isinstance(formula, For | ForNext | Within | WithinLast) else []
    return own + [time_s for part in parts_of(formula) for time_s in times_of(part)]


def quantities_of(provision: Provision) -> set[tuple[str, float]]:
    """Return the quantities of the rule of a provision, its times to restore and re-enter among them."""
    found = []
    for reading in provision.readings:
        for atom in atoms(reading):
            found += [atom.quantity] if isinstance(atom, Compare) else []
            found += [atom.argument] if isinstance(atom.argument, Quantity) else []
        found += [Quantity(time_s, "s") for time_s in times_of(reading)]
    if isinstance(provision.rule, Keep):
        found += [Quantity(provision.rule.restore_s, "s")] if provision.rule.restore_s else []
        found += [Quantity(provision.rule.reenter_s, "s")] if provision.rule.reenter_s != REENTER_S else []
    return {(quantity.dimension, round(quantity.si, 6)) for quantity in found}


def test_numbers_in_words_are_read() -> None:
    text = (
        "three nautical miles or three thousand feet, restored within three minutes; 1,000 ft at 3 deg/s, -4000 ft/min"
    )
    wanted = ("3 NM", "3000 ft", "3 min", "1000 ft", "3 deg/s", "-4000 ft/min")
    assert quantities_in(text) == {(q.dimension, round(q.si, 6)) for q in map(parse_quantity, wanted)}


@pytest.mark.parametrize(("name", "provision"), RULED)
def test_every_number_of_a_rule_stands_in_its_text_or_its_notes(name: str, provision: Provision) -> None:
    assert quantities_of(provision) <= quantities_in(f"{provision.text} {provision.notes}")


@pytest.mark.parametrize(("name", "provision"), RULED)
def test_frequencies_and_squawks_of_a_rule_stand_in_its_text(name: str, provision: Provision) -> None:
    memorandum = preset(name)
    planned = memorandum.communications.frequencies if memorandum.communications else ()
    for atom in atoms(provision.readings[0]):
        if isinstance(atom.argument, Frequency):
            assert str(atom.argument) in provision.text
            assert atom.argument.hz in [frequency.hz for frequency in planned]
        if SIGNALS[atom.signal].takes is Takes.CODE:
            assert str(atom.argument) in provision.text


@pytest.mark.parametrize(("name", "provision"), RULED)
def test_rule_is_said_in_both_languages_with_the_same_numbers(name: str, provision: Provision) -> None:
    assert set(LANGUAGES) == {"en", "ru"}
    for reading in provision.readings:
        english, russian = sentence(reading, "en"), sentence(reading, "ru")
        numbers = [re.findall(r"-?[0-9]+(?:\.[0-9]+)?", text) for text in (english, russian.replace(",", "."))]
        numbers = [[number.rstrip(".") for number in each] for each in numbers]
        assert sorted(numbers[0]) == sorted(numbers[1])
        assert re.search("[а-я]", russian)
        assert not re.search("[а-я]", english)


@pytest.mark.parametrize("provision", ASSUMED)
def test_what_is_assumed_says_that_it_was_put_in_or_not_read(provision: Provision) -> None:
    said = f"{provision.source.text} {provision.notes}".lower()
    assert re.search(r"\bput in\b|\bnot read\b|\bfrom memory\b", said)


@pytest.mark.parametrize(("name", "provision"), RULED)
def test_rule_about_one_aircraft_or_the_record_says_of_no_one(name: str, provision: Provision) -> None:
    if scope_of(provision.readings[0]) is not Scope.PAIR:
        assert {atom.subject for atom in atoms(provision.readings[0])} == {""}


@pytest.mark.parametrize("name", preset_names())
def test_places_of_presets_are_examples_out_at_sea_and_say_so(name: str) -> None:
    memorandum = preset(name)
    for place in (*memorandum.areas, *memorandum.lines):
        assert "to be replaced" in place.full_name
    shapes = [(area.shape.centre,) if isinstance(area.shape, Circle) else area.shape for area in memorandum.areas]
    points = [point for shape in (*shapes, *(line.points for line in memorandum.lines)) for point in shape]
    assert all(abs(value) <= 1.0 for point in points for value in point), "0° N 0° E is in the Gulf of Guinea"
