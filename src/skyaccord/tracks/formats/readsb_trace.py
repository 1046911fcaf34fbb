"""Traces of readsb: ``trace_full_a4e704.json``, one aircraft's day, in the folders of tar1090 and of globe_history.

The places of a row are those of readsb's README-json, "trace jsons". Positions are dated by ``timestamp`` and the row's
offset. The object with further values comes with every fourth row or so, and what it says holds until the next:
callsign and squawk for at most `CALLSIGN_AGE_S`, the stated accuracy for `QUALITY_AGE_S`, nothing across a new leg.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.cells import BadRows, CellTable, as_number, is_number, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.json_text import Object, documents, has_keys
from skyaccord.tracks.formats.report import Part

CALLSIGN_AGE_S: Final = 300.0
QUALITY_AGE_S: Final = 10.0

_COLUMNS: Final = (
    *("timestamp", "icao24", "callsign", "latitude", "longitude", "altitude", "geoaltitude", "groundspeed"),
    *("track", "vertical_rate", "squawk", "onground", "nac_p", "nic"),
)
_NEW_LEG: Final = 2
_GEOMETRIC_ALTITUDE: Final = 8
_LEAST: Final = 4  # offset, latitude, longitude, altitude
_CARRIED: Final = {"flight": CALLSIGN_AGE_S, "squawk": CALLSIGN_AGE_S, "nac_p": QUALITY_AGE_S, "nic": QUALITY_AGE_S}


def is_trace(content: Content) -> bool:
    """Return whether content is a JSON object that speaks of "icao", "timestamp" and "trace"."""
    return has_keys(content, "icao", "timestamp", "trace")


def read_trace(content: pa.Buffer, name: str) -> Part:
    """Return a row for each position of the trace. An altitude flagged as geometric goes to ``geoaltitude``.

    Raises:
        FormatError: broken JSON, no trace, or not one of its rows can be used.
    """
    cells = CellTable(_COLUMNS)
    bad = BadRows()
    word = "row"
    for line, document in documents(content, name, bad):
        word = "line" if line else word
        try:
            begin, rows = _trace(document, name)
        except FormatError as error:
            if not line:
                raise
            bad.add(line, error.problem)
            continue
        latest = _Latest()
        for number, row in enumerate(rows, 1):
            if isinstance(row, list) and len(row) >= _LEAST and is_number(row[0]):
                t_s = begin + as_number(row[0])
                cells.add(line or number, *_cells(row, t_s, document["icao"], latest))
            else:
                bad.add(line or number, f"no list of at least {_LEAST} values, the first a time")
    raw, numbers = cells.take()
    return conform(raw, own_layout(raw), name=name, kind="readsb trace JSON", rows=bad.rows(word, numbers))


def _trace(document: Object, name: str) -> tuple[float, list[object]]:
    begin, rows = document.get("timestamp"), document.get("trace")
    if not is_number(begin):
        raise FormatError(name, f'"timestamp" is {begin!r:.40}, not a time', "It must hold seconds since 1970")
    if not isinstance(rows, list) or not isinstance(document.get("icao"), str):
        raise FormatError(name, 'no "icao" with a list "trace"', "It must be as readsb writes it to traces/")
    return as_number(begin), rows


class _Latest:
    """The latest value of each thing that only some rows state."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, object]] = {}

    def update(self, t_s: float, stated: object, is_new_leg: bool) -> None:
        if is_new_leg:
            self._known.clear()
        if isinstance(stated, dict):
            self._known.update({key: (t_s, stated[key]) for key in _CARRIED if key in stated})

    def value(self, key: str, t_s: float) -> object:
        stated_s, value = self._known.get(key, (t_s, None))
        return value if 0.0 <= t_s - stated_s <= _CARRIED[key] else None


def _cells(row: list[object], t_s: float, icao: object, latest: _Latest) -> tuple[object, ...]:
    """Return a row's cells in the order of `_COLUMNS`; older traces end after the ninth place."""
    _, lat, lon, height, speed, track, flags, rate, stated, kind, geo_height, geo_rate = (*row, *[None] * 12)[:12]
    bits = flags if isinstance(flags, int) else 0
    latest.update(t_s, stated, bool(bits & _NEW_LEG))
    on_ground = height == "ground"
    pressure, geometric = (None, geo_height) if on_ground else (height, geo_height)
    if bits & _GEOMETRIC_ALTITUDE:
        pressure, geometric = None, geo_height if geo_height is not None or on_ground else height
    quality = (None, None) if kind == "mlat" else (latest.value("nac_p", t_s), latest.value("nic", t_s))
    return (
        *(t_s, icao, latest.value("flight", t_s), lat, lon, pressure, geometric, speed),
        None if on_ground else track,  # on the ground this place holds the heading
        *(geo_rate if rate is None else rate, latest.value("squawk", t_s)),
        True if on_ground else (False if height is not None else None),
        *quality,
    )
