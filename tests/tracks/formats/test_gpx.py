"""GPX tracks."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">\n'
NS = "{http://www.topografix.com/GPX/1/1}"


def point(second: int, lat: float | str = 47.5, lon: float | str = 8.5, inner: str = "<ele>500</ele>") -> str:
    return f'<trkpt lat="{lat}" lon="{lon}">{inner}<time>2023-06-01T10:00:{second:02d}Z</time></trkpt>\n'


def track(name: str, *points: str) -> str:
    label = f"<name>{name}</name>" if name else ""
    return f"<trk>{label}<trkseg>{''.join(points)}</trkseg></trk>\n"


def read(folder: Path, *tracks: str, name: str = "flight.gpx") -> Reading:
    path = folder / name
    path.write_text(HEAD + "".join(tracks) + "</gpx>\n")
    return read_tracks(path)


def test_points_agree_with_what_another_parser_finds(tmp_path: Path) -> None:
    points = [
        point(k, 47.5 + k / 7, -8.5 - k / 3, f"<ele>{500 + k}</ele><geoidheight>47.5</geoidheight>") for k in range(9)
    ]
    table = read(tmp_path, track("HB-ZNR", *points[:5]), track("4b1805", *points[5:])).table
    found = ET.parse(tmp_path / "flight.gpx").getroot().findall(f".//{NS}trkpt")  # noqa: S314
    assert len(found) == table.num_rows == 9
    for theirs, ours in zip(found, table.to_pylist(), strict=True):
        assert float(theirs.attrib["lat"]) == ours["latitude"]
        assert float(theirs.attrib["lon"]) == ours["longitude"]
        assert theirs.findtext(f"{NS}time") == ours["timestamp"].isoformat().replace("+00:00", "Z")
        height_m = float(theirs.findtext(f"{NS}ele") or "") + float(theirs.findtext(f"{NS}geoidheight") or "")
        assert ours["geoaltitude"] * 0.3048 == pytest.approx(height_m)


def test_height_above_the_sea_is_no_altitude_of_ours_and_that_is_said(tmp_path: Path) -> None:
    reading = read(tmp_path, track("a", point(0)))
    (row,) = reading.table.to_pylist()
    assert (row["altitude"], row["geoaltitude"]) == (None, None)
    assert any("above mean sea level" in note for note in reading.files[0].notes)


def test_speed_and_course_are_read_where_they_stand(tmp_path: Path) -> None:
    plain = "<course>271.25</course><speed>100</speed>"
    garmin = '<extensions><x:T xmlns:x="urn:x"><x:speed>100</x:speed><x:course>271.25</x:course></x:T></extensions>'
    for row in read(tmp_path, track("a", point(0, inner=plain), point(1, inner=garmin))).table.to_pylist():
        assert (row["groundspeed"], row["track"]) == (pytest.approx(194.384, abs=1e-3), 271.25)


def test_a_track_is_named_by_file_and_label_so_that_two_recorders_do_not_become_one_aircraft(tmp_path: Path) -> None:
    for name in ("tanker.gpx", "lead.gpx"):
        read(tmp_path, track("ACTIVE LOG", point(0)), name=name)
    table = read_tracks(tmp_path).table
    assert sorted(table["icao24"].to_pylist()) == ["lead:active log", "tanker:active log"]
    assert set(table["callsign"].to_pylist()) == {"ACTIVE LOG"}


def test_a_label_that_is_an_address_is_the_id(tmp_path: Path) -> None:
    assert read(tmp_path, track("4B1805", point(0))).table["icao24"].to_pylist() == ["4b1805"]


def test_tracks_without_label_stay_apart(tmp_path: Path) -> None:
    table = read(tmp_path, track("", point(0)), track("", point(0, 48.0))).table
    assert table["icao24"].to_pylist() == ["flight:1", "flight:2"]
    assert table["callsign"].to_pylist() == [None, None]


def test_the_name_of_a_waypoint_or_of_a_point_is_not_that_of_the_track(tmp_path: Path) -> None:
    inner = "<name>turn</name><ele>5</ele>"
    wpt = '<wpt lat="1" lon="2"><name>home</name></wpt>'
    reading = read(tmp_path, wpt, track("a", point(0, inner=inner), point(1)))
    assert reading.table["callsign"].to_pylist() == ["a", "a"]
    assert "1 waypoints and route points are no track: left out" in reading.files[0].notes


@pytest.mark.parametrize(
    "bad", [point(0, 95), point(0, "NaN"), point(0, lon="inf"), point(0, lon="east"), point(77), "<trkpt/>"]
)
def test_a_damaged_point_is_named_by_its_line(tmp_path: Path, bad: str) -> None:
    report = read(tmp_path, track("a", point(0), bad, point(2))).files[0]
    if bad == "<trkpt/>":  # without position it is not damaged, merely of no use
        assert (report.rows, report.bad_rows) == (2, 0)
        assert "1 rows have no position: left out" in report.notes
    else:
        assert (report.rows, report.bad_rows) == (2, 1)
        assert report.complaints[0].startswith("line 4: ")


def test_times_of_mixed_zones_become_utc_and_a_missing_zone_is_noted(tmp_path: Path) -> None:
    points = [point(0), point(0).replace("Z<", "+02:00<"), point(0).replace("Z<", "<")]
    reading = read(tmp_path, track("a", *points))
    assert [t.isoformat()[11:16] for t in reading.table["timestamp"].to_pylist()] == ["10:00", "08:00", "10:00"]
    assert "timestamps without zone taken as UTC" in reading.files[0].notes


def test_a_file_that_is_cut_gives_what_stood_before_the_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "cut.gpx"
    path.write_text(HEAD + track("a", point(0), point(1), point(2))[:-60])
    report = read_tracks(path).files[0]
    assert (report.rows, report.bad_rows) == (2, 1)
    assert "what follows is not read" in report.complaints[0]


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gpx"
    path.write_text('<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]><gpx><trk><name>&a;</name></trk></gpx>')
    with pytest.raises(FormatError, match="DOCTYPE"):
        read_tracks(path)
