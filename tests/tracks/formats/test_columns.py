"""Names of columns, and the units that follow from them."""

from __future__ import annotations

import pytest

from skyaccord.errors import ColumnError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.columns import POSITION_TIME, SPELLINGS, System, recognise

OURS = ["timestamp", "icao24", "latitude", "longitude"]
OPENSKY = ["time", "icao24", "lat", "lon"]


def test_every_column_of_the_track_table_is_understood_under_its_own_name() -> None:
    layout = recognise(TRACKS.names, "t")
    assert layout.found == {name: name for name in TRACKS.names}
    assert set(layout.factors.values()) == {1.0}
    assert layout.unused == ()


def test_every_spelling_leads_to_a_column_of_the_track_table() -> None:
    assert {spelling.column for spelling in SPELLINGS.values()} == {*TRACKS.names, POSITION_TIME}


@pytest.mark.parametrize(
    ("name", "column", "one_si_unit"),
    [
        ("velocity", "groundspeed", 3600 / 1852),  # 1 m/s in kt
        ("baroaltitude", "altitude", 1 / 0.3048),  # 1 m in ft
        ("baro_altitude", "altitude", 1 / 0.3048),
        ("geo_altitude", "geoaltitude", 1 / 0.3048),
        ("vertrate", "vertical_rate", 60 / 0.3048),  # 1 m/s in ft/min
    ],
)
def test_opensky_names_mean_metres_and_metres_a_second(name: str, column: str, one_si_unit: float) -> None:
    layout = recognise([*OPENSKY, name], "t")
    assert layout.system is System.SI
    assert layout.factors[column] == pytest.approx(one_si_unit, rel=1e-12)


@pytest.mark.parametrize("shared", ["geoaltitude", "vertical_rate"])
def test_a_shared_name_takes_the_unit_of_its_neighbours(shared: str) -> None:
    assert recognise([*OPENSKY, "velocity", shared], "t").factors[shared] > 3
    assert recognise([*OURS, "groundspeed", shared], "t").factors[shared] == 1.0


@pytest.mark.parametrize("shared", ["geoaltitude", "vertical_rate"])
def test_a_shared_name_without_deciding_neighbour_takes_the_unit_of_the_position_s_names(shared: str) -> None:
    assert recognise([*OPENSKY, shared], "t").system is System.SI
    assert recognise([*OURS, shared], "t").system is System.AVIATION
    with pytest.raises(ColumnError, match=f"the unit of {shared} cannot be told"):
        recognise(["timestamp", "icao24", "lat", "lon", shared], "t")


def test_heading_is_a_track_in_opensky_only() -> None:
    assert recognise([*OPENSKY, "velocity", "heading"], "t").found["track"] == "heading"
    layout = recognise([*OURS, "altitude", "heading"], "t")
    assert "track" not in layout.found
    assert layout.unused == ("heading",)


def test_mixed_units_are_refused() -> None:
    with pytest.raises(ColumnError, match="altitude mean ft and kt, velocity mean m and m/s: units are mixed"):
        recognise([*OURS, "altitude", "velocity"], "t")


def test_two_names_for_one_thing_are_refused() -> None:
    with pytest.raises(ColumnError, match='columns "latitude" and "lat" both stand for latitude'):
        recognise([*OURS, "lat"], "t")


@pytest.mark.parametrize("missing", OURS)
def test_a_missing_column_is_named_with_those_found_and_those_needed(missing: str) -> None:
    names = [name for name in [*OURS, "speed"] if name != missing]
    with pytest.raises(ColumnError) as caught:
        recognise(names, "day.csv")
    assert f"no column {missing}" in str(caught.value)
    assert f"found are {', '.join(names)}" in str(caught.value)
    assert "Needed are timestamp (or time), icao24" in str(caught.value)


def test_case_and_blanks_around_a_name_do_not_matter() -> None:
    assert recognise([" Timestamp", "ICAO24", "Latitude ", "LONGITUDE"], "t").found["latitude"] == "Latitude "


def test_the_time_of_the_position_is_enough_without_the_time_of_the_row() -> None:
    layout = recognise(["time_position", "icao24", "latitude", "longitude", "velocity"], "t")
    assert layout.found[POSITION_TIME] == "time_position"
