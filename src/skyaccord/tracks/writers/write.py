"""Tracks to a file: the formats as a table, and the one way in."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias, cast

import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import ColumnError, FormatError
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.writers.columnar import write_csv, write_parquet
from skyaccord.tracks.writers.czml import write_czml
from skyaccord.tracks.writers.daa import write_daa
from skyaccord.tracks.writers.geojson import write_geojson
from skyaccord.tracks.writers.kml import write_kml
from skyaccord.tracks.writers.sbs import write_sbs

Writer: TypeAlias = Callable[[pa.Table, BinaryIO], list[str]]
"""From a table in the schema `TRACKS`, in order of time, to bytes; returns notes on what the format cannot hold."""


class TrackFormat(StrEnum):
    """A format that tracks are written in."""

    PARQUET = "parquet"
    CSV = "csv"
    SBS = "sbs"
    KML = "kml"
    CZML = "czml"
    GEOJSON = "geojson"
    DAA = "daa"


WRITERS: Final[dict[TrackFormat, Writer]] = {
    TrackFormat.PARQUET: write_parquet,
    TrackFormat.CSV: write_csv,
    TrackFormat.SBS: write_sbs,
    TrackFormat.KML: write_kml,
    TrackFormat.CZML: write_czml,
    TrackFormat.GEOJSON: write_geojson,
    TrackFormat.DAA: write_daa,
}
_COLUMNAR: Final = (TrackFormat.PARQUET, TrackFormat.CSV)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and what of the table it does not hold."""

    path: Path
    format: TrackFormat
    rows: int
    notes: tuple[str, ...] = ()


def format_of(path: Path) -> TrackFormat:
    """Return the format that a file's name asks for, ``day.kml`` or ``day.kml.gz``.

    Raises:
        FormatError: the name ends on none of them.
    """
    ending = path.name.lower().removesuffix(".gz").rpartition(".")[2]
    try:
        return TrackFormat(ending)
    except ValueError:
        endings = ", ".join(f".{each}" for each in TrackFormat)
        raise FormatError(str(path), "the name does not say the format", f"End it on one of {endings}") from None


def write_tracks(
    table: pa.Table, path: str | Path, track_format: TrackFormat | str | None = None, *, ownship: str | None = None
) -> Written:
    """Write tracks to a file; it is replaced only once all is written. A name that ends on ``.gz`` is packed.

    Pressure altitude is never written where a format means height above ellipsoid or sea without saying so in the file,
    nor the other way about.

    Args:
        table: in the schema `TRACKS`, in any order.
        path: the file.
        track_format: the format, else as the name says.
        ownship: for ``.daa``: whose scenario it is; else that of the aircraft with most reports.

    Raises:
        ColumnError: another schema.
        FormatError: the format is unknown, the file cannot be written, or there is nothing to write.
    """
    path = Path(path)
    kind = format_of(path) if track_format is None else _known(track_format)
    if not table.schema.equals(TRACKS):
        raise ColumnError("table of tracks", "its columns are not those of TRACKS", "Read it with read_tracks first")
    sound, notes = (table, []) if kind in _COLUMNAR else _sound(table)
    if sound.num_rows == 0:
        raise FormatError(str(path), "no tracks to write", "Look at the source with skyaccord inspect")
    writer = partial(write_daa, ownship=ownship) if kind is TrackFormat.DAA else WRITERS[kind]
    ordered = sound.sort_by([("timestamp", "ascending"), ("icao24", "ascending")])
    notes += _write(path, ordered, writer)
    return Written(path, kind, ordered.num_rows, tuple(notes))


def _known(name: TrackFormat | str) -> TrackFormat:
    try:
        return TrackFormat(name)
    except ValueError:
        raise FormatError(str(name), "no format that is written", f"Write one of {', '.join(TrackFormat)}") from None


def _write(path: Path, table: pa.Table, writer: Writer) -> list[str]:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            if path.suffix == ".gz":
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    notes = writer(table, cast("BinaryIO", packed))  # which it is, but for the type checker
            else:
                notes = writer(table, file)
        beside.replace(path)
    except OSError as error:
        cure = "Check the folder and the space on it"
        raise FormatError(str(path), f"cannot be written ({error.strerror or error})", cure) from None
    finally:
        beside.unlink(missing_ok=True)
    return notes


def _sound(table: pa.Table) -> tuple[pa.Table, list[str]]:
    """Return the rows with time, id and position, and optional values that are numbers or null."""
    needed = [pc.is_valid(table[name]) for name in ("timestamp", "icao24")]
    needed += [pc.fill_null(pc.is_finite(table[name]), False) for name in ("latitude", "longitude")]
    mask = needed[0]
    for each in needed[1:]:
        mask = pc.and_(mask, each)
    kept = table.filter(mask)
    for k, field in enumerate(TRACKS):
        if pa.types.is_floating(field.type):
            finite = pc.fill_null(pc.is_finite(kept[field.name]), False)
            kept = kept.set_column(k, field, pc.if_else(finite, kept[field.name], pa.scalar(None, field.type)))
    lost = table.num_rows - kept.num_rows
    return kept, [f"{lost:,} rows have no time, id or position: left out"] if lost else []
