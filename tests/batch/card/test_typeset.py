"""The card as a PDF: one page, both languages, every number, the same bytes, no text of a memorandum run as code."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.batch.card.content import card_of
from skyaccord.batch.card.language import Both, Languages
from skyaccord.batch.card.standing import read_table, read_text
from skyaccord.batch.card.typeset import TEMPLATE, card_data, typeset
from skyaccord.memorandum import Keep, Memorandum, Party, Provision, format_formula, preset, preset_names
from tests.batch.card.memoranda import EN_RU, RU_EN, memorandum, pdf_of, provision, squeezed, text_of

ORDERS = pytest.mark.parametrize("languages", [EN_RU, RU_EN], ids=["en,ru", "ru,en"])
THREES = 'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nalternatives = ["slant > 4 km"]\nrestore = "180 s"'


def numbers(provision: Provision) -> Iterator[str]:
    """Yield each limit and each time of a provision's rule, as the card may write it, read from the rule's own text."""
    for reading in provision.readings:
        text = format_formula(reading)
        yield from re.findall(r"[<>]=? (\S+ \w+)", text)
        for time_s in re.findall(r"for (\S+) s\b", text):
            yield in_words(float(time_s))
    if isinstance(provision.rule, Keep) and provision.rule.restore_s:
        yield in_words(provision.rule.restore_s)
        yield in_words(provision.rule.reenter_s)


def in_words(time_s: float) -> str:
    return f"{time_s / 60:g} min" if time_s >= 60 and time_s % 60 == 0 else f"{time_s:g} s"


def query(document: Memorandum, languages: Languages, what: str) -> Any:
    """Return a value that the template leaves in the document."""
    sources: Any = {name: read_text(name).encode() for name in TEMPLATE}
    inputs = {"card": json.dumps(card_data(card_of(document), languages))}
    fonts = typst.Fonts(include_system_fonts=False)
    return json.loads(typst.eval(sources, f"query(<{what}>).map(it => it.value)", font_paths=fonts, sys_inputs=inputs))


@ORDERS
@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_one_a4_page_with_every_provision(name: str, languages: Languages) -> None:
    card = typeset(card_of(preset(name)), languages)
    assert card.left_out == ()
    (page,) = pdf_of(preset(name), languages).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]


@pytest.mark.parametrize("name", preset_names())
def test_every_number_of_a_preset_stands_on_its_card(name: str) -> None:
    text = text_of(preset(name))
    for each in preset(name).provisions:
        for number in numbers(each):
            assert number in text, (each.id, number)


def test_every_number_of_a_memorandum_stands_on_its_card() -> None:
    document = memorandum(
        provision("a", THREES),
        provision("b", 'breach = "(horizontal < 1.25 NM and vertical < 310 m) for 75 s"'),
        provision("d", 'keep = "(slant < 6 NM) implies (called(131.5 MHz) of either)"\nrestore = "45 s"'),
        provision("c", 'keep = "(horizontal >= 7 km and vertical >= 900 ft) or (slant >= 9 NM) for 20 s"'),
    )
    text = text_of(document)
    assert "900 ft" in text
    found = {number for each in document.provisions for number in numbers(each)}
    assert found >= {
        "3 NM",
        "3000 ft",
        "4 km",
        "3 min",
        "30 s",
        "1.25 NM",
        "310 m",
        "75 s",
        "7 km",
        "9 NM",
        "20 s",
        "6 NM",
        "45 s",
    }
    assert [number for number in found if number not in text] == []
    for number in (
        "5.6 km",
        "915 m",
        "118.275 MHz",
        "1 min",
        "150 s",
        "6 h",
        "12 h",
        "1500 ft",
        "45000 ft",
        "131.5 MHz",
        "131,5 МГц",
        "6 м. миль",
    ):
        assert number in text
    assert "≥ 1.25 NM" in text  # a ban of less is a duty of at least


@ORDERS
def test_the_card_has_the_fixed_words_in_both_languages(languages: Languages) -> None:
    text = squeezed(text_of(memorandum(provision("a", THREES), provision("b")), languages))
    for name in ("phrases", "signals", "interception"):
        for texts in strings(read_table(name)):
            assert squeezed(texts) in text, texts
    words = read_table("words")
    for key in ("distances", "call", "words", "not", "restore", "signals", "squawk"):
        pair = words["card"][key]
        assert squeezed(pair.en) in text
        assert squeezed(pair.ru) in text
    first, second = (words["card"]["phrases"].ordered(languages)[k] for k in (0, 1))
    assert text.index(squeezed(first)) < text.index(squeezed(second))


def strings(value: Any) -> Iterator[str]:
    """Yield the texts of a table that are shown; the names of sketches are not."""
    if isinstance(value, Both):
        yield from (value.en, value.ru)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from strings(each) if key != "sketch" else ()


def test_title_hash_and_yardstick() -> None:
    document = preset("surveillance-minima")
    text = text_of(document)
    assert document.title in text
    assert document.hash[: len("sha256:") + 16] in text
    assert "A yardstick, not an agreement" in text
    assert "не соглашение" in text
    assert "yardstick" not in text_of(preset("syria-2015-public-outline"))


def test_confidence_is_marked_where_it_is_less_than_confirmed() -> None:
    tile = {
        level: text_of(memorandum(provision("a", THREES, confidence=level))).split("horizontal")[0]
        for level in ("confirmed", "reported", "assumed", "unknown")
    }
    assert "◐ reported · по сообщениям" in tile["reported"]
    assert "○ assumed · предположение" in tile["assumed"]
    assert "? source unknown" in tile["unknown"]
    assert not re.search("[◐○?]", tile["confirmed"])


def test_a_long_text_takes_one_line_and_says_that_it_goes_on() -> None:
    sentence = "Keep away from the storm. "
    text = text_of(memorandum(provision("a", text=sentence * 60)))
    line = text[text.index("Keep away") : text.index("…", text.index("Keep away")) + 1]
    assert (sentence * 60).startswith(line[:-1])
    assert 60 < len(line) < 150
    assert text.count("Keep away") == line.count("Keep away")


@pytest.mark.parametrize(("rules", "words"), [(0, 60), (12, 30), (40, 0), (300, 300)])
def test_a_long_memorandum_stays_on_one_page_and_counts_what_is_left_out(rules: int, words: int) -> None:
    document = memorandum(
        *(provision(f"rule.{k}", THREES) for k in range(rules)),
        *(provision(f"word.{k}", text=f"Words {k} of the parties. " * 9) for k in range(words)),
    )
    left_out = set(typeset(card_of(document)).left_out)
    text = text_of(document)
    assert 0 < len(left_out) < rules + words
    assert f"+{len(left_out)} provisions left out" in text
    for kind, count in (("rule", rules), ("word", words)):
        shown = [k for k in range(count) if f"{kind}.{k}" not in left_out]
        assert shown == list(range(len(shown)))  # the first ones, in order
        for k in range(count):
            sign = f"rule.{k} " if kind == "rule" else f"Words {k} of"
            assert (sign in text) is (k in shown), sign
    unseen = sum(1 for each in left_out if each.startswith("rule"))
    assert (f"{unseen} of them with rules" in text) is (unseen > 0)


def test_nothing_is_said_of_provisions_left_out_where_none_is() -> None:
    assert "left out" not in text_of(memorandum(provision("a", THREES), provision("b")))


@ORDERS
def test_the_half_that_is_the_same_on_every_card_has_room(languages: Languages) -> None:
    assert query(memorandum(provision("a", THREES)), languages, "interception-fits") == [True]


def test_a_large_head_still_fits() -> None:
    names = tuple(f"party{k}" + "W" * 55 for k in range(40))
    document = replace(
        memorandum(provision("a", THREES)),
        title="W" * 5000,
        parties=names,
        party_details=tuple(Party(name, "Ж" * 500) for name in names),
    )
    (shown,) = query(document, EN_RU, "shown")
    assert shown["fits"]
    assert shown["distances"] == 1


CODE = (
    '#read("/etc/hostname")',
    "#panic()",
    '#import "@preview/cetz:0.3.0": *',
    "$x^2$",
    "*bold*",
    "_emph_",
    "= heading",
    "<shown>",
    "@reference",
    "]",
    "[#",
    "\\",
    "`raw`",
    "// comment",
    "/* open",
    '"quoted"',
    "#set page(height: 9cm)",
    "#pagebreak()",
    "~--...",
    "{{sys.inputs}}",
)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(CODE), min_size=1, max_size=4).map(" ".join))
def test_code_in_a_text_is_shown_as_it_is(hostile: str) -> None:
    document = memorandum(provision("a", THREES), provision("b"))
    spoiled = replace(
        document,
        title=hostile,
        provisions=(document.provisions[0], replace(document.provisions[1], text=hostile)),
        party_details=(Party("blue", hostile),),
    )
    text = squeezed(text_of(spoiled))
    assert text.count(squeezed(hostile)) >= 2
    (shown,) = query(spoiled, EN_RU, "shown")
    assert (shown["distances"], shown["words"]) == (1, 1)


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)


@settings(max_examples=25)
@given(TEXTS, TEXTS)
def test_any_text_gives_one_page(title: str, words: str) -> None:
    document = memorandum(provision("a", THREES), provision("b"))
    spoiled = replace(
        document, title=title, provisions=(document.provisions[0], replace(document.provisions[1], text=words))
    )
    assert len(pdf_of(spoiled).pages) == 1


def test_the_same_memorandum_gives_the_same_bytes_in_any_place_at_any_time(tmp_path: Path) -> None:
    program = (
        "import hashlib; from skyaccord.batch.card import typeset, content; from skyaccord.memorandum import preset;"
        "print(hashlib.sha256(typeset.typeset(content.card_of(preset('near-midair'))).pdf).hexdigest())"
    )
    found = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        place = tmp_path / seed
        place.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment, cwd=place
        )
        found.add(done.stdout.strip())
    found.add(hashlib.sha256(typeset(card_of(preset("near-midair"))).pdf).hexdigest())
    assert len(found) == 1


def test_the_pdf_has_no_date_and_embeds_its_fonts() -> None:
    reader = pdf_of(preset("syria-2015-public-outline"))
    assert reader.metadata is not None
    assert not {"/CreationDate", "/ModDate"} & reader.metadata.keys()
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    names = {re.sub(r"^/[A-Z]{6}\+|-.*", "", font["/BaseFont"]) for font in fonts}
    assert names == {"LibertinusSerif", "DejaVuSansMono"}
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(key.startswith("/FontFile") for key in descriptor)
        assert "/ToUnicode" in font
