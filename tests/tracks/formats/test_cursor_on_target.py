"""Cursor on Target event logs."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks


def event(uid: str = "SERIAL-1", kind: str = "a-n-A-C-F", t: str = "2015-10-10T11:42:03.25Z", **point: str) -> str:
    place = {"lat": "33.5", "lon": "38.1", "hae": "3048.0", "ce": "15.0", "le": "9999999.0"} | point
    attributes = " ".join(f'{key}="{value}"' for key, value in place.items())
    return (
        f'<event version="2.0" uid="{uid}" type="{kind}" time="{t}" start="2015-10-10T11:42:00Z" '
        f'stale="2015-10-10T11:43:00Z" how="m-g"><point {attributes}/>'
        '<detail><contact callsign="PSWRD21"/><track course="271.25" speed="100"/></detail></event>'
    )


def read(folder: Path, text: str) -> Reading:
    path = folder / "log.cot"
    path.write_text(text)
    return read_tracks(path)


def test_an_event_becomes_a_row_and_its_height_is_ellipsoidal(tmp_path: Path) -> None:
    reading = read(tmp_path, event())
    (row,) = reading.table.to_pylist()
    assert row.pop("timestamp").isoformat() == "2015-10-10T11:42:03.250000+00:00"
    assert row.pop("geoaltitude") == pytest.approx(10_000.0)
    assert row.pop("groundspeed") == pytest.approx(194.384, abs=1e-3)
    assert {name: value for name, value in row.items() if value is not None} == {
        "icao24": "serial-1",
        "callsign": "PSWRD21",
        "latitude": 33.5,
        "longitude": 38.1,
        "track": 271.25,
        "source": "log.cot",
    }
    assert "horizontal accuracy (ce) has no column here: not read" in reading.files[0].notes


@pytest.mark.parametrize("unknown", ["9999999", "9999999.0", "9999999.000000"])
def test_unknown_is_null_and_no_height(tmp_path: Path, unknown: str) -> None:
    reading = read(tmp_path, event(hae=unknown, ce=unknown))
    assert reading.table["geoaltitude"].to_pylist() == [None]
    assert reading.files[0].notes == ()


@pytest.mark.parametrize(
    "text",
    [
        event() + event("b"),
        f"{event()}\n\n{event('b')}\n",
        f'<?xml version="1.0" encoding="UTF-8"?>\n{event()}\n<?xml version="1.0"?>{event("b")}',
        f"<events>{event()}{event('b')}</events>",
        f"\ufeff{event()}\x00{event('b')}",
        f'<cot:log xmlns:cot="urn:x">{event()}{event("b")}</cot:log>',
        event().replace("<point", '<point xmlns="urn:y"') + event("b"),
    ],
)
def test_events_are_read_however_they_stand_together(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, text)
    assert reading.table["icao24"].to_pylist() == ["serial-1", "b"]
    assert reading.files[0].bad_rows == 0


@pytest.mark.parametrize("uid", ["ICAO-A4E704", "ICAO:a4e704", "icaoA4E704"])
def test_an_address_in_the_uid_meets_the_same_aircraft_of_other_recordings(tmp_path: Path, uid: str) -> None:
    assert read(tmp_path, event(uid)).table["icao24"].to_pylist() == ["a4e704"]


@pytest.mark.parametrize("kind", ["a-f-G-U-C", "b-m-p-w", "t-x-c-t", "", "a-f-AB"])
def test_what_is_no_aircraft_is_counted(tmp_path: Path, kind: str) -> None:
    report = read(tmp_path, event() + event("b", kind)).files[0]
    assert (report.rows, report.bad_rows) == (1, 0)
    assert "1 events are of no aircraft: left out" in report.notes


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        ("<event uid='x' type='a-n-A'><point lat='1'", 3),  # it goes on in the next line
        ("<event uid='x' <<<", 2),
        ("<event uid='x' type='a-n-A'></point></event>", 2),
        (event("x", lat="95"), 2),
        (event("x", t="yesterday"), 2),
        (event("x", lat="NaN"), 2),
        (event("x", lon="inf"), 2),
    ],
)
def test_a_damaged_event_is_named_by_its_line_and_the_rest_is_read(tmp_path: Path, damage: str, line: int) -> None:
    reading = read(tmp_path, f"{event('a')}\n{damage}\n{event('b')}\n{event('c')}\n")
    assert reading.table["icao24"].to_pylist() == ["a", "b", "c"]
    assert reading.files[0].bad_rows == 1
    assert reading.files[0].complaints[0].startswith(f"line {line}: ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_alike_however_they_end(tmp_path: Path, end: str) -> None:
    lines = [event("a"), "<event uid='x' <<<", "", "", "<?xml", "version='1.0'?>", event("b"), event("c", lat="95")]
    path = tmp_path / "events.xml"
    path.write_bytes(end.join(lines).encode())
    report = read_tracks(path).files[0]
    assert [each.partition(":")[0] for each in report.complaints] == ["line 2", "line 8"]


def test_a_log_that_is_cut_at_both_ends_gives_what_is_whole(tmp_path: Path) -> None:
    text = event("a")[-40:] + event("b") + event("c")[:100]
    reading = read(tmp_path, text)
    assert reading.table["icao24"].to_pylist() == ["b"]
    assert reading.files[0].bad_rows == 2


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE e [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + event().replace("PSWRD21", "&b;")
    with pytest.raises(FormatError, match="DOCTYPE"):
        read(tmp_path, bomb)


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="nested deeper than 200"):
        read(tmp_path, event() + "<event uid='x'>" + "<a>" * 100_000)
