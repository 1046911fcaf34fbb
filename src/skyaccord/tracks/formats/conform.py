"""A foreign table made to fit the schema `TRACKS`; rows that cannot are counted, explained and left out."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import ColumnError, FormatError
from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint, FileReport, summarise
from skyaccord.model.tables import TRACKS
from skyaccord.model.timestamps import instants
from skyaccord.model.values import (
    Bools,
    Values,
    codes,
    flags,
    is_text,
    numbers,
    squawks,
    texts,
    to_mask,
)
from skyaccord.tracks.formats.columns import POSITION_TIME, Layout, System
from skyaccord.tracks.formats.report import Part, Rows

_LIMIT_DEG: Final = {"latitude": 90.0, "longitude": 180.0}
_BLOCK: Final = 65_536


def conform(raw: pa.Table, layout: Layout, *, name: str, kind: str, rows: Rows | None = None) -> Part:
    """Return a table's rows in the schema `TRACKS`, with the report on what was left out.

    Args:
        raw: the table with its own names, types and units.
        layout: what its columns are, from `recognise`.
        name: the file, for the report and for errors; its last part fills ``source`` where that is null.
        kind: the format's name for people; ``{}`` in it becomes the family of column names.
        rows: how rows are numbered, and what was already left out.

    Raises:
        ColumnError: ids or instants of a type that cannot be such.
        FormatError: there are rows, and not one of them can be used.
    """
    rows = rows or Rows()
    notes = list(rows.notes)
    columns = read_columns(raw, layout, name, notes)
    checks = _Checks(raw, layout, columns)
    complaints = [*rows.bad, *checks.explain(rows)]
    bad_rows = rows.bad_rows + int(checks.bad.sum())
    kept = checks.kept
    if bad_rows and not kept.any() and not checks.unplaced.any():
        first = summarise(sorted(complaints)[:1], 1, rows.word)[0]
        cure = "Check that the file is what its header says, and that latitude and longitude are in degrees"
        raise FormatError(name, f"none of its {bad_rows:,} rows can be used ({first})", cure)
    _count_missing(columns, checks, notes)
    table = _assemble(raw.num_rows, columns, PurePath(name).name)
    if not kept.all():
        table = table.filter(pa.array(kept))
    if POSITION_TIME in layout.found:
        table = _without_repeats(table, columns["reported"].column, kept, notes)
    elif layout.system is System.SI:
        notes.append("positions are dated by the row's time and may be some seconds older than that")
    report = FileReport(
        name,
        kind.format(layout.system.value),
        table.num_rows,
        bad_rows,
        summarise(complaints, bad_rows, rows.word),
        tuple(notes),
    )
    return Part(table, report)


def read_columns(raw: pa.Table, layout: Layout, name: str, notes: list[str]) -> dict[str, Values]:
    """Return the columns that were found, by our name, in our unit; "reported" is the time of the row itself.

    No row is left out: what cannot be read is null. Notes on what had to be assumed are added to ``notes``.
    """
    if layout.system is System.SI:
        notes.append("units are SI (OpenSky): converted to ft, kt and ft/min")
    columns = {"timestamp": _times(raw, layout, name, notes)}
    for column, spelled in layout.found.items():
        if column in (POSITION_TIME, "timestamp"):
            continue
        try:
            columns[column] = _read(column, raw[spelled], layout.factors[column], name)
        except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as error:
            wanted = TRACKS.field(column).type
            problem = f'column "{spelled}" is {raw[spelled].type}, which cannot be read as {wanted}'
            raise ColumnError(name, problem, f"Write it as {wanted}, or leave it out") from error
    if POSITION_TIME in layout.found:
        reported = layout.found.get("timestamp", layout.found[POSITION_TIME])
        columns["reported"] = Values(instants(raw[reported], name, reported).column)
    if layout.unused:
        notes.append(f"columns not read: {', '.join(layout.unused)}")
    return columns


def _times(raw: pa.Table, layout: Layout, name: str, notes: list[str]) -> Values:
    """Return the time of each position: its own where the table has one, else the row's."""
    spelled = [layout.found[c] for c in (POSITION_TIME, "timestamp") if c in layout.found]
    read = [instants(raw[each], name, each) for each in spelled]
    notes.extend(dict.fromkeys(note for one in read for note in one.notes))
    return Values(pc.coalesce(*(one.column for one in read)) if len(read) > 1 else read[0].column)


def _read(column: str, cells: pa.ChunkedArray, factor: float, name: str) -> Values:
    kind = TRACKS.field(column).type
    if column == "icao24":
        return _ids(cells, name)
    if column == "squawk":
        return squawks(cells)
    if pa.types.is_string(kind):
        return texts(cells)
    if pa.types.is_boolean(kind):
        return flags(cells)
    if pa.types.is_int8(kind):
        return codes(cells)
    values = numbers(cells)
    return values if factor == 1.0 else Values(pc.multiply(values.column, factor), values.unreadable)


