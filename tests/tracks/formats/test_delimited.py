"""CSV and its kin."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from skyaccord.errors import ColumnError, FormatError
from skyaccord.tracks.read import Reading, read_tracks

OURS = """timestamp,icao24,callsign,latitude,longitude,altitude,squawk,onground
2018-08-01 05:00:10+00:00,4b1805,SWR12A,47.5,8.5,35000,0021,False
2018-08-01 05:00:20+00:00,4b1805,,47.6,8.5,,,True
"""
OPENSKY = """time,icao24,lat,lon,velocity,heading,vertrate,callsign,onground,baroaltitude,geoaltitude,lastposupdate
1533099610,4b1805,47.5,8.5,100,90,-5.08,SWR12A  ,false,3048,3048,1533099609.5
"""


def read(folder: Path, text: str | bytes, name: str = "day.csv") -> Reading:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_tracks([path])


def test_csv_in_our_names_is_read(tmp_path: Path) -> None:
    reading = read(tmp_path, OURS)
    rows = reading.table.to_pylist()
    assert [row["timestamp"].isoformat() for row in rows] == ["2018-08-01T05:00:10+00:00", "2018-08-01T05:00:20+00:00"]
    assert [row["squawk"] for row in rows] == ["0021", None]
    assert [row["onground"] for row in rows] == [False, True]
    assert [row["altitude"] for row in rows] == [35_000.0, None]
    assert [row["callsign"] for row in rows] == ["SWR12A", None]
    assert reading.files[0].format == "traffic/skyaccord CSV"
    assert reading.files[0].complaints == ()


def test_csv_in_opensky_s_names_is_converted(tmp_path: Path) -> None:
    row = read(tmp_path, OPENSKY).table.to_pylist()[0]
    assert row["timestamp"].timestamp() == 1_533_099_609.5
    assert row["groundspeed"] == pytest.approx(194.384, abs=5e-4)
    assert row["altitude"] == pytest.approx(10_000.0)
    assert row["vertical_rate"] == pytest.approx(-1_000.0)
    assert row["callsign"] == "SWR12A"


@pytest.mark.parametrize("icao24", ["406000", "4e5123", "000001", "nan123"])
def test_an_id_that_looks_like_a_number_stays_text(tmp_path: Path, icao24: str) -> None:
    assert read(tmp_path, OURS.replace("4b1805", icao24)).table["icao24"].to_pylist() == [icao24] * 2


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_seen_from_the_header(tmp_path: Path, delimiter: str) -> None:
    assert read(tmp_path, OURS.replace(",", delimiter)).table.num_rows == 2


def test_a_gzipped_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(OURS.encode()), "day.dat").table.num_rows == 2


def test_a_cut_gzip_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="gzip file is damaged"):
        read(tmp_path, gzip.compress(OURS.encode())[:-12], "day.csv.gz")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    reading = read(tmp_path, b"\xef\xbb\xbf" + OURS.replace("\n", "\r\n").encode())
    assert reading.table["onground"].to_pylist() == [False, True]


def test_bad_rows_are_named_by_their_line(tmp_path: Path) -> None:
    text = (
        "# recorded at the coast\n"
        "timestamp,icao24,latitude,longitude\n"
        "2018-08-01T05:00:10Z,4b1805,47.5,8.5\n"
        "yesterday,4b1805,47.5,8.5\n"
        "\n"
        "2018-08-01T05:00:20Z,4b1805,47.5\n"
        "2018-08-01T05:00:30Z,,47.5,8.5\n"
        "2018-08-01T05:00:40Z,4b1805,north,8.5\n"
        "2018-08-01T05:00:50Z,4b1805,47.5,8.5,9,9\n"
        "2018-08-01T05:01:00Z,4b1805,47.5,190\n"
        "2018-08-01T05:01:10Z,4b1805,,\n"
        "2018-08-01T05:01:20Z,4b1805,47.6,8.6\n"
    )
    reading = read(tmp_path, text)
    report = reading.files[0]
    assert reading.table["latitude"].to_pylist() == [47.5, 47.6]
    assert report.bad_rows == 6
    assert report.complaints == (
        "line 4: timestamp 'yesterday' is no instant between 1990 and 2100",
        "line 6: 3 fields where there should be 4",
        "line 7: icao24 is missing",
        "line 8: latitude 'north' is no angle from -90 to 90 degrees",
        "line 9: 6 fields where there should be 4",
        "line 10: longitude 190.0 is no angle from -180 to 180 degrees",
    )
    assert "1 empty lines" in report.notes
    assert "1 rows have no position: left out" in report.notes


def test_empty_lines_at_the_end_are_no_bad_rows(tmp_path: Path) -> None:
    report = read(tmp_path, OURS + "\n\n").files[0]
    assert (report.rows, report.bad_rows, report.notes) == (2, 0, ("2 empty lines",))


def test_one_unreadable_number_does_not_spoil_its_column(tmp_path: Path) -> None:
    reading = read(tmp_path, OURS.replace("35000", "FL350").replace("47.6,8.5,", "47.6,8.5,+1.2e3"))
    assert reading.table["altitude"].to_pylist() == [None, 1200.0]
    assert "altitude: 1 values cannot be read and are taken as missing" in reading.files[0].notes


def test_times_without_zone_are_taken_as_utc_and_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, OURS.replace("+00:00", ""))
    assert reading.table["timestamp"][0].as_py().isoformat() == "2018-08-01T05:00:10+00:00"
    assert "timestamps without zone taken as UTC" in reading.files[0].notes


def test_a_header_that_lacks_a_column_says_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(ColumnError, match=r"day\.csv: no column latitude .*found are timestamp, icao24, y, longitude"):
        read(tmp_path, "timestamp,icao24,y,longitude\n2018-08-01T05:00:10Z,4b1805,47.5,8.5\n")


def test_a_byte_that_is_not_utf_8_does_not_cost_the_file_and_is_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, OURS.replace("SWR12A", "S\xd6R").encode("latin-1"))
    assert "S\ufffdR" in reading.table["callsign"].to_pylist()
    assert "some bytes are no UTF-8: replaced by the sign for that" in reading.files[0].notes


def test_a_bad_line_that_is_not_utf_8_is_counted_as_any_other(tmp_path: Path) -> None:
    report = read(tmp_path, OURS.encode() + b"\xff\xfe,1\n").files[0]
    assert report.bad_rows == 1
    assert "fields where there should be" in report.complaints[0]


def test_decimal_commas_are_refused_and_not_misread(tmp_path: Path) -> None:
    text = "timestamp;icao24;latitude;longitude\n2018-08-01T05:00:10Z;4b1805;47,5;8,5\n"
    with pytest.raises(FormatError, match="line 2: latitude '47,5' is no angle"):
        read(tmp_path, text)
