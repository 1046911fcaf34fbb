"""Rows of parsed documents (JSON, XML) as Arrow columns: compacted as they come, so that memory holds no objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, TypeGuard

import numpy as np
import pyarrow as pa

from skyaccord.model import file_report
from skyaccord.model.tracks import Ints
from skyaccord.tracks.formats.columns import Layout, System
from skyaccord.tracks.formats.report import Rows

LINE: Final = "line"
"""The column that holds under which number a person finds the row."""

_BLOCK: Final = 65_536
_PLAIN: Final = (pa.float64(), pa.bool_(), pa.string(), pa.null())
_NO_CELL: Final = "(no single value)"


class CellTable:
    """A table that grows row by row; a cell is None, a flag, a number or a text, and anything else is unreadable."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = (*names, LINE)
        self._rows: list[tuple[object, ...]] = []
        self._blocks: list[pa.Table] = []

    def add(self, line: int, *cells: object) -> None:
        """Append a row; cells stand in the order of the names."""
        self._rows.append((*cells, line))
        if len(self._rows) == _BLOCK:
            self._flush()

    def take(self) -> tuple[pa.Table, Ints]:
        """Return the table, and under which number a person finds each row."""
        self._flush()
        columns = {name: _stack([block[name] for block in self._blocks]) for name in self._names}
        lines: Ints = columns.pop(LINE).cast(pa.float64()).to_numpy().astype(np.int64)
        return pa.table(columns), lines

    def _flush(self) -> None:
        if self._rows:
            cells = zip(*self._rows, strict=True)
            self._blocks.append(pa.table(dict(zip(self._names, map(column, cells), strict=True))))
            self._rows = []


class BadRows(file_report.BadRows):
    """Rows that could not even become rows, of a reader that names the others too."""

    def rows(self, word: str, numbers: Ints, notes: Sequence[str] = ()) -> Rows:
        """Return how the sound rows are named, and what was left out beside them."""
        return Rows(word, 1, numbers, tuple(self.first), tuple(notes), self.unlisted)


def column(values: Sequence[object]) -> pa.Array:
    """Return cells as flags or numbers where all of them are such, else as text."""
    try:
        quick = pa.array(values)
    except (pa.ArrowException, OverflowError, UnicodeError, TypeError, ValueError):
        return _mixed(values)
    if pa.types.is_int64(quick.type):
        return quick.cast(pa.float64(), safe=False)
    return quick if quick.type in _PLAIN else _mixed(values)


def _mixed(values: Sequence[object]) -> pa.Array:
    """Return cells of several kinds, or such that Arrow does not take."""
    given = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in given):
        return pa.array(values, pa.bool_() if given else pa.null())
    if all(is_number(value) for value in given):
        return pa.array([float(value) if is_number(value) else None for value in values], pa.float64())
    words = [None if value is None else _word(value) for value in values]
    try:
        return pa.array(words, pa.string())
    except UnicodeEncodeError:  # JSON may spell half a surrogate pair, which is no character
        return pa.array([word and word.encode(errors="replace").decode() for word in words], pa.string())


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a cell is a number that a float can hold; a flag is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < 1 << 1000
    return isinstance(value, float)


def as_number(value: object) -> float:
    """Return a cell as a number: NaN where it is none, also for text that spells one."""
    return float(value) if is_number(value) else math.nan


def own_layout(table: pa.Table, **factors: float) -> Layout:
    """Return the layout of a table whose columns have our names; factors lead to the units of `TRACKS`."""
    names = table.column_names
    return Layout(System.AVIATION, {name: name for name in names}, dict.fromkeys(names, 1.0) | factors, ())


def _word(value: object) -> str:
    return str(value) if isinstance(value, str | float | bool) else _NO_CELL


def _stack(columns: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Return columns under one another; where blocks differ in type, all as text."""
    kinds = {each.type for each in columns if not pa.types.is_null(each.type)}
    kind = kinds.pop() if len(kinds) == 1 else (pa.string() if kinds else pa.null())
    return pa.chunked_array([chunk for each in columns for chunk in each.cast(kind).chunks], kind)
