"""Input that means harm or is merely broken, in every text format: an error of ours or counted rows, and no more."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import FormatError, InputError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.registry import FORMATS, Format, recognise_format
from skyaccord.tracks.read import read_tracks

SAMPLES: dict[str, str] = {
    "readsb trace JSON": '{"icao":"4b1805","timestamp":1700000000,"trace":[[0,47.5,8.5,1000,100,90,0,0,{"nic":8},'
    '"x",1,2]]}',
    "readsb aircraft.json": '{"now":1700000000,"aircraft":[{"hex":"4b1805","lat":47.5,"lon":8.5,"seen_pos":1}]}',
    "OpenSky state vectors JSON": '{"time":1700000000,"states":[["4b1805","A","B",1700000000,1700000000,8.5,47.5,'
    '1000.0,false,100.0,90.0,0.0,null,1000.0,"1000",false,0]]}',
    "GeoJSON": '{"type":"Feature","geometry":{"type":"LineString","coordinates":[[8.5,47.5,100]]},"properties":'
    '{"icao24":"4b1805","times":["2023-06-01T10:00:00Z"],"altitude":[1000]}}',
    "KML": "<kml><Placemark><name>a</name><Track><altitudeMode>absolute</altitudeMode><when>2023-06-01T10:00:00Z</when>"
    "<coord>8.5 47.5 100</coord></Track></Placemark></kml>",
    "GPX": '<gpx><trk><name>a</name><trkseg><trkpt lat="47.5" lon="8.5"><ele>5</ele><time>2023-06-01T10:00:00Z</time>'
    "</trkpt></trkseg></trk></gpx>",
    "Cursor on Target": '<event uid="a" type="a-n-A" time="2023-06-01T10:00:00Z"><point lat="47.5" lon="8.5" hae="10" '
    'ce="1"/><detail><track course="90" speed="10"/></detail></event>',
    "DAIDALUS scenario (.daa)": "NAME lat lon alt trk gs vs time\n[none] [deg] [deg] [ft] [deg] [knot] [fpm] [s]\n"
    "own, 47.5, 8.5, 1000, 90, 100, 0, 0\n",
    "SBS-1 BaseStation": "MSG,3,1,1,4B1805,1,2023/06/01,10:00:00.000,2023/06/01,10:00:00.000,,1000,,,47.5,8.5,,,,,,0\n",
    "CSV with the same columns": "timestamp,icao24,latitude,longitude,altitude\n2023-06-01T10:00:00Z,4b1805,47.5,8.5,"
    "1000\n",
}
"""One sound file of each text format."""

TEXT_FORMATS = [each for each in FORMATS if each.name in SAMPLES]


def read(kind: Format, content: bytes) -> pa.Table | None:
    """Read whatever the bytes are; None where that is refused. Any other error is the test's failure."""
    try:
        part = kind.read(pa.py_buffer(content), "file")
    except InputError:
        return None
    assert part.table.schema.equals(TRACKS)
    assert part.table.num_rows == part.report.rows
    assert len(part.report.complaints) <= part.report.bad_rows + 1
    return part.table


def outcome(path: Path) -> str:
    """Return the error that reading a file ends with, or nothing; any error but ours is the test's failure."""
    try:
        read_tracks(path)
    except InputError as error:
        return str(error)
    return ""


def test_each_text_format_has_a_sample_that_it_recognises_and_reads_whole() -> None:
    assert {each.name for each in TEXT_FORMATS} == set(SAMPLES)
    for kind in TEXT_FORMATS:
        content = Content(pa.py_buffer(SAMPLES[kind.name].encode()))
        assert recognise_format(content) is kind
        table = read(kind, SAMPLES[kind.name].encode())
        assert table is not None
        assert table["latitude"].to_pylist() == [47.5], kind.name


@pytest.mark.parametrize("kind", TEXT_FORMATS, ids=lambda kind: kind.name)
@given(content=st.binary(max_size=400))
@settings(max_examples=50)
def test_any_bytes_are_rows_or_an_error_of_ours(kind: Format, content: bytes) -> None:
    read(kind, content)
    for each in FORMATS:
        assert each.recognises(Content(pa.py_buffer(content))) in (True, False)


@pytest.mark.parametrize("kind", TEXT_FORMATS, ids=lambda kind: kind.name)
@given(data=st.data())
@settings(max_examples=100)
def test_a_damaged_file_is_rows_or_an_error_of_ours(kind: Format, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[kind.name].encode() * data.draw(st.integers(1, 3)))
    for _ in range(data.draw(st.integers(1, 6))):
        begin = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(begin, min(len(content), begin + 12)))
        content[begin:end] = data.draw(st.sampled_from(_SPLINTERS) | st.binary(max_size=8))
    read(kind, bytes(content))


