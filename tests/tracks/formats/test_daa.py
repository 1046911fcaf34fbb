"""Scenarios of DAIDALUS: as states and as tracks."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skyaccord.errors import ColumnError, FormatError, InputError
from skyaccord.tracks.formats.daa_states import DAA_STATES, read_daa_states
from skyaccord.tracks.formats.options import NO_DATE, UNDATED, ReadingOptions
from skyaccord.tracks.read import read_tracks

GEODETIC = """# a comment
NAME lat lon alt trk gs vs time
[none] [deg] [deg] [ft] [deg] [knot] [fpm] [s]
own, 33.5, 38.0, 10000, 90, 360, 600, 0
a4e704, 33.6, 38.1, 9000, 180, 180, 0, 0
own, 33.5, 38.002, 10010, 90, 360, 600, 1
"""
EUCLIDEAN = """NAME, sx, sy, sz, vx, vy, vz, time, alerter, s_EW_std
unitless, [nmi], [m], [ft], [knot], [m/s], [fpm], [ms], [none], [m]
own, 1, 100, 1000, 360, 10, 60, 1500, 2, 7
"""


def write(folder: Path, text: str, name: str = "case.daa") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_states_are_si_and_the_first_aircraft_is_the_ownship(tmp_path: Path) -> None:
    scenario = read_daa_states(write(tmp_path, GEODETIC))
    assert scenario.states.schema.equals(DAA_STATES)
    assert scenario.is_geodetic
    own, intruder, later = scenario.states.to_pylist()
    assert [each["ownship"] for each in (own, intruder, later)] == [True, False, True]
    assert [each["time_s"] for each in (own, intruder, later)] == [0.0, 0.0, 1.0]
    assert (own["latitude"], own["longitude"], own["x_m"], own["y_m"]) == (33.5, 38.0, None, None)
    assert own["altitude_m"] == pytest.approx(3048.0)
    assert (own["east_mps"], own["north_mps"]) == (pytest.approx(185.2), pytest.approx(0.0, abs=1e-9))
    assert (intruder["east_mps"], intruder["north_mps"]) == (pytest.approx(0.0, abs=1e-9), pytest.approx(-92.6))
    assert own["up_mps"] == pytest.approx(3.048)


def test_a_euclidean_scenario_has_places_of_its_own_and_units_as_stated(tmp_path: Path) -> None:
    scenario = read_daa_states(write(tmp_path, EUCLIDEAN, "case.xyz"))
    (own,) = scenario.states.to_pylist()
    assert not scenario.is_geodetic
    assert (own["latitude"], own["x_m"], own["y_m"]) == (None, 1852.0, 100.0)
    assert (own["east_mps"], own["north_mps"], own["up_mps"]) == (pytest.approx(185.2), 10.0, pytest.approx(0.3048))
    assert (own["time_s"], own["alerter"], own["s_ew_std_m"]) == (1.5, 2.0, 7.0)


def test_a_euclidean_scenario_is_no_track_on_earth(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="no place of the earth"):
        read_tracks(write(tmp_path, EUCLIDEAN, "case.xyz"))


def test_a_euclidean_scenario_in_a_folder_is_named_and_left_out(tmp_path: Path) -> None:
    write(tmp_path, EUCLIDEAN, "a.xyz")
    write(tmp_path, GEODETIC, "b.daa")
    euclidean, geodetic = read_tracks(tmp_path).files
    assert (euclidean.rows, geodetic.rows) == (0, 3)
    assert "on no place of the earth: left out" in euclidean.notes[-1]


def test_a_scenario_becomes_tracks_with_what_had_to_be_assumed(tmp_path: Path) -> None:
    reading = read_tracks(write(tmp_path, GEODETIC))
    own, intruder, later = reading.table.to_pylist()
    assert [each["timestamp"] for each in (own, intruder, later)] == [UNDATED, UNDATED, UNDATED + timedelta(seconds=1)]
    assert [each["icao24"] for each in (own, intruder, later)] == ["case:own", "a4e704", "case:own"]
    assert own["altitude"] == pytest.approx(10_000.0)
    assert (own["geoaltitude"], own["groundspeed"], own["track"]) == (None, pytest.approx(360.0), pytest.approx(90.0))
    assert own["vertical_rate"] == pytest.approx(600.0)
    notes = reading.files[0].notes
    assert NO_DATE in notes
    assert any("datum is not stated: taken as pressure altitude" in note for note in notes)


def test_a_start_dates_time_0_of_a_scenario_without_date_alone(tmp_path: Path) -> None:
    options = ReadingOptions(start=datetime(2024, 6, 1, 12, tzinfo=UTC))
    reading = read_tracks(write(tmp_path, GEODETIC), options)
    assert [each.isoformat() for each in reading.table["timestamp"].to_pylist()[1:]] == [
        "2024-06-01T12:00:00+00:00",
        "2024-06-01T12:00:01+00:00",
    ]
    assert "times counted from the start that was given" in reading.files[0].notes
    dated = read_tracks(write(tmp_path, "# time 0 is 2017-12-01T10:00:00Z\n" + GEODETIC), options)
    assert dated.table["timestamp"][0].as_py().year == 2017


def test_two_scenarios_do_not_share_an_ownship(tmp_path: Path) -> None:
    for name in ("a.daa", "b.daa"):
        write(tmp_path, GEODETIC, name)
    ids = set(read_tracks(tmp_path).table["icao24"].to_pylist())
    assert ids == {"a:own", "b:own", "a4e704"}


def test_comments_of_ours_state_zero_and_datum(tmp_path: Path) -> None:
    said = "# time 0 is 2017-12-01T10:00:00Z\n# altitude is above the WGS-84 ellipsoid\n"
    reading = read_tracks(write(tmp_path, said + GEODETIC))
    row = reading.table.to_pylist()[0]
    assert row["timestamp"].isoformat() == "2017-12-01T10:00:00+00:00"
    assert (row["altitude"], row["geoaltitude"], row["icao24"]) == (None, pytest.approx(10_000.0), "own")
    assert reading.files[0].notes == ()


def test_without_units_those_of_daidalus_stand_and_that_is_noted(tmp_path: Path) -> None:
    text = "".join(line for line in GEODETIC.splitlines(keepends=True) if "[" not in line)
    reading = read_tracks(write(tmp_path, text))
    assert reading.table["altitude"][0].as_py() == pytest.approx(10_000.0)
    assert any("no line of units" in note for note in reading.files[0].notes)


@pytest.mark.parametrize(
    "bad",
    [
        "own, 33.5, 38.0",
        "own, 33.5, 38.0, high, 90, 360, 600, 2",
        "own, nan, 38, 1, 90, 360, 600, 2",
        ", 1,1,1,1,1,1,1",
    ],
)
def test_a_damaged_row_is_counted_and_named(tmp_path: Path, bad: str) -> None:
    path = write(tmp_path, GEODETIC + bad + "\n")
    scenario, report = read_daa_states(path), read_tracks(path).files[0]
    assert (scenario.report.rows, scenario.report.bad_rows) == (report.rows, report.bad_rows) == (3, 1)
    assert scenario.report.complaints[0].startswith("line 7: ")
    assert report.complaints == scenario.report.complaints


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("[knot]", "[furlong]"), "unit '.furlong.' is unknown"),
        (("lat lon alt", "lat latitude alt"), "two columns stand for latitude"),
        (("NAME lat lon alt", "NAME lat lon up"), "no column for altitude_m"),
    ],
)
def test_columns_and_units_that_cannot_be_understood_are_refused(
    tmp_path: Path, change: tuple[str, str], problem: str
) -> None:
    with pytest.raises(ColumnError, match=problem):
        read_daa_states(write(tmp_path, GEODETIC.replace(*change)))


@pytest.mark.parametrize(
    "text", ["", "# only a comment\n", GEODETIC[:100] + "\nown, x\n", "\x00\x01" * 40, "a" * 200_000]
)
def test_what_is_no_scenario_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read_daa_states(write(tmp_path, text))


@pytest.mark.recordings
def test_every_scenario_of_the_reference_reads_whole_and_agrees_with_its_text(recordings: Path) -> None:
    folder = recordings.parent / "reference" / "daidalus" / "scenarios"
    if not folder.is_dir():
        pytest.skip("no reference scenarios beside the recordings")
    files = sorted(folder.iterdir())
    assert len(files) == 68
    for path in files:
        lines = [line for line in path.read_text().splitlines() if line.strip() and not line.startswith("#")]
        names, rows = lines[0].replace(",", " ").split(), [line.split(",") for line in lines[2:]]
        scenario = read_daa_states(path)
        assert (scenario.report.rows, scenario.report.bad_rows) == (len(rows), 0), path.name
        if "lat" in names and "trk" in names:
            track, speed = (float(rows[-1][names.index(each)]) for each in ("trk", "gs"))
            last = scenario.states.slice(len(rows) - 1).to_pylist()[0]
            assert last["latitude"] == float(rows[-1][names.index("lat")])
            assert last["east_mps"] == pytest.approx(speed * 1852 / 3600 * math.sin(math.radians(track)), abs=1e-9)
