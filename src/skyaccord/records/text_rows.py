"""Delimited text taken apart: rows of cells with the numbers of their lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skyaccord.errors import FormatError
from skyaccord.model.header_line import Header, find_header_line
from skyaccord.records.columns import count_known

GREATEST_FILE: Final = 16 << 20
"""Bytes of a record file: a hundred thousand rows, more than a year of a busy frequency written down."""

MOST_LINES: Final = 500_000
"""Of a file."""

MOST_LINES_OF_ROW: Final = 100
"""A text in quotes may have several. With more, a quote was left open."""

REPLACED: Final = "some bytes are no UTF-8: replaced by the sign for that"

_END: Final = "\0"
"""A last line of its own, which no text holds: in a row with it a quote was left open."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with a header: its lines, and what had to be assumed of it."""

    lines: tuple[str, ...]
    header: Header
    notes: tuple[str, ...]


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        FormatError: it is not there, cannot be read or is too large.
    """
    name = str(path)
    try:
        if path.exists() and not path.is_file():
            raise FormatError(name, "no regular file", "Give files of records")
        if path.stat().st_size > GREATEST_FILE:
            raise FormatError(name, f"larger than {GREATEST_FILE:,} bytes", "Cut it to the time that is looked at")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FormatError(name, f"cannot be read ({reason})", "Check the path") from None


def open_sheet(content: bytes, name: str) -> Sheet:
    """Return a file's content as lines of text below a header.

    Raises:
        FormatError: it is no text, has too many lines, or names no columns of records.
    """
    text, notes = _decode(content, name)
    lines = tuple(io.StringIO(text, newline=None))
    if len(lines) > MOST_LINES:
        raise FormatError(name, f"more than {MOST_LINES:,} lines", "Cut it to the time that is looked at")
    header = find_header_line(lines, count_known)
    if header is None:
        cure = "Name the columns in the first line, as in time,frequency,caller,called,text"
        raise FormatError(name, "no header line with two or more known columns", cure)
    return Sheet(lines, header, notes)


def rows_of(sheet: Sheet, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row below the header and the number of its first line; an empty line is a row without cells.

    Raises:
        FormatError: a quote that is opened and not closed.
    """
    reader = csv.reader([*sheet.lines[sheet.header.line :], _END], delimiter=sheet.header.delimiter)
    before = 0
    try:
        for cells in reader:
            begin, last = sheet.header.line + before + 1, reader.line_num - before
            if cells == [_END]:
                return
            if last > MOST_LINES_OF_ROW or reader.line_num > len(sheet.lines) - sheet.header.line:
                raise FormatError(name, "a quote is opened here and not closed", "Close or double it", begin)
            yield begin, cells
            before = reader.line_num
    except csv.Error as error:
        line = sheet.header.line + before + 1
        raise FormatError(name, f"the text cannot be taken apart ({error})", "Close or double quotes", line) from None


def _decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return text by the mark at its begin, else as UTF-8; spreadsheets write UTF-16 with a mark."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    coding = "utf-16" if is_wide else "utf-8-sig"
    text = content.decode(coding, "replace")
    if "\0" in text:
        raise FormatError(name, "binary content", "Give records as delimited text (CSV), UTF-8")
    return text, ((REPLACED,) if "\ufffd" in text else ())
