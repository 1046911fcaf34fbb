"""KML: ``gx:Track`` (times and coordinates in step) and placemarks with a ``TimeStamp`` and a ``Point``.

KML's absolute altitude is metres above mean sea level (the EGM96 geoid): neither pressure altitude nor height above the
ellipsoid, so no column takes it. A file that says otherwise, as ours do in ``ExtendedData``, is believed:
``altitude_datum`` is ``pressure`` or ``ellipsoid``.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Final

import pyarrow as pa

from skyaccord.tracks.formats.cells import BadRows, CellTable, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.gpx import ABOVE_SEA
from skyaccord.tracks.formats.identity import track_id
from skyaccord.tracks.formats.report import Part
from skyaccord.tracks.formats.xml_stream import parse_document
from skyaccord.units import FT, M

DATUM: Final = "altitude_datum"
"""Name of the extended datum that says what the altitudes of a placemark are."""

_ROOT: Final = re.compile(r"<([\w.-]+:)?kml[\s>]")
_IS_DATE: Final = re.compile(r"\s*(\d{4}-\d\d-\d\d|\d\d:\d\d)")
_COLUMNS: Final = ("timestamp", "icao24", "callsign", "party", "latitude", "longitude", "altitude", "geoaltitude")
_STATED: Final = ("icao24", "callsign", "party", DATUM)


def is_kml(content: Content) -> bool:
    """Return whether content is XML with the root element ``kml``."""
    return content.text.lstrip().startswith("<") and _ROOT.search(content.text) is not None


def read_kml(content: pa.Buffer, name: str) -> Part:
    """Return a row for each dated position.

    Raises:
        FormatError: a document type, elements without bound, or not one position can be used.
    """
    marks = _Placemarks(name)
    broken = parse_document(content, name, marks)
    raw, numbers = marks.cells.take()
    notes = [ABOVE_SEA] if marks.has_sea_level else []
    if marks.undated:
        notes.append(f"{marks.undated:,} lines, areas and points have no times: left out")
    if broken:
        marks.bad.add(*broken)
    layout = own_layout(raw, altitude=M / FT, geoaltitude=M / FT)
    return conform(raw, layout, name=name, kind="KML", rows=marks.bad.rows("line", numbers, notes))


class _Placemarks:
    """Takes the tags of a KML document; what a placemark says of itself stands before its geometry (KML schema)."""

    def __init__(self, file: str) -> None:
        self.cells = CellTable(_COLUMNS)
        self.bad = BadRows()
        self.has_sea_level = False
        self.undated = 0
        self._file = file
        self._path: list[tuple[str, dict[str, str]]] = []
        self._document = ""
        self._marks = 0
        self._said: dict[str, str] = {}
        self._mode = ""
        self._times: deque[str] = deque()
        self._place = ""
        self._line = 0

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Begin a placemark or a geometry."""
        self._path.append((tag, attributes))
        if tag == "Placemark":
            self._marks += 1
            self._said, self._place, self._times = {}, "", deque()
        if tag in ("Placemark", "Track", "Point"):
            self._mode = ""
        if tag in ("Track", "Point", "coord"):
            self._line = line

    def end(self, tag: str, text: str) -> None:
        """Keep what is said of a placemark, or make a row of a position."""
        self._path.pop()
        parent, attributes = self._path[-1] if self._path else ("", {})
        if tag == "name" and parent == "Placemark":
            self._said["name"] = text.strip()
        elif tag == "name" and parent == "Document":
            self._document = self._document or text.strip()
        elif tag == "value" and parent == "Data":
            self._said[attributes.get("name", "")] = text.strip()
        elif tag == "altitudeMode":
            self._mode = text.strip()
        elif tag == "when":
            self._times.append(text)
        elif tag == "coord":
            self._add_next(text.split())
        elif tag == "coordinates":
            self._place = text if parent == "Point" else ""
            self.undated += parent != "Point"
        elif tag == "Track":
            self._close_track()
        elif tag == "Placemark" and self._place:
            self._close_point()

    def abandon(self) -> None:
        """Forget a placemark that breaks off."""
        self._times.clear()

    def _add_next(self, place: list[str]) -> None:
        if self._times:
            self._add(self._times.popleft(), place, self._said.get("name", ""))
        else:
            self.bad.add(self._line, "a position without a time")

    def _close_track(self) -> None:
        if self._times:
            self.bad.add(self._line, "a time without a position", len(self._times))
        self._times.clear()

    def _close_point(self) -> None:
        label = self._said.get("name", "")
        if _IS_DATE.match(label):  # each position is named by its time: the document is what names the aircraft
            label = self._document
        if self._times:
            self._add(self._times.popleft(), self._place.split(",") if "," in self._place else [], label)
        else:
            self.undated += 1
        self._place = ""

    def _add(self, time: str, place: list[str], label: str) -> None:
        lon, lat, height = (*place, *[None] * 3)[:3]
        if self._mode != "absolute":
            height = None
        datum = self._said.get(DATUM)
        self.has_sea_level |= height is not None and datum not in ("pressure", "ellipsoid")
        self.cells.add(
            self._line,
            time,
            self._said.get("icao24") or track_id(self._file, label, self._marks),
            self._said.get("callsign", label),
            self._said.get("party"),
            *(lat, lon),
            height if datum == "pressure" else None,
            height if datum == "ellipsoid" else None,
        )
