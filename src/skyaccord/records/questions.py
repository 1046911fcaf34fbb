"""What records are asked: who was called when, which area was given notice of, what was acknowledged and checked.

Names are compared without blanks and capitals: ``DLH 123`` and ``dlh123`` are one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from skyaccord.model.records import Channel, RecordKind, Records
from skyaccord.model.tracks import Aircraft, Bools, Floats, Ints

Words: TypeAlias = npt.NDArray[np.str_]

SPOKEN: Final = frozenset(kind for kind in RecordKind if kind is not RecordKind.MINUTE)
"""Kinds that were said when they are dated; a minute is written afterwards."""

SAME_HZ: Final = 1.0
"""Frequencies are written to the kilohertz at finest, channels 5 kHz apart."""

ALWAYS: Final = (-np.inf, np.inf)


class Role(StrEnum):
    """The part that an aircraft has in a call."""

    CALLER = "caller"
    CALLED = "called"


EITHER: Final = frozenset(Role)


@dataclass(frozen=True, slots=True)
class RecordIndex:
    """Records with what they are asked by. All arrays have one entry a record, in order of time; unknown is NaN."""

    records: Records
    t_s: Floats
    frequency_hz: Floats
    from_s: Floats
    until_s: Floats
    kind: Words
    channel: Words
    rows_of_area: Mapping[str, Ints]  # by `key_of` the name, as those below
    rows_of_party: Mapping[str, Ints]
    rows_of_reference: Mapping[str, Ints]
    rows_of_role: Mapping[Role, Mapping[str, Ints]]


@dataclass(frozen=True, slots=True)
class Notices:
    """Notices of an area in order of time; where a begin or end was not told it is NaN."""

    row: Ints
    t_s: Floats
    from_s: Floats
    until_s: Floats


def key_of(name: str) -> str:
    """Return a name as it is compared."""
    return "".join(name.split()).casefold()


def index_records(records: Records) -> RecordIndex:
    """Return records ready to be asked."""
    table = records.table
    return RecordIndex(
        records=records,
        t_s=_seconds(table["timestamp"]),
        frequency_hz=table["frequency_hz"].to_numpy(),
        from_s=_seconds(table["from"]),
        until_s=_seconds(table["until"]),
        kind=np.array(table["kind"].to_pylist(), np.str_),
        channel=np.array(table["channel"].to_pylist(), np.str_),
        rows_of_area=_rows_by_name(table["area"]),
        rows_of_party=_rows_by_name(table["party"]),
        rows_of_reference=_rows_by_name(table["reference"]),
        rows_of_role={role: _rows_by_name(table[role.value]) for role in Role},
    )


def find_calls(
    index: RecordIndex,
    aircraft: Aircraft,
    frequency_hz: float,
    span_s: tuple[float, float] = ALWAYS,
    kinds: Collection[RecordKind] = SPOKEN,
    roles: Collection[Role] = EITHER,
) -> Ints:
    """Return the records of calls on a frequency by or to an aircraft, both ends of the time included.

    Args:
        index: of the records.
        aircraft: known by its id or its callsign.
        frequency_hz: what was called on, within `SAME_HZ`.
        span_s: from and until when, seconds since 1970.
        kinds: which kinds count as calls.
        roles: whether it must have called, or been called.
    """
    names = {key_of(name) for name in (aircraft.id, aircraft.callsign)} - {""}
    rows = _union([index.rows_of_role[role].get(name, _NONE) for role in roles for name in names])
    is_there = np.abs(index.frequency_hz[rows] - frequency_hz) <= SAME_HZ
    return _of_kinds(index, rows[is_there & _is_within(index, rows, span_s)], kinds)


def find_notices(index: RecordIndex, area: str, party: str | None = None) -> Notices:
    """Return the notices of an area, by a party or by anyone, with the times over which they speak."""
    rows = _of_kinds(index, index.rows_of_area.get(key_of(area), _NONE), (RecordKind.NOTICE,))
    if party is not None:
        rows = np.intersect1d(rows, index.rows_of_party.get(key_of(party), _NONE))
    return Notices(rows, index.t_s[rows], index.from_s[rows], index.until_s[rows])


def find_acknowledgements(index: RecordIndex, reference: str, party: str | None = None) -> Ints:
    """Return the records that acknowledge what has a reference, by a party or by anyone; none has an empty one."""
    rows = _of_kinds(index, index.rows_of_reference.get(key_of(reference), _NONE), (RecordKind.ACKNOWLEDGEMENT,))
    return rows if party is None else np.intersect1d(rows, index.rows_of_party.get(key_of(party), _NONE))


def find_checks(
    index: RecordIndex, span_s: tuple[float, float] = ALWAYS, channel: Channel | None = Channel.GROUND_LINE
) -> Ints:
    """Return the records of communications checks within a time, on a channel or on any."""
    rows = _of_kinds(index, np.arange(len(index.t_s)), (RecordKind.CHECK,))
    if channel is not None:
        rows = rows[index.channel[rows] == channel.value]
    return rows[_is_within(index, rows, span_s)]


_NONE: Final = np.empty(0, np.int64)


def _is_within(index: RecordIndex, rows: Ints, span_s: tuple[float, float]) -> Bools:
    within: Bools = (index.t_s[rows] >= span_s[0]) & (index.t_s[rows] <= span_s[1])
    return within


def _of_kinds(index: RecordIndex, rows: Ints, kinds: Collection[RecordKind]) -> Ints:
    return rows[np.isin(index.kind[rows], [kind.value for kind in kinds])]


def _union(parts: list[Ints]) -> Ints:
    found: Ints = np.unique(np.concatenate([_NONE, *parts]))
    return found


def _seconds(column: pa.ChunkedArray) -> Floats:
    seconds: Floats = column.cast(pa.int64()).cast(pa.float64()).to_numpy() / 1e6
    return seconds


def _rows_by_name(column: pa.ChunkedArray) -> dict[str, Ints]:
    """Return the rows in which each name stands, by `key_of` it; null and blank are no name."""
    found: dict[str, list[int]] = {}
    for row, name in enumerate(column.to_pylist()):
        if name and (key := key_of(name)):
            found.setdefault(key, []).append(row)
    return {key: np.array(rows, np.int64) for key, rows in found.items()}
