"""Tracks written and read back: equal within the format's resolution, and never with one altitude for the other."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import ColumnError, FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.daa_states import read_daa_states
from skyaccord.tracks.read import read_tracks
from skyaccord.tracks.writers import write as write_module
from skyaccord.tracks.writers.write import TrackFormat, write_tracks

BEGIN = datetime(2017, 12, 1, 10, 0, 0, tzinfo=UTC)
READ_BACK = (
    TrackFormat.PARQUET,
    TrackFormat.CSV,
    TrackFormat.SBS,
    TrackFormat.KML,
    TrackFormat.GEOJSON,
    TrackFormat.DAA,
)
FULL: dict[str, Any] = {
    "icao24": "4b1805",
    "callsign": "SWR12K",
    "latitude": 47.4581234,
    "longitude": 8.5481234,
    "altitude": 9_975.0,
    "geoaltitude": 10_350.0,
    "groundspeed": 250.5,
    "track": 271.3,
    "vertical_rate": -64.0,
    "squawk": "0021",
    "onground": False,
    "party": "blue",
    "source": "day.csv",
    "nac_p": 9,
    "nic": 8,
}


def row(second: float = 0.0, **changes: Any) -> dict[str, Any]:
    return {"timestamp": BEGIN + timedelta(seconds=second)} | FULL | changes


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), TRACKS)


def there_and_back(folder: Path, written: pa.Table, kind: TrackFormat, **options: Any) -> list[dict[str, Any]]:
    path = folder / f"out.{kind}"
    write_tracks(written, path, **options)
    back = read_tracks(path).table.sort_by([("timestamp", "ascending"), ("icao24", "ascending")])
    rows: list[dict[str, Any]] = back.to_pylist()
    return rows


def flight() -> pa.Table:
    return table(
        row(0.25),
        row(10.5, latitude=47.46, geoaltitude=None, squawk="7700"),
        row(20.125, latitude=47.47, altitude=None, groundspeed=None, track=None, vertical_rate=None),
        row(20.125, icao24="~2a1f03", callsign=None, party=None, squawk=None, nac_p=None, nic=None, onground=None),
        row(500.0, latitude=-47.5, longitude=-179.99999, onground=True),
    )


@pytest.mark.parametrize("kind", [TrackFormat.PARQUET, TrackFormat.CSV])
def test_our_own_formats_keep_everything(tmp_path: Path, kind: TrackFormat) -> None:
    assert there_and_back(tmp_path, flight(), kind) == flight().to_pylist()


def test_parquet_states_unit_and_datum_of_each_column(tmp_path: Path) -> None:
    write_tracks(flight(), tmp_path / "out.parquet")
    schema = pq.read_schema(tmp_path / "out.parquet")
    assert b"pressure altitude" in schema.field("altitude").metadata[b"unit"]
    assert b"ellipsoid" in schema.field("geoaltitude").metadata[b"unit"]


def test_geojson_keeps_everything_to_the_millimetre(tmp_path: Path) -> None:
    back = there_and_back(tmp_path, flight(), TrackFormat.GEOJSON)
    for ours, theirs in zip(back, flight().to_pylist(), strict=True):
        assert ours.pop("geoaltitude") == pytest.approx(theirs.pop("geoaltitude"), abs=0.002)
        assert ours == theirs


def test_geojson_has_ellipsoidal_height_as_third_coordinate_and_none_where_it_is_unknown(tmp_path: Path) -> None:
    write_tracks(flight(), tmp_path / "out.geojson")
    document = json.loads((tmp_path / "out.geojson").read_text())
    first = document["features"][0]
    assert first["geometry"]["type"] == "LineString"
    assert [len(place) for place in first["geometry"]["coordinates"]] == [3, 2, 3]
    assert first["geometry"]["coordinates"][0][2] == pytest.approx(10_350 * 0.3048, abs=0.001)
    assert first["properties"]["altitude"] == [9_975.0, 9_975.0, None]
    assert [each["geometry"]["type"] for each in document["features"]] == ["LineString", "Point", "Point"]
    assert "ellipsoid" in document["units"]["coordinates"]


def test_sbs_keeps_what_it_has_room_for(tmp_path: Path) -> None:
    written = table(row(0), row(60, onground=True, altitude=None), row(120, squawk=None, callsign=None))
    first, second, third = there_and_back(tmp_path, written, TrackFormat.SBS)
    assert first["timestamp"] == BEGIN
    assert (first["icao24"], first["callsign"], first["squawk"]) == ("4b1805", "SWR12K", "0021")
    assert (first["latitude"], first["longitude"]) == (47.458123, 8.548123)
    assert (first["altitude"], first["groundspeed"], first["track"], first["vertical_rate"]) == (
        9_975,
        250.5,
        271.3,
        -64,
    )
    assert (first["onground"], second["onground"], second["altitude"]) == (False, True, None)
    assert (third["squawk"], third["callsign"]) == (None, None)


def test_sbs_lines_have_their_22_fields_and_no_name_breaks_them(tmp_path: Path) -> None:
    written = write_tracks(table(row(callsign='A,B "C"\r\nMSG')), tmp_path / "out.sbs")
    lines = (tmp_path / "out.sbs").read_bytes().decode().split("\r\n")
    assert [line.count(",") for line in lines] == [21, 21, 21, 21, 0]
    assert any("commas or blanks" in note for note in written.notes)
    assert any("geoaltitude" in note for note in written.notes)


def test_kml_keeps_places_times_names_and_one_altitude(tmp_path: Path) -> None:
    written = table(row(0.25), row(10), row(500, latitude=-47.5, longitude=-179.99999))
    for ours, theirs in zip(there_and_back(tmp_path, written, TrackFormat.KML), written.to_pylist(), strict=True):
        for column in ("timestamp", "icao24", "callsign", "party"):
            assert ours[column] == theirs[column]
        for column in ("latitude", "longitude"):
            assert ours[column] == pytest.approx(theirs[column], abs=1e-7)
        assert ours["altitude"] == pytest.approx(theirs["altitude"], abs=0.02)
        assert ours["geoaltitude"] is None


def test_kml_states_its_datum_and_puts_what_has_none_on_the_ground(tmp_path: Path) -> None:
    rows = [row(0), row(10, altitude=None), row(20), row(300)]
    only_geometric = [row(k, icao24="a4e704", callsign='<&">\x01', altitude=None) for k in (0, 10)]
    neither = [row(0, icao24="ae0001", altitude=None, geoaltitude=None)]
    write_tracks(table(*rows, *only_geometric, *neither), tmp_path / "out.kml")
    kml, gx = "{http://www.opengis.net/kml/2.2}", "{http://www.google.com/kml/ext/2.2}"
    marks = list(ET.parse(tmp_path / "out.kml").getroot().iter(f"{kml}Placemark"))  # noqa: S314
    stated = [{d.get("name"): d.findtext(f"{kml}value") for d in mark.iter(f"{kml}Data")} for mark in marks]
    assert [each["altitude_datum"] for each in stated] == ["pressure", "ellipsoid", "none"]
    assert stated[1]["callsign"] == '<&">\ufffd'
    modes = [[track.findtext(f"{kml}altitudeMode") for track in mark.iter(f"{gx}Track")] for mark in marks]
    assert modes == [["absolute", "clampToGround", "absolute", "absolute"], ["absolute"], ["clampToGround"]]
    heights = [float((each.text or "").split()[2]) for each in marks[1].iter(f"{gx}coord")]
    assert heights == [pytest.approx(10_350 * 0.3048, abs=0.01)] * 2


def test_czml_heights_are_ellipsoidal_or_said_not_to_be(tmp_path: Path) -> None:
    geometric = [row(0), row(10.5, geoaltitude=None), row(20), row(500)]
    pressure = [row(k, icao24="a4e704", geoaltitude=None) for k in (0, 10)]
    neither = [row(5, icao24="ae0001", altitude=None, geoaltitude=None)]
    written = write_tracks(table(*geometric, *pressure, *neither), tmp_path / "out.czml")
    document, *packets = json.loads((tmp_path / "out.czml").read_text())
    assert (document["id"], document["version"]) == ("document", "1.0")
    assert [p["id"] for p in packets] == ["4b1805", "a4e704", "ae0001"]
    assert [p["properties"]["altitude_datum"]["string"] for p in packets] == ["ellipsoid", "pressure", "none"]
    places = packets[0]["position"]["cartographicDegrees"]
    assert places[:4] == [0.0, 8.5481234, 47.4581234, pytest.approx(10_350 * 0.3048)]
    assert places[4::4] == [20.0, 500.0]
    assert packets[0]["availability"] == [
        "2017-12-01T10:00:00.000Z/2017-12-01T10:00:20.000Z",
        "2017-12-01T10:08:20.000Z/2017-12-01T10:08:20.000Z",
    ]
    assert packets[2]["point"]["heightReference"] == "CLAMP_TO_GROUND"
    assert "pressure altitude" in packets[1]["description"]
    assert any("1 positions have no altitude" in note for note in written.notes)
    assert any("1 aircraft are written in pressure altitude" in note for note in written.notes)


def test_daa_has_every_aircraft_at_the_seconds_of_the_ownship(tmp_path: Path) -> None:
    own = [row(k, icao24="own", latitude=47.0 + k / 1000, altitude=9_000.0 + 10 * k) for k in (0, 4)]
    other = [row(0.5 + k, longitude=179.999 + k / 1000 if k < 1 else -179.997) for k in (0, 4)]
    write_tracks(table(*own, *other), tmp_path / "out.daa", ownship="own")
    scenario = read_daa_states(tmp_path / "out.daa")
    states = scenario.states.to_pylist()
    assert [(s["name"], s["time_s"]) for s in states] == [
        ("own", 0),
        *((name, t) for t in (1, 2, 3, 4) for name in ("own", "4b1805")),
    ]
    assert [s["latitude"] for s in states if s["ownship"]] == [pytest.approx(47.0 + k / 1000) for k in range(5)]
    assert states[3]["altitude_m"] == pytest.approx(9_020 * 0.3048)
    assert [s["longitude"] for s in states if not s["ownship"]] == [
        pytest.approx(x) for x in (179.9995, -179.9995, -179.9985, -179.9975)
    ]
    assert (scenario.zero_s, scenario.is_geodetic) == (BEGIN.timestamp(), True)


def test_daa_rows_at_whole_seconds_read_back_as_they_were(tmp_path: Path) -> None:
    written = table(row(0), row(10, latitude=47.46, track=350.0, vertical_rate=None), row(20, track=10.0))
    back = there_and_back(tmp_path, written, TrackFormat.DAA)
    assert len(back) == 21
    for theirs in (written.to_pylist()[0], written.to_pylist()[2]):
        (ours,) = (each for each in back if each["timestamp"] == theirs["timestamp"])
        for column in ("icao24", "latitude", "longitude", "altitude", "groundspeed", "track", "vertical_rate"):
            expected = theirs[column]
            assert ours[column] == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-6))
    (middle,) = (each for each in back if each["timestamp"] == BEGIN + timedelta(seconds=15))
    assert min(middle["track"], 360 - middle["track"]) < 1e-3  # from 350° to 10° by north, not by south


def test_daa_bridges_no_long_pause(tmp_path: Path) -> None:
    back = there_and_back(tmp_path, table(row(0), row(30), row(61)), TrackFormat.DAA)
    assert [(each["timestamp"] - BEGIN).total_seconds() for each in back] == [*range(31), 61]


def test_daa_takes_velocity_from_the_positions_where_none_is_reported(tmp_path: Path) -> None:
    rows = [
        row(k, latitude=k / 60 / 60, longitude=0.0, groundspeed=None, track=None, vertical_rate=None) for k in (0, 10)
    ]
    back = there_and_back(tmp_path, table(*rows), TrackFormat.DAA)
    assert back[5]["groundspeed"] == pytest.approx(60.0, rel=1e-3)  # a minute of arc is a mile, in a minute
    assert min(back[5]["track"], 360 - back[5]["track"]) < 1e-6


def test_daa_in_ellipsoidal_altitude_says_so(tmp_path: Path) -> None:
    written = table(row(0, altitude=None), row(10, altitude=None))
    back = there_and_back(tmp_path, written, TrackFormat.DAA)
    assert "above the WGS-84 ellipsoid" in (tmp_path / "out.daa").read_text()
    assert back[0]["altitude"] is None
    assert back[0]["geoaltitude"] == pytest.approx(10_350.0, abs=0.01)


def test_an_ownship_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"no aircraft 'x' in the tracks.*4b1805"):
        write_tracks(flight(), tmp_path / "out.daa", ownship="x")
    with pytest.raises(FormatError, match="no whole second"):
        write_tracks(table(row(0.5)), tmp_path / "out.daa")


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "icao24": st.sampled_from(["4b1805", "a4e704"]),
                "latitude": st.floats(-90, 90),
                "longitude": st.floats(-180, 180),
                "callsign": st.none() | st.text(max_size=8),
                "groundspeed": st.none() | st.floats(0, 900),
                "track": st.none() | st.floats(0, 359.9),
                "vertical_rate": st.none() | st.floats(-9e3, 9e3),
            }
        ),
        min_size=1,
        max_size=5,
    ),
    heights=st.lists(st.none() | st.floats(-2_000, 60_000), min_size=5, max_size=5),
    column=st.sampled_from(["altitude", "geoaltitude"]),
)
def test_one_altitude_never_comes_back_as_the_other(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], heights: list[float | None], column: str
) -> None:
    other = {"altitude": "geoaltitude", "geoaltitude": "altitude"}[column]
    states = [row(10 * k, **{**said, column: heights[k], other: None}) for k, said in enumerate(rows)]
    folder = tmp_path_factory.mktemp("datum")
    for kind in READ_BACK:
        if kind is TrackFormat.DAA and heights[0] is None:
            continue  # nothing to write is an error there
        try:
            back = there_and_back(folder, table(*states), kind)
        except FormatError as error:
            assert kind is TrackFormat.DAA, error  # noqa: PT017
            continue
        known = [h for h in heights[: len(rows)] if h is not None]
        for each in back:
            assert each[other] is None
            if each[column] is not None:
                assert min(known) - 1 <= each[column] <= max(known) + 1


@pytest.mark.parametrize("kind", list(TrackFormat))
def test_the_same_tracks_give_the_same_bytes_packed_and_plain(tmp_path: Path, kind: TrackFormat) -> None:
    shuffled = flight().take([4, 2, 0, 1, 3])
    write_tracks(flight(), tmp_path / f"a.{kind}")
    write_tracks(shuffled, tmp_path / f"b.{kind}")
    write_tracks(shuffled, tmp_path / f"c.{kind}.gz")
    write_tracks(shuffled, tmp_path / "d.any", str(kind))
    plain = (tmp_path / f"a.{kind}").read_bytes()
    assert (tmp_path / f"b.{kind}").read_bytes() == plain
    assert gzip.decompress((tmp_path / f"c.{kind}.gz").read_bytes()) == plain
    assert (tmp_path / "d.any").read_bytes() == plain


def test_what_is_no_number_is_not_written_as_one(tmp_path: Path) -> None:
    broken = table(
        row(0, altitude=float("nan"), groundspeed=float("inf")), row(1, latitude=float("nan")), row(2, icao24=None)
    )
    for kind in (TrackFormat.GEOJSON, TrackFormat.CZML, TrackFormat.KML, TrackFormat.SBS):
        written = write_tracks(broken, tmp_path / f"out.{kind}")
        text = (tmp_path / f"out.{kind}").read_text()
        assert "nan" not in text.lower().replace("name", "")
        assert "inf" not in text.lower()
        assert (written.rows, "2 rows have no time, id or position: left out" in written.notes) == (1, True)


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.kml"
    path.write_text("before")

    def full_disk(*_: object) -> list[str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(write_module.WRITERS, TrackFormat.KML, full_disk)
    with pytest.raises(FormatError, match=r"cannot be written .No space left"):
        write_tracks(flight(), path)
    assert [each.name for each in tmp_path.iterdir()] == ["out.kml"]
    assert path.read_text() == "before"


def test_misuse_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"End it on one of \.parquet, \.csv"):
        write_tracks(flight(), tmp_path / "out.xlsx")
    with pytest.raises(FormatError, match="no format that is written"):
        write_tracks(flight(), tmp_path / "out.csv", "xlsx")
    with pytest.raises(FormatError, match="no tracks to write"):
        write_tracks(TRACKS.empty_table(), tmp_path / "out.csv")
    with pytest.raises(FormatError, match="cannot be written"):
        write_tracks(flight(), tmp_path / "gone" / "out.csv")
    with pytest.raises(ColumnError, match="not those of TRACKS"):
        write_tracks(pa.table({"a": [1]}), tmp_path / "out.csv")


@pytest.mark.recordings
@pytest.mark.parametrize("kind", [each for each in READ_BACK if each is not TrackFormat.DAA])
def test_a_recording_comes_back_from_every_format(tmp_path: Path, recordings: Path, kind: TrackFormat) -> None:
    original = read_tracks(recordings / "traffic_calfire_202009.parquet").table
    write_tracks(original, tmp_path / f"out.{kind}")
    back = read_tracks(tmp_path / f"out.{kind}").table
    order = [("timestamp", "ascending"), ("icao24", "ascending")]
    ours, theirs = back.sort_by(order), original.sort_by(order)
    assert ours.num_rows == theirs.num_rows
    assert ours["icao24"].to_pylist() == theirs["icao24"].to_pylist()
    for column in ("latitude", "longitude"):
        difference = ours[column].to_numpy() - theirs[column].to_numpy()
        assert abs(difference).max() <= 6e-7
