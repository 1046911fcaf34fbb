"""Parquet files of `traffic`, skyaccord and OpenSky."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.report import Part

_MAGIC: Final = b"PAR1"


def is_parquet(content: Content) -> bool:
    """Return whether content begins as Parquet does."""
    return content.head.startswith(_MAGIC)


def read_parquet(content: pa.Buffer, name: str) -> Part:
    """Return the rows of a Parquet file.

    Raises:
        FormatError: the file is damaged.
        ColumnError: a needed column is missing or of a wrong type.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        names = file.schema_arrow.names
        layout = recognise(names, name)
        raw = file.read(columns=[*layout.found.values()])
        return conform(raw, layout, name=name, kind="{} Parquet")
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        problem = f"the Parquet file is damaged ({str(error).splitlines()[0]})"
        raise FormatError(name, problem, "Fetch or write it again: it may be cut short") from error
