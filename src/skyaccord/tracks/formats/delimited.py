"""Delimited text (CSV and its kin) with a header line, in the names of `traffic`, skyaccord or OpenSky."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from skyaccord.errors import FormatError
from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.columns import SPELLINGS, count_known, recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.report import Complaint, Part, Rows
from skyaccord.tracks.formats.values import to_mask

_DELIMITERS: Final = ",;\t|"
_AS_TEXT: Final = frozenset({"icao24", "callsign", "squawk", "party", "source"})
_NULLS: Final = ["", "nan", "NaN", "NAN", "NA", "N/A", "null", "NULL", "None", "none", "NaT", "\\N"]


@dataclass(frozen=True, slots=True)
class Header:
    """The header line of delimited text: its names, the delimiter between them and its number in the file."""

    names: tuple[str, ...]
    delimiter: str
    line: int


def is_delimited(content: Content) -> bool:
    """Return whether content has a header line with known columns."""
    return find_header(content.text) is not None


def find_header(head: str) -> Header | None:
    """Return the header if the first line that is neither empty nor a comment names two or more known columns."""
    for number, line in enumerate(head.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        splits = [(next(csv.reader([line], delimiter=d)), d) for d in _DELIMITERS]
        names, delimiter = max(splits, key=lambda split: count_known(split[0]))
        return Header(tuple(names), delimiter, number) if count_known(names) >= 2 else None
    return None


def read_delimited(content: pa.Buffer, name: str) -> Part:
    """Return the rows of delimited text; lines with too few or too many fields are counted and left out.

    Raises:
        FormatError: the text cannot be taken apart, or no row of it can be used.
        ColumnError: a needed column is missing or of a wrong type.
    """
    header = find_header(Content(content).text)
    if header is None:
        raise FormatError(name, "no header line with known columns", "Name the columns in the first line")
    layout = recognise(header.names, name)
    spelled = [*layout.found.values()]
    types = {each: pa.string() for each in spelled if SPELLINGS[each.strip().lower()].column in _AS_TEXT}
    raw, rows = split_lines(
        content,
        name,
        first=header.line + 1,
        read=pcsv.ReadOptions(skip_rows=header.line - 1),
        parse={"delimiter": header.delimiter},
        convert=pcsv.ConvertOptions(
            include_columns=spelled, column_types=types, null_values=_NULLS, strings_can_be_null=True
        ),
    )
    return conform(raw, layout, name=name, kind="{} CSV", rows=rows)


def split_lines(
    content: pa.Buffer,
    name: str,
    *,
    first: int,
    read: pcsv.ReadOptions,
    parse: dict[str, Any],
    convert: pcsv.ConvertOptions,
    others: re.Pattern[str] | None = None,
) -> tuple[pa.Table, Rows]:
    """Return text as columns, with the numbers of its lines; ``first`` is that of the first line of data.

    Lines with a wrong number of fields are in ``Rows.bad``, but for those that ``others`` matches, which rightly have
    another form: they are noted with their number, and so are empty lines.
    """
    skipped: list[pcsv.InvalidRow] = []

    def note(row: pcsv.InvalidRow) -> str:
        skipped.append(row)
        return "skip"

    options = pcsv.ParseOptions(**parse, ignore_empty_lines=False, invalid_row_handler=note)
    try:
        table = pcsv.read_csv(pa.BufferReader(content), read, options, convert)
        if skipped:  # only one thread alone knows the numbers of lines
            skipped.clear()
            read.use_threads = False
            table = pcsv.read_csv(pa.BufferReader(content), read, options, convert)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        problem = f"the text cannot be taken apart ({str(error).splitlines()[0]})"
        raise FormatError(name, problem, "Write it as UTF-8 with one header line and one row a line") from error
    bad = [row for row in skipped if others is None or not others.match(row.text)]
    notes = (f"{len(skipped) - len(bad):,} lines of other kinds: not needed",) if len(bad) < len(skipped) else ()
    numbers = _numbers(first, table.num_rows, [row.number for row in skipped]) if skipped else None
    return _without_empty_lines(table, Rows("line", first, numbers, tuple(_complaint(row) for row in bad), notes))


def _numbers(first: int, count: int, skipped: Sequence[int]) -> Ints:
    lines = np.arange(first, first + count + len(skipped), dtype=np.int64)
    return np.delete(lines, np.array(skipped, np.int64) - first)


def _without_empty_lines(table: pa.Table, rows: Rows) -> tuple[pa.Table, Rows]:
    empty = np.logical_and.reduce([to_mask(pc.is_null(column)) for column in table.columns])
    if not empty.any():
        return table, rows
    filled = np.flatnonzero(~empty)
    numbers = rows.first + filled if rows.numbers is None else rows.numbers[filled]
    notes = (*rows.notes, f"{int(empty.sum()):,} empty lines")
    return table.take(pa.array(filled)), replace(rows, numbers=numbers, notes=notes)


def _complaint(row: pcsv.InvalidRow) -> Complaint:
    return row.number, f"{row.actual_columns} fields where there should be {row.expected_columns}"
