"""``.daa`` scenarios for DAIDALUS: every aircraft at each whole second at which the ownship was seen.

DAIDALUS compares states of one instant, and tracks come at any: positions are interpolated over pauses of at most
`PAUSE_S`, along a straight line, and nothing is written across longer ones. Velocities are those reported, else those
of the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.encounter import Datum
from skyaccord.model.instants import format_instant
from skyaccord.model.tracks import Floats
from skyaccord.tracks.formats.daa import ELLIPSOID, PRESSURE
from skyaccord.tracks.formats.daa_states import ZERO
from skyaccord.tracks.writers.datum import COLUMNS
from skyaccord.tracks.writers.stretches import PAUSE_S, by_aircraft, seconds, unwritten
from skyaccord.units import FPM, FT, KT

MOST_STATES: Final = 5_000_000

_DEGREE_M: Final = 60 * 1852.0
_WRITTEN: Final = {
    *("timestamp", "icao24", "latitude", "longitude", "altitude", "geoaltitude", "groundspeed", "track"),
    "vertical_rate",
}
_NO_NAME: Final = re.compile(r"[\s,#\[\]]")


@dataclass(frozen=True, slots=True)
class _States:
    """An aircraft at whole seconds since the zero of the scenario."""

    name: str
    t_s: npt.NDArray[np.int64]
    values: Floats  # (seconds, 6): latitude, longitude, altitude ft, track, groundspeed kt, vertical rate ft/min


def write_daa(table: pa.Table, sink: BinaryIO, ownship: str | None = None) -> list[str]:
    """Write the states of all aircraft at the seconds of the ownship, which is the busiest aircraft if none is named.

    Altitude is pressure altitude where the ownship states any, else height above the ellipsoid; a comment says which.

    Raises:
        FormatError: the ownship is not in the table, or is at no whole second with an altitude and a velocity.
    """
    aircraft = dict(by_aircraft(table))
    own = ownship or max(aircraft, key=lambda name: aircraft[name].num_rows, default="")
    if own not in aircraft:
        cure = f"Aircraft are {', '.join(list(aircraft)[:20]) or 'none'}"
        raise FormatError("ownship", f"no aircraft {own!r} in the tracks", cure)
    zero_s = float(np.floor(seconds(aircraft[own])[0]))
    datum = Datum.PRESSURE if aircraft[own]["altitude"].null_count < aircraft[own].num_rows else Datum.ELLIPSOID
    own_states = _states(own, aircraft[own], zero_s, datum, None)
    if len(own_states.t_s) == 0:
        raise FormatError("ownship", f"{own} is at no whole second with altitude and speed", "Name another ownship")
    others = [_states(name, rows, zero_s, datum, own_states.t_s) for name, rows in aircraft.items() if name != own]
    count = len(own_states.t_s) + sum(len(each.t_s) for each in others)
    if count > MOST_STATES:
        raise FormatError("scenario", f"{count:,} states; at most {MOST_STATES:,} are written", "Cut it in time first")
    sink.write(_head(zero_s, datum).encode())
    _write_steps(sink, [own_states, *others])
    return [*unwritten(table, _WRITTEN), *_notes(others, datum, len(own_states.t_s))]


def _head(zero_s: float, datum: Datum) -> str:
    return (
        f"# {ZERO} {format_instant(zero_s)}\n# {PRESSURE if datum is Datum.PRESSURE else ELLIPSOID}\n"
        "NAME lat lon alt trk gs vs time\n[none] [deg] [deg] [ft] [deg] [knot] [fpm] [s]\n"
    )


def _notes(others: list[_States], datum: Datum, steps: int) -> list[str]:
    absent = sum(len(each.t_s) == 0 for each in others)
    notes = [f"{steps:,} seconds of the ownship; altitude is {datum.value}; positions between reports are interpolated"]
    if absent:
        notes.append(f"{absent:,} aircraft were never seen together with the ownship: left out")
    return notes


def _write_steps(sink: BinaryIO, aircraft: list[_States]) -> None:
    """Write states by time, the ownship first in each step."""
    t_s = np.concatenate([each.t_s for each in aircraft])
    who = np.repeat(np.arange(len(aircraft)), [len(each.t_s) for each in aircraft])
    values = np.concatenate([each.values for each in aircraft])
    names = _names(aircraft)
    for k in np.lexsort((who, t_s)).tolist():
        lat, lon, alt, trk, gs, vs = values[k].tolist()
        line = f"{names[who[k]]}, {lat:.9f}, {lon:.9f}, {alt:.3f}, {trk:.6f}, {gs:.6f}, {vs:.4f}, {t_s[k]}\n"
        sink.write(line.encode())


def _names(aircraft: list[_States]) -> list[str]:
    """Return names without separators; those that become equal get a number."""
    names: list[str] = []
    for each in aircraft:
        name = _NO_NAME.sub("_", each.name)
        names.append(name if name not in names else f"{name}_{len(names)}")
    return names


def _states(name: str, rows: pa.Table, zero_s: float, datum: Datum, only: npt.NDArray[np.int64] | None) -> _States:
    """Return an aircraft's states at whole seconds, at ``only`` these where they are given."""
    rows = rows.filter(pa.array(rows[COLUMNS[datum]].is_valid().to_numpy()))
    empty = _States(name, np.zeros(0, np.int64), np.zeros((0, 6)))
    t_s = seconds(rows) - zero_s
    t_s, first = np.unique(t_s, return_index=True)
    if len(t_s) == 0:
        return empty
    rows = rows.take(pa.array(first))
    grid = np.arange(np.ceil(t_s[0] - 1e-6), np.floor(t_s[-1] + 1e-6) + 1)
    grid = grid[_is_seen(grid, t_s)] if only is None else only[_is_seen(only.astype(float), t_s)].astype(float)
    values = _interpolate(grid, t_s, rows, COLUMNS[datum])
    whole = np.isfinite(values).all(axis=1)
    return _States(name, grid[whole].astype(np.int64), values[whole])


