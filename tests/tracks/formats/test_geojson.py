"""GeoJSON tracks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.read import Reading, read_tracks

TIMES = ["2023-06-01T10:00:00Z", "2023-06-01T10:00:10Z"]
PLACES = [[8.5, 47.5, 3048.0], [8.6, 47.6, 3352.8]]


def line(places: Any = PLACES, kind: str = "LineString", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": places},
        "properties": {"name": "tanker 1", "times": TIMES} | properties,
    }


def read(folder: Path, *features: object) -> Reading:
    path = folder / "day.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return read_tracks(path)


def test_the_third_coordinate_is_ellipsoidal_height(tmp_path: Path) -> None:
    table = read(tmp_path, line()).table
    assert table["geoaltitude"].to_pylist() == [pytest.approx(10_000.0), pytest.approx(11_000.0)]
    assert table["altitude"].null_count == 2
    assert table["latitude"].to_pylist() == [47.5, 47.6]
    assert table["longitude"].to_pylist() == [8.5, 8.6]
    assert table["icao24"].to_pylist() == ["day:tanker 1"] * 2
    assert [t.isoformat().replace("+00:00", "Z") for t in table["timestamp"].to_pylist()] == TIMES


def test_a_place_without_height_has_none(tmp_path: Path) -> None:
    assert read(tmp_path, line([[8.5, 47.5], [8.6, 47.6, None]])).table["geoaltitude"].to_pylist() == [None, None]


def test_values_beside_the_line_are_columns(tmp_path: Path) -> None:
    feature = line(icao24="4B1805", altitude=[9_000, None], squawk=["1000", "7700"], callsign="SWR1", party="blue")
    table = read(tmp_path, feature).table
    assert table["icao24"].to_pylist() == ["4b1805"] * 2
    assert table["altitude"].to_pylist() == [9_000.0, None]
    assert table["squawk"].to_pylist() == ["1000", "7700"]
    assert table["callsign"].to_pylist() == ["SWR1"] * 2
    assert table["party"].to_pylist() == ["blue"] * 2


def test_values_out_of_step_with_the_line_are_not_guessed(tmp_path: Path) -> None:
    assert read(tmp_path, line(altitude=[9_000])).table["altitude"].to_pylist() == [None, None]


@pytest.mark.parametrize(
    "feature",
    [
        line(times=None, coordTimes=TIMES),
        line(times=None, coordinateProperties={"times": TIMES}),
        line([PLACES], "MultiLineString", times=[TIMES]),
        line([PLACES[:1], PLACES[1:]], "MultiLineString", times=[TIMES[:1], TIMES[1:]]),
        line(times=[1685613600, 1685613610]),
        line(times=[1685613600000, 1685613610000]),
    ],
)
def test_times_are_read_wherever_writers_put_them(tmp_path: Path, feature: dict[str, Any]) -> None:
    times = read(tmp_path, feature).table["timestamp"].to_pylist()
    assert [t.isoformat().replace("+00:00", "Z") for t in times] == TIMES


def test_dated_points_are_rows(tmp_path: Path) -> None:
    points = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place},
            "properties": {"icao24": "4b1805", "time": time, "altitude": 9_000, "groundspeed": 250},
        }
        for place, time in zip(PLACES, TIMES, strict=True)
    ]
    table = read(tmp_path, *points).table
    assert table["latitude"].to_pylist() == [47.5, 47.6]
    assert table["groundspeed"].to_pylist() == [250.0, 250.0]


def test_one_feature_a_line_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "day.geojsonl"
    path.write_text("\n".join(f"\x1e{json.dumps(line(icao24=name))}" for name in ("4b1805", "4b1806")))
    assert read_tracks(path).table["icao24"].to_pylist() == ["4b1805"] * 2 + ["4b1806"] * 2


def test_features_without_times_are_counted(tmp_path: Path) -> None:
    area = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}, "properties": {}}
    empty = {"type": "Feature", "geometry": None, "properties": None}
    report = read(tmp_path, line(), area, empty, line(times=None)).files[0]
    assert (report.rows, report.bad_rows) == (2, 0)
    assert "3 features have no times: left out" in report.notes


@pytest.mark.parametrize(
    "bad",
    [
        None,
        7,
        line(times=TIMES[:1]),
        line(times="noon"),
        line({"a": 1}),
        line([PLACES], "MultiLineString", times=TIMES[:1] * 2),
        line([PLACES], "MultiLineString"),
    ],
)
def test_a_damaged_feature_is_counted_and_named(tmp_path: Path, bad: object) -> None:
    report = read(tmp_path, line(), bad).files[0]
    assert (report.rows, report.bad_rows) == (2, 1)
    assert report.complaints[0].startswith("feature 2: ")


@pytest.mark.parametrize("place", [[8.5, 95.0], ["east", 47.5], [float("nan"), 47.5], [float("inf"), 47.5], [8.5]])
def test_a_damaged_position_is_counted(tmp_path: Path, place: list[object]) -> None:
    report = read(tmp_path, line([place, PLACES[1]])).files[0]
    assert (report.rows, report.bad_rows) == (1, 1)


@pytest.mark.parametrize("text", ['{"type":"FeatureCollection","features":7}', '{"type":"Feature","coordinates":[]'])
def test_a_document_that_only_looks_like_it_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(FormatError, match=r'no list "features"|broken JSON'):
        read_tracks(path)
