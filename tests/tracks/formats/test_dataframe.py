"""Dataframes through the Arrow PyCapsule interface."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from skyaccord.errors import ColumnError, FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.read import read_tracks

WHEN = datetime(2018, 8, 1, 5, 0, 10, tzinfo=UTC)
COLUMNS = {
    "timestamp": [WHEN, WHEN],
    "icao24": ["4B1805", "4b1806"],
    "callsign": ["SWR12A", None],
    "latitude": [47.5, 47.6],
    "longitude": [8.5, 8.6],
    "altitude": [35_000.0, None],
    "squawk": ["0021", None],
}


class Relation:
    """What a database's relation offers: a stream, and nothing else."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


FRAMES = {
    "polars": pl.DataFrame(COLUMNS),
    "polars categorical": pl.DataFrame(COLUMNS).with_columns(pl.col("icao24", "callsign").cast(pl.Categorical)),
    "pandas": pd.DataFrame(COLUMNS),
    "pandas categorical": pd.DataFrame(COLUMNS).astype({"icao24": "category", "callsign": "category"}),
    "pandas with index": pd.DataFrame(COLUMNS).set_index("timestamp"),
    "pandas with gaps in its index": pd.DataFrame(COLUMNS, index=[7, 3]),
    "pyarrow": pa.table(COLUMNS),
    "relation": Relation(pa.table(COLUMNS)),
}


@pytest.mark.parametrize("kind", FRAMES)
def test_every_dataframe_library_gives_the_same_table(kind: str) -> None:
    reading = read_tracks([FRAMES[kind]])
    table = reading.table.drop_columns(["source"])
    expected = {name: [None, None] for name in TRACKS.names if name != "source"} | COLUMNS
    expected["icao24"] = ["4b1805", "4b1806"]
    assert reading.table.schema.equals(TRACKS)
    assert table.to_pydict() == expected
    assert reading.files[0].format == "traffic/skyaccord dataframe"
    assert reading.files[0].notes == ()


def test_the_source_of_a_dataframe_is_its_library_and_kind() -> None:
    assert read_tracks(FRAMES["polars"]).table["source"].unique().to_pylist() == ["polars DataFrame"]


def test_a_row_of_a_dataframe_is_named_by_its_place() -> None:
    frame = pl.DataFrame(COLUMNS | {"latitude": [47.5, 147.5]})
    assert read_tracks([frame]).files[0].complaints == ("row 2: latitude 147.5 is no angle from -90 to 90 degrees",)


def test_a_dataframe_without_needed_columns_is_refused() -> None:
    with pytest.raises(ColumnError, match="polars DataFrame: no column longitude"):
        read_tracks([FRAMES["polars"].drop("longitude")])


@pytest.mark.parametrize("thing", [FRAMES["polars"].lazy(), 7, {"timestamp": 1}])
def test_what_is_neither_path_nor_dataframe_is_refused(thing: object) -> None:
    with pytest.raises(FormatError, match="neither a path nor a dataframe"):
        read_tracks([thing])  # type: ignore[list-item]
