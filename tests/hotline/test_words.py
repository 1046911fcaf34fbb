"""Messages in words: both languages say the same, and each member of each kind is in both."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

import pytest

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.book.admit import Why
from skyaccord.hotline.book.checks import Held
from skyaccord.hotline.book.clock import State
from skyaccord.hotline.book.inbox import list_awaited, list_inbox
from skyaccord.hotline.book.standing import Practice
from skyaccord.hotline.forms.compound import Layout, Maybe, OneOf, Several
from skyaccord.hotline.forms.texts import Word
from skyaccord.hotline.kinds import KINDS
from skyaccord.hotline.words.pending import say_duration, say_pending
from skyaccord.hotline.words.say import say
from skyaccord.hotline.words.wordbook import LANGUAGES, wordbook
from tests.hotline.golden import body
from tests.hotline.talk import NOON, Talk
from tests.hotline.test_kinds import layouts

SHORT = [kind.name.removeprefix("hotline.") for kind in KINDS]
ALL_LAYOUTS = [layout for kind in KINDS for version in kind.versions.values() for layout in layouts(version)]


def word_lists() -> set[type[StrEnum]]:
    found = set()
    for layout in ALL_LAYOUTS:
        for field in layout.fields:
            form = field.form
            while isinstance(form, Maybe | Several):
                form = form.form
            if isinstance(form, Word):
                found.add(form.words)
    return found


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, decimal commas as points."""
    return Counter(re.findall(r"[0-9]+(?:\.[0-9]+)?", re.sub(r"(?<=[0-9]),(?=[0-9])", ".", text)))


@pytest.mark.parametrize("name", SHORT)
def test_both_languages_carry_the_same_numbers(name: str) -> None:
    english, russian = (say(body(name), language) for language in LANGUAGES)
    assert numbers(english) == numbers(russian)
    assert sum(numbers(english).values()) >= 2


@pytest.mark.parametrize("name", SHORT)
def test_both_languages_have_the_same_lines(name: str) -> None:
    english, russian = (say(body(name), language).split("\n") for language in LANGUAGES)
    assert len(english) == len(russian)
    assert [len(line) - len(line.lstrip()) for line in english] == [len(r) - len(r.lstrip()) for r in russian]


def labels(layout: Layout[Any], value: object) -> list[str]:
    """Return the names of all members of a message, found by walking the value and not by saying it."""
    found = []
    for field in layout.fields:
        part = getattr(value, field.attribute)
        if field.name != "heading":
            found.append(field.name)
        form = field.form
        while isinstance(form, Maybe | Several):
            form = form.form
        for each in part if isinstance(part, tuple) else (part,):
            if is_dataclass(each) and isinstance(form, Layout | OneOf):
                found += labels(form.layout_of(each) if isinstance(form, OneOf) else form, each)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHORT)
def test_every_member_has_a_line_of_its_own(name: str, language: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == f"hotline.{name}")
    message = body(name)
    lines = [line.strip() for line in say(message, language).split("\n")]
    expected = Counter(wordbook()["field"][each][language] for each in labels(kind.versions[1], message))
    for label, count in expected.items():
        starts = [line for line in lines if re.match(rf"{re.escape(label)}(?: [0-9]+)?:(?: |$)", line)]
        assert len(starts) >= count, label


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHORT)
def test_every_text_of_a_message_is_said_as_it_is(name: str, language: str) -> None:
    said = say(body(name), language)

    def texts(value: object) -> list[str]:
        if isinstance(value, StrEnum):
            return []
        if isinstance(value, str):
            return value.split("\n")
        if isinstance(value, tuple):
            return [text for each in value for text in texts(each)]
        return [text for f in fields(value) for text in texts(getattr(value, f.name))] if is_dataclass(value) else []

    missing = [text for text in texts(body(name)) if text not in said and not re.fullmatch(r"[A-Z ]+|m|ft|km|NM", text)]
    assert missing == []


