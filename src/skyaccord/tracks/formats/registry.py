"""The formats that are read, as a table: how each is recognised, and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyarrow as pa

from skyaccord.tracks.formats.asterix import is_asterix, read_asterix
from skyaccord.tracks.formats.avr import is_avr, read_avr
from skyaccord.tracks.formats.beast import is_beast, read_beast
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.cursor_on_target import is_cursor_on_target, read_cursor_on_target
from skyaccord.tracks.formats.daa import read_daa
from skyaccord.tracks.formats.daa_states import is_daa
from skyaccord.tracks.formats.delimited import is_delimited, read_delimited
from skyaccord.tracks.formats.gdl90 import is_gdl90, read_gdl90
from skyaccord.tracks.formats.geojson import is_geojson, read_geojson
from skyaccord.tracks.formats.gpx import is_gpx, read_gpx
from skyaccord.tracks.formats.kml import is_kml, read_kml
from skyaccord.tracks.formats.opensky import OPENSKY, is_opensky, read_opensky
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.parquet import is_parquet, read_parquet
from skyaccord.tracks.formats.pcap import is_pcap, read_pcap
from skyaccord.tracks.formats.readsb import READSB, is_readsb, read_readsb
from skyaccord.tracks.formats.readsb_trace import is_trace, read_trace
from skyaccord.tracks.formats.report import Part
from skyaccord.tracks.formats.sbs import is_sbs, read_sbs

Reader: TypeAlias = Callable[..., Part]
"""From a file's unpacked bytes and its name, and the options where it takes them, to its rows.

Raises FormatError or ColumnError, and nothing else.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. In a series of snapshots a position stays until the next is received: repeats are left out."""

    name: str
    recognises: Callable[[Content], bool]
    read: Reader
    is_snapshot: bool = False
    takes_options: bool = False

    def rows(self, content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
        """Return a file's rows, read with the options of the caller where the format leaves something open."""
        return self.read(content, name, options) if self.takes_options else self.read(content, name)


FORMATS: Final[tuple[Format, ...]] = (
    # name                        recognised by      read by
    # binary
    Format("Parquet with columns as traffic, skyaccord or OpenSky name them", is_parquet, read_parquet),
    Format("network capture of ASTERIX or GDL 90 (pcap)", is_pcap, read_pcap, takes_options=True),
    Format("GDL 90", is_gdl90, read_gdl90, takes_options=True),
    Format("Beast", is_beast, read_beast, takes_options=True),
    # JSON
    Format("readsb trace JSON", is_trace, read_trace),
    Format(READSB, is_readsb, read_readsb, is_snapshot=True),
    Format(OPENSKY, is_opensky, read_opensky, is_snapshot=True),
    Format("GeoJSON", is_geojson, read_geojson),
    # XML
    Format("KML", is_kml, read_kml),
    Format("GPX", is_gpx, read_gpx),
    Format("Cursor on Target", is_cursor_on_target, read_cursor_on_target),
    # text
    Format("DAIDALUS scenario (.daa)", is_daa, read_daa, takes_options=True),
    Format("SBS-1 BaseStation", is_sbs, read_sbs),
    Format("Mode S frames as text (AVR, jet1090)", is_avr, read_avr, takes_options=True),
    Format("CSV with the same columns", is_delimited, read_delimited),
    # binary without any mark
    Format("ASTERIX CAT021, CAT048 and CAT062", is_asterix, read_asterix, takes_options=True),
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
