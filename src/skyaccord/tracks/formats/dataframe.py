"""Dataframes of any library that speaks the Arrow PyCapsule interface: polars, pandas, pyarrow, duckdb."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.report import Part


@runtime_checkable
class ArrowStream(Protocol):
    """Anything that hands out its rows as an Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return a PyCapsule that holds the stream."""


def read_dataframe(frame: ArrowStream) -> Part:
    """Return the rows of a dataframe; columns are understood as in Parquet.

    Raises:
        FormatError: it is no dataframe that speaks the Arrow PyCapsule interface.
        ColumnError: a needed column is missing or of a wrong type.
    """
    name = f"{type(frame).__module__.partition('.')[0]} {type(frame).__name__}"
    if not isinstance(frame, ArrowStream):
        cure = "Give the path of a file or folder, or a dataframe of polars, pandas 2.2, pyarrow or duckdb"
        raise FormatError(name, "neither a path nor a dataframe with __arrow_c_stream__", cure)
    table = pa.table(frame)
    layout = recognise(table.column_names, name)
    return conform(table, layout, name=name, kind="{} dataframe")
