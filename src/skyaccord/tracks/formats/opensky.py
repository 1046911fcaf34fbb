"""State vectors of OpenSky's API, ``/states/all``: all aircraft at one instant; many of them make a recording.

A vector is a list whose places have fixed meanings (OpenSky REST API, "All State Vectors"). It comes each time, whether
or not a new position did: ``time_position`` dates the row, and repeats of a position are left out.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.cells import BadRows, CellTable, is_number
from skyaccord.tracks.formats.columns import POSITION_TIME, Layout, System
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.json_text import Object, documents, has_keys
from skyaccord.tracks.formats.report import Part
from skyaccord.units import FPM, FT, KT, MPS, M

OPENSKY: Final = "OpenSky state vectors JSON"

_PLACES: Final = {
    # ours             place and factor to our unit
    "icao24": (0, 1.0),
    "callsign": (1, 1.0),
    POSITION_TIME: (3, 1.0),
    "longitude": (5, 1.0),
    "latitude": (6, 1.0),
    "altitude": (7, M / FT),  # barometric
    "onground": (8, 1.0),
    "groundspeed": (9, MPS / KT),
    "track": (10, 1.0),
    "vertical_rate": (11, MPS / FPM),
    "geoaltitude": (13, M / FT),
    "squawk": (14, 1.0),
}
_LEAST: Final = 17
"""Places of a state vector; a category may follow as the 18th."""


def is_opensky(content: Content) -> bool:
    """Return whether content is a JSON object that speaks of "time" and "states"."""
    return has_keys(content, "time", "states")


def read_opensky(content: pa.Buffer, name: str) -> Part:
    """Return a row for each position, dated by when it was received.

    Raises:
        FormatError: broken JSON, no list of state vectors, or not one of them can be used.
    """
    cells = CellTable(["timestamp", *_PLACES])
    bad = BadRows()
    word = "state"
    for line, document in documents(content, name, bad):
        word = "line" if line else word
        time = document.get("time")
        try:
            vectors = _vectors(document, name)
        except FormatError as error:
            if not line:
                raise
            bad.add(line, error.problem)
            continue
        for number, vector in enumerate(vectors, 1):
            if isinstance(vector, list) and len(vector) >= _LEAST:
                cells.add(line or number, time, *(vector[place] for place, _ in _PLACES.values()))
            else:
                bad.add(line or number, f"no list of at least {_LEAST} values")
    raw, numbers = cells.take()
    found = {column: column for column in raw.column_names}
    factors = {column: factor for column, (_, factor) in _PLACES.items()} | {"timestamp": 1.0}
    layout = Layout(System.SI, found, factors, ())
    return conform(raw, layout, name=name, kind=OPENSKY, rows=bad.rows(word, numbers))


def _vectors(document: Object, name: str) -> list[object]:
    """Return the vectors of a snapshot; the API writes null for none."""
    if not is_number(document.get("time")):
        raise FormatError(
            name, f'"time" is {document.get("time")!r:.40}, not a time', "It must hold seconds since 1970"
        )
    vectors = document.get("states")
    if vectors is None:
        return []
    if not isinstance(vectors, list):
        raise FormatError(name, '"states" is no list', "It must be as OpenSky's API writes it")
    return vectors
