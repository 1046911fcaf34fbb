"""Cursor on Target: XML events one after another, or within one root element. Air tracks are read (types ``a-.-A…``).

``hae`` is height above the WGS-84 ellipsoid in metres, ``course`` degrees true, ``speed`` metres a second; 9999999
stands for unknown. Affiliation, which a type also states, is not read: it is no party, and no business of this package.
Source: MITRE, Cursor on Target message router user's guide, event schema 2.0.
"""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

from skyaccord.tracks.formats.cells import BadRows, CellTable, own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.report import Part
from skyaccord.tracks.formats.xml_stream import parse_log
from skyaccord.units import FT, KT, MPS, M

UNKNOWN: Final = 9_999_999.0

_EVENT: Final = re.compile(rb"<event\s[^<>]*\buid\s*=")
_AIR: Final = re.compile(r"a-[^-]+-A(-|$)")
_HEX_ADDRESS: Final = re.compile(r"icao[-:]?([0-9a-f]{6})", re.IGNORECASE)
_COLUMNS: Final = ("timestamp", "icao24", "callsign", "latitude", "longitude", "geoaltitude", "groundspeed", "track")


def is_cursor_on_target(content: Content) -> bool:
    """Return whether content has an event with a uid near its beginning; the very first may be cut."""
    return _EVENT.search(content.head) is not None


def read_cursor_on_target(content: pa.Buffer, name: str) -> Part:
    """Return a row for each event of an aircraft, dated by its ``time``. Broken events are counted, the rest is read.

    An id of the form ``ICAO-A4E704`` becomes the address in it, so that it meets the same aircraft of other recordings.

    Raises:
        FormatError: a document type, elements without bound, or not one event can be used.
    """
    events = _Events()
    bad = BadRows()
    for line, problem in parse_log(content, name, "event", events):
        bad.add(line, problem)
    raw, numbers = events.cells.take()
    notes = ["horizontal accuracy (ce) has no column here: not read"] if events.has_accuracy else []
    if events.others:
        notes.append(f"{events.others:,} events are of no aircraft: left out")
    layout = own_layout(raw, geoaltitude=M / FT, groundspeed=MPS / KT)
    return conform(raw, layout, name=name, kind="Cursor on Target", rows=bad.rows("line", numbers, notes))


class _Events:
    """Takes the tags of events, and makes a row of each that ends."""

    def __init__(self) -> None:
        self.cells = CellTable(_COLUMNS)
        self.others = 0
        self.has_accuracy = False
        self._line = 0
        self._parts: dict[str, dict[str, str]] = {}

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:
        """Keep the attributes of what a row is made of."""
        if tag == "event":
            self._parts, self._line = {}, line
        if tag in ("event", "point", "track", "contact"):
            self._parts.setdefault(tag, attributes)

    def end(self, tag: str, text: str) -> None:  # noqa: ARG002
        """Make a row of an event."""
        if tag == "event" and "event" in self._parts:
            self._add(*(self._parts.get(part, {}) for part in ("event", "point", "track", "contact")))
            self._parts = {}

    def abandon(self) -> None:
        """Forget an event that breaks off."""
        self._parts = {}

    def _add(
        self, event: dict[str, str], point: dict[str, str], track: dict[str, str], contact: dict[str, str]
    ) -> None:
        if not _AIR.match(event.get("type", "")):
            self.others += 1
            return
        self.has_accuracy |= _known(point.get("ce")) is not None
        uid = event.get("uid", "")
        address = _HEX_ADDRESS.fullmatch(uid.strip())
        self.cells.add(
            self._line,
            event.get("time", event.get("start")),
            address[1] if address else uid,
            contact.get("callsign"),
            *(point.get("lat"), point.get("lon")),
            *(_known(point.get("hae")), _known(track.get("speed")), _known(track.get("course"))),
        )


def _known(text: str | None) -> str | None:
    """Return a number's text; None where it stands for unknown."""
    try:
        return None if text is None or float(text) == UNKNOWN else text
    except ValueError:
        return text
