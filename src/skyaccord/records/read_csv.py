"""One file of records (CSV and its kin) as a table in the schema `RECORDS`, and a report on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import FormatError
from skyaccord.model.file_report import BadRows, FileReport, summarise
from skyaccord.model.records import RecordKind
from skyaccord.model.tables import RECORDS
from skyaccord.model.timestamps import Instants, instants
from skyaccord.model.values import Bools, to_mask
from skyaccord.records.channels import read_channel
from skyaccord.records.columns import Column, Layout, recognise
from skyaccord.records.date_time_group import as_iso
from skyaccord.records.kinds import read_kind
from skyaccord.records.text_rows import Sheet, open_sheet, rows_of

KIND: Final = "records CSV"
LONGEST_TEXT: Final = 10_000
LONGEST_CELL: Final = 200
"""Characters of the text, and of any other cell: callsigns, names and instants are far shorter."""

_PLAIN: Final = (
    *(Column.CALLER, Column.CALLED, Column.PARTY, Column.AREA, Column.REFERENCE, Column.LANGUAGE, Column.TEXT),
)
"""Columns whose cells are taken as they are."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of sound rows, without blanks around them, by column; an empty one where a file lacks the column."""

    line: list[int]
    cell: dict[Column, list[str]]
    unit: str  # that the column of the frequency states

    def filled(self, column: Column) -> Bools:
        """Return in which rows something stands."""
        return np.array([bool(cell) for cell in self.cell[column]], bool)


def read_records(content: bytes, name: str) -> tuple[pa.Table, FileReport]:
    """Return the records of a file's content in its order; rows that cannot be read are left out, counted and named.

    Raises:
        FormatError: no text with a header, a quote left open, or not one of its rows can be used.
        ColumnError: a needed column is missing, two are the same, or one of instants holds none.
    """
    sheet = open_sheet(content, name)
    layout = recognise(sheet.header.names, name)
    bad = BadRows()
    cells, empty = _take_cells(sheet, layout, bad, name)
    table, notes = _to_table(cells, bad, name)
    if table.num_rows == 0 and len(bad):
        first = summarise(bad.first, len(bad), "line")[0]
        raise FormatError(name, f"not one of {len(bad):,} rows can be used ({first})", "Mend the rows, or name another")
    extra = [f"{empty:,} empty lines"] if empty else []
    extra += [f"columns not used: {', '.join(layout.unused)}"] if layout.unused else []
    report = FileReport(
        name=name,
        format=KIND,
        rows=table.num_rows,
        bad_rows=len(bad),
        complaints=summarise(bad.first, len(bad), "line"),
        notes=(*sheet.notes, *notes, *extra),
    )
    return table, report


def _take_cells(sheet: Sheet, layout: Layout, bad: BadRows, name: str) -> tuple[_Cells, int]:
    """Return the cells of rows that have the right form, and how many lines were empty."""
    width = len(sheet.header.names)
    cells = _Cells([], {column: [] for column in Column}, layout.frequency_unit)
    empty = 0
    for line, row in rows_of(sheet, name):
        if not any(cell.strip() for cell in row):
            empty += 1
            continue
        problem = _wrong_form(row, width, layout)
        if problem:
            bad.add(line, problem)
            continue
        cells.line.append(line)
        for column in Column:
            place = layout.place.get(column)
            cells.cell[column].append("" if place is None else row[place].strip())
    return cells, empty


def _wrong_form(row: Sequence[str], width: int, layout: Layout) -> str:
    if len(row) != width:
        return f"{len(row)} fields where there should be {width}"
    for column, place in layout.place.items():
        most = LONGEST_TEXT if column is Column.TEXT else LONGEST_CELL
        if len(row[place]) > most:
            return f"{column} has {len(row[place]):,} characters, more than {most:,}"
    return ""


def _to_table(cells: _Cells, bad: BadRows, name: str) -> tuple[pa.Table, tuple[str, ...]]:
    """Return the table of rows whose cells can be read, and what was assumed of them; others are added to the bad."""
    begin, end = _instants(cells, Column.FROM, name), _instants(cells, Column.UNTIL, name)
    time = _instants(cells, Column.TIME, name, before=cells.cell[Column.DATE])
    channels = [read_channel(cell, cells.unit) for cell in cells.cell[Column.FREQUENCY]]
    kinds = [read_kind(cell) for cell in cells.cell[Column.KIND]]
    known = RecordKind.__members__.values()
    problems = (
        (np.array([each is None for each in channels], bool), Column.FREQUENCY, "is no frequency and no ground line"),
        (np.array([each is None for each in kinds], bool), Column.KIND, f"is none of {', '.join(known)}"),
        (to_mask(pc.is_null(time.column)), Column.TIME, "cannot be read: write it as 2015-10-10T11:42:03Z"),
        (cells.filled(Column.FROM) & to_mask(pc.is_null(begin.column)), Column.FROM, "cannot be read"),
        (cells.filled(Column.UNTIL) & to_mask(pc.is_null(end.column)), Column.UNTIL, "cannot be read"),
        (to_mask(pc.less(end.column, begin.column)), Column.UNTIL, "is before its begin"),
    )
    is_bad = np.zeros(len(cells.line), bool)
    for mask, column, problem in problems:
        for row in np.flatnonzero(mask & ~is_bad).tolist():
            bad.add(cells.line[row], f'{column} "{cells.cell[column][row][:40]}" {problem}')
        is_bad |= mask
    sound = [each or (None, None) for each in channels]
    columns = {
        "timestamp": time.column,
        "kind": pa.array(kinds, pa.string()),
        "channel": pa.array([channel for channel, _ in sound], pa.string()),
        "frequency_hz": pa.array([hz for _, hz in sound], pa.float64()),
        **{column.value: pa.array([cell or None for cell in cells.cell[column]], pa.string()) for column in _PLAIN},
        "from": begin.column,
        "until": end.column,
        "source": pa.array([name] * len(cells.line), pa.string()),
        "line": pa.array(cells.line, pa.int64()),
    }
    table = pa.table([columns[field.name] for field in RECORDS], schema=RECORDS).filter(pa.array(~is_bad))
    return table, tuple(dict.fromkeys((*time.notes, *begin.notes, *end.notes)))


def _instants(cells: _Cells, column: Column, name: str, before: Sequence[str] = ()) -> Instants:
    """Return the instants of a column; with dates ``before`` them where the file has a column for those."""
    words = cells.cell[column]
    if any(before):
        words = [f"{date} {time}" if date else time for date, time in zip(before, words, strict=True)]
    texts = pa.chunked_array([pa.array([as_iso(word) or None for word in words], pa.string())])
    return instants(texts, name, column)
