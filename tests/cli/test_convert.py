"""``skyaccord convert`` and ``skyaccord inspect`` as functions; what goes to which stream."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skyaccord.cli.convert import convert
from skyaccord.cli.inspect import _rows, inspect
from skyaccord.errors import FormatError, InputError
from skyaccord.tracks.read import read_tracks

CSV = (
    "timestamp,icao24,latitude,longitude,altitude,geoaltitude\n"
    "2018-08-01T05:00:10Z,4b1805,47.5,8.5,9000,9400\n2018-08-01T05:00:20Z,4b1805,47.6,8.5,9000,9400\n"
    "2018-08-01T05:00:30Z,4b1806,95,8.5,9000,\n"
)


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.csv"
    path.write_text(CSV)
    return path


def test_convert_prints_the_file_and_tells_what_was_lost(
    tmp_path: Path, day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    convert([str(day)], tmp_path / "day.kml")
    printed = capsys.readouterr()
    assert printed.out == f"{tmp_path / 'day.kml'}\n"
    assert "line 4: latitude 95.0 is no angle" in printed.err
    assert "there is room for one altitude" in printed.err
    assert read_tracks(tmp_path / "day.kml").table.num_rows == 2


def test_convert_answers_in_json(tmp_path: Path, day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    convert([str(day)], tmp_path / "out", "geojson", as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (answer["path"], answer["format"], answer["rows"]) == (str(tmp_path / "out"), "geojson", 2)
    assert answer["files"][0]["bad_rows"] == 1


def test_convert_takes_folders_scenarios_and_an_ownship(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    convert(["scenario:crossing-breach"], tmp_path / "case.csv")
    ids = sorted(set(read_tracks(tmp_path / "case.csv").table["icao24"].to_pylist()))
    convert([str(tmp_path)], tmp_path / "case.daa", ownship=ids[-1])
    rows = [
        line for line in (tmp_path / "case.daa").read_text().splitlines() if not line.startswith(("#", "NAME", "["))
    ]
    assert rows[0].split(",")[0] == ids[-1]


def test_a_name_that_says_no_format_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="does not say the format"):
        convert([str(tmp_path / "gone.csv")], tmp_path / "out.xlsx")


def test_inspect_says_what_it_is_and_what_is_wrong(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inspect([str(day)])
    out = capsys.readouterr().out
    assert "CSV, 2 rows, 1 bad row" in out
    assert "line 4: latitude 95.0" in out
    assert "aircraft   1, at most 1 at once" in out
    assert "pressure in every row, ellipsoidal in every row" in out
    assert "1 row cannot be used (33 %)" in out


@pytest.mark.parametrize(
    ("share", "words"), [(0.0, "no row"), (1.0, "every row"), (0.001, "1 % of rows"), (0.999, "99 % of rows")]
)
def test_a_share_that_is_nearly_none_or_all_is_said_to_be_neither(share: float, words: str) -> None:
    assert _rows(share) == words


def test_inspect_answers_in_json(day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inspect([str(day)], as_json=True)
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["aircraft"], answer["begin"]) == (2, 1, "2018-08-01T05:00:10.000Z")
    assert answer["rates"]["median_s"] == 10.0
    assert answer["marks"]["ghost"]["rows"] == 0
    assert any("1 row cannot be used" in text for text in answer["findings"])


def test_inspect_draws_a_page(tmp_path: Path, day: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inspect([str(day)], plot=tmp_path / "day.html")
    assert capsys.readouterr().out.endswith(f"{tmp_path / 'day.html'}\n")
    assert (tmp_path / "day.html").read_text().startswith("<!doctype html>")
    with pytest.raises(InputError, match="cannot be written"):
        inspect([str(day)], plot=tmp_path / "gone" / "day.html")


@pytest.mark.recordings
@pytest.mark.parametrize("name", ["readsb_snapshots_newmexico_202311", "adsbactions_blackrock_20230829_1h"])
def test_inspect_reads_recordings(recordings: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    inspect([str(recordings / f"{name}.parquet")], as_json=True)
    assert json.loads(capsys.readouterr().out)["aircraft"] in (322, 59)
