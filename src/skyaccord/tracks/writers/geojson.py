"""GeoJSON: a line for each unbroken stretch of an aircraft, with all columns beside it.

The third coordinate is height above the ellipsoid, as RFC 7946 has it, and is left out where it is unknown. Pressure
altitude stands apart, in feet, as the property ``altitude``: nothing is lost and nothing is mixed.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO, Final

import pyarrow as pa

from skyaccord.model.tables import TRACKS
from skyaccord.tracks.writers.stretches import by_aircraft, instants, stretches
from skyaccord.units import FT

_MEANING: Final = {
    "coordinates": "longitude, latitude (deg, WGS-84), metres above the WGS-84 ellipsoid where known",
    "altitude": "ft, pressure altitude (1013.25 hPa)",
    "groundspeed": "kt",
    "track": "deg true",
    "vertical_rate": "ft/min",
}
_BESIDE: Final = tuple(
    name for name in TRACKS.names if name not in ("timestamp", "icao24", "latitude", "longitude", "geoaltitude")
)
_HEIGHT_DECIMALS: Final = 3


def write_geojson(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write a feature collection; a stretch of one position is a point, since a line needs two."""
    head = json.dumps({"type": "FeatureCollection", "units": _MEANING})
    sink.write(head[:-1].encode() + b', "features": [\n')
    separator = b""
    for icao24, rows in by_aircraft(table):
        for stretch in stretches(rows):
            text = json.dumps(_feature(icao24, stretch), ensure_ascii=False, allow_nan=False)
            sink.write(separator + text.encode(errors="replace"))
            separator = b",\n"
    sink.write(b"\n]}\n")
    return []


def _feature(icao24: str, rows: pa.Table) -> dict[str, Any]:
    places = [
        [lon, lat] if height is None else [lon, lat, round(height * FT, _HEIGHT_DECIMALS)]
        for lon, lat, height in zip(
            *(rows[c].to_pylist() for c in ("longitude", "latitude", "geoaltitude")), strict=True
        )
    ]
    times = instants(rows)
    beside = {name: rows[name].to_pylist() for name in _BESIDE if rows[name].null_count < rows.num_rows}
    said = {name: values[0] if len(set(values)) == 1 else values for name, values in beside.items()}
    if len(places) == 1:
        geometry = {"type": "Point", "coordinates": places[0]}
        return {"type": "Feature", "geometry": geometry, "properties": {"icao24": icao24, "time": times[0], **said}}
    geometry = {"type": "LineString", "coordinates": places}
    return {"type": "Feature", "geometry": geometry, "properties": {"icao24": icao24, "times": times, **said}}
