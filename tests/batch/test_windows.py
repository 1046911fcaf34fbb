"""A recording reviewed window by window gives what it gives as a whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from skyaccord.batch.outputs import encounter_columns, to_rows, verdict_columns
from skyaccord.batch.question import Question
from skyaccord.batch.report import render_report
from skyaccord.batch.report.from_review import report_content
from skyaccord.batch.review import Review, review
from skyaccord.memorandum.presets import preset

pytestmark = pytest.mark.recordings

THREES, FIVE = "syria-2015-public-outline", "surveillance-minima"


def facts(result: Review) -> Counter[tuple[object, ...]]:
    """Return what is said of every encounter, without names."""
    rows = {row["id"]: row for row in to_rows(encounter_columns(result))}
    said: Counter[tuple[object, ...]] = Counter()
    for verdict in to_rows(verdict_columns(result)):
        row = rows[verdict["encounter"]]
        times = tuple(round(row[name], 2) for name in ("start", "end", "t_cpa"))
        # Where both of a pair appear at one instant, one for the first time, a window cannot tell track from gap.
        seen = tuple(row[name] == "crossing" for name in ("starts_by", "ends_by"))
        edges = (*seen, row["quality"], round(row["min_horizontal_m"], 1))
        said[row["id"][0], row["a"], row["b"], *times, *edges, verdict["provision"], verdict["outcome"]] += 1
    return said


def conduct(result: Review) -> Counter[tuple[object, ...]]:
    """Return how each was flown, grounds in words and severity included, without names of encounters.

    A window could differ in one thing: how late an aircraft's reports are is estimated from those in the window.
    """
    found = result.findings
    ids = [aircraft.id for aircraft in found.aircraft]
    told: Counter[tuple[object, ...]] = Counter(
        (e.id[0], ids[e.a], ids[e.b], round(e.t_cpa_s, 2), found.flown[e.id]) for e in found.all_encounters()
    )
    told.update((frozenset(ids[k] for k in each.aircraft), each.from_s, each.until_s) for each in found.formations)
    return told


@pytest.mark.parametrize(
    ("file", "name", "rows_each"),
    [
        ("traffic_switzerland_20180801.parquet", FIVE, 5_000),
        ("traffic_switzerland_20180801.parquet", THREES, 40_000),
        ("traffic_dreamliner_formation_20171201.parquet", THREES, 3_000),
        ("traffic_calfire_202009.parquet", THREES, 3_000),
    ],
)
def test_windows_change_nothing(recordings: Path, file: str, name: str, rows_each: int) -> None:
    question = Question((recordings / file,), preset(name), with_conduct=True)
    whole, cut = review(question), review(replace(question, rows_each=rows_each))
    assert cut.whole is None, "it was one window"
    assert cut.tally.rows == whole.tally.rows
    assert cut.tally.gaps == whole.tally.gaps
    assert cut.tally.unobserved_s == pytest.approx(whole.tally.unobserved_s)
    assert len(cut.findings.aircraft) == len(whole.findings.aircraft)
    ours, theirs = facts(cut), facts(whole)
    assert ours - theirs == Counter()
    assert theirs - ours == Counter()
    assert conduct(cut) == conduct(whole)


def test_sorted_parquet_is_read_from_disk_by_row_groups_and_gives_the_same(recordings: Path, tmp_path: Path) -> None:
    table = pq.read_table(recordings / "traffic_switzerland_20180801.parquet").sort_by("timestamp")
    pq.write_table(table, tmp_path / "sorted.parquet", row_group_size=7_000)
    question = Question((tmp_path / "sorted.parquet",), preset(FIVE))
    whole, cut = review(question), review(replace(question, rows_each=20_000))
    assert type(cut.recording).__name__ == "OnDisk"
    assert facts(cut) == facts(whole)
    assert cut.recording.files[0].rows == table.num_rows
    page = render_report(report_content(cut, FIVE))
    assert page.count("<svg") > 40, "the gravest encounters are drawn from rows read again"


def test_bad_rows_on_disk_are_counted_once_with_their_row_numbers(recordings: Path, tmp_path: Path) -> None:
    frame = pl.read_parquet(recordings / "traffic_switzerland_20180801.parquet").sort("timestamp").head(30_000)
    spoilt = frame.with_row_index().with_columns(
        pl.when(pl.col("index") == 12_345).then(95.0).otherwise(pl.col("latitude")).alias("latitude")
    )
    spoilt.drop("index").write_parquet(tmp_path / "spoilt.parquet", row_group_size=4_000)
    result = review(Question((tmp_path / "spoilt.parquet",), preset(FIVE), rows_each=8_000))
    report = result.recording.files[0]
    assert (report.rows, report.bad_rows) == (29_999, 1)
    assert "12,346" in report.complaints[0].replace("12346", "12,346")
