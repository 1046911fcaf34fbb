"""Recorded tracks from files, folders and dataframes, as one table in the schema `TRACKS`.

What a file is follows from its content, never from its name. Bad rows are counted and explained, bad files are refused.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.dataframe import ArrowStream, read_dataframe
from skyaccord.tracks.formats.delimited import find_header, read_delimited
from skyaccord.tracks.formats.parquet import MAGIC, read_parquet
from skyaccord.tracks.formats.readsb import find_repeats, is_readsb, read_readsb
from skyaccord.tracks.formats.report import FileReport, Part
from skyaccord.tracks.formats.sbs import is_sbs, read_sbs
from skyaccord.tracks.formats.values import Bools

Source: TypeAlias = str | Path | ArrowStream
"""A file, a folder of files, or a dataframe."""

NOT_RECOGNISED: Final = "not recognised"

_GZIP: Final = b"\x1f\x8b"
_HEAD_BYTES: Final = 65_536
_KNOWN: Final = (
    "Read are Parquet and CSV with the column names of traffic, skyaccord or OpenSky, "
    "SBS-1 BaseStation text and readsb's aircraft.json, each also gzipped"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of all sources, in the schema `TRACKS` and in no particular order, and a report on each file."""

    table: pa.Table
    files: tuple[FileReport, ...]


def read_tracks(sources: Source | Sequence[Source]) -> Reading:
    """Return the tracks in files, folders and dataframes.

    A folder stands for every file in it and below, sorted by name; one that holds no tracks is named in the reports.
    Rows without usable time, id or position are left out and counted. ``source`` is filled with the file's name where
    the file does not state it. Times without zone are taken as UTC, and noted.

    Raises:
        FormatError: a file is not recognised or broken, or there is no row at all.
        ColumnError: a table lacks a needed column, or one has the wrong type or an unknown unit.
    """
    given = list(sources) if isinstance(sources, Sequence) and not isinstance(sources, str) else [sources]
    parts = _without_repeats([part for source in given for part in _read(source)])
    table = pa.concat_tables([TRACKS.empty_table(), *(part.table for part in parts)])
    if table.num_rows == 0:
        names = ", ".join(part.report.name for part in parts[:5]) or "no source"
        raise FormatError(names, "no tracks in it", _KNOWN)
    return Reading(table, tuple(part.report for part in parts))


def _read(source: Source) -> Iterator[Part]:
    if not isinstance(source, str | Path):
        yield read_dataframe(source)
        return
    path = Path(source)
    if path.is_dir():
        for file in sorted(each for each in path.rglob("*") if not each.is_dir()):
            yield _read_file(file) or Part(TRACKS.empty_table(), _unknown(file))
        return
    part = _read_file(path)
    if part is None:
        raise FormatError(str(path), _why_unknown(path), _KNOWN)
    yield part


def _read_file(path: Path) -> Part | None:
    """Return a file's rows, or None where its content is of no kind that is known."""
    name = str(path)
    content = _open(path)
    if content[: len(MAGIC)].to_pybytes() == MAGIC:
        return read_parquet(content, name)
    if is_readsb(content):
        return read_readsb(content, name)
    head = _head(content)
    if is_sbs(head):
        return read_sbs(content, name)
    header = find_header(head)
    return read_delimited(content, header, name) if header else None


def _open(path: Path) -> pa.Buffer:
    """Return a file's bytes, unpacked where it is gzipped; a plain file is mapped, not copied."""
    try:
        if path.stat().st_size == 0:
            return pa.py_buffer(b"")
        with pa.memory_map(str(path)) as file:
            content = file.read_buffer()
        if content[:2].to_pybytes() == _GZIP:
            content = pa.py_buffer(gzip.decompress(content))
    except FileNotFoundError:
        raise FormatError(str(path), "no such file", "Check the path") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FormatError(str(path), f"the gzip file is damaged ({error})", "Fetch or write it again") from None
    except OSError as error:
        raise FormatError(str(path), f"cannot be opened ({error.strerror or error})", "Check the file") from None
    return content


def _head(content: pa.Buffer) -> str:
    """Return the first lines as text; binary content gives none."""
    head = content[:_HEAD_BYTES].to_pybytes()
    return "" if b"\x00" in head else head.decode("utf-8-sig", errors="replace")


def _unknown(path: Path) -> FileReport:
    return FileReport(str(path), NOT_RECOGNISED, 0, notes=(f"{_why_unknown(path)}: left out",))


def _why_unknown(path: Path) -> str:
    content = _open(path)
    if content.size == 0:
        return "the file is empty"
    head = _head(content)
    if not head:
        return "binary content of no known format"
    line = next((line for line in head.splitlines() if line.strip()), "")
    return f"text of no known format, beginning with {line[:60]!r}"


def _without_repeats(parts: list[Part]) -> list[Part]:
    """Leave out what a series of aircraft.json repeats: a position stays in them until the next is received."""
    series = [k for k, part in enumerate(parts) if part.report.format.startswith("readsb")]
    if len(series) < 2:
        return parts
    repeats = find_repeats(pa.concat_tables([parts[k].table for k in series]))
    ends = np.cumsum([parts[k].table.num_rows for k in series])
    thinned = list(parts)
    for k, mask in zip(series, np.split(repeats, ends[:-1]), strict=True):
        thinned[k] = _thin(parts[k], mask)
    return thinned


def _thin(part: Part, repeats: Bools) -> Part:
    count = int(repeats.sum())
    if not count:
        return part
    table = part.table.filter(pa.array(~repeats))
    note = f"{count:,} positions were already in an earlier file: left out"
    return Part(table, replace(part.report, rows=table.num_rows, notes=(*part.report.notes, note)))
