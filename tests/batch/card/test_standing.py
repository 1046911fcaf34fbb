"""The data that stands on every card: complete, in both languages, with its source, and part of the package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from skyaccord.batch.card.language import Both, Language, parse_languages
from skyaccord.batch.card.standing import read_table, read_text
from skyaccord.batch.card.typeset import STANDING, TEMPLATE
from skyaccord.errors import SkyaccordError
from skyaccord.memorandum import Actor, AltitudeDatum, Confidence, Modality, Precedence

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
TEMPLATE_TEXT = "".join(read_text(name) for name in TEMPLATE)


def pairs(value: Any) -> Iterator[Both]:
    """Yield every text in both languages within a table."""
    if isinstance(value, Both):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from pairs(each)


@pytest.mark.parametrize("name", STANDING)
def test_each_text_is_there_in_its_own_letters(name: str) -> None:
    found = list(pairs(read_table(name)))
    assert found
    for pair in found:
        assert CYRILLIC.search(pair.ru), pair
        assert not CYRILLIC.search(pair.en), pair


@pytest.mark.parametrize("name", ["phrases", "signals", "interception"])
def test_what_is_not_ours_names_its_source(name: str) -> None:
    assert "ICAO" in read_table(name)["source"]


def test_phrases_and_signals_are_those_of_annex_2() -> None:
    phrases, signals = read_table("phrases"), read_table("signals")
    assert [each["phrase"] for each in phrases["interceptor"]] == [
        "CALL SIGN",
        "FOLLOW",
        "DESCEND",
        "YOU LAND",
        "PROCEED",
    ]
    assert [each["phrase"].removesuffix(" …") for each in phrases["intercepted"]] == [
        *("CALL SIGN", "WILCO", "CAN NOT", "REPEAT", "AM LOST", "MAYDAY", "HIJACK", "LAND", "DESCEND")
    ]
    assert [each["phrase"].removesuffix(" …") for each in phrases["address"]] == [
        *("INTERCEPT CONTROL", "INTERCEPTOR", "INTERCEPTED AIRCRAFT")
    ]
    assert (len(signals["interceptor"]), len(signals["intercepted"])) == (3, 3)


def test_every_value_of_a_memorandum_has_its_words() -> None:
    words = read_table("words")
    assert words["modality"].keys() == set(Modality)
    assert words["confidence"].keys() == set(Confidence)
    assert words["precedence"].keys() == set(Precedence)
    assert words["datum"].keys() == set(AltitudeDatum)
    assert words["actor"].keys() == {*Actor, "party"} - {Actor.PARTIES}


def test_the_template_uses_every_fixed_word_and_no_other() -> None:
    assert set(re.findall(r"\bwords\.(\w+)", TEMPLATE_TEXT)) - {"typ"} == {
        *read_table("words")["card"],
        *("card", "modality", "confidence", "precedence", "datum", "actor", "is_not"),
        *re.findall(r"content\.words\.(\w+)", TEMPLATE_TEXT),
    }


def test_the_template_reads_nothing_and_evaluates_nothing() -> None:
    assert not re.search(r"\b(read|image|eval|plugin|csv|yaml|toml|xml|cbor|bibliography|include)\b *\(", TEMPLATE_TEXT)
    assert re.findall(r"json\(.*", TEMPLATE_TEXT) == ["json(bytes(sys.inputs.card))"]
    assert set(re.findall(r'import "([^"]*)"', TEMPLATE_TEXT)) <= set(TEMPLATE)
    assert "@" not in TEMPLATE_TEXT


def test_all_files_travel_inside_the_package() -> None:
    there = {each.name for each in (files("skyaccord.data") / "card").iterdir()}
    assert there == {*TEMPLATE, *(f"{name}.toml" for name in STANDING)}


def test_languages_are_both_in_one_order_or_the_other() -> None:
    assert parse_languages("ru, en") == (Language.RU, Language.EN)
    for text in ("en", "en,en", "en,fr", "en,ru,en", ""):
        with pytest.raises(SkyaccordError, match="write en,ru or ru,en"):
            parse_languages(text)
