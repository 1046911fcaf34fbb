"""Files and folders, known by content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from skyaccord.errors import FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.read import NOT_RECOGNISED, read_tracks

CSV = "timestamp,icao24,latitude,longitude\n2018-08-01T05:00:10Z,4b1805,47.5,8.5\n"


def test_a_folder_is_every_file_in_it_and_below(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.csv", "a.csv", "b/x.csv"):
        (tmp_path / name).write_text(CSV)
    reading = read_tracks([tmp_path])
    assert [Path(report.name).name for report in reading.files] == ["a.csv", "x.csv", "c.csv"]
    assert reading.table["source"].to_pylist() == ["a.csv", "x.csv", "c.csv"]


def test_a_file_without_tracks_in_a_folder_is_named_in_the_report(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(CSV)
    (tmp_path / "README").write_text("What was recorded, and where\n")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "photo").write_bytes(b"\x89PNG\r\n\x00\x00")
    reports = {Path(report.name).name: report for report in read_tracks([tmp_path]).files}
    assert {name for name, report in reports.items() if report.format == NOT_RECOGNISED} == {"README", "empty", "photo"}
    assert reports["README"].notes == (
        "text of no known format, beginning with 'What was recorded, and where': left out",
    )
    assert reports["empty"].notes == ("the file is empty: left out",)
    assert reports["photo"].notes == ("binary content of no known format: left out",)


def test_a_bad_file_in_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(CSV)
    (tmp_path / "night.csv").write_text(CSV.replace("longitude", "x"))
    with pytest.raises(FormatError.__base__ or Exception, match=r"night\.csv: no column longitude"):
        read_tracks([tmp_path])


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02" * 100, "binary content of no known format"),
        (b"\xff\xfe" + CSV.encode("utf-16-le"), "binary content of no known format"),
        (b"once upon a time, there was a track\n", "text of no known format, beginning with 'once upon"),
        (b'{"type": "FeatureCollection"}', "text of no known format"),
        (b"x,y,z\n1,2,3\n", "text of no known format, beginning with 'x,y,z'"),
        (CSV.splitlines(keepends=True)[0].encode(), "no tracks in it"),
    ],
)
def test_content_that_holds_no_tracks_is_refused_with_what_is_read(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "file.parquet"
    path.write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read_tracks([path])
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert "Read are Parquet" in str(caught.value)


def test_a_folder_without_tracks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no tracks in it"):
        read_tracks([tmp_path])
    (tmp_path / "README").write_text("nothing yet")
    with pytest.raises(FormatError, match=r"README: no tracks in it"):
        read_tracks([tmp_path])


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no such file"):
        read_tracks([tmp_path / "gone.parquet"])


def test_no_source_is_refused() -> None:
    with pytest.raises(FormatError, match="no source: no tracks"):
        read_tracks([])


def test_one_path_needs_no_list(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(CSV)
    assert read_tracks(str(tmp_path / "day.csv")).table.num_rows == 1


def test_files_of_different_formats_make_one_table(tmp_path: Path) -> None:
    (tmp_path / "day.csv").write_text(CSV)
    frame = pa.table({"time": [1_533_099_610], "icao24": ["4b1806"], "lat": [47.5], "lon": [8.5], "velocity": [1.0]})
    reading = read_tracks([tmp_path / "day.csv", frame])
    assert reading.table.schema.equals(TRACKS)
    assert reading.table["timestamp"].unique().to_pylist()[0].isoformat() == "2018-08-01T05:00:10+00:00"
    assert reading.table["icao24"].to_pylist() == ["4b1805", "4b1806"]


def test_importing_the_reader_imports_no_dataframe_library_and_no_compiler() -> None:
    code = "import sys, skyaccord.tracks.read; print([m for m in ('pandas', 'polars', 'numba') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.recordings
def test_every_recording_reads_without_complaint(recordings: Path) -> None:
    files = sorted(recordings.glob("*.parquet"))
    assert files
    reports = [read_tracks([file]).files[0] for file in files]
    assert [(report.name, report.complaints, report.bad_rows) for report in reports if report.complaints] == []
    assert all(report.rows > 0 for report in reports)


@pytest.mark.recordings
def test_the_folder_of_recordings_reads_as_a_whole(recordings: Path) -> None:
    reading = read_tracks([recordings])
    left_out = [Path(report.name).name for report in reading.files if report.format == NOT_RECOGNISED]
    assert [name for name in left_out if name.endswith(".parquet")] == []
    assert reading.table.num_rows == sum(report.rows for report in reading.files)
    assert reading.table["source"].null_count == 0
