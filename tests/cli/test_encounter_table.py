"""The table of encounters on a terminal of 80 columns."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from skyaccord.batch.findings import Findings
from skyaccord.batch.question import Question
from skyaccord.batch.review import review
from skyaccord.cli.encounter_table import Row, print_encounters
from skyaccord.memorandum.presets import preset
from skyaccord.rules.judge import Between
from skyaccord.rules.severity.gravity import by_gravity

LINE = re.compile(
    r"[EBD]\d{4} +\d\d:\d\d:\d\d +(?P<pair>\S+ \S+) +(\d +)?[\d.]+ +(?:[\d,]+|unknown) +[a-z ]+?( +[+-]\d+%)? +[a-z]+ *"
)


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["traffic_switzerland_20180801", "adsbactions_n36w122_20250601"])
@pytest.mark.parametrize("memorandum", ["near-midair", "surveillance-minima"])
def test_each_encounter_is_one_line_of_80_columns_with_whole_names(
    recordings: Path, name: str, memorandum: str
) -> None:
    result = review(Question((str(recordings / f"{name}.parquet"),), preset(memorandum), between=Between.ANY))
    rows = by_gravity(result.findings.all_encounters(), result.findings.verdicts)
    console = Console(width=80, highlight=False)
    with console.capture() as captured:
        print_encounters(console, result.findings, rows)
    head, *lines = captured.get().splitlines()
    found = [LINE.fullmatch(line) for line in lines if not line.startswith("rule ")]
    assert max(map(len, [head, *lines])) <= 80
    assert head.split()[:2] == ["closest", "aircraft"]
    assert len(found) == len(rows)
    names = [result.findings.aircraft[index] for encounter, _ in rows for index in (encounter.a, encounter.b)]
    assert " ".join(match["pair"] for match in found if match) == " ".join(each.callsign or each.id for each in names)


@pytest.mark.recordings
def test_rules_are_numbered_where_there_are_several_and_named_below(recordings: Path) -> None:
    source = str(recordings / "adsbactions_n36w122_20250601.parquet")
    result = review(Question((source,), preset("near-midair"), between=Between.ANY))
    rows = by_gravity(result.findings.all_encounters(), result.findings.verdicts)
    console = Console(width=80)
    with console.capture() as captured:
        print_encounters(console, result.findings, rows)
    legend = [line.strip() for line in captured.get().splitlines() if line.startswith("rule ")]
    judged = sorted({verdict.provision for verdict in result.findings.verdicts})
    assert legend == [f"rule {k}: {provision}" for k, provision in enumerate(judged, 1) if provision in _shown(rows)]
    assert len(legend) > 1


def _shown(rows: list[tuple[object, object]]) -> set[str]:
    return {verdict.provision for _, verdict in rows if verdict}  # type: ignore[attr-defined]


@pytest.mark.recordings
def test_manner_stands_in_the_table_where_it_fits_and_is_known(recordings: Path) -> None:
    source = str(recordings / "traffic_switzerland_20180801.parquet")
    question = Question((source,), preset("surveillance-minima"), between=Between.ANY, with_conduct=True)
    result = review(question)
    rows = by_gravity(result.findings.encounters, result.findings.verdicts)[:15]
    manners = [result.findings.flown[encounter.id].manner.replace("_", " ") for encounter, _ in rows]
    wide, narrow, without = (
        printed(result.findings, rows, 120),
        printed(result.findings, rows, 60),
        printed(replace(result.findings, flown={}), rows, 120),
    )
    assert "manner" in wide[0]
    assert all(f" {manner} " in line for manner, line in zip(manners, wide[1:], strict=True))
    assert "manner" not in narrow[0]
    assert "manner" not in without[0]


def printed(findings: Findings, rows: list[Row], width: int) -> list[str]:
    console = Console(width=width, highlight=False)
    with console.capture() as captured:
        print_encounters(console, findings, rows)
    return captured.get().splitlines()
