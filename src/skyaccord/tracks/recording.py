"""A recording that is looked at through windows of time, so that memory does not follow its size.

Parquet files whose row groups follow one another in time are never read whole: each window reads the row groups it
overlaps. Everything else is read into one table, and windows are cut from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from skyaccord.geometry.vectors import Floats
from skyaccord.model.file_report import MOST_COMPLAINTS, FileReport
from skyaccord.model.instants import from_seconds
from skyaccord.model.tables import ADVISORIES, INSTANT, TRACKS
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Rows
from skyaccord.tracks.read import Source, read_tracks


class Recording(Protocol):
    """Rows by time. ``files`` is complete once every window was read."""

    rows: int

    @property
    def files(self) -> tuple[FileReport, ...]:
        """Return the reports on the files."""

    @property
    def advisories(self) -> pa.Table:
        """Return the resolution advisories of the recording, schema `ADVISORIES`."""

    def edges(self, rows_each: int) -> Floats:
        """Return times that cut the recording into windows of about so many rows; the last lies after its end."""

    def between(self, begin_s: float, end_s: float) -> pa.Table:
        """Return the rows from ``begin_s`` on and before ``end_s``, schema `TRACKS`."""


def open_recording(sources: Sequence[Source], whole_below: int, options: ReadingOptions = NOTHING_KNOWN) -> Recording:
    """Return a recording; Parquet of more than ``whole_below`` rows stays on disk, where its row groups are smaller."""
    on_disk = [_sorted_parquet(source) for source in sources]
    files = [each for each in on_disk if each is not None]
    is_cut = all(each.group_rows.max() <= whole_below for each in files)
    if files and is_cut and len(files) == len(sources) and sum(each.rows for each in files) > whole_below:
        return OnDisk(tuple(files))
    return InMemory(sources, options)


def rows_between(table: pa.Table, begin_s: float, end_s: float) -> pa.Table:
    """Return the rows of a table from ``begin_s`` on and before ``end_s``."""
    stamps = table["timestamp"]
    first, last = (pa.scalar(from_seconds(t), INSTANT) for t in (begin_s, end_s))
    return table.filter(pc.and_(pc.greater_equal(stamps, first), pc.less(stamps, last)))


class InMemory:
    """A recording read whole."""

    def __init__(self, sources: Sequence[Source], options: ReadingOptions) -> None:
        reading = read_tracks(list(sources), options)
        self.table = reading.table
        self.files = reading.files
        self.advisories = reading.advisories
        self.rows = reading.table.num_rows

    def edges(self, rows_each: int) -> Floats:
        """Return window edges at the times of every ``rows_each``-th row."""
        t_s = np.sort(_seconds(self.table))
        inner = t_s[rows_each::rows_each] if len(t_s) > 2 * rows_each else t_s[:0]
        return np.unique(np.concatenate((t_s[:1], inner, t_s[-1:] + 1.0)))

    def between(self, begin_s: float, end_s: float) -> pa.Table:
        """Return the rows of a window; the whole table where the window holds it all."""
        return rows_between(self.table, begin_s, end_s)


@dataclass(frozen=True, slots=True)
class SortedFile:
    """A Parquet file with the times of its row groups, which follow one another."""

    path: Path
    rows: int
    first_s: Floats  # of each row group
    last_s: Floats
    group_rows: Floats


class OnDisk:
    """Sorted Parquet files, read by row groups; each row group is counted and complained of once."""

    def __init__(self, files: tuple[SortedFile, ...]) -> None:
        self._files = files
        self._reports: dict[Path, dict[int, FileReport]] = {file.path: {} for file in files}
        self.rows = sum(file.rows for file in files)
        self.advisories = ADVISORIES.empty_table()

    @property
    def files(self) -> tuple[FileReport, ...]:
        """Return what was read of each file so far."""
        return tuple(_as_one(str(file.path), list(self._reports[file.path].values())) for file in self._files)

    def edges(self, rows_each: int) -> Floats:
        """Return window edges at beginnings of row groups."""
        first = np.concatenate([file.first_s for file in self._files])
        rows = np.concatenate([file.group_rows for file in self._files])
        order = np.argsort(first)
        window = (np.cumsum(rows[order]) - 1) // rows_each
        starts = first[order][np.flatnonzero(np.diff(window, prepend=-1))]
        return np.unique(np.append(starts, max(file.last_s.max() for file in self._files) + 1.0))

    def between(self, begin_s: float, end_s: float) -> pa.Table:
        """Return the rows of a window, read from the row groups that overlap it."""
        parts = [
            rows_between(part, begin_s, end_s) for file in self._files for part in self._read(file, begin_s, end_s)
        ]
        return pa.concat_tables([TRACKS.empty_table(), *parts])

    def _read(self, file: SortedFile, begin_s: float, end_s: float) -> Iterator[pa.Table]:
        groups = np.flatnonzero((file.last_s >= begin_s) & (file.first_s < end_s)).tolist()
        if not groups:
            return
        parquet = pq.ParquetFile(file.path, memory_map=True)
        layout = recognise(parquet.schema_arrow.names, str(file.path))
        starts = np.concatenate(([0], np.cumsum(file.group_rows))).astype(int)
        for group in groups:
            raw = parquet.read_row_group(group, columns=[*layout.found.values()])
            first = Rows(first=int(starts[group]) + 1)
            part = conform(raw, layout, name=str(file.path), kind="{} Parquet", rows=first)
            self._reports[file.path][group] = part.report
            yield part.table


def _as_one(name: str, reports: Sequence[FileReport]) -> FileReport:
    """Return the reports on the row groups of one file as one."""
    complaints = [complaint for report in reports for complaint in report.complaints]
    return FileReport(
        name,
        reports[0].format if reports else "Parquet",
        sum(report.rows for report in reports),
        sum(report.bad_rows for report in reports),
        tuple(complaints[:MOST_COMPLAINTS]),
        tuple(dict.fromkeys(note for report in reports for note in report.notes)),
    )


def _sorted_parquet(source: Source) -> SortedFile | None:
    """Return a file's row groups where it is Parquet with datetimes and its row groups follow one another."""
    if not isinstance(source, str | Path) or not Path(source).is_file():
        return None
    try:
        data = pq.ParquetFile(source, memory_map=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError):
        return None
    names = data.schema_arrow.names
    if "timestamp" not in names or not pa.types.is_timestamp(data.schema_arrow.field("timestamp").type):
        return None
    column = names.index("timestamp")
    first, last, rows = [], [], []
    for group in range(data.num_row_groups):
        meta = data.metadata.row_group(group)
        statistics = meta.column(column).statistics if meta.num_columns == len(names) else None
        if statistics is None or not statistics.has_min_max:
            return None
        first.append(statistics.min.timestamp())
        last.append(statistics.max.timestamp())
        rows.append(meta.num_rows)
    if not rows or any(later < earlier for earlier, later in zip(last, first[1:], strict=False)):
        return None
    return SortedFile(Path(source), sum(rows), np.array(first), np.array(last), np.array(rows, float))


def _seconds(table: pa.Table) -> Floats:
    micros = table["timestamp"].cast(pa.int64()).to_numpy()
    return np.asarray(micros, np.float64) / 1e6
