"""Traces of readsb, as tar1090 and globe_history keep them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

T = 1_700_000_000.0
SAID = {"flight": "PSWRD21 ", "squawk": "0021", "nac_p": 9, "nic": 8}


def point(dt: float, **changes: Any) -> list[Any]:
    places = dict(dt=dt, lat=33.5, lon=-106.5, alt=10_000, gs=250.5, track=271.25, flags=0, rate=-64, said=None)  # noqa: C408
    places |= {"type": "adsb_icao", "geom": 10_350, "geom_rate": -32, "ias": None, "roll": None}
    return list((places | changes).values())


def write(path: Path, *points: object, icao: object = "A4E704", packed: bool = False) -> Path:
    text = json.dumps({"icao": icao, "r": "N123", "timestamp": T, "trace": points}).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text) if packed else text)
    return path


def read(folder: Path, *points: object) -> Reading:
    return read_tracks(write(folder / "trace_full_a4e704.json", *points))


def rows(folder: Path, *points: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(folder, *points).table.to_pylist()
    return found


def test_all_that_a_row_says_is_read(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, point(12.5, said=SAID))
    assert row.pop("timestamp").timestamp() == T + 12.5
    assert row == {
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
        "source": "trace_full_a4e704.json",
        "nac_p": 9,
        "nic": 8,
    }


def test_a_geometric_altitude_is_never_taken_for_pressure_altitude(tmp_path: Path) -> None:
    table = rows(tmp_path, point(0, flags=8, geom=None), point(5, flags=8 | 4, alt=9_000), point(10, flags=1 | 2 | 4))
    assert [row["altitude"] for row in table] == [None, None, 10_000.0]
    assert [row["geoaltitude"] for row in table] == [10_000.0, 10_350.0, 10_350.0]


def test_on_the_ground_there_is_neither_altitude_nor_track(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, point(0, alt="ground", geom=None))  # the place of the track holds the heading
    assert (row["onground"], row["altitude"], row["geoaltitude"], row["track"]) == (True, None, None, None)


def test_what_only_some_rows_say_holds_for_a_while(tmp_path: Path) -> None:
    table = rows(tmp_path, point(0, said=SAID), point(10), point(11), point(300), point(301))
    assert [row["callsign"] for row in table] == ["PSWRD21"] * 4 + [None]
    assert [row["nac_p"] for row in table] == [9, 9, None, None, None]


def test_nothing_is_carried_into_a_new_leg(tmp_path: Path) -> None:
    table = rows(tmp_path, point(0, said=SAID), point(5, flags=2), point(6))
    assert [row["callsign"] for row in table] == ["PSWRD21", None, None]


def test_stated_accuracy_is_not_that_of_a_multilaterated_position(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, point(0, said=SAID, type="mlat"))
    assert (row["nac_p"], row["nic"], row["callsign"]) == (None, None, "PSWRD21")


def test_older_traces_end_after_nine_places(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, point(0)[:9])
    assert (row["altitude"], row["geoaltitude"], row["vertical_rate"]) == (10_000.0, None, -64.0)


def test_a_folder_of_packed_traces_is_a_recording(tmp_path: Path) -> None:
    write(tmp_path / "traces/04/trace_full_a4e704.json", point(0), packed=True)
    write(tmp_path / "traces/01/trace_full_ae0001.json", point(1), icao="ae0001", packed=True)
    write(tmp_path / "traces/03/trace_full_~2a1f03.json", point(2), icao="~2a1f03")
    assert sorted(read_tracks(tmp_path).table["icao24"].to_pylist()) == ["a4e704", "ae0001", "~2a1f03"]


@pytest.mark.parametrize(
    "bad", [None, [], ["x", 1, 2, 3], [1, 2], point(5, lat=95), point(5, lon="east"), point(1e300)]
)
def test_a_damaged_row_is_counted_and_named(tmp_path: Path, bad: object) -> None:
    report = read(tmp_path, point(0), bad).files[0]
    assert (report.format, report.rows, report.bad_rows) == ("readsb trace JSON", 1, 1)
    assert report.complaints[0].startswith("row 2: ")


@pytest.mark.parametrize("document", ['"icao":1,"timestamp":1,"trace":[]', '"icao":"a","timestamp":null,"trace":[[0]]'])
def test_a_document_that_only_looks_like_a_trace_is_refused(tmp_path: Path, document: str) -> None:
    path = tmp_path / "x.json"
    path.write_text("{" + document + "}")
    with pytest.raises(FormatError, match=r'no "icao"|"timestamp" is'):
        read_tracks(path)
