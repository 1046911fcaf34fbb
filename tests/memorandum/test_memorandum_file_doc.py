"""docs/memorandum-file.md names every key, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skyaccord.memorandum import SIGNALS, Confidence, Evidence, Modality, parse_formula, read_memorandum
from skyaccord.memorandum.document import REENTER_S, RESTORE_S
from skyaccord.memorandum.keys import KEYS
from skyaccord.memorandum.read_named import (
    GREATEST_LATITUDE_DEG,
    GREATEST_RADIUS_M,
    GREATEST_SPAN_DEG,
    MOST_NAMED,
    MOST_VERTICES,
)
from skyaccord.units import KM, SPELLINGS, dimension_of

DOC = (Path(__file__).parents[2] / "docs" / "memorandum-file.md").read_text(encoding="utf-8")


def section(kind: str) -> str:
    """Return the table under the heading of a kind of table."""
    match = re.search(rf"^#+ .*`{re.escape(kind)}`[^\n]*\n(.*?)(?=^#|\Z)", DOC, re.DOTALL | re.MULTILINE)
    assert match is not None, kind
    return match[1]


HEADINGS = {
    "file": "the file",
    "memorandum": "[memorandum]",
    "valid": "memorandum.valid",
    "area": "memorandum.area",
    "party": "[party.NAME]",
    "communications": "[communications]",
    "hotline": "communications.hotline",
    "acknowledge": "communications.hotline.acknowledge",
    "provision": "[[provision]]",
    "source": "provision.source",
    "named area": "[area.NAME]",
    "named line": "[line.NAME]",
}


@pytest.mark.parametrize("kind", KEYS)
def test_every_key_and_no_other_has_a_row(kind: str) -> None:
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", section(HEADINGS[kind]), re.MULTILINE))
    assert rows == set(KEYS[kind])


def test_examples_of_whole_memoranda_load() -> None:
    examples = [text for text in re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL) if "[memorandum]" in text]
    assert len(examples) >= 2
    for text in examples:
        assert read_memorandum(text).provisions


def test_examples_of_rules_can_be_read() -> None:
    (rules,) = re.findall(r"```rule\n(.*?)```", DOC, re.DOTALL)
    for line in rules.splitlines():
        parse_formula(line)


def test_signals_units_and_words_of_each_list_are_named() -> None:
    words = [
        *SIGNALS,
        *Confidence,
        *Evidence,
        *Modality,
        *(unit for unit in SPELLINGS if dimension_of(unit) in ("length", "time")),
    ]
    assert [word for word in words if f"`{word}`" not in DOC] == []


def test_limits_of_named_areas_and_lines_are_those_of_the_code() -> None:
    for limit in (
        f"up to {GREATEST_RADIUS_M / KM:,g} km",
        f"within {GREATEST_LATITUDE_DEG:g}° of latitude",
        f"{GREATEST_SPAN_DEG:g}° of longitude",
        f"at most {MOST_VERTICES:,} vertices",
        f"most {MOST_NAMED} named areas and {MOST_NAMED} named lines",
    ):
        assert limit in DOC.replace("\n", " "), limit


def test_defaults_of_restore_and_reenter_are_those_of_the_code() -> None:
    rows = section("[[provision]]")
    assert re.search(rf"^\| `restore` \|[^\n]*`{RESTORE_S:g} s`", rows, re.MULTILINE)
    assert re.search(rf"^\| `reenter` \|[^\n]*`{REENTER_S:g} s`", rows, re.MULTILINE)