def _is_seen(grid: Floats, t_s: Floats) -> npt.NDArray[np.bool_]:
    """Return which instants lie at a report, or between two that are at most `PAUSE_S` apart."""
    after = np.clip(np.searchsorted(t_s, grid - 1e-6), 0, len(t_s) - 1)
    before = np.clip(np.searchsorted(t_s, grid + 1e-6, side="right") - 1, 0, len(t_s) - 1)
    inside = (grid >= t_s[0] - 1e-6) & (grid <= t_s[-1] + 1e-6)
    seen: npt.NDArray[np.bool_] = inside & (t_s[after] - t_s[before] <= PAUSE_S)
    return seen


def _interpolate(grid: Floats, t_s: Floats, rows: pa.Table, height: str) -> Floats:
    lat, lon, alt_ft = (_floats(rows, name) for name in ("latitude", "longitude", height))
    lon = np.unwrap(lon, period=360.0)
    east_kt, north_kt = _velocity(t_s, lat, lon, rows)
    rate = _floats(rows, "vertical_rate")
    climb = _slopes(t_s, alt_ft * FT) / FPM
    rate = np.where(np.isfinite(rate), rate, climb)
    at = [np.interp(grid, t_s, each) for each in (lat, lon, alt_ft, east_kt, north_kt, rate)]
    track = np.degrees(np.arctan2(at[3], at[4])) % 360.0
    wrapped = (at[1] + 180.0) % 360.0 - 180.0
    return np.stack((at[0], wrapped, at[2], track, np.hypot(at[3], at[4]), at[5]), axis=1)


def _velocity(t_s: Floats, lat: Floats, lon: Floats, rows: pa.Table) -> tuple[Floats, Floats]:
    """Return east and north in knots: as reported, else as the line through the positions has it."""
    speed, track = _floats(rows, "groundspeed"), np.radians(_floats(rows, "track"))
    east = _slopes(t_s, lon * _DEGREE_M) * np.cos(np.radians(lat)) / KT
    north = _slopes(t_s, lat * _DEGREE_M) / KT
    reported_east, reported_north = speed * np.sin(track), speed * np.cos(track)
    is_reported = np.isfinite(reported_east)
    return np.where(is_reported, reported_east, east), np.where(is_reported, reported_north, north)


def _slopes(t_s: Floats, values: Floats) -> Floats:
    return np.gradient(values, t_s) if len(t_s) > 1 else np.full(len(t_s), np.nan)


def _floats(rows: pa.Table, name: str) -> Floats:
    values: Floats = rows[name].to_numpy()
    return values
