"""KML tracks and dated placemarks."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" '
    'xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>SWR12K</name>\n'
)
GX = "{http://www.google.com/kml/ext/2.2}"
KML = "{http://www.opengis.net/kml/2.2}"


def when(second: int) -> str:
    return f"<when>2023-06-01T10:00:{second:02d}Z</when>"


def track(*places: str, mode: str = "absolute", times: int | None = None) -> str:
    count = len(places) if times is None else times
    dated = "".join(when(k) for k in range(count))
    placed = "".join(f"<gx:coord>{place}</gx:coord>" for place in places)
    return f"<gx:Track><altitudeMode>{mode}</altitudeMode>{dated}{placed}</gx:Track>"


def said(**values: str) -> str:
    data = "".join(f'<Data name="{name}"><value>{value}</value></Data>' for name, value in values.items())
    return f"<ExtendedData>{data}</ExtendedData>"


def mark(inner: str, name: str = "tanker 1") -> str:
    return f"<Placemark><name>{name}</name>{inner}</Placemark>\n"


def point(second: int, place: str, name: str = "tanker 1") -> str:
    stamp = f"<TimeStamp>{when(second)}</TimeStamp>"
    return mark(f"{stamp}<Point><altitudeMode>absolute</altitudeMode><coordinates>{place}</coordinates></Point>", name)


def read(folder: Path, *marks: str) -> Reading:
    path = folder / "day.kml"
    path.write_text(HEAD + "".join(marks) + "</Document></kml>")
    return read_tracks(path)


def test_a_track_agrees_with_what_another_parser_finds(tmp_path: Path) -> None:
    places = [f"{8.5 + k / 7} {47.5 - k / 3} {3000 + k}" for k in range(7)]
    table = read(tmp_path, mark(track(*places[:4])), mark(f"<gx:MultiTrack>{track(*places[4:])}</gx:MultiTrack>")).table
    root = ET.parse(tmp_path / "day.kml").getroot()  # noqa: S314
    coordinates = [[float(x) for x in (each.text or "").split()] for each in root.iter(f"{GX}coord")]
    times = [each.text for each in root.iter(f"{KML}when")]
    assert list(zip(table["longitude"].to_pylist(), table["latitude"].to_pylist(), strict=True)) == [
        (lon, lat) for lon, lat, _ in coordinates
    ]
    assert [t.isoformat().replace("+00:00", "Z") for t in table["timestamp"].to_pylist()] == times


def test_altitude_is_above_the_sea_by_definition_and_no_column_takes_it(tmp_path: Path) -> None:
    reading = read(tmp_path, mark(track("8.5 47.5 3048")))
    (row,) = reading.table.to_pylist()
    assert (row["altitude"], row["geoaltitude"]) == (None, None)
    assert any("above mean sea level" in note for note in reading.files[0].notes)


@pytest.mark.parametrize(("datum", "column"), [("pressure", "altitude"), ("ellipsoid", "geoaltitude")])
def test_a_file_that_states_the_datum_is_believed(tmp_path: Path, datum: str, column: str) -> None:
    reading = read(tmp_path, mark(said(altitude_datum=datum) + track("8.5 47.5 3048")))
    (row,) = reading.table.to_pylist()
    other = {"altitude": "geoaltitude", "geoaltitude": "altitude"}[column]
    assert (row[column], row[other]) == (pytest.approx(10_000.0), None)
    assert not any("sea level" in note for note in reading.files[0].notes)


@pytest.mark.parametrize("mode", ["clampToGround", "relativeToGround", ""])
def test_a_height_that_is_none_of_its_own_is_not_read(tmp_path: Path, mode: str) -> None:
    table = read(tmp_path, mark(said(altitude_datum="ellipsoid") + track("8.5 47.5 3048", mode=mode))).table
    assert table["geoaltitude"].to_pylist() == [None]


def test_dated_points_of_one_name_are_one_track(tmp_path: Path) -> None:
    table = read(tmp_path, point(0, "8.5,47.5,3000"), point(1, "8.6,47.6")).table
    assert table["icao24"].to_pylist() == ["day:tanker 1"] * 2
    assert table["latitude"].to_pylist() == [47.5, 47.6]


def test_points_named_by_their_time_are_one_track_named_by_the_document(tmp_path: Path) -> None:
    names = ("2023-06-01 10:00:00 UTC", "2023-06-01 10:00:01 UTC")
    table = read(tmp_path, *(point(k, f"8.5,{47 + k},0", name) for k, name in enumerate(names))).table
    assert table["icao24"].to_pylist() == ["day:swr12k"] * 2


def test_stated_ids_are_taken(tmp_path: Path) -> None:
    (row,) = read(
        tmp_path, mark(said(icao24="4B1805", party="blue", callsign="SWR1") + track("8 47 0"))
    ).table.to_pylist()
    assert (row["icao24"], row["party"], row["callsign"]) == ("4b1805", "blue", "SWR1")


def test_lines_and_points_without_time_are_counted(tmp_path: Path) -> None:
    line = mark("<LineString><coordinates>8,47,0 9,48,0</coordinates></LineString>")
    place = mark("<Point><coordinates>8,47,0</coordinates></Point>")
    report = read(tmp_path, line, place, mark(track("8 47 0"))).files[0]
    assert (report.rows, report.bad_rows) == (1, 0)
    assert "2 lines, areas and points have no times: left out" in report.notes


@pytest.mark.parametrize(("times", "problem"), [(1, "a position without a time"), (3, "a time without a position")])
def test_times_and_positions_out_of_step_are_counted(tmp_path: Path, times: int, problem: str) -> None:
    report = read(tmp_path, mark(track("8 47 0", "9 48 0", times=times))).files[0]
    assert report.bad_rows == 1
    assert report.complaints[0].endswith(problem)


@pytest.mark.parametrize("place", ["8.5 95 0", "nan 47 0", "inf 47 0", "8,5 47 0", "8.5"])
def test_a_damaged_position_is_counted(tmp_path: Path, place: str) -> None:
    report = read(tmp_path, mark(track("8 47 0", place))).files[0]
    assert (report.rows, report.bad_rows) == (1, 1)
    assert report.complaints[0].startswith("line 3: ")


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kml"
    path.write_text('<!DOCTYPE kml [<!ENTITY a "ha">]>' + HEAD + mark(track("8 47 0")) + "</Document></kml>")
    with pytest.raises(FormatError, match="DOCTYPE"):
        read_tracks(path)
