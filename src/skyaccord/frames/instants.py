"""The states in a dataframe, instant by instant, and for each state that cannot be used the reason why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.states import States
from skyaccord.model.tables import INSTANT, TRACKS
from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Values, to_mask
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import read_columns
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.units import FPM, FT, KT

Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]

PRESSURE, ELLIPSOID, NO_DATUM = "pressure", "ellipsoid", "none"


@dataclass(frozen=True, slots=True)
class Instants:
    """Rows in the order of their instants, those without one last."""

    timestamp: pa.ChunkedArray  # of type `INSTANT`
    icao24: Words  # str, or None
    states: States  # altitude is pressure altitude
    geoaltitude_m: Floats
    reason: Words  # why the state cannot be used whatever it is paired with, or None
    start: Ints  # (instants + 1,): first row of each instant

    def __len__(self) -> int:
        return len(self.icao24)

    @property
    def instant(self) -> Ints:
        """Return the number of each row's instant."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def read_instants(frame: ArrowStream) -> Instants:
    """Return the states in a dataframe; columns are understood as in Parquet (see docs/python.md).

    Raises:
        FormatError: it is no dataframe that speaks the Arrow PyCapsule interface.
        ColumnError: a needed column is missing or of a wrong type.
    """
    name = f"{type(frame).__module__.partition('.')[0]} {type(frame).__name__}"
    if not isinstance(frame, ArrowStream):
        cure = "Give a dataframe of polars, pandas 2.2, pyarrow or duckdb; of a lazy one, collect it first"
        raise FormatError(name, "no dataframe with __arrow_c_stream__", cure)
    raw = pa.table(frame)
    columns = read_columns(raw, recognise(raw.column_names, name), name, [])
    micro = columns["timestamp"].column.cast(pa.int64()).to_numpy()  # null comes as NaN, which is sorted last
    order = np.argsort(micro, kind="stable")
    micro = micro[order]
    ids = np.array(columns["icao24"].column.to_pylist(), object)[order]
    values = {each: _floats(columns, each, raw.num_rows)[order] for each in _UNITS}
    states = States(*(values[each] * unit for each, unit in list(_UNITS.items())[:6]))
    still = states.groundspeed_mps == 0.0
    states.track_deg[still & np.isnan(states.track_deg)] = 0.0  # who hovers has no track, and needs none
    onground = to_mask(columns["onground"].column)[order] if "onground" in columns else np.zeros(len(order), bool)
    begins = np.flatnonzero(micro[1:] != micro[:-1]) + 1 if len(micro) else np.empty(0, np.int64)
    start = np.concatenate(([0], begins, [len(micro)])) if len(micro) else np.zeros(1, np.int64)
    timestamp = columns["timestamp"].column.take(pa.array(order)).cast(INSTANT)
    found = Instants(timestamp, ids, states, values["geoaltitude"] * FT, np.full(len(ids), None, object), start)
    _explain(found, np.isnan(micro.astype(float)), onground)
    return found


_UNITS = {
    "latitude": 1.0,
    "longitude": 1.0,
    "altitude": FT,
    "groundspeed": KT,
    "track": 1.0,
    "vertical_rate": FPM,
    "geoaltitude": 1.0,
}


def _floats(columns: dict[str, Values], name: str, count: int) -> Floats:
    if name not in columns:
        return np.full(count, np.nan)
    values: Floats = columns[name].column.cast(TRACKS.field(name).type).to_numpy().astype(float)
    return values


def _explain(found: Instants, is_timeless: Bools, onground: Bools) -> None:
    """Write reasons, the gravest last, so that it stands."""
    states = found.states
    off = ~(np.abs(states.lat_deg) <= 90.0) | ~(np.abs(states.lon_deg) <= 180.0)
    found.reason[np.isnan(states.track_deg)] = "no track"
    found.reason[~(states.groundspeed_mps >= 0.0)] = "no groundspeed"
    found.reason[off] = "no position"
    found.reason[onground] = "on the ground"
    found.reason[_is_repeated(found)] = "several reports at this instant"
    found.reason[[each is None for each in found.icao24]] = "no icao24"
    found.reason[is_timeless] = "no timestamp"


def _is_repeated(found: Instants) -> Bools:
    """Return which rows have another of the same id at their instant: which of them is true cannot be known."""
    names = np.array([each or "" for each in found.icao24], str)
    _, code = np.unique(names, return_inverse=True)
    key = found.instant * (int(code.max(initial=0)) + 1) + code
    _, back, count = np.unique(key, return_inverse=True, return_counts=True)
    repeated: Bools = count[back] > 1
    return repeated
