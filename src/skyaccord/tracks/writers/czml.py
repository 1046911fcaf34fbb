"""CZML for Cesium: a packet for each aircraft.

CZML's heights are above the WGS-84 ellipsoid. An aircraft that states no such height is written in pressure altitude,
and its packet says so (``properties.altitude_datum``).
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa

from skyaccord.model.encounter import Datum
from skyaccord.model.instants import format_instant
from skyaccord.tracks.writers.datum import WORDS, heights
from skyaccord.tracks.writers.stretches import by_aircraft, constant, seconds, stretches, unwritten

_WRITTEN: Final = {"timestamp", "icao24", "callsign", "party", "latitude", "longitude", "altitude", "geoaltitude"}


def write_czml(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write a document packet and a packet for each aircraft; nothing is shown while an aircraft was not seen."""
    sink.write(b"[\n" + json.dumps(_document(table)).encode())
    in_pressure = left_out = 0
    for icao24, rows in by_aircraft(table):
        packet, lost = _packet(icao24, rows)
        in_pressure += packet["properties"]["altitude_datum"]["string"] == Datum.PRESSURE.value
        left_out += lost
        sink.write(b",\n" + json.dumps(packet, ensure_ascii=False, allow_nan=False).encode(errors="replace"))
    sink.write(b"\n]\n")
    notes = unwritten(table, _WRITTEN)
    if in_pressure:
        notes.append(f"{in_pressure:,} aircraft are written in pressure altitude, and say so: they state no other")
    return (
        [*notes, f"{left_out:,} positions have no altitude in their aircraft's datum: left out"] if left_out else notes
    )


def _document(table: pa.Table) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": "document",
        "version": "1.0",
        "name": "Tracks",
        "description": "Heights are above the WGS-84 ellipsoid, but for aircraft whose altitude_datum is pressure.",
    }
    if table.num_rows:
        t_s = seconds(table)
        begin = format_instant(float(t_s.min()))
        document["clock"] = {"interval": f"{begin}/{format_instant(float(t_s.max()))}", "currentTime": begin}
    return document


def _packet(icao24: str, rows: pa.Table) -> tuple[dict[str, Any], int]:
    """Return an aircraft's packet, and how many of its rows have no height in its datum."""
    height = heights(rows, Datum.ELLIPSOID, Datum.PRESSURE)
    known = np.isfinite(height.metres) | (height.datum is Datum.NONE)
    kept, metres = rows.filter(pa.array(known)), np.nan_to_num(height.metres[known])
    t_s = seconds(kept)
    places = np.round(
        np.stack((t_s - t_s[0], _floats(kept, "longitude"), _floats(kept, "latitude"), metres), axis=1), 7
    )
    spans = [(seconds(part)[0], seconds(part)[-1]) for part in stretches(kept)]
    callsign, party = constant(rows, "callsign"), constant(rows, "party")
    said = {"icao24": icao24, "callsign": callsign, "party": party, "altitude_datum": height.datum.value}
    mode = {"heightReference": "CLAMP_TO_GROUND"} if height.datum is Datum.NONE else {}
    packet = {
        "id": icao24,
        "name": callsign or icao24,
        "description": f"Height: {WORDS[height.datum]}",
        "availability": [f"{format_instant(begin)}/{format_instant(end)}" for begin, end in spans],
        "position": {"epoch": format_instant(float(t_s[0])), "cartographicDegrees": places.ravel().tolist()},
        "point": {"pixelSize": 7} | mode,
        "label": {"text": callsign or icao24, "font": "12px sans-serif", "pixelOffset": {"cartesian2": [0, -14]}}
        | mode,
        "path": {"leadTime": 0, "trailTime": 300, "width": 2},
        "properties": {key: {"string": value} for key, value in said.items() if value is not None},
    }
    return packet, rows.num_rows - kept.num_rows


def _floats(rows: pa.Table, name: str) -> np.typing.NDArray[np.float64]:
    values: np.typing.NDArray[np.float64] = rows[name].to_numpy()
    return values
