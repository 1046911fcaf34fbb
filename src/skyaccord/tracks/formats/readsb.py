"""``aircraft.json`` of readsb and dump1090: all aircraft at one instant; many of them make a recording."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import FormatError
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.cells import BadRows, CellTable, as_number, is_number, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.json_text import Object, documents, has_keys
from skyaccord.tracks.formats.report import Part

READSB: Final = "readsb aircraft.json"

REPEATED_WITHIN_S: Final = 0.25
"""``now`` and ``seen_pos`` are rounded to 0.1 s by older receivers: times of one position differ by so little."""

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    # ours              theirs; the later ones are of older receivers
    "icao24": ("hex",),
    "callsign": ("flight",),
    "latitude": ("lat",),
    "longitude": ("lon",),
    "altitude": ("alt_baro", "altitude"),
    "geoaltitude": ("alt_geom",),
    "groundspeed": ("gs", "speed"),
    "track": ("track",),
    "vertical_rate": ("baro_rate", "geom_rate", "vert_rate"),
    "squawk": ("squawk",),
    "nac_p": ("nac_p",),
    "nic": ("nic",),
}


def is_readsb(content: Content) -> bool:
    """Return whether content is a JSON object that speaks of "now" and "aircraft"."""
    return has_keys(content, "now", "aircraft")


def read_readsb(content: pa.Buffer, name: str) -> Part:
    """Return a row for each aircraft with a position, dated by when the position was received.

    Raises:
        FormatError: broken JSON, no list of aircraft, or not one of them can be used.
    """
    cells = CellTable(["timestamp", *_KEYS, "onground"])
    bad = BadRows()
    undated, word = 0, "aircraft"
    for line, document in documents(content, name, bad):
        try:
            now, aircraft = _snapshot(document, name)
        except FormatError as error:
            if not line:
                raise
            bad.add(line, error.problem)
            continue
        word = "line" if line else word
        for number, one in enumerate(aircraft, 1):
            undated += "lat" in one and "seen_pos" not in one
            cells.add(line or number, _position_time(now, one), *_state(one))
    raw, numbers = cells.take()
    notes = (f"{undated:,} positions have no age: dated by the file's time",) if undated else ()
    return conform(raw, own_layout(raw), name=name, kind=READSB, rows=bad.rows(word, numbers, notes))


def _state(one: Object) -> list[object]:
    """Return the cells of an aircraft in the order of `_KEYS`, and the ground flag."""
    found = {column: next((one[key] for key in keys if key in one), None) for column, keys in _KEYS.items()}
    if _is_mlat(one):  # accuracy is stated by the aircraft of its own position, not of one found by multilateration
        found["nac_p"] = found["nic"] = None
    height = found["altitude"]
    found["altitude"] = None if height == "ground" else height
    return [*found.values(), _is_on_ground(one, height)]


def find_repeats(table: pa.Table) -> Bools:
    """Return which rows repeat a position that an earlier file of the recording already gave."""
    ids = pc.rank(table["icao24"], tiebreaker="dense").to_numpy(zero_copy_only=False)
    t_us = table["timestamp"].cast(pa.int64()).to_numpy()
    lat, lon = table["latitude"].to_numpy(), table["longitude"].to_numpy()
    order = np.lexsort((t_us, lon, lat, ids))
    same = np.logical_and.reduce([np.diff(values[order]) == 0 for values in (ids, lat, lon)])
    repeats = np.zeros(len(order), np.bool_)
    repeats[order[1:]] = same & (np.diff(t_us[order]) <= REPEATED_WITHIN_S * 1e6)
    return repeats


def _snapshot(document: Object, name: str) -> tuple[float, list[Object]]:
    now, aircraft = document.get("now"), document.get("aircraft")
    if not is_number(now):
        raise FormatError(name, f'"now" is {now!r:.40}, not a time', "It must hold seconds since 1970")
    if not isinstance(aircraft, list) or not all(isinstance(one, dict) for one in aircraft):
        raise FormatError(name, '"aircraft" is no list of objects', "It must be as readsb writes it to aircraft.json")
    return as_number(now), aircraft


def _position_time(now: float, one: Object) -> float | None:
    age = one.get("seen_pos", 0.0)
    return now - as_number(age) if is_number(age) else None


def _is_on_ground(one: Object, height: object) -> bool | None:
    """Return the ground flag: only a surface position says "ground", and a height only comes from the air."""
    if height == "ground":
        return True
    return False if height is not None and "lat" in one else None


def _is_mlat(one: Object) -> bool:
    derived = one.get("mlat")
    return one.get("type") == "mlat" or (isinstance(derived, list) and "lat" in derived)
