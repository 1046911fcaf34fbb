"""``skyaccord convert``: recordings of any kind to one file of another."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from skyaccord.cli.sources import read_sources
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.read import Reading
from skyaccord.tracks.writers.write import TrackFormat, Written, format_of, write_tracks


def convert(
    sources: Sequence[str],
    out: Path,
    track_format: str | None = None,
    *,
    ownship: str | None = None,
    as_json: bool = False,
    options: ReadingOptions = NOTHING_KNOWN,
) -> None:
    """Read all sources, write one file, print its name; what was lost on the way goes to standard error.

    Args:
        sources: files, folders and ``scenario:NAME``.
        out: the file to write; its ending says the format where ``track_format`` does not.
        track_format: one of `TrackFormat`.
        ownship: for ``.daa``: the aircraft whose scenario it is.
        as_json: print one JSON object instead.
        options: what to assume where a recording is silent.
    """
    kind = TrackFormat(track_format) if track_format else format_of(out)  # misuse is told before hours of reading
    reading = read_sources(sources, options)
    written = write_tracks(reading.table, out, kind, ownship=ownship)
    if as_json:
        json.dump(_document(reading, written), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return
    for line in _remarks(reading, written):
        print(line, file=sys.stderr)
    print(written.path)


def _remarks(reading: Reading, written: Written) -> list[str]:
    lines = []
    for file in reading.files:
        lines += [f"{file.name}: {text}" for text in (*file.complaints, *file.notes)]
    return [*lines, *(f"{written.path}: {note}" for note in written.notes), f"{written.rows:,} rows written"]


def _document(reading: Reading, written: Written) -> dict[str, object]:
    return {
        "path": str(written.path),
        "format": written.format.value,
        "rows": written.rows,
        "notes": list(written.notes),
        "files": [asdict(file) for file in reading.files],
    }