def _ids(cells: pa.ChunkedArray, name: str) -> Values:
    if is_text(cells.type) or pa.types.is_null(cells.type):
        return texts(cells, lower=True)
    cure = 'Write ids as text, as in "a4e704"; a 24-bit number becomes that with format(number, "06x")'
    raise ColumnError(name, f'column "icao24" is {cells.type}, not text', cure)


class _Checks:
    """Which rows can be taken: ``bad`` ones are faulty, ``unplaced`` ones merely have no position."""

    def __init__(self, raw: pa.Table, layout: Layout, columns: dict[str, Values]) -> None:
        self._raw = raw
        self._layout = layout
        self._nameless = _missing(columns["icao24"])
        self._timeless = _missing(columns["timestamp"])
        self._off = {axis: _out_of_range(columns[axis], limit) for axis, limit in _LIMIT_DEG.items()}
        empty = [_missing(columns[axis]) & _readable(columns[axis]) for axis in _LIMIT_DEG]
        self.unplaced: Bools = empty[0] & empty[1] & ~self._nameless
        faulty = self._timeless | self._off["latitude"] | self._off["longitude"]
        self.bad: Bools = self._nameless | (~self.unplaced & faulty)

    @property
    def kept(self) -> Bools:
        """Return the rows that are taken."""
        return ~(self.bad | self.unplaced)

    def explain(self, rows: Rows) -> list[Complaint]:
        """Return what is wrong with the first bad rows."""
        return [(rows.number(int(i)), self._explain_row(int(i))) for i in np.flatnonzero(self.bad)[:MOST_COMPLAINTS]]

    def _explain_row(self, index: int) -> str:
        if self._nameless[index]:
            return "icao24 is missing"
        if self._timeless[index]:
            column = "timestamp" if "timestamp" in self._layout.found else POSITION_TIME
            return f"timestamp {self._cell(column, index)} is no instant between 1990 and 2100"
        axis = "latitude" if self._off["latitude"][index] else "longitude"
        limit = _LIMIT_DEG[axis]
        return f"{axis} {self._cell(axis, index)} is no angle from {-limit:g} to {limit:g} degrees"

    def _cell(self, column: str, index: int) -> str:
        try:
            value = self._raw[self._layout.found[column]][index].as_py()
        except (OverflowError, ValueError):  # a date that Python's calendar does not reach, or of a zone no one knows
            return "(no date)"
        return "(missing)" if value is None else repr(value)[:40]


def _missing(values: Values) -> Bools:
    return to_mask(pc.is_null(values.column))


def _readable(values: Values) -> Bools | np.bool_:
    return np.True_ if values.unreadable is None else ~values.unreadable


def _out_of_range(values: Values, limit: float) -> Bools:
    outside: Bools = ~(np.abs(values.column.to_numpy()) <= limit)  # so that NaN is outside
    return outside


def _count_missing(columns: dict[str, Values], checks: _Checks, notes: list[str]) -> None:
    """Note rows without position, and optional values that stood there and could not be read."""
    if unplaced := int(checks.unplaced.sum()):
        notes.append(f"{unplaced:,} rows have no position: left out")
    for column, values in columns.items():
        if values.unreadable is not None and column not in _LIMIT_DEG and values.unreadable[checks.kept].any():
            count = int(values.unreadable[checks.kept].sum())
            notes.append(f"{column}: {count:,} values cannot be read and are taken as missing")


def _assemble(count: int, columns: dict[str, Values], base: str) -> pa.Table:
    arrays: list[pa.ChunkedArray] = []
    for field in TRACKS:
        if field.name in columns:
            arrays.append(columns[field.name].column)
        elif field.name != "source":
            arrays.append(pa.chunked_array([pa.nulls(count, field.type)]))
        else:
            arrays.append(_repeat(base, count))
    if "source" in columns:
        index = TRACKS.get_field_index("source")
        arrays[index] = pc.fill_null(arrays[index], base)
    return pa.table(arrays, schema=TRACKS)


def _repeat(text: str, count: int) -> pa.ChunkedArray:
    """Return a column of one text over and over; its blocks share their memory."""
    block = pa.repeat(pa.scalar(text, pa.string()), min(count, _BLOCK))
    whole, rest = divmod(count, _BLOCK)
    return pa.chunked_array([block] * whole + [block.slice(0, rest)], pa.string())


def _without_repeats(table: pa.Table, reported: pa.ChunkedArray, kept: Bools, notes: list[str]) -> pa.Table:
    """Keep, of rows that repeat one position, the first reported: its other values are nearest to it in time.

    OpenSky's state vectors come each second, whether or not a new position did.
    """
    order = np.argsort(reported.filter(pa.array(kept)).cast(pa.int64()).to_numpy(), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    keys = ["icao24", "timestamp", "latitude", "longitude"]
    ranked = table.select(keys).append_column("rank", pa.chunked_array([pa.array(rank)]))
    first = ranked.group_by(keys).aggregate([("rank", "min")])["rank_min"].to_numpy()
    if len(first) == table.num_rows:
        return table
    notes.append(f"{table.num_rows - len(first):,} rows repeat a position already reported: left out")
    return table.take(pa.array(np.sort(order[first])))
