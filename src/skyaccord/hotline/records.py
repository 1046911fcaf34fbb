"""What was said on the line as a record table, so that rules can ask for notices, acknowledgements and checks.

A notice is in hand from when the other party's node had it, and until its time ends or it was withdrawn or corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from skyaccord.hotline.bodies.notice import CounterNotice, Notice
from skyaccord.hotline.bodies.spoken import Correction
from skyaccord.hotline.bodies.volume import Named, Volume
from skyaccord.hotline.book.book import Book
from skyaccord.hotline.book.clock import Clock
from skyaccord.hotline.book.entry import Entry
from skyaccord.model.instants import from_seconds
from skyaccord.model.records import Channel, RecordKind, Records
from skyaccord.model.tables import RECORDS

_PLAIN: Final = MappingProxyType(
    {
        "hotline.query": RecordKind.QUERY,
        "hotline.reply": RecordKind.REPLY,
        "hotline.protest": RecordKind.PROTEST,
        "hotline.emergency": RecordKind.EMERGENCY,
        "hotline.minute": RecordKind.MINUTE,
        "hotline.differing_minute": RecordKind.MINUTE,
    }
)
_SOURCE: Final = "ground line"


def make_records(book: Book) -> Records:
    """Return the messages of a book as records, in order of time.

    Notices that were not delivered and checks that were not answered are left out: they told no one anything. Each
    volume of a notice is a record of its own; one in an area of the memorandum has the area's name.
    """
    rows = sorted((row for entry in book for row in _rows(book, entry)), key=lambda row: row["timestamp"])
    for line, row in enumerate(rows, start=1):
        row["line"] = line
    return Records(pa.Table.from_pylist(rows, schema=RECORDS))


def _rows(book: Book, entry: Entry) -> Iterator[dict[str, Any]]:
    clock = book.clock(entry.envelope)
    if _is_notice(book, entry):
        yield from _notice(clock)
    elif entry.kind.name == "hotline.check" and clock.answered_by is not None:
        yield _row(entry, RecordKind.CHECK, entry.sent_s)
    elif entry.kind.name in _PLAIN:
        yield _row(entry, _PLAIN[entry.kind.name], entry.sent_s)


def _is_notice(book: Book, entry: Entry) -> bool:
    """Return whether a message tells of volumes: a notice, or what stands in place of one."""
    seen = {entry.envelope}
    while isinstance(entry.body, Correction):
        target = book.target(entry)
        if target is None or target.envelope in seen or target.sender != entry.sender:
            return False
        seen.add(target.envelope)
        entry = target
    return isinstance(entry.body, Notice | CounterNotice)


def _notice(clock: Clock) -> Iterator[dict[str, Any]]:
    entry = clock.entry
    if entry.received_s is None or not isinstance(entry.body, Notice | CounterNotice | Correction):
        return
    ended_s = clock.replaced_by.received_s if clock.replaced_by else None
    for volume in entry.body.volumes:
        yield _row(entry, RecordKind.NOTICE, entry.received_s) | _window(volume, ended_s)
    if clock.stopped_by is not None:
        receipt = _row(clock.stopped_by, RecordKind.ACKNOWLEDGEMENT, clock.stopped_by.sent_s)
        yield receipt | {"reference": entry.envelope}


def _window(volume: Volume, ended_s: float | None) -> dict[str, Any]:
    until_s = volume.until_s if ended_s is None else min(volume.until_s, ended_s)
    return {
        "area": volume.area.named if isinstance(volume.area, Named) else None,
        "from": from_seconds(volume.from_s),
        "until": from_seconds(until_s),
    }


def _row(entry: Entry, kind: RecordKind, at_s: float) -> dict[str, Any]:
    return {
        "timestamp": from_seconds(at_s),
        "kind": kind.value,
        "channel": Channel.GROUND_LINE.value,
        "caller": entry.sender,
        "called": entry.recipient,
        "party": entry.sender,
        "reference": entry.envelope,
        "language": entry.body.heading.language,
        "text": getattr(entry.body, "text", "") or None,
        "source": _SOURCE,
    }