_SPLINTERS = [
    *(b"null", b"NaN", b"Infinity", b"-1e999", b"1" * 400, b"[]", b"{}", b"true", b'"', b"\\ud800", b"\xff", b"\x00"),
    *(b"<", b"</", b">", b"<!DOCTYPE a>", b"&#0;", b"&a;", b"<![CDATA[", b"<?xml version='1.0' encoding='utf-7'?>"),
    *(b",", b"\n", b"#", b"[deg]", b"9999999", b"95", b"1e300", b"-0.0", b"2023-02-30T25:00:00Z", b"+99:99"),
]


@pytest.mark.parametrize("name", sorted(name for name in SAMPLES if "JSON" in name or "json" in name))
@pytest.mark.parametrize("depth", [100_000, 990, 500])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_without_end_is_no_crash(tmp_path: Path, name: str, depth: int, opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    deep = opening * depth + ("1" if opening != "[" else "") + closing * depth
    for text in (
        SAMPLES[name].replace("47.5", deep),
        SAMPLES[name].replace('"4b1805"', deep),
        SAMPLES[name][:-1] + ',"x":' + deep + "}",
    ):
        path = tmp_path / "deep.json"
        path.write_text(text)
        assert len(outcome(path)) < 2_000


@pytest.mark.parametrize("number", ["1" * 400, "1" * 5000, "1e999", "-1e999", "NaN", "-Infinity", "1e-999", "0x1"])
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_numbers_that_no_float_holds_never_reach_the_table(tmp_path: Path, name: str, number: str) -> None:
    for place in ("47.5", "1000", "100", "90"):
        path = tmp_path / "file"
        path.write_text(SAMPLES[name].replace(place, number))
        try:
            table = read_tracks(path).table
        except InputError:
            continue
        values = [cell for row in table.to_pylist() for cell in row.values() if isinstance(cell, float)]
        assert all(abs(value) < 1e300 for value in values), (name, place)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_line_without_end_is_refused_in_bounded_memory(tmp_path: Path, name: str) -> None:
    """A sparse file of 2 GB that begins soundly and goes on in one line."""
    path = tmp_path / "long"
    sample = SAMPLES[name].encode()
    cut = sample.rstrip(b"\n}]>")
    with path.open("wb") as file:
        file.write(cut + b" " * 70_000)
        file.truncate(2 << 30)
    tracemalloc.start()
    begin = time.monotonic()
    outcome(path)
    spent, (_, peak) = time.monotonic() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak + pa.default_memory_pool().max_memory() < 1 << 30
    assert spent < 60


def test_a_json_document_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skyaccord.tracks.formats.json_text.MOST_DOCUMENT_BYTES", 100)
    path = tmp_path / "file.json"
    path.write_text(SAMPLES["GeoJSON"])
    with pytest.raises(FormatError, match=r"one JSON document of \d+ bytes; at most 100 are read as one.*Split it"):
        read_tracks(path)


@pytest.mark.parametrize("name", ["readsb trace JSON", "readsb aircraft.json", "OpenSky state vectors JSON", "GeoJSON"])
def test_ever_so_many_bad_lines_are_counted_and_the_first_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "day.jsonl"
    sample = SAMPLES[name].replace("\n", "")
    key = {"readsb trace JSON": "timestamp", "GeoJSON": "features"}.get(name, "time" if "time" in sample else "now")
    path.write_text(f"{sample}\n" + "{\n" * 3_000 + f'{{"{key}": "x"}}\n' * 2_000 + sample)
    (report,) = read_tracks(path).files
    assert report.bad_rows == 5_000
    assert len(report.complaints) == 21
    assert report.complaints[0].startswith("line 2: broken JSON")
    assert report.complaints[-1] == "and 4,980 more"


def test_a_table_of_other_lines_than_its_header_says_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skyaccord.tracks.formats.delimited.MOST_SKIPPED", 10)
    path = tmp_path / "day.csv"
    path.write_text(SAMPLES["CSV with the same columns"] + "1,2\n" * 9)
    assert read_tracks(path).files[0].bad_rows == 9
    path.write_text(SAMPLES["CSV with the same columns"] + "1,2\n" * 11)
    with pytest.raises(FormatError, match="10 lines and more have another number of fields"):
        read_tracks(path)


def test_the_readers_table_names_no_format_twice() -> None:
    names = [each.name for each in FORMATS]
    assert len(set(names)) == len(names)


def test_recognition_reads_the_ends_of_a_file_only() -> None:
    content = Content(pa.py_buffer(b"x" * (8 << 20)))
    assert recognise_format(content) is None
    assert len(content.ends) <= 2 * 65_536 + 1
