"""docs/memorandum-file.md names every key, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from skyaccord.errors import FormulaError
from skyaccord.memorandum import (
    SIGNALS,
    Bearer,
    Comparison,
    Confidence,
    Evidence,
    Formula,
    Modality,
    Signal,
    Subject,
    Takes,
    parse_formula,
    parts_of,
    read_memorandum,
    sentence,
)
from skyaccord.memorandum.document import REENTER_S, RESTORE_S
from skyaccord.memorandum.keys import KEYS
from skyaccord.memorandum.parse_formula import DEEPEST_NESTING
from skyaccord.memorandum.read_named import (
    GREATEST_LATITUDE_DEG,
    GREATEST_RADIUS_M,
    GREATEST_SPAN_DEG,
    MOST_NAMED,
    MOST_VERTICES,
)
from skyaccord.memorandum.rule_hints import FREQUENCY_UNITS, RESERVED
from skyaccord.memorandum.rule_words import LONGEST_RULE
from skyaccord.rules.padding import UNBOUNDED_S
from skyaccord.rules.signals.nodes import NODE_S
from skyaccord.rules.signals.said import EVENT_S
from skyaccord.rules.trace import LOG_S
from skyaccord.units import KM, MIN, SPELLINGS, H

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


def rules() -> list[str]:
    """Return the examples of rules."""
    return [line for block in re.findall(r"```rule\n(.*?)```", DOC, re.DOTALL) for line in block.splitlines()]


def test_examples_of_rules_can_be_read_and_show_every_form() -> None:
    shown: set[type] = set()
    todo = [parse_formula(line) for line in rules()]
    while todo:
        formula = todo.pop()
        shown.add(type(formula))
        todo += parts_of(formula)
    assert shown == set(get_args(Formula)), "every form of a formula has an example"


OF = {
    Bearer.PAIR: "two aircraft",
    Bearer.SIDE: "one of the two",
    Bearer.AIRCRAFT: "one aircraft",
    Bearer.RECORD: "the record",
}
IN_PARENTHESES = {
    Takes.NOTHING: "",
    Takes.AREA: "(AREA)",
    Takes.LINE: "(LINE)",
    Takes.CODE: "(SQUAWK)",
    Takes.LENGTH: "(LENGTH)",
    Takes.FREQUENCY: "(FREQUENCY)",
}


def row_of(signal: Signal) -> str:
    """Return the row of a signal in the table of signals."""
    compared = signal.dimension + (", may be below 0" if signal.is_signed else "") if signal.dimension else "fact"
    return f"| `{signal.name}{IN_PARENTHESES[signal.takes]}` | {OF[signal.bearer]} | {compared} | {signal.meaning} |"


def test_table_of_signals_is_that_of_the_code() -> None:
    table = re.search(r"^\| signal \|.*\n\|[-|]+\n((?:\|.*\n)+)", DOC, re.MULTILINE)
    assert table is not None
    assert table[1].splitlines() == [row_of(signal) for signal in SIGNALS.values()]


def test_words_of_the_language_subjects_and_signs_are_named() -> None:
    told = re.findall(r"(?<!`)`([^`\n]+)`(?!`)", section_of_rules())
    words = {word for text in told for word in re.findall(r"[a-z]+|[<>]=?", text)}
    assert {*RESERVED, *Subject, *Comparison} <= words


def section_of_rules() -> str:
    return DOC[DOC.index("\n## Rules\n") : DOC.index("\n## Identity\n")]


def test_what_is_refused_for_want_of_parentheses_is_refused_and_what_stands_beside_it_is_read() -> None:
    (table,) = re.findall(r"^\| refused \| instead \|\n\|[-|]+\n((?:\|.*\n)+)", DOC, re.MULTILINE)
    stand_ins = {"a": "slant < 1 m", "b": "slant < 2 m", "c": "slant < 3 m"}
    for row in table.splitlines():
        refused, *instead = (
            re.sub(r"\b[abc]\b", lambda letter: stand_ins[letter[0]], text) for text in re.findall("`([^`]+)`", row)
        )
        with pytest.raises(FormulaError):
            parse_formula(refused)
        assert len({parse_formula(text) for text in instead}) == len(instead) > 0


def test_sentences_of_the_example_are_those_of_the_code() -> None:
    (example,) = re.findall(r"```text\n(rule .*?)```", DOC, re.DOTALL)
    said = dict(line.split(maxsplit=1) for line in example.splitlines())
    formula = parse_formula(said["rule"])
    assert said["English"] == sentence(formula, "en")
    assert said["Russian"] == sentence(formula, "ru")


def test_limits_of_the_language_are_those_of_the_code() -> None:
    text = " ".join(section_of_rules().split())
    assert f"at most {LONGEST_RULE:,} characters and {DEEPEST_NESTING} levels of parentheses" in text
    assert f"at most {UNBOUNDED_S / MIN:g} minutes beyond an encounter, and {LOG_S / (24 * H):g} days" in text
    assert EVENT_S == NODE_S == 1.0
    assert "counts for a second" in text


def test_units_and_words_of_each_list_are_named() -> None:
    words = [*Confidence, *Evidence, *Modality, *SPELLINGS, *FREQUENCY_UNITS]
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
