"""Recorded tracks from files, folders and dataframes, as one table in the schema `TRACKS`.

What a file is follows from its content, never from its name. Bad rows are counted and explained, bad files are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import FileReport
from skyaccord.model.tables import ADVISORIES, TRACKS
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.content import open_content
from skyaccord.tracks.formats.dataframe import ArrowStream, read_dataframe
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.readsb import find_repeats
from skyaccord.tracks.formats.registry import SNAPSHOTS, known_formats, recognise_format
from skyaccord.tracks.formats.report import Part

Source: TypeAlias = str | Path | ArrowStream
"""A file, a folder of files, or a dataframe."""

NOT_RECOGNISED: Final = "not recognised"


@dataclass(frozen=True, slots=True)
class Reading:
    """All rows of all sources, in the schema `TRACKS` and in no particular order, and a report on each file.

    ``advisories`` are the resolution advisories that formats with raw messages carry, in the schema `ADVISORIES`.
    """

    table: pa.Table
    files: tuple[FileReport, ...]
    advisories: pa.Table = field(default_factory=ADVISORIES.empty_table)


def read_tracks(sources: Source | Sequence[Source], options: ReadingOptions = NOTHING_KNOWN) -> Reading:
    """Return the tracks in files, folders and dataframes.

    A folder stands for every file in it and below, sorted by name; one that holds no tracks is named in the reports.
    Rows without usable time, id or position are left out and counted. ``source`` is filled with the file's name where
    the file does not state it. Times without zone are taken as UTC, and noted. ``options`` say what some
    formats leave open: the day of a recording without date, the site of a radar, the edition of a format.

    Raises:
        FormatError: a file is not recognised or broken, or there is no row at all.
        ColumnError: a table lacks a needed column, or one has the wrong type or an unknown unit.
    """
    given = list(sources) if isinstance(sources, Sequence) and not isinstance(sources, str) else [sources]
    parts = _without_repeats([part for source in given for part in _read(source, options)])
    table = pa.concat_tables([TRACKS.empty_table(), *(part.table for part in parts)])
    if table.num_rows == 0:
        names = ", ".join(part.report.name for part in parts[:5]) or "no source"
        why = "; ".join(dict.fromkeys(note for part in parts[:5] for note in part.report.notes))
        raise FormatError(names, f"no tracks in it ({why})" if why else "no tracks in it", known_formats())
    advisories = [part.advisories for part in parts if part.advisories is not None]
    reports = tuple(part.report for part in parts)
    return Reading(table, reports, pa.concat_tables([ADVISORIES.empty_table(), *advisories]))


def _read(source: Source, options: ReadingOptions) -> Iterator[Part]:
    if not isinstance(source, str | Path):
        yield read_dataframe(source)
        return
    path = Path(source)
    if path.is_dir():
        for file in sorted(each for each in path.rglob("*") if not each.is_dir()):
            yield _read_file(file, options, in_folder=True)
        return
    yield _read_file(path, options, in_folder=False)


def _read_file(path: Path, options: ReadingOptions, *, in_folder: bool) -> Part:
    """Return a file's rows; of unknown content, which a folder may hold, no row and the reason."""
    content = open_content(path)
    found = recognise_format(content)
    if found is not None:
        return found.rows(content.buffer, str(path), options)
    if not in_folder:
        raise FormatError(str(path), content.why_unknown(), known_formats())
    report = FileReport(str(path), NOT_RECOGNISED, 0, notes=(f"{content.why_unknown()}: left out",))
    return Part(TRACKS.empty_table(), report)


def _without_repeats(parts: list[Part]) -> list[Part]:
    """Leave out what a series of snapshots repeats: a position stays in them until the next is received."""
    series = [k for k, part in enumerate(parts) if part.report.format in SNAPSHOTS]
    if not series:
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
    note = f"{count:,} positions were already in an earlier snapshot: left out"
    report = replace(part.report, rows=table.num_rows, notes=(*part.report.notes, note))
    return replace(part, table=table, report=report)
