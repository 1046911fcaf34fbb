"""The formats that are read, as a table: how each is recognised, and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyarrow as pa

from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.delimited import is_delimited, read_delimited
from skyaccord.tracks.formats.parquet import is_parquet, read_parquet
from skyaccord.tracks.formats.readsb import READSB, is_readsb, read_readsb
from skyaccord.tracks.formats.report import Part
from skyaccord.tracks.formats.sbs import is_sbs, read_sbs

Reader: TypeAlias = Callable[[pa.Buffer, str], Part]
"""From a file's unpacked bytes and its name to its rows; raises FormatError or ColumnError, and nothing else."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. In a series of snapshots a position stays until the next is received: repeats are left out."""

    name: str
    recognises: Callable[[Content], bool]
    read: Reader
    is_snapshot: bool = False


FORMATS: Final[tuple[Format, ...]] = (
    # name                        recognised by      read by
    # binary
    Format("Parquet with columns as traffic, skyaccord or OpenSky name them", is_parquet, read_parquet),
    # JSON
    Format(READSB, is_readsb, read_readsb, is_snapshot=True),
    # text
    Format("SBS-1 BaseStation", is_sbs, read_sbs),
    Format("CSV with the same columns", is_delimited, read_delimited),
)
"""In the order in which they are tried: what a magic number or a key tells before what only looks tell."""

SNAPSHOTS: Final = frozenset(each.name for each in FORMATS if each.is_snapshot)


def recognise_format(content: Content) -> Format | None:
    """Return the first format that takes content for its own; None where none does."""
    return next((each for each in FORMATS if each.recognises(content)), None)


def known_formats() -> str:
    """Return what is read, for people."""
    names = [each.name for each in FORMATS]
    return f"Read are {', '.join(names[:-1])} and {names[-1]}, each also gzipped"
