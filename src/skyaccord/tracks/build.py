"""A table in the schema `TRACKS` as the arrays that every search reads: sorted, in SI units, each report once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import ColumnError
from skyaccord.model.quality import Mark
from skyaccord.model.tables import TRACKS
from skyaccord.model.tracks import Aircraft, Floats, Ints, Marks, Tracks
from skyaccord.tracks.parties import Parties, assign
from skyaccord.units import FPM, FT, KT, NM, M

NAC_P_95_M: Final = (
    *(np.nan, 10 * NM, 4 * NM, 2 * NM, 1 * NM, 0.5 * NM),  # NACp 0 (unknown) to 5
    *(0.3 * NM, 0.1 * NM, 0.05 * NM, 30 * M, 10 * M, 3 * M),  # 6 to 11
)
"""95 % bound of the horizontal position by NACp (estimated position uncertainty, RTCA DO-260B table 2-70)."""

_STATES: Final = {
    # array of Tracks    column of TRACKS and its unit
    "lat_deg": ("latitude", 1.0),
    "lon_deg": ("longitude", 1.0),
    "altitude_m": ("altitude", FT),
    "geoaltitude_m": ("geoaltitude", FT),
    "groundspeed_mps": ("groundspeed", KT),
    "track_deg": ("track", 1.0),
    "vertical_rate_mps": ("vertical_rate", FPM),
}


@dataclass(frozen=True, slots=True)
class Build:
    """Tracks, and what a person must know about how they came about."""

    tracks: Tracks
    duplicate_rows: int  # rows that state again what another states of the same aircraft and instant
    contested: tuple[str, ...]  # "a4e704: blue, green", for each aircraft that more than one party claims
    unassigned: int  # aircraft without party


def build_tracks(table: pa.Table, parties: Parties | None = None) -> Build:
    """Return the tracks of a table, sorted by aircraft and time; the order of its rows makes no difference.

    Rows equal in aircraft, time and every state are kept once. Of an aircraft's callsigns and sources the most frequent
    stands, the alphabetically first where two are equally so. Marks are set only for positions or times that are none
    (`Mark.OUT_OF_RANGE`) and for reports that say themselves that they are from the ground (`Mark.ON_GROUND`).

    Args:
        table: in the schema `TRACKS`, as `read_tracks` returns it.
        parties: who claims which aircraft; adds to what the column ``party`` says.

    Raises:
        ColumnError: another schema, or a row without id.
    """
    _check(table)
    ids, code = _encode(table["icao24"])
    states = _states(table)
    order = _order(code, states)
    order = order[_is_fresh(code, states, order)]
    code = code[order]
    states = {name: values[order] for name, values in states.items()}
    aircraft, contested, unassigned = _aircraft(table, ids, parties)
    start = np.searchsorted(code, np.arange(len(ids) + 1)).astype(np.int64)
    onground = states.pop("onground")
    marks = _marks(states, onground)
    tracks = Tracks(aircraft=aircraft, start=start, marks=marks, **states)
    return Build(tracks, table.num_rows - len(order), contested, unassigned)


def horizontal_error_m(nac_p: Floats) -> Floats:
    """Return the 95 % bound of horizontal positions with these NACp; NaN where unknown (0), missing or no NACp."""
    table = np.array(NAC_P_95_M)
    known = (nac_p >= 0) & (nac_p < len(table))
    bound: Floats = np.where(known, table[np.where(known, nac_p, 0).astype(np.int64)], np.nan)
    return bound


def _check(table: pa.Table) -> None:
    if not table.schema.equals(TRACKS):
        raise ColumnError("table of tracks", "its columns are not those of TRACKS", "Read it with read_tracks first")
    if missing := table["icao24"].null_count:
        raise ColumnError("table of tracks", f"{missing:,} rows have no icao24", "Read it with read_tracks first")


def _encode(ids: pa.ChunkedArray) -> tuple[list[str], Ints]:
    """Return the distinct ids in alphabetical order, and the place of each row's id among them."""
    encoded = ids.dictionary_encode().unify_dictionaries()
    if encoded.num_chunks == 0:
        return [], np.zeros(0, np.int64)
    names: list[str] = encoded.chunk(0).dictionary.to_pylist()
    by_name = sorted(range(len(names)), key=names.__getitem__)
    rank = np.empty(len(names), np.int64)
    rank[by_name] = np.arange(len(names))
    code = np.concatenate([chunk.indices.to_numpy() for chunk in encoded.chunks])
    return [names[k] for k in by_name], rank[code]


