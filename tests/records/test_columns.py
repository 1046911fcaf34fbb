"""Headers of record files, as people write them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from skyaccord.errors import ColumnError
from skyaccord.model.records import RecordKind
from skyaccord.records.channels import GROUND_LINE
from skyaccord.records.columns import SPELLINGS, Column, count_known, recognise
from skyaccord.records.load import load_records
from skyaccord.records.read_csv import LONGEST_CELL, LONGEST_TEXT
from skyaccord.records.text_rows import GREATEST_FILE, MOST_LINES

DOC = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")


def test_every_name_is_understood_and_stands_for_one_column() -> None:
    names = [name for names in SPELLINGS.values() for name in names]
    assert len(set(names)) == len(names)
    assert set(SPELLINGS) == set(Column)
    assert all(column.value in SPELLINGS[column] for column in Column)
    assert count_known(names) == len(names)


@pytest.mark.parametrize(
    ("names", "place", "unit"),
    [
        (["Time", "Frequency (MHz)", "Caller"], {Column.TIME: 0, Column.FREQUENCY: 1, Column.CALLER: 2}, "mhz"),
        (["caller", " DATE-TIME ", "freq_khz"], {Column.TIME: 1, Column.FREQUENCY: 2, Column.CALLER: 0}, "khz"),
        (["time", "from", "to"], {Column.TIME: 0, Column.CALLER: 1, Column.CALLED: 2}, ""),
        (["time", "from", "until"], {Column.TIME: 0, Column.FROM: 1, Column.UNTIL: 2}, ""),
        (
            ["time", "from", "valid_from", "until"],
            {Column.TIME: 0, Column.CALLER: 1, Column.FROM: 2, Column.UNTIL: 3},
            "",
        ),
        (
            ["time", "caller", "from", "until", "to"],
            {Column.TIME: 0, Column.CALLER: 1, Column.FROM: 2, Column.UNTIL: 3, Column.CALLED: 4},
            "",
        ),
    ],
)
def test_header_is_recognised(names: list[str], place: dict[Column, int], unit: str) -> None:
    layout = recognise(names, "log.csv")
    assert (layout.place, layout.frequency_unit, layout.unused) == (place, unit, ())


def test_other_columns_are_named_and_not_used() -> None:
    assert recognise(["time", "mood", "text", ""], "log.csv").unused == ("mood",)


@pytest.mark.parametrize(
    ("names", "problem", "cure"),
    [
        (["caller", "text"], "no column time", "found are caller, text"),
        (["time", "mood"], "no column time", "and one other of date, frequency"),
        (["time", "utc", "text"], 'columns "time" and "utc" both stand for time', "Keep one"),
        (["time", "from", "to", "until"], 'columns "from", "to" and "until"', "caller and called, or valid_from"),
    ],
)
def test_header_that_can_be_read_in_two_ways_or_none_is_refused(names: list[str], problem: str, cure: str) -> None:
    with pytest.raises(ColumnError) as caught:
        recognise(names, "log.csv")
    assert problem in caught.value.problem
    assert cure in caught.value.cure


def test_document_names_every_column_word_and_limit() -> None:
    for column, names in SPELLINGS.items():
        (row,) = re.findall(rf"^\| `{column}` \|.*$", DOC, re.MULTILINE)
        assert [name for name in names if f"`{name}`" not in row] == []
    assert [kind for kind in RecordKind if f"`{kind}`" not in DOC] == []
    assert f"{GREATEST_FILE:,} bytes and {MOST_LINES:,} lines" in DOC.replace("\n", " ")
    assert f"{LONGEST_TEXT:,} characters" in DOC
    assert f"cell {LONGEST_CELL}." in DOC
    assert set(re.findall(r"`([a-z ]+)`", DOC.split("**The ground line**")[1].split("* **")[0])) <= GROUND_LINE


def test_example_of_the_document_is_read_whole(tmp_path: Path) -> None:
    (example,) = re.findall(r"```csv\n(.*?)```", DOC, re.DOTALL)
    path = tmp_path / "log.csv"
    path.write_text(example)
    records = load_records(path)
    assert len(records) == 4
    assert records.files[0].bad_rows == 0
    assert [each.kind for each in records.take(range(4))] == ["notice", "acknowledgement", "call", "reply"]
