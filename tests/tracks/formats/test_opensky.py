"""State vectors of OpenSky's API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

T = 1_533_099_610
VECTOR: list[Any] = [
    *("4B1805", "SWR12K  ", "Switzerland", T - 3, T - 1, 8.5, 47.5, 3048.0, False, 100.0, 271.25, -1.27, None),
    *(3200.4, "1000", False, 0),
]


def vector(**changes: Any) -> list[Any]:
    places = {
        "icao24": 0,
        "time_position": 3,
        "lon": 5,
        "lat": 6,
        "baro_altitude": 7,
        "on_ground": 8,
        "geo_altitude": 13,
    }
    made = list(VECTOR)
    for name, value in changes.items():
        made[places[name]] = value
    return made


def write(path: Path, *vectors: object, time: object = T) -> Path:
    path.write_text(json.dumps({"time": time, "states": vectors}))
    return path


def read(folder: Path, *vectors: object) -> Reading:
    return read_tracks(write(folder / "states.json", *vectors))


def test_a_state_vector_becomes_a_row_in_feet_and_knots(tmp_path: Path) -> None:
    (row,) = read(tmp_path, VECTOR).table.to_pylist()
    assert row.pop("timestamp").timestamp() == T - 3
    assert row.pop("altitude") == pytest.approx(10_000.0)
    assert row.pop("geoaltitude") == pytest.approx(10_500.0)
    assert row.pop("groundspeed") == pytest.approx(194.384, abs=1e-3)
    assert row.pop("vertical_rate") == pytest.approx(-250.0)
    assert row == {
        "icao24": "4b1805",
        "callsign": "SWR12K",
        "latitude": 47.5,
        "longitude": 8.5,
        "track": 271.25,
        "squawk": "1000",
        "onground": False,
        "party": None,
        "source": "states.json",
        "nac_p": None,
        "nic": None,
    }


def test_several_files_make_a_recording_with_each_position_once(tmp_path: Path) -> None:
    write(tmp_path / "1.json", VECTOR, time=T)
    write(tmp_path / "2.json", VECTOR, time=T + 10)
    write(tmp_path / "3.json", vector(time_position=T + 19, lat=47.6), time=T + 20)
    reading = read_tracks(tmp_path)
    assert sorted(reading.table["latitude"].to_pylist()) == [47.5, 47.6]
    assert sum(report.rows for report in reading.files) == 2


def test_lines_of_snapshots_are_a_recording_too(tmp_path: Path) -> None:
    path = tmp_path / "day.jsonl"
    later = vector(time_position=T + 19, lat=47.6)
    lines = [json.dumps({"time": t, "states": [v]}) for t, v in ((T, VECTOR), (T + 10, VECTOR), (T + 20, later))]
    path.write_text("\n".join([*lines[:2], "{broken", *lines[2:]]))
    reading = read_tracks(path)
    assert reading.table["latitude"].to_pylist() == [47.5, 47.6]
    assert reading.files[0].bad_rows == 1
    assert reading.files[0].complaints[0].startswith("line 3: broken JSON")


def test_a_position_without_its_own_time_is_dated_by_the_snapshot(tmp_path: Path) -> None:
    table = read(tmp_path, VECTOR, vector(icao24="4b1806", time_position=None)).table
    assert [t.timestamp() for t in table["timestamp"].to_pylist()] == [T - 3, T]


def test_a_vector_without_position_is_counted(tmp_path: Path) -> None:
    report = read(tmp_path, VECTOR, vector(icao24="4b1806", lat=None, lon=None)).files[0]
    assert (report.format, report.rows, report.bad_rows) == ("OpenSky state vectors JSON", 1, 0)
    assert "1 rows have no position: left out" in report.notes


@pytest.mark.parametrize("bad", [[], "x", None, VECTOR[:16], vector(lat=95.0), vector(lon=float("inf"))])
def test_a_damaged_vector_is_counted_and_named(tmp_path: Path, bad: object) -> None:
    report = read(tmp_path, VECTOR, bad).files[0]
    assert (report.rows, report.bad_rows) == (1, 1)
    assert report.complaints[0].startswith("state 2: ")


def test_a_snapshot_of_an_empty_sky_is_no_error_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text(json.dumps({"time": T, "states": None}))
    write(tmp_path / "2.json", VECTOR)
    assert [report.rows for report in read_tracks(tmp_path).files] == [0, 1]


@pytest.mark.parametrize("document", [{"time": "noon", "states": []}, {"time": T, "states": {"a": 1}}])
def test_a_document_that_only_looks_like_it_is_refused(tmp_path: Path, document: object) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document))
    with pytest.raises(FormatError, match=r'"time" is|"states" is'):
        read_tracks(path)
