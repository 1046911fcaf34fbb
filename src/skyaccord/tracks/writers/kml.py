"""KML with a ``gx:Track`` for each unbroken stretch.

KML's absolute altitude is above mean sea level, which no track here states. So each placemark says what its altitudes
are (``altitude_datum``), and so does the document: a viewer shows them a few hundred feet off.
"""

from __future__ import annotations

import re
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa

from skyaccord.model.encounter import Datum
from skyaccord.tracks.formats.kml import DATUM
from skyaccord.tracks.writers.datum import WORDS, Heights, heights
from skyaccord.tracks.writers.stretches import by_aircraft, constant, instants, stretches, unwritten

_WRITTEN: Final = {"timestamp", "icao24", "callsign", "party", "latitude", "longitude", "altitude", "geoaltitude"}
_NO_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document>
<name>Tracks</name>
<description>Altitudes are not above sea level, as KML's own are: each track states its altitude_datum. pressure: \
pressure altitude (1013.25 hPa). ellipsoid: height above the WGS-84 ellipsoid. A viewer shows both off by up to some \
hundred feet.</description>
"""


def write_kml(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write a placemark for each aircraft, in pressure altitude where it has any, else in ellipsoidal."""
    sink.write(_HEAD.encode())
    without = 0
    for icao24, rows in by_aircraft(table):
        height = heights(rows, Datum.PRESSURE, Datum.ELLIPSOID)
        without += int(np.isnan(height.metres).sum())
        sink.write(_placemark(icao24, rows, height).encode())
    sink.write(b"</Document>\n</kml>\n")
    notes = unwritten(table, _WRITTEN)
    if table["altitude"].null_count < table.num_rows and table["geoaltitude"].null_count < table.num_rows:
        notes.append(
            "there is room for one altitude: pressure altitude is written, ellipsoidal where there is no other"
        )
    return (
        [*notes, f"{without:,} positions have no altitude in that datum: written to the ground"] if without else notes
    )


def _placemark(icao24: str, rows: pa.Table, height: Heights) -> str:
    callsign, party = constant(rows, "callsign"), constant(rows, "party")
    said = {"icao24": icao24, "callsign": callsign, "party": party, DATUM: height.datum.value}
    data = "".join(
        f'<Data name="{key}"><value>{_text(value)}</value></Data>' for key, value in said.items() if value is not None
    )
    known = np.isfinite(height.metres)
    tracks, at = [], 0
    for part in stretches(rows, breaks=known[1:] != known[:-1]):
        tracks.append(_track(part, height.metres[at : at + part.num_rows]))
        at += part.num_rows
    return (
        f"<Placemark><name>{_text(callsign or icao24)}</name><description>{WORDS[height.datum]}</description>"
        f"<ExtendedData>{data}</ExtendedData>\n<gx:MultiTrack><gx:interpolate>0</gx:interpolate>\n"
        f"{''.join(tracks)}</gx:MultiTrack></Placemark>\n"
    )


def _track(rows: pa.Table, metres: np.typing.NDArray[np.float64]) -> str:
    has_height = bool(np.isfinite(metres[0]))
    mode = "absolute" if has_height else "clampToGround"
    lon, lat = rows["longitude"].to_pylist(), rows["latitude"].to_pylist()
    places = zip(lon, lat, metres.tolist() if has_height else [0.0] * len(lon), strict=True)
    times = "".join(f"<when>{time}</when>\n" for time in instants(rows))
    coords = "".join(f"<gx:coord>{x:.7f} {y:.7f} {z:.2f}</gx:coord>\n" for x, y, z in places)
    return f"<gx:Track><altitudeMode>{mode}</altitudeMode>\n{times}{coords}</gx:Track>\n"


def _text(value: str) -> str:
    return escape(_NO_XML.sub("\ufffd", value))