def test_every_word_is_there_in_both_languages_and_none_is_idle() -> None:
    used = {
        "kind": set(SHORT),
        "says": set(SHORT),
        "field": {name for layout in ALL_LAYOUTS for name in layout.names} - {"heading"},
        **{words.__name__: {each.value for each in words} for words in (*word_lists(), State, Held, Practice, Why)},
        "pending": {"from", "to", "left", "late_by", "told"},
    }
    book = wordbook()
    assert {section: set(keys) for section, keys in book.items() if section != "word"} == used
    for section, keys in book.items():
        for key, words in keys.items():
            assert set(words) == set(LANGUAGES), f"{section}.{key}"
            assert all(words.values()), f"{section}.{key}"
            if section in ("kind", "says", "field"):
                assert re.search("[а-яё]", words["ru"], re.IGNORECASE), f"{section}.{key}"
                assert not re.search("[а-яё]", words["en"], re.IGNORECASE), f"{section}.{key}"


@pytest.mark.parametrize(
    "section", ["kind", "field", "Precedence", "Nature", "Medium", "Declared", "AltitudeDatum", "State", "Held", "Why"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_words_of_one_list_read_differently(section: str, language: str) -> None:
    words = Counter(each[language] for each in wordbook()[section].values())
    assert [text for text, count in words.items() if count > 1] == []


def test_a_notice_says_that_it_is_no_permission_and_an_acknowledgement_that_it_is_no_agreement() -> None:
    assert "not a permission" in say(body("notice"), "en")
    assert "не разрешение" in say(body("notice"), "ru")
    assert "not an agreement" in say(body("acknowledgement"), "en")
    assert "не есть согласие" in say(body("acknowledgement"), "ru")


def test_a_notice_in_words() -> None:
    assert say(body("notice"), "en").split("\n")[2:20] == [
        "to: green",
        "refers to: not stated",
        "on the authority of: duty officer",
        "date-time group: 251400Z NOV 26",
        "interpreter:",
        "  interpreting is its task: yes",
        "  duty: linguist",
        "language of the text: en",
        "on behalf of: blue_rescue",
        "precedence: PRIORITY",
        "text: Two tankers, then none.",
        "volume 1:",
        "  area:",
        "    centre: 50.6° N 11° E",
        "    radius: 7 NM",
        "  floor: not stated",
        "  ceiling: 12000 ft",
        "  measured from: 1013.25 hPa",
    ]


def test_south_and_west_are_said_and_not_signed() -> None:
    assert "0.25° S 179.5° W" in say(body("protest"), "en")
    assert "0,25° ю. ш. 179,5° з. д." in say(body("protest"), "ru")
    assert "floor: -400 m" in say(body("protest"), "en")


def test_another_language_is_refused() -> None:
    with pytest.raises(SkyaccordError, match="en or ru"):
        say(body("notice"), "fr")


def test_a_pending_message_is_one_line() -> None:
    talk = Talk()
    talk.say("green>blue", "query", 0, heading__precedence="flash")
    talk.say("blue>red", "notice", 0, delay_s=None)
    (ours,) = list_inbox(talk.book, NOON + 40.5)
    (late,) = list_inbox(talk.book, NOON + 125.5)
    (theirs,) = list_awaited(talk.book, NOON + 40.5)
    group = "251200Z NOV 26"
    assert say_pending(ours, "en") == (
        f"FLASH | QUERY | from green | {group} | not acknowledged | left 1 min 19 s | told: duty officer"
    )
    assert say_pending(late, "ru") == (
        f"МОЛНИЯ | ЗАПРОС | от стороны green | {group} | не подтверждено | просрочено на 5 с"
        " | доложено: duty officer, supervisor"
    )
    assert say_pending(theirs, "en") == f"PRIORITY | NOTICE | to red | {group} | not delivered | told: duty officer"


@pytest.mark.parametrize(
    ("duration_s", "said"), [(0.0, "0 s"), (0.9, "0 s"), (60.0, "1 min"), (3661.0, "1 h 1 min 1 s"), (90_000.0, "25 h")]
)
def test_durations_are_said_in_hours_minutes_and_seconds(duration_s: float, said: str) -> None:
    assert say_duration(duration_s, "en") == said