def _states(table: pa.Table) -> dict[str, Floats]:
    """Return all that a row says of an aircraft's state, as floats in SI units; missing is NaN."""
    states = {"t_s": _floats(table["timestamp"].cast(pa.int64())) / 1e6}
    for name, (column, unit) in _STATES.items():
        values = _floats(table[column])
        states[name] = values if unit == 1.0 else values * unit
    states["horizontal_error_m"] = horizontal_error_m(_floats(table["nac_p"]))
    states["off_m"] = np.zeros(table.num_rows)
    states["squawk"] = _squawks(table["squawk"])
    states["onground"] = _floats(table["onground"].cast(pa.int8()))
    return states


def _floats(column: pa.ChunkedArray) -> Floats:
    values: Floats = column.cast(pa.float64(), safe=False).to_numpy()
    return values


def _squawks(column: pa.ChunkedArray) -> Floats:
    """Return squawks as decimal numbers; NaN where there is none."""
    if column.null_count == len(column):
        return np.full(len(column), np.nan)
    encoded = column.combine_chunks().dictionary_encode()
    numbers = [float(text) if text.isdecimal() else np.nan for text in encoded.dictionary.to_pylist()]
    places = encoded.indices.fill_null(len(numbers)).to_numpy()
    found: Floats = np.append(np.array(numbers, float), np.nan)[places]
    return found


def _order(code: Ints, states: dict[str, Floats]) -> Ints:
    """Return the order by aircraft, then time, then every other state, so that no two orders are possible.

    Only rows of one aircraft and instant are compared by all states: sorting all rows by eleven keys takes ten times as
    long.
    """
    t_s = states["t_s"]
    narrow = code.astype(np.uint16) if len(code) and code.max() < 65_536 else code  # radix sort, where it fits
    is_by_time = bool(np.all(t_s[1:] >= t_s[:-1]))
    order = np.argsort(narrow, kind="stable") if is_by_time else np.lexsort((t_s, code))
    same = (code[order[1:]] == code[order[:-1]]) & _equal(t_s[order[1:]], t_s[order[:-1]])
    if same.any():
        tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
        rows = order[tied]
        keys = [states[name][rows] for name in reversed(states)]  # the last key is the first to be compared
        order[tied] = rows[np.lexsort((*keys, code[rows]))]
    return order


def _is_fresh(code: Ints, states: dict[str, Floats], order: Ints) -> np.typing.NDArray[np.bool_]:
    """Return a mask of ``order`` without the rows that equal the row before them in it."""
    fresh = np.ones(len(order), np.bool_)
    again = np.flatnonzero(code[order[1:]] == code[order[:-1]]) + 1
    for name, values in states.items():
        if name == "squawk":  # heard with one of two messages of an instant, it makes them no two states
            continue
        again = again[_equal(values[order[again]], values[order[again - 1]])]
    fresh[again] = False
    return fresh


def _equal(a: Floats, b: Floats) -> np.typing.NDArray[np.bool_]:
    same: np.typing.NDArray[np.bool_] = (a == b) | (np.isnan(a) & np.isnan(b))
    return same


def _marks(states: dict[str, Floats], onground: Floats) -> Marks:
    inside = (np.abs(states["lat_deg"]) <= 90.0) & (np.abs(states["lon_deg"]) <= 180.0) & np.isfinite(states["t_s"])
    off = np.where(inside, 0, int(Mark.OUT_OF_RANGE)).astype(np.uint32)
    marks: Marks = off | np.where(onground == 1.0, int(Mark.ON_GROUND), 0).astype(np.uint32)
    return marks


def _aircraft(
    table: pa.Table, ids: list[str], parties: Parties | None
) -> tuple[tuple[Aircraft, ...], tuple[str, ...], int]:
    callsigns, sources, stated = (_counts(table, column) for column in ("callsign", "source", "party"))
    of = [[counts.get(icao24, {}) for icao24 in ids] for counts in (callsigns, sources, stated)]
    assignment = assign(parties, ids, *of)
    aircraft = tuple(
        Aircraft(icao24, _most_frequent(names), party, _most_frequent(places))
        for icao24, names, places, party in zip(ids, of[0], of[1], assignment.parties, strict=True)
    )
    return aircraft, assignment.contested, assignment.unassigned


def _counts(table: pa.Table, column: str) -> dict[str, dict[str, int]]:
    """Return how many rows of each aircraft carry each text of a column."""
    if table[column].null_count == table.num_rows:
        return {}
    groups = table.select(["icao24", column]).group_by(["icao24", column]).aggregate([([], "count_all")])
    counts: dict[str, dict[str, int]] = {}
    for icao24, text, rows in zip(*(groups[name].to_pylist() for name in ("icao24", column, "count_all")), strict=True):
        if text:
            counts.setdefault(icao24, {})[text] = rows
    return counts


def _most_frequent(counts: dict[str, int]) -> str:
    return min(counts, key=lambda text: (-counts[text], text)) if counts else ""
