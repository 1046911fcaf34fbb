"""``aircraft.json`` of readsb and dump1090: all aircraft at one instant; a series of such files is a recording."""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.values import Bools

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


def is_readsb(content: pa.Buffer) -> bool:
    """Return whether content is a JSON object that speaks of "now" and "aircraft"."""
    if content[:64].to_pybytes().removeprefix(b"\xef\xbb\xbf").lstrip()[:1] != b"{":
        return False
    text = content.to_pybytes()
    return b'"now"' in text and b'"aircraft"' in text


def read_readsb(content: pa.Buffer, name: str) -> Part:
    """Return a row for each aircraft with a position, dated by when the position was received.

    Raises:
        FormatError: broken JSON, no list of aircraft, or not one of them can be used.
    """
    now, aircraft = _parse(content, name)
    undated = sum("lat" in one and "seen_pos" not in one for one in aircraft)
    columns: dict[str, list[Any]] = {"timestamp": [_position_time(now, one) for one in aircraft]}
    for column, keys in _KEYS.items():
        columns[column] = [next((one[key] for key in keys if key in one), None) for one in aircraft]
    columns["onground"] = [
        _is_on_ground(one, height) for one, height in zip(aircraft, columns["altitude"], strict=True)
    ]
    columns["altitude"] = [None if height == "ground" else height for height in columns["altitude"]]
    for quality in ("nac_p", "nic"):  # stated by the aircraft of its own position, not of one found by multilateration
        columns[quality] = [None if _is_mlat(o) else q for o, q in zip(aircraft, columns[quality], strict=True)]
    notes = (f"{undated:,} positions have no age: dated by the file's time",) if undated else ()
    raw = pa.table({column: _column(values) for column, values in columns.items()})
    layout = recognise(raw.column_names, name)
    return conform(raw, layout, name=name, kind="readsb aircraft.json", rows=Rows("aircraft", notes=notes))


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


def _parse(content: pa.Buffer, name: str) -> tuple[float, list[dict[str, Any]]]:
    try:
        document = json.loads(content.to_pybytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FormatError(
            name, f"broken JSON ({error.msg})", "Fetch the file again: it may be cut", error.lineno
        ) from None
    except UnicodeDecodeError as error:
        raise FormatError(name, f"not UTF-8 ({error.reason})", "Fetch the file again") from None
    now, aircraft = document.get("now"), document.get("aircraft")
    if not _is_number(now):
        raise FormatError(name, f'"now" is {now!r}, not a time', "It must hold seconds since 1970")
    if not isinstance(aircraft, list) or not all(isinstance(one, dict) for one in aircraft):
        raise FormatError(name, '"aircraft" is no list of objects', "It must be as readsb writes it to aircraft.json")
    return float(now), aircraft


def _position_time(now: float, one: dict[str, Any]) -> float | None:
    age = one.get("seen_pos", 0.0)
    return now - float(age) if _is_number(age) else None


def _is_on_ground(one: dict[str, Any], height: object) -> bool | None:
    """Return the ground flag: only a surface position says "ground", and a height only comes from the air."""
    if height == "ground":
        return True
    return False if height is not None and "lat" in one else None


def _is_mlat(one: dict[str, Any]) -> bool:
    derived = one.get("mlat")
    return one.get("type") == "mlat" or (isinstance(derived, list) and "lat" in derived)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _column(values: list[Any]) -> pa.Array:
    """Return cells as flags or numbers where all of them are such, else as text."""
    given = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in given):
        return pa.array(values, pa.bool_() if given else pa.null())
    if all(_is_number(value) for value in given):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if value is None else str(value) for value in values], pa.string())
