"""Delimited text (CSV and its kin) with a header line, in the names of `traffic`, skyaccord or OpenSky."""

from __future__ import annotations

import codecs
import re
from array import array
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from skyaccord.errors import FormatError
from skyaccord.model.file_report import Complaint
from skyaccord.model.header_line import Header, find_header_line
from skyaccord.model.tracks import Ints
from skyaccord.model.values import to_mask
from skyaccord.tracks.formats.cells import BadRows
from skyaccord.tracks.formats.columns import SPELLINGS, count_known, recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.report import Part, Rows

MOST_SKIPPED: Final = 5_000_000
"""So many lines with a wrong number of fields, and the file is not what its header says."""

_STEP_BYTES: Final = 1 << 24
_AS_TEXT: Final = frozenset({"icao24", "callsign", "squawk", "party", "source"})
_NULLS: Final = ["", "nan", "NaN", "NAN", "NA", "N/A", "null", "NULL", "None", "none", "NaT", "\\N"]


def is_delimited(content: Content) -> bool:
    """Return whether content has a header line with known columns."""
    return find_header(content.text) is not None


def find_header(head: str) -> Header | None:
    """Return the header line of text if it names two or more columns of tracks."""
    return find_header_line(head.splitlines(), count_known)


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
    content, is_foreign = _as_utf8(content)
    skipped = _Skipped(others)
    options = pcsv.ParseOptions(**parse, ignore_empty_lines=False, invalid_row_handler=skipped.note)
    try:
        table = pcsv.read_csv(pa.BufferReader(content), read, options, convert)
        if skipped.lines:  # only one thread alone knows the numbers of lines
            skipped.clear()
            read.use_threads = False
            table = pcsv.read_csv(pa.BufferReader(content), read, options, convert)
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        if len(skipped.lines) >= MOST_SKIPPED:
            problem = f"{MOST_SKIPPED:,} lines and more have another number of fields than the header"
            raise FormatError(name, problem, "Check that it is one table with one header") from error
        cause = str(error).splitlines()[0]
        if "straddling" in cause:
            raise FormatError(name, "a line of more than 1 MB", "Lines are far shorter: it may be damaged") from error
        problem = f"the text cannot be taken apart ({cause})"
        raise FormatError(name, problem, "Write it as UTF-8 with one header line and one row a line") from error
    notes = [f"{skipped.others:,} lines of other kinds: not needed"] if skipped.others else []
    notes += ["some bytes are no UTF-8: replaced by the sign for that"] if is_foreign else []
    numbers = _numbers(first, table.num_rows, skipped.lines) if skipped.lines else None
    bad = skipped.bad
    return _without_empty_lines(table, Rows("line", first, numbers, tuple(bad.first), tuple(notes), bad.unlisted))


class _Skipped:
    """Lines that are no rows: the numbers of all, the complaints about the first, a count of those of other kinds."""

    def __init__(self, others: re.Pattern[str] | None) -> None:
        self._others = others
        self.clear()

    def clear(self) -> None:
        self.lines = array("q")
        self.bad = BadRows()
        self.others = 0

    def note(self, row: pcsv.InvalidRow) -> str:
        if len(self.lines) >= MOST_SKIPPED:
            return "error"
        self.lines.append(row.number or 0)
        if self._others is not None and self._others.match(row.text):
            self.others += 1
        else:
            self.bad.add(*_complaint(row))
        return "skip"


def _as_utf8(content: pa.Buffer) -> tuple[pa.Buffer, bool]:
    """Return text as UTF-8, and whether something had to be replaced: one bad byte must not cost the whole file."""
    offsets = pa.py_buffer(np.array([0, content.size], np.int64))
    try:
        pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, content]).cast(pa.large_string())
    except pa.ArrowInvalid:
        sink = pa.BufferOutputStream()
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        for at in range(0, content.size, _STEP_BYTES):
            sink.write(decoder.decode(content[at : at + _STEP_BYTES].to_pybytes()).encode())
        sink.write(decoder.decode(b"", final=True).encode())
        return sink.getvalue(), True
    return content, False


def _numbers(first: int, count: int, skipped: array[int]) -> Ints:
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
    return row.number or 0, f"{row.actual_columns} fields where there should be {row.expected_columns}"
