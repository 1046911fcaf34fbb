"""The column names that are understood, and the units that they imply.

Two families of names are in use, and the names tell the units apart: `traffic` and skyaccord write feet, knots and
feet a minute (``altitude``, ``groundspeed``); OpenSky's database and API write metres and metres a second
(``baroaltitude``, ``velocity``, ``vertrate``). ``geoaltitude`` and ``vertical_rate`` occur in both: the others decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from skyaccord.errors import ColumnError
from skyaccord.units import FPM, FT, KT, MPS, M


class System(StrEnum):
    """The family of names, and so of units, that a table is written in."""

    AVIATION = "traffic/skyaccord"  # kt, ft, ft/min
    SI = "OpenSky"  # m/s, m


POSITION_TIME: Final = "position_time"
"""When the position was received, where a table dates its rows by something else."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a column name stands for. A factor leads to the unit of `TRACKS`; None: not read in that family."""

    column: str
    aviation: float | None = 1.0
    si: float | None = 1.0
    decides: System | None = None

    def factor(self, system: System) -> float | None:
        """Return the factor to the unit of `TRACKS`, or None where the name means something else."""
        return self.aviation if system is System.AVIATION else self.si


_AVIATION, _SI = System.AVIATION, System.SI

SPELLINGS: Final[dict[str, Spelling]] = {
    # name                    column            kt, ft      m/s, m    decides the units
    "timestamp": Spelling("timestamp"),
    "time": Spelling("timestamp"),
    "lastposupdate": Spelling(POSITION_TIME, None, 1.0),
    "time_position": Spelling(POSITION_TIME, None, 1.0),
    "icao24": Spelling("icao24"),
    "callsign": Spelling("callsign"),
    "latitude": Spelling("latitude"),
    "lat": Spelling("latitude"),
    "longitude": Spelling("longitude"),
    "lon": Spelling("longitude"),
    "altitude": Spelling("altitude", 1.0, None, _AVIATION),
    "baroaltitude": Spelling("altitude", None, M / FT, _SI),
    "baro_altitude": Spelling("altitude", None, M / FT, _SI),
    "geoaltitude": Spelling("geoaltitude", 1.0, M / FT),
    "geo_altitude": Spelling("geoaltitude", None, M / FT, _SI),
    "groundspeed": Spelling("groundspeed", 1.0, None, _AVIATION),
    "velocity": Spelling("groundspeed", None, MPS / KT, _SI),
    "track": Spelling("track"),
    "true_track": Spelling("track"),
    "heading": Spelling("track", None, 1.0),  # OpenSky's track angle; elsewhere it is the nose's direction
    "vertical_rate": Spelling("vertical_rate", 1.0, MPS / FPM),
    "vertrate": Spelling("vertical_rate", None, MPS / FPM, _SI),
    "squawk": Spelling("squawk"),
    "onground": Spelling("onground"),
    "on_ground": Spelling("onground"),
    "party": Spelling("party"),
    "source": Spelling("source"),
    "nac_p": Spelling("nac_p"),
    "nic": Spelling("nic"),
}
"""Every name that is understood, in lower case."""

_KEYS: Final = {
    System.AVIATION: frozenset({"timestamp", "latitude", "longitude"}),
    System.SI: frozenset({"time", "lat", "lon", "lastposupdate", "time_position"}),
}
_NEEDED: Final = {
    "timestamp": "timestamp (or time)",
    "icao24": "icao24",
    "latitude": "latitude (or lat)",
    "longitude": "longitude (or lon)",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table's columns become those of `TRACKS`."""

    system: System
    found: dict[str, str]  # our column, or POSITION_TIME -> the table's own name
    factors: dict[str, float]  # our column -> factor to its unit
    unused: tuple[str, ...]


def count_known(names: Sequence[str]) -> int:
    """Return how many of these names are column names that are understood."""
    return sum(_key(name) in SPELLINGS for name in names)


def recognise(names: Sequence[str], source: str) -> Layout:
    """Return what each column of a table is, with its unit.

    Args:
        names: the table's column names; case and surrounding blanks do not matter.
        source: the file's name, for errors.

    Raises:
        ColumnError: a needed column is missing, two columns are the same thing, or the units cannot be told.
    """
    known = [name for name in names if _key(name) in SPELLINGS]
    system = _system({_key(name) for name in known}, source)
    found: dict[str, str] = {}
    factors: dict[str, float] = {}
    for name in known:
        spelling = SPELLINGS[_key(name)]
        factor = spelling.factor(system)
        if factor is None:
            continue
        if spelling.column in found:
            twice = f'columns "{found[spelling.column]}" and "{name}" both stand for {spelling.column}'
            raise ColumnError(source, twice, "Keep one of them")
        found[spelling.column] = name
        factors[spelling.column] = factor
    _require(found, names, source)
    used = set(found.values())
    return Layout(
        system, found, factors, tuple(n for n in names if n.strip() and n not in used and not n.startswith("__index"))
    )


def _key(name: str) -> str:
    return name.strip().lower()


def _system(keys: set[str], source: str) -> System:
    deciding = {system: sorted(k for k in keys if SPELLINGS[k].decides is system) for system in System}
    votes = [system for system in System if deciding[system]]
    if len(votes) == 1:
        return votes[0]
    if len(votes) == 2:
        problem = f"{_list(deciding[_AVIATION])} mean ft and kt, {_list(deciding[_SI])} mean m and m/s: units are mixed"
        raise ColumnError(source, problem, "Keep the columns of one family")
    hints = [system for system in System if keys & _KEYS[system]]
    doubtful = sorted(k for k in keys if SPELLINGS[k].factor(_AVIATION) != SPELLINGS[k].factor(_SI) and k in _SHARED)
    if len(hints) == 2 and doubtful:
        problem = f"the unit of {_list(doubtful)} cannot be told from names of both families"
        raise ColumnError(source, problem, "Name time and position timestamp, latitude, longitude for ft and ft/min")
    return _SI if hints == [_SI] else _AVIATION


_SHARED: Final = frozenset(k for k, s in SPELLINGS.items() if s.aviation is not None and s.si is not None)


def _require(found: dict[str, str], names: Sequence[str], source: str) -> None:
    missing = [text for column, text in _NEEDED.items() if column not in found]
    if POSITION_TIME in found and _NEEDED["timestamp"] in missing:
        missing.remove(_NEEDED["timestamp"])
    if missing:
        cure = f"Needed are {', '.join(_NEEDED.values())}; found are {_list(names) or 'none'}"
        raise ColumnError(source, f"no column {', '.join(missing)}", cure)


def _list(names: Sequence[str], most: int = 40) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
