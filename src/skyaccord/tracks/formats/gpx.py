"""GPX 1.0 and 1.1: tracks with a time at each point.

``ele`` is metres above mean sea level: neither pressure altitude nor height above the ellipsoid, so no column takes it,
unless ``geoidheight`` stands beside it, which leads to the ellipsoid. ``speed`` (m/s) and ``course`` are read where
they stand, as in GPX 1.0 and in the usual extensions.
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

from skyaccord.tracks.formats.cells import CellTable, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.identity import track_id
from skyaccord.tracks.formats.report import Part, Rows
from skyaccord.tracks.formats.xml_stream import parse_document
from skyaccord.units import FT, KT, MPS, M

ABOVE_SEA: Final = (
    "altitudes are above mean sea level, neither pressure nor ellipsoidal: no column takes them, left out"
)

_ROOT: Final = re.compile(r"<([\w.-]+:)?gpx[\s>]")
_COLUMNS: Final = ("timestamp", "icao24", "callsign", "latitude", "longitude", "geoaltitude", "groundspeed", "track")


def is_gpx(content: Content) -> bool:
    """Return whether content is XML with the root element ``gpx``."""
    return content.text.lstrip().startswith("<") and _ROOT.search(content.text) is not None


def read_gpx(content: pa.Buffer, name: str) -> Part:
    """Return a row for each track point.

    Raises:
        FormatError: a document type, elements without bound, or not one point can be used.
    """
    points = _Points(name)
    broken = parse_document(content, name, points)
    raw, numbers = points.cells.take()
    notes = [ABOVE_SEA] if points.has_sea_level else []
    if points.others:
        notes.append(f"{points.others:,} waypoints and route points are no track: left out")
    layout = own_layout(raw, geoaltitude=M / FT, groundspeed=MPS / KT)
    rows = Rows("line", numbers=numbers, bad=(broken,) if broken else (), notes=tuple(notes))
    return conform(raw, layout, name=name, kind="GPX", rows=rows)


class _Points:
    """Takes the tags of a GPX document, and makes a row of each track point that ends."""

    def __init__(self, file: str) -> None:
        self.cells = CellTable(_COLUMNS)
        self.has_sea_level = False
        self.others = 0
        self._file = file
        self._tracks = 0
        self._label = ""
        self._point: dict[str, str] | None = None
        self._line = 0
        self._depth_in_track = 0  # 1: directly within <trk>

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Begin a track or a point."""
        if self._depth_in_track:
            self._depth_in_track += 1
        if tag == "trk":
            self._tracks += 1
            self._label = ""
            self._depth_in_track = 1
        elif tag == "trkpt":
            self._point, self._line = {key: attributes[key] for key in ("lat", "lon") if key in attributes}, line
        elif tag in ("wpt", "rtept"):
            self.others += 1

    def end(self, tag: str, text: str) -> None:
        """Keep a value of the track or point, or make a row of the point."""
        if tag == "name" and self._depth_in_track == 2:
            self._label = text
        elif tag == "trkpt" and self._point is not None:
            self._add(self._point)
            self._point = None
        elif self._point is not None and tag in ("time", "ele", "geoidheight", "speed", "course"):
            self._point.setdefault(tag, text)
        self._depth_in_track = max(0, self._depth_in_track - 1)

    def abandon(self) -> None:
        """Forget a point that breaks off."""
        self._point = None

    def _add(self, point: dict[str, str]) -> None:
        height = _ellipsoidal_m(point)
        self.has_sea_level |= height is None and bool(point.get("ele", "").strip())
        self.cells.add(
            self._line,
            point.get("time"),
            track_id(self._file, self._label, self._tracks),
            self._label,
            *(point.get("lat"), point.get("lon"), height, point.get("speed"), point.get("course")),
        )


def _ellipsoidal_m(point: dict[str, str]) -> float | None:
    try:
        return float(point["ele"]) + float(point["geoidheight"])
    except (KeyError, ValueError):
        return None
