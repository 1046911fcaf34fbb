"""Our own Parquet and CSV: every column as it is."""

from __future__ import annotations

from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

_MEANING: Final = {
    "timestamp": "UTC",
    "latitude": "deg, WGS-84",
    "longitude": "deg, WGS-84",
    "altitude": "ft, pressure altitude (1013.25 hPa)",
    "geoaltitude": "ft, height above the WGS-84 ellipsoid",
    "groundspeed": "kt",
    "track": "deg, clockwise from true north",
    "vertical_rate": "ft/min",
}


def write_parquet(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write Parquet; unit and datum stand in the metadata of each field."""
    fields = [f.with_metadata({"unit": _MEANING[f.name]}) if f.name in _MEANING else f for f in table.schema]
    pq.write_table(table.cast(pa.schema(fields)), sink, compression="zstd")
    return []


def write_csv(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write CSV with a header; the names of the columns fix unit and datum (docs: tables)."""
    pcsv.write_csv(table, sink)
    return []
