"""aircraft.json of readsb and dump1090."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

NOW = 1_700_000_000.0
FULL = {
    "hex": "A4E704",
    "type": "adsb_icao",
    "flight": "PSWRD21 ",
    "alt_baro": 10_000,
    "alt_geom": 10_350,
    "gs": 250.5,
    "track": 271.25,
    "baro_rate": -64,
    "geom_rate": -32,
    "squawk": "0021",
    "lat": 33.5,
    "lon": -106.5,
    "nic": 8,
    "nac_p": 9,
    "seen_pos": 1.5,
    "seen": 0.1,
}


def write(folder: Path, *aircraft: dict[str, Any], now: object = NOW, name: str = "aircraft.json") -> Path:
    path = folder / name
    path.write_text(json.dumps({"now": now, "messages": 7, "aircraft": aircraft}))
    return path


def read(folder: Path, *aircraft: dict[str, Any]) -> Reading:
    return read_tracks([write(folder, *aircraft)])


def row(folder: Path, **changes: Any) -> dict[str, Any]:
    (only,) = read(folder, {k: v for k, v in (FULL | changes).items() if v is not None}).table.to_pylist()
    assert isinstance(only, dict)
    return only


def test_all_that_is_said_of_an_aircraft_is_read(tmp_path: Path) -> None:
    read_row = row(tmp_path)
    assert read_row.pop("timestamp").timestamp() == NOW - 1.5
    assert read_row == {
        "icao24": "a4e704",
        "callsign": "PSWRD21",
        "latitude": 33.5,
        "longitude": -106.5,
        "altitude": 10_000.0,
        "geoaltitude": 10_350.0,
        "groundspeed": 250.5,
        "track": 271.25,
        "vertical_rate": -64.0,
        "squawk": "0021",
        "onground": False,
        "party": None,
        "source": "aircraft.json",
        "nac_p": 9,
        "nic": 8,
    }


def test_an_altitude_of_ground_is_the_ground_flag(tmp_path: Path) -> None:
    read_row = row(tmp_path, alt_baro="ground")
    assert (read_row["onground"], read_row["altitude"]) == (True, None)


def test_the_ellipsoidal_rate_serves_where_there_is_no_barometric_one(tmp_path: Path) -> None:
    assert row(tmp_path, baro_rate=None)["vertical_rate"] == -32.0


def test_an_id_that_is_no_icao_address_keeps_its_mark(tmp_path: Path) -> None:
    assert row(tmp_path, hex="~2A1F03")["icao24"] == "~2a1f03"


@pytest.mark.parametrize("sign", [{"type": "mlat"}, {"mlat": ["lat", "lon"]}])
def test_accuracy_that_the_aircraft_states_is_not_that_of_a_multilaterated_position(
    tmp_path: Path, sign: dict[str, Any]
) -> None:
    read_row = row(tmp_path, **sign)
    assert (read_row["nac_p"], read_row["nic"]) == (None, None)


def test_names_of_older_receivers_are_understood(tmp_path: Path) -> None:
    old = {"hex": "a4e704", "lat": 33.5, "lon": -106.5, "seen_pos": 0.5, "altitude": 900, "speed": 100, "vert_rate": 64}
    (only,) = read(tmp_path, old).table.to_pylist()
    assert (only["altitude"], only["groundspeed"], only["vertical_rate"]) == (900.0, 100.0, 64.0)


def test_an_aircraft_without_position_is_counted_not_dropped(tmp_path: Path) -> None:
    report = read(tmp_path, FULL, {"hex": "ae0001", "alt_baro": 5_000}).files[0]
    assert (report.format, report.rows, report.bad_rows) == ("readsb aircraft.json", 1, 0)
    assert "1 rows have no position: left out" in report.notes


def test_a_position_without_age_is_dated_by_the_file_and_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, {k: v for k, v in FULL.items() if k != "seen_pos"})
    assert reading.table["timestamp"][0].as_py().timestamp() == NOW
    assert "1 positions have no age: dated by the file's time" in reading.files[0].notes


def test_a_bad_aircraft_is_named_by_its_place(tmp_path: Path) -> None:
    report = read(tmp_path, FULL, FULL | {"hex": "b", "lat": "north"}, FULL | {"hex": "c", "seen_pos": "old"}).files[0]
    assert report.bad_rows == 2
    assert report.complaints == (
        "aircraft 2: latitude 'north' is no angle from -90 to 90 degrees",
        "aircraft 3: timestamp (missing) is no instant between 1990 and 2100",
    )


def test_a_series_of_files_gives_each_position_once(tmp_path: Path) -> None:
    write(tmp_path, FULL, now=NOW, name="1.json")
    write(tmp_path, FULL | {"seen_pos": 3.6, "gs": 251.0}, now=NOW + 2, name="2.json")
    write(tmp_path, FULL | {"seen_pos": 0.5, "lat": 33.51}, now=NOW + 4, name="3.json")
    reading = read_tracks([tmp_path])
    kept = {(r["timestamp"].timestamp(), r["latitude"]) for r in reading.table.to_pylist()}
    assert len(kept) == 2
    assert {latitude for _, latitude in kept} == {33.5, 33.51}
    assert sum(report.rows for report in reading.files) == reading.table.num_rows == 2
    notes = [note for report in reading.files for note in report.notes]
    assert notes == ["1 positions were already in an earlier snapshot: left out"]


def test_a_parked_aircraft_that_reports_again_is_not_a_repeat(tmp_path: Path) -> None:
    write(tmp_path, FULL, now=NOW, name="1.json")
    write(tmp_path, FULL, now=NOW + 1, name="2.json")
    assert read_tracks([tmp_path]).table.num_rows == 2


def test_a_snapshot_without_aircraft_belongs_to_a_series(tmp_path: Path) -> None:
    write(tmp_path, FULL, name="1.json")
    write(tmp_path, name="2.json")
    assert [report.rows for report in read_tracks([tmp_path]).files] == [1, 0]


def test_broken_json_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "aircraft.json"
    path.write_text('{"now": 1,\n "aircraft": [\n {"hex": "a"')
    with pytest.raises(FormatError, match=r"aircraft\.json:3: broken JSON"):
        read_tracks([path])


@pytest.mark.parametrize("now", ["noon", None, True])
def test_a_file_without_its_time_is_refused(tmp_path: Path, now: object) -> None:
    with pytest.raises(FormatError, match='"now" is'):
        read_tracks([write(tmp_path, FULL, now=now)])


def test_aircraft_that_are_no_list_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "aircraft.json"
    path.write_text(json.dumps({"now": NOW, "aircraft": {"a": 1}}))
    with pytest.raises(FormatError, match="no list of objects"):
        read_tracks([path])
