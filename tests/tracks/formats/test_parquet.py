"""Parquet in the names of traffic, skyaccord and OpenSky."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from skyaccord.errors import ColumnError, FormatError, InputError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.read import Reading, read_tracks

WHEN = datetime(2018, 8, 1, 5, 0, 10, tzinfo=UTC)
SECONDS = 1_533_099_610
NAN = float("nan")


def write(folder: Path, columns: dict[str, Any], name: str = "day.parquet") -> Path:
    path = folder / name
    pq.write_table(pa.table(columns), path)
    return path


def ours(count: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "timestamp": [WHEN] * count,
        "icao24": ["4b1805"] * count,
        "latitude": [47.5] * count,
        "longitude": [8.5] * count,
        **more,
    }


def opensky(**more: Any) -> dict[str, Any]:
    return {"time": [SECONDS], "icao24": ["4b1805"], "lat": [47.5], "lon": [8.5], **more}


def only_row(reading: Reading) -> dict[str, Any]:
    rows: list[dict[str, Any]] = reading.table.to_pylist()
    assert len(rows) == 1
    return rows[0]


def test_the_needed_columns_are_enough_and_the_schema_is_complete(tmp_path: Path) -> None:
    reading = read_tracks([write(tmp_path, ours())])
    assert reading.table.schema.equals(TRACKS)
    row = only_row(reading)
    assert row == dict.fromkeys(TRACKS.names) | {
        "timestamp": WHEN,
        "icao24": "4b1805",
        "latitude": 47.5,
        "longitude": 8.5,
        "source": "day.parquet",
    }


def test_our_units_are_left_alone(tmp_path: Path) -> None:
    numbers = {"altitude": [35_000.0], "geoaltitude": [35_400.0], "groundspeed": [450.0], "vertical_rate": [-64.0]}
    row = only_row(read_tracks([write(tmp_path, ours(**numbers))]))
    assert {key: [row[key]] for key in numbers} == numbers


def test_opensky_s_si_becomes_knots_and_feet(tmp_path: Path) -> None:
    columns = opensky(velocity=[100.0], baroaltitude=[3048.0], geoaltitude=[304.8], vertrate=[5.08], heading=[271.0])
    reading = read_tracks([write(tmp_path, columns)])
    row = only_row(reading)
    assert row["timestamp"] == WHEN
    assert row["groundspeed"] == pytest.approx(194.384, abs=5e-4)
    assert row["altitude"] == pytest.approx(10_000.0)
    assert row["geoaltitude"] == pytest.approx(1_000.0)
    assert row["vertical_rate"] == pytest.approx(1_000.0)
    assert row["track"] == 271.0
    assert reading.files[0].format == "OpenSky Parquet"
    assert any("units are SI (OpenSky)" in note for note in reading.files[0].notes)


def test_opensky_s_api_names_are_si_too(tmp_path: Path) -> None:
    columns = {
        "time_position": [SECONDS],
        "icao24": ["4b1805"],
        "latitude": [47.5],
        "longitude": [8.5],
        "baro_altitude": [3048.0],
        "geo_altitude": [3048.0],
        "velocity": [100.0],
        "true_track": [90.0],
        "vertical_rate": [-5.08],
        "on_ground": [False],
        "squawk": ["7000"],
    }
    row = only_row(read_tracks([write(tmp_path, columns)]))
    assert (row["track"], row["onground"], row["squawk"]) == (90.0, False, "7000")
    assert row["vertical_rate"] == pytest.approx(-1_000.0)
    assert row["geoaltitude"] == pytest.approx(10_000.0)


def test_a_position_is_dated_by_when_it_was_received_and_kept_once(tmp_path: Path) -> None:
    columns = {
        "time": [SECONDS + 2, SECONDS, SECONDS + 1, SECONDS + 3],
        "lastposupdate": [SECONDS - 0.5, SECONDS - 0.5, SECONDS - 0.5, SECONDS + 2.25],
        "icao24": ["4b1805"] * 4,
        "lat": [47.5, 47.5, 47.5, 47.51],
        "lon": [8.5] * 4,
        "baroaltitude": [320.0, 304.8, 310.0, 330.0],
    }
    reading = read_tracks([write(tmp_path, columns)])
    rows = sorted(reading.table.to_pylist(), key=lambda row: row["timestamp"])
    assert [row["timestamp"].timestamp() for row in rows] == [SECONDS - 0.5, SECONDS + 2.25]
    assert rows[0]["altitude"] == pytest.approx(1_000.0)  # of the row nearest to the position in time
    assert reading.files[0].rows == 2
    assert "2 rows repeat a position already reported: left out" in reading.files[0].notes


def test_opensky_without_time_of_position_is_noted(tmp_path: Path) -> None:
    notes = read_tracks([write(tmp_path, opensky(velocity=[1.0]))]).files[0].notes
    assert any("may be some seconds older" in note for note in notes)


def test_ids_are_lower_case_and_texts_are_trimmed(tmp_path: Path) -> None:
    columns = ours(2, icao24=[" 4B1805", "~2A1F03 "], callsign=["SWR12A  ", " "], party=["", "blue"])
    table = read_tracks([write(tmp_path, columns)]).table
    assert table["icao24"].to_pylist() == ["4b1805", "~2a1f03"]
    assert table["callsign"].to_pylist() == ["SWR12A", None]
    assert table["party"].to_pylist() == [None, "blue"]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int8(), pa.large_string())])
def test_texts_of_any_arrow_type_are_taken(tmp_path: Path, kind: pa.DataType) -> None:
    columns = ours(icao24=pa.array(["4b1805"]).cast(kind), callsign=pa.array(["SWR1"]).cast(kind))
    row = only_row(read_tracks([write(tmp_path, columns)]))
    assert (row["icao24"], row["callsign"]) == ("4b1805", "SWR1")


def test_nan_is_missing_in_optional_columns(tmp_path: Path) -> None:
    row = only_row(read_tracks([write(tmp_path, ours(altitude=[NAN], track=[NAN]))]))
    assert (row["altitude"], row["track"]) == (None, None)


def test_a_stated_source_stands_and_a_missing_one_is_the_file_s_name(tmp_path: Path) -> None:
    table = read_tracks([write(tmp_path, ours(2, source=["radar 7", None]))]).table
    assert table["source"].to_pylist() == ["radar 7", "day.parquet"]


@pytest.mark.parametrize(
    ("given", "read"),
    [([1200], "1200"), ([21], "0021"), ([7000.0], "7000"), (["0021"], "0021"), ([" 7000 "], "7000"), ([None], None)],
)
def test_squawks_are_four_digits(tmp_path: Path, given: list[Any], read: str | None) -> None:
    assert only_row(read_tracks([write(tmp_path, ours(squawk=given))]))["squawk"] == read


def test_values_that_cannot_be_read_are_missing_and_counted(tmp_path: Path) -> None:
    columns = ours(2, squawk=["1289", "7000"], nac_p=[12, 9], onground=["perhaps", "true"], altitude=["high", "100"])
    reading = read_tracks([write(tmp_path, columns)])
    rows = reading.table.to_pylist()
    assert [rows[0][key] for key in ("squawk", "nac_p", "onground", "altitude")] == [None] * 4
    assert [rows[1][key] for key in ("squawk", "nac_p", "onground", "altitude")] == ["7000", 9, True, 100.0]
    for column in ("squawk", "nac_p", "onground", "altitude"):
        assert f"{column}: 1 values cannot be read and are taken as missing" in reading.files[0].notes


def test_bad_rows_are_counted_explained_and_left_out(tmp_path: Path) -> None:
    columns = ours(
        7,
        timestamp=pa.array([WHEN, None, WHEN, WHEN, WHEN, WHEN, WHEN]),
        icao24=["a", "b", None, " ", "e", "f", "g"],
        latitude=[47.5, 47.5, 47.5, 47.5, 90.5, None, 47.5],
        longitude=[8.5, 8.5, 8.5, 8.5, 8.5, 8.5, 180.5],
    )
    reading = read_tracks([write(tmp_path, columns)])
    assert reading.table["icao24"].to_pylist() == ["a"]
    report = reading.files[0]
    assert (report.rows, report.bad_rows) == (1, 6)
    assert report.complaints == (
        "row 2: timestamp (missing) is no instant between 1990 and 2100",
        "row 3: icao24 is missing",
        "row 4: icao24 is missing",
        "row 5: latitude 90.5 is no angle from -90 to 90 degrees",
        "row 6: latitude (missing) is no angle from -90 to 90 degrees",
        "row 7: longitude 180.5 is no angle from -180 to 180 degrees",
    )


@pytest.mark.parametrize("zone", ["UTC", "No/Where", None])
def test_a_date_that_no_calendar_has_is_a_bad_row_and_no_crash(tmp_path: Path, zone: str | None) -> None:
    times = pa.array([int(WHEN.timestamp() * 1e6), 577_907_909_104_423_488], pa.timestamp("us", zone))
    report = read_tracks([write(tmp_path, ours(2, timestamp=times))]).files[0]
    assert (report.rows, report.bad_rows) == (1, 1)
    assert report.complaints == ("row 2: timestamp (no date) is no instant between 1990 and 2100",)


def test_no_more_than_twenty_complaints_are_spelled_out(tmp_path: Path) -> None:
    report = read_tracks([write(tmp_path, ours(51, latitude=[47.5] + [91.0] * 50))]).files[0]
    assert report.bad_rows == 50
    assert len(report.complaints) == 21
    assert report.complaints[-1] == "and 30 more"


def test_a_row_without_position_is_no_bad_row_but_is_counted(tmp_path: Path) -> None:
    columns = ours(3, latitude=[47.5, None, NAN], longitude=[8.5, None, NAN])
    report = read_tracks([write(tmp_path, columns)]).files[0]
    assert (report.rows, report.bad_rows) == (1, 0)
    assert "2 rows have no position: left out" in report.notes


def test_columns_that_are_not_read_are_named(tmp_path: Path) -> None:
    assert "columns not read: mach, tas" in read_tracks([write(tmp_path, ours(mach=[0.8], tas=[450]))]).files[0].notes


def test_ids_as_numbers_are_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match=r'"icao24" is int64, not text.*format\(number, "06x"\)'):
        read_tracks([write(tmp_path, ours(icao24=[4_921_349]))])


@pytest.mark.parametrize("column", ["callsign", "altitude", "squawk", "onground", "nic"])
def test_a_column_of_a_type_that_cannot_be_read_is_refused(tmp_path: Path, column: str) -> None:
    with pytest.raises(ColumnError, match=f'column "{column}" is list<.*which cannot be read as'):
        read_tracks([write(tmp_path, ours(**{column: [["a", "b"]]}))])


def test_a_timestamp_of_a_type_that_is_no_instant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match=r'column "timestamp" is list<.*which is no instant'):
        read_tracks([write(tmp_path, ours(timestamp=[[1]]))])


def test_a_file_of_which_no_row_can_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"none of its 2 rows can be used \(row 1: latitude 475"):
        read_tracks([write(tmp_path, ours(2, latitude=[475.0, 476.0]))])


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, ours())
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FormatError, match="damaged"):
        read_tracks([path])


def test_a_parquet_file_is_known_by_content_and_not_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, ours(), "day.csv")
    assert read_tracks([path]).files[0].format == "traffic/skyaccord Parquet"


@pytest.mark.parametrize("column", ["icao24", "callsign"])
def test_text_that_is_no_utf_8_is_refused_in_words(tmp_path: Path, column: str) -> None:
    offsets, letters = pa.py_buffer(b"\x00\x00\x00\x00\x06\x00\x00\x00"), pa.py_buffer(b"4b\xd318\xff")
    broken = pa.StringArray.from_buffers(1, offsets, letters)
    with pytest.raises(InputError):
        read_tracks(write(tmp_path, {**ours(callsign=["SWR1"]), column: broken}))


def test_column_name_that_is_no_utf_8_is_refused_in_words(tmp_path: Path) -> None:
    path = write(tmp_path, {**ours(), "someextracolumn": [1.0]})
    path.write_bytes(path.read_bytes().replace(b"someextracolumn", b"someextra\xd3olumn"))
    with pytest.raises(InputError):
        read_tracks(path)
