"""The columns of a record file: the names that are understood, and what stands in each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from skyaccord.errors import ColumnError


class Column(StrEnum):
    """What a column holds."""

    TIME = "time"
    DATE = "date"  # where the column of the time has none
    FREQUENCY = "frequency"
    CALLER = "caller"
    CALLED = "called"
    KIND = "kind"
    PARTY = "party"
    AREA = "area"
    FROM = "valid_from"
    UNTIL = "valid_until"
    REFERENCE = "reference"
    LANGUAGE = "language"
    TEXT = "text"


SPELLINGS: Final = MappingProxyType(
    {
        Column.TIME: ("time", "timestamp", "datetime", "date_time", "instant", "utc", "time_utc", "dtg"),
        Column.DATE: ("date", "day", "date_utc"),
        Column.FREQUENCY: ("frequency", "freq", "channel"),
        Column.CALLER: ("caller", "calling_station", "originator", "sender", "speaker", "from"),
        Column.CALLED: ("called", "called_station", "addressee", "recipient", "receiver", "to"),
        Column.KIND: ("kind", "type", "category", "event"),
        Column.PARTY: ("party", "side"),
        Column.AREA: ("area", "zone", "volume"),
        Column.FROM: ("valid_from", "window_from", "start", "begin"),
        Column.UNTIL: ("valid_until", "window_until", "until", "end"),
        Column.REFERENCE: ("reference", "ref", "notice", "message_id"),
        Column.LANGUAGE: ("language", "lang"),
        Column.TEXT: ("text", "message", "content", "transcript", "words", "remarks"),
    }
)
"""Every name that is understood, in lower case and with ``_`` for what is neither letter nor digit."""

_COLUMN: Final = {name: column for column, names in SPELLINGS.items() for name in names}
_UNIT: Final = re.compile(r"_(mhz|khz|hz)$")
_NEEDED: Final = f"{Column.TIME.value} and one other of {', '.join(c.value for c in Column if c is not Column.TIME)}"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column stands, counted from 0, the unit that the name of the frequency states, and other names."""

    place: dict[Column, int]
    frequency_unit: str
    unused: tuple[str, ...]


def count_known(names: Sequence[str]) -> int:
    """Return how many of these names are understood."""
    return sum(_column_of(name)[0] is not None for name in names)


def recognise(names: Sequence[str], source: str) -> Layout:
    """Return what each column of a file is.

    ``from`` beside ``until`` and no other begin is when the time begins that a notice speaks of; else it is the caller.

    Raises:
        ColumnError: no time, nothing beside it, or two columns that are the same thing.
    """
    found = [_column_of(name) for name in names]
    keys = [_key(name) for name in names]
    columns = [column for column, _ in found]
    if "from" in keys and "until" in keys and Column.FROM not in columns:
        if "to" in keys and Column.CALLER not in [c for c, k in zip(columns, keys, strict=True) if k != "from"]:
            cure = "Name them caller and called, or valid_from and valid_until"
            raise ColumnError(source, 'columns "from", "to" and "until": who calls, or from when?', cure)
        columns[keys.index("from")] = Column.FROM
    place: dict[Column, int] = {}
    for k, column in enumerate(columns):
        if column in place:
            twice = f'columns "{names[place[column]][:40]}" and "{names[k][:40]}" both stand for {column}'
            raise ColumnError(source, twice, "Keep one of them")
        if column is not None:
            place[column] = k
    if Column.TIME not in place or len(place) < 2:
        shown = ", ".join(name[:40] for name in names[:40]) or "none"
        raise ColumnError(source, "no column time", f"Needed are {_NEEDED}; found are {shown}")
    unit = next((unit for column, unit in found if column is Column.FREQUENCY), "")
    unused = tuple(name[:40] for name, column in zip(names, columns, strict=True) if column is None and name.strip())
    return Layout(place, unit, unused)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _column_of(name: str) -> tuple[Column | None, str]:
    """Return what a name stands for, and the unit in it."""
    key = _key(name)
    if key in _COLUMN:
        return _COLUMN[key], ""
    unit = _UNIT.search(key)
    if unit and _COLUMN.get(key[: unit.start()]) is Column.FREQUENCY:
        return Column.FREQUENCY, unit[1]
    return None, ""
