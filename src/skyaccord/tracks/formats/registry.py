"""The formats that are read, as a table: how each is recognised, and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, TypeAlias

import pyarrow as pa

from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part

Reader: TypeAlias = Callable[..., Part]
"""From a file's unpacked bytes and its name, and the options where it takes them, to its rows.

Raises FormatError or ColumnError, and nothing else.
"""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. In a series of snapshots a position stays until the next is received: repeats are left out.

    ``recognised_by`` and ``read_by`` name functions, as ``module.function``; a module is loaded when it is first asked,
    so that a Parquet file does not wait for what reads all others (0.05 s).
    """

    name: str
    recognised_by: str
    read_by: str
    is_snapshot: bool = False
    takes_options: bool = False

    @property
    def read(self) -> Reader:
        """Return what reads it."""
        return _function(self.read_by)

    def recognises(self, content: Content) -> bool:
        """Return whether content is of this kind."""
        return bool(_function(self.recognised_by)(content))

    def rows(self, content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
        """Return a file's rows, read with the options of the caller where the format leaves something open."""
        return self.read(content, name, options) if self.takes_options else self.read(content, name)


def _function(name: str) -> Callable[..., Any]:
    module, function = name.split(".")
    found: Callable[..., Any] = getattr(import_module(f"{__package__}.{module}"), function)
    return found


FORMATS: Final[tuple[Format, ...]] = (
    # name                        recognised by      read by
    # binary
    Format(
        "Parquet with columns as traffic, skyaccord or OpenSky name them", "parquet.is_parquet", "parquet.read_parquet"
    ),
    Format("network capture of ASTERIX or GDL 90 (pcap)", "pcap.is_pcap", "pcap.read_pcap", takes_options=True),
    Format("GDL 90", "gdl90.is_gdl90", "gdl90.read_gdl90", takes_options=True),
    Format("Beast", "beast.is_beast", "beast.read_beast", takes_options=True),
    # JSON
    Format("readsb trace JSON", "readsb_trace.is_trace", "readsb_trace.read_trace"),
    Format("readsb aircraft.json", "readsb.is_readsb", "readsb.read_readsb", is_snapshot=True),
    Format("OpenSky state vectors JSON", "opensky.is_opensky", "opensky.read_opensky", is_snapshot=True),
    Format("GeoJSON", "geojson.is_geojson", "geojson.read_geojson"),
    # XML
    Format("KML", "kml.is_kml", "kml.read_kml"),
    Format("GPX", "gpx.is_gpx", "gpx.read_gpx"),
    Format("Cursor on Target", "cursor_on_target.is_cursor_on_target", "cursor_on_target.read_cursor_on_target"),
    # text
    Format("DAIDALUS scenario (.daa)", "daa_states.is_daa", "daa.read_daa", takes_options=True),
    Format("SBS-1 BaseStation", "sbs.is_sbs", "sbs.read_sbs"),
    Format("Mode S frames as text (AVR, jet1090)", "avr.is_avr", "avr.read_avr", takes_options=True),
    Format("CSV with the same columns", "delimited.is_delimited", "delimited.read_delimited"),
    # binary without any mark
    Format("ASTERIX CAT021, CAT048 and CAT062", "asterix.is_asterix", "asterix.read_asterix", takes_options=True),
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
