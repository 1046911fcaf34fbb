"""Fuzz targets at the level of the functions that decode, where one execution takes microseconds.

They take the place of a reader's rows by what the decoder itself hands on, and hold what it promises of that. Each
returns whether the bytes became something; ``tests/fuzz/test_targets.py`` holds that its seeds do.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa

from skyaccord.detect.conf import parse_conf
from skyaccord.detect.profiles import conf_text
from skyaccord.errors import SkyaccordError
from skyaccord.memorandum.formula_text import format_formula
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.parse_formula import parse_formula
from skyaccord.model.instants import parse_instant
from skyaccord.model.tables import RECORDS
from skyaccord.model.timestamps import instants
from skyaccord.model.values import codes, flags, numbers, squawks, texts
from skyaccord.records.read_csv import read_records
from skyaccord.tracks.formats import acas, asterix, avr, beast, content, gdl90, geojson, gpx, kml, opensky, pcap
from skyaccord.tracks.formats import cursor_on_target as cot
from skyaccord.tracks.formats import readsb as snapshots
from skyaccord.tracks.formats import readsb_trace as trace
from skyaccord.tracks.formats.asterix_blocks import Piece, batches, walk
from skyaccord.tracks.formats.cells import BadRows, column
from skyaccord.tracks.formats.columns import recognise
from skyaccord.tracks.formats.cpr import Reports, decode_positions
from skyaccord.tracks.formats.daa_states import parse_daa
from skyaccord.tracks.formats.delimited import find_header
from skyaccord.tracks.formats.frames import LONG, Frames, is_acquired
from skyaccord.tracks.formats.json_text import documents
from skyaccord.tracks.formats.options import ReadingOptions
from skyaccord.tracks.formats.packets import udp_payload
from skyaccord.tracks.formats.receiver_clock import date_ticks
from skyaccord.tracks.formats.squitter import decode_fields
from skyaccord.tracks.formats.xml_stream import Tags, parse_document, parse_log
from skyaccord.units import parse_quantity
from tests.fuzz.trust_decoders import TRUST_DECODERS
from tests.tracks.formats import gdl90_encoder, squitters

Target = Callable[[bytes], bool]

LINKS: Final = (1, 12, 113, 276, 0, 101, 108, 228)
"""Link types of captures."""

_DAY: Final = ReadingOptions(start=datetime(2024, 6, 1, tzinfo=UTC))
_CRC: Final = gdl90._table()


def _refusing(decode: Target) -> Target:
    """Return a target that takes errors of ours for a refusal."""

    def target(data: bytes) -> bool:
        try:
            return decode(data)
        except SkyaccordError:
            return False

    return target


def _advisory(data: bytes) -> bool:
    if len(data) < 7:
        return False
    bits = int.from_bytes(data[:7], "big")
    found = [acas.decode_advisory(bits, with_threat=with_threat) for with_threat in (True, False)]
    for each in found:
        assert each is None or (each.advisory and each.bits == f"{bits:014x}" and each.sense != "")
        assert each is None or each.threat_range_m is None or each.threat_range_m >= 0.0
    return any(found)


def _frames(data: bytes) -> Frames:
    """Return bytes as frames with right parity: squitters, replies and coordination, fourteen octets a piece."""
    bodies = []
    for at in range(0, len(data) - 10, 11):
        df = (17, 17, 18, 20, 21, 16, 5, 4)[data[at] & 7]
        body = bytes([df << 3 | data[at] >> 5]) + data[at + 1 : at + 11]
        bodies.append(body if df >= 16 else body[:4])
    whole = [body + (squitters.parity(body)).to_bytes(3, "big") for body in bodies]
    count = len(whole)
    octets = np.frombuffer(b"".join(each.ljust(LONG, b"\0") for each in whole), np.uint8).reshape(-1, LONG)
    is_long = np.array([len(each) == LONG for each in whole], np.bool_)
    order = np.arange(count, dtype=np.int64)
    return Frames(octets, is_long, order * 500_000, order, np.ones(count, np.bool_))


def _parity(data: bytes) -> bool:
    frames = _frames(data[:220])
    assert (frames.remainders() == 0).all()
    assert [len(each) for each in frames.hex()] == [28 if is_long else 14 for is_long in frames.is_long]
    return bool(is_acquired(frames, frames.remainders()).any())


def _fields(data: bytes) -> bool:
    frames = _frames(data[:110])
    fields = decode_fields(frames, np.arange(len(frames)))
    assert all(len(each) == len(frames) for each in (*fields.numbers.values(), *fields.codes.values()))
    assert ((fields.squawk >= -1) & (fields.squawk < 4096)).all()
    found = [np.isfinite(each).any() for each in fields.numbers.values()]
    found += [(each >= 0).any() for each in (*fields.codes.values(), fields.callsign, fields.squawk)]
    return any(found)


def _compact_positions(data: bytes) -> bool:
    """Read eight octets a report: flags, time since the one before, 17 bits of latitude and of longitude."""
    raw = np.frombuffer(data[: len(data) // 8 * 8], np.uint8).reshape(-1, 8).astype(np.int64)
    lat, lon = (raw[:, k] << 16 | raw[:, k + 1] << 8 | raw[:, k + 2] for k in (2, 5))
    code, t_us = np.sort(raw[:, 0] >> 6), np.cumsum(raw[:, 1] * 100_000)
    reports = Reports(code, t_us, lat & 0x1FFFF, lon & 0x1FFFF, raw[:, 0] & 1 == 1, raw[:, 0] & 2 == 2)
    found = False
    for reference in (None, (48.0, 11.0), (-89.9, 179.9)):
        north, east = decode_positions(reports, reference)
        placed = np.isfinite(north)
        assert (placed == np.isfinite(east)).all()
        assert (np.abs(north[placed]) <= 90.0).all()
        assert (np.abs(east[placed]) <= 180.0).all()
        found |= bool(placed.any())
    return found


def _clocks(data: bytes) -> bool:
    """Read six octets a time, as counters, as GPS time of day and as whatever they look like."""
    padded = [b"\0\0" + data[at : at + 6] for at in range(0, len(data) - 5, 6)]
    ticks = np.frombuffer(b"".join(padded), ">i8").astype(np.int64)
    for gps_clock in (True, False, None):
        for start in (None, _DAY.start):
            dated = date_ticks(ticks, ReadingOptions(start=start, gps_clock=gps_clock))
            assert len(dated.t_us) == len(dated.is_timed) == len(ticks)
    return len(ticks) > 1


def _beast(data: bytes) -> bool:
    cutter = beast._Cutter()
    octets = np.frombuffer(data, np.uint8)
    half = len(octets) // 2
    done = cutter.cut(octets[:half], is_last=False) if half else 0
    cutter.cut(octets[done:], is_last=True)
    assert all((part.t_us >= 0).all() and part.octets.shape[1] == LONG for part in cutter.parts)
    return bool(cutter.parts)


def _avr(data: bytes) -> bool:
    found = avr._Found()
    for line in avr._lines(pa.py_buffer(data)):
        found.take(line)
    if found.frames:
        frames, _ = found.dated(_DAY)
        assert len(frames) == len(found.frames)
    return bool(found.frames)


def _gdl90_stream(data: bytes) -> bool:
    """Read bytes as what stands between flags, with whatever check sums they have."""
    found = gdl90._Found(table=_CRC)
    for raw in data.split(b"\x7e"):
        found.take(gdl90._unescape(raw), None)
    return found.seen > len(found.bad) + found.unlisted


def _gdl90_messages(data: bytes) -> bool:
    """Read bytes as messages with right check sums, escaped as they must be; the first octet of each is its length."""
    found = gdl90._Found(table=_CRC)
    at = 0
    while at < len(data):
        message = data[at + 1 : at + 1 + data[at] % 32]
        at += 1 + len(message)
        framed = gdl90_encoder.frame(message)
        assert gdl90._unescape(framed[1:-1])[:-2] == message
        found.take(gdl90._unescape(framed[1:-1]), 1_700_000_000_000_000)
    if found.reports:
        decoded, rows = gdl90._decode(found, _DAY)
        assert len(decoded.t_us) <= len(found.reports)
        assert rows.numbers is not None
        assert len(rows.numbers) == len(decoded.t_us)
    return bool(found.heartbeats_s or found.reports)


def _packet(data: bytes) -> bool:
    if not data:
        return False
    payload = udp_payload(memoryview(data)[1:], LINKS[data[0] & 7])
    return not isinstance(payload, str)


def _packets(head: bytes) -> Target:
    """Return a target that reads bytes as what follows the head of a capture."""

    def target(data: bytes) -> bool:
        counts = pcap._Counts()
        payloads = list(pcap._payloads(memoryview(head + data), counts))
        assert len(payloads) <= counts.packets
        assert 0 <= counts.cut <= len(head) + len(data)
        return bool(payloads)

    return target


def _blocks(data: bytes) -> bool:
    bad: list[int] = []
    found = list(batches([Piece(data, None)], lambda number, _: bad.append(number)))
    for blocks in found:
        assert all(b <= e <= len(blocks.octets) for b, e in zip(blocks.begin, blocks.end, strict=True))
    return any(blocks.category for blocks in found)


def _records(category: int, edition: str = "2.4") -> Target:
    """Return a target that walks through the records of one block, in a layout."""
    layout = asterix._layout(category, edition)

    def target(data: bytes) -> bool:
        octets = np.frombuffer(b"\xff" * 3 + data, np.uint8)
        walked = walk(octets, np.array([3]), np.array([len(octets)]), layout)
        assert ((walked.places == -1) | ((walked.places >= 3) & (walked.places <= len(octets)))).all()
        assert walked.broken[0] == -1 or 3 <= walked.broken[0] < len(octets)
        return bool(len(walked.owner))

    return target


def _column(data: bytes) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(data.decode("utf-8", "replace").split("\n"), pa.string())])


def _instant_column(data: bytes) -> bool:
    cells = _column(data)
    found = instants(cells, "file", "time").column
    assert len(found) == len(cells)
    return found.null_count < len(found)


def _cell_column(data: bytes) -> bool:
    cells = _column(data)
    found = [read(cells) for read in (numbers, flags, squawks, codes, texts)]
    assert all(len(each.column) == len(cells) for each in found)
    assert all(math.isfinite(x) for x in found[0].column.to_pylist() if x is not None)
    return any(each.column.null_count < len(cells) for each in found[:4])


def _instant(data: bytes) -> bool:
    return math.isfinite(parse_instant(data.decode("utf-8", "replace")))


def _quantity(data: bytes) -> bool:
    quantity = parse_quantity(data.decode("utf-8", "replace"))
    assert math.isfinite(quantity.value)
    return True


def _formula(data: bytes) -> bool:
    formula = parse_formula(data.decode("utf-8", "replace"))
    written = format_formula(formula)
    assert format_formula(parse_formula(written)) == written
    return True


def _memorandum(data: bytes) -> bool:
    return bool(read_memorandum(data.decode("utf-8", "replace")).hash)


def _said(data: bytes) -> bool:
    table, report = read_records(data, "file")
    assert table.schema.equals(RECORDS)
    assert table.num_rows == report.rows
    assert len(report.complaints) <= report.bad_rows
    return report.rows > 0


def _configuration(data: bytes) -> bool:
    profile = parse_conf(data.decode("utf-8", "replace").splitlines(), "x", "x.conf")
    again = parse_conf(conf_text(profile).splitlines(), "x", "x.conf")
    assert again.echo == profile.echo
    assert all(alerter.levels for alerter in profile.alerters)
    return True


def _json(data: bytes) -> bool:
    bad = BadRows()
    found = list(documents(pa.py_buffer(data), "file", bad))
    assert all(isinstance(document, dict) for _, document in found)
    return bool(found)


def _json_cells(data: bytes) -> bool:
    """Read a JSON list as the cells of one column."""
    try:
        cells = json.loads(data)
    except (ValueError, RecursionError):
        return False
    if not isinstance(cells, list):
        return False
    assert len(column(cells)) == len(cells)
    return bool(cells)


class _Ends(Tags):
    """Counts closing tags."""

    def __init__(self) -> None:
        self.count = 0

    def begin(self, tag: str, attributes: dict[str, str], line: int) -> None:  # noqa: ARG002
        assert ":" not in tag
        assert line >= 1

    def end(self, tag: str, text: str) -> None:  # noqa: ARG002
        self.count += 1

    def abandon(self) -> None:
        pass


def _xml(data: bytes) -> bool:
    ends = _Ends()
    parse_document(pa.py_buffer(data), "file", ends)
    for line, _ in parse_log(pa.py_buffer(data), "file", "event", ends):
        assert 1 <= line <= data.count(b"\n") + data.count(b"\r") + 1
    return ends.count > 0


def _events(data: bytes) -> bool:
    events = cot._Events()
    for _ in parse_log(pa.py_buffer(data), "file", "event", events):
        pass
    return bool(events.cells._rows)


def _document(make: Callable[[str], Any]) -> Target:
    """Return a target that hands XML to what makes rows of it."""

    def target(data: bytes) -> bool:
        tags = make("file")
        parse_document(pa.py_buffer(data), "file", tags)
        return bool(tags.cells._rows)

    return target


def _json_rows(rows: Callable[[dict[str, Any]], Iterator[object]]) -> Target:
    """Return a target that makes rows of JSON objects, as a reader does before it looks at the cells."""

    def target(data: bytes) -> bool:
        found = 0
        for _, document in documents(pa.py_buffer(data), "file", BadRows()):
            found += sum(1 for _ in rows(document))
        return found > 0

    return target


def _features(document: dict[str, Any]) -> Iterator[object]:
    for feature in geojson._features(document, "file"):
        try:
            yield from geojson._rows(feature, "file", 1)
        except (geojson._UndatedError, geojson._UnusableError):
            continue


def _aircraft(document: dict[str, Any]) -> Iterator[object]:
    now, aircraft = snapshots._snapshot(document, "file")
    for one in aircraft:
        yield snapshots._position_time(now, one), *snapshots._state(one)


def _trace(document: dict[str, Any]) -> Iterator[object]:
    begin, rows = trace._trace(document, "file")
    latest = trace._Latest()
    for row in rows:
        if isinstance(row, list) and len(row) >= trace._LEAST and trace.is_number(row[0]):
            yield trace._cells(row, begin + trace.as_number(row[0]), document["icao"], latest)


def _vectors(document: dict[str, Any]) -> Iterator[object]:
    yield from (v for v in opensky._vectors(document, "file") if isinstance(v, list) and len(v) >= opensky._LEAST)


def _daa(data: bytes) -> bool:
    scenario = parse_daa(pa.py_buffer(data), "file")
    assert scenario.zero_s is None or math.isfinite(scenario.zero_s)
    return scenario.states.num_rows > 0


def _header(data: bytes) -> bool:
    header = find_header(content.Content(pa.py_buffer(data)).text)
    if header is None:
        return False
    assert recognise(header.names, "file").found
    return True


def _unpack(data: bytes) -> bool:
    unpacked = content._unpack(pa.py_buffer(data), "file")
    assert unpacked.size <= content.FREE_BYTES
    return bool(unpacked.size)


PCAP_HEAD: Final = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
PCAPNG_HEAD: Final = struct.pack("<IIIHHqI", 0x0A0D0D0A, 28, 0x1A2B3C4D, 1, 0, -1, 28)

DECODERS: Final[dict[str, Target]] = {
    name: _refusing(target)
    for name, target in {
        # bits
        "resolution advisory (56 bits)": _advisory,
        "Mode S parity and formats": _parity,
        "Mode S fields (rs1090)": _fields,
        "compact positions (CPR)": _compact_positions,
        "receiver clocks": _clocks,
        "Beast framing": _beast,
        "AVR lines": _avr,
        "GDL 90 between flags": _gdl90_stream,
        "GDL 90 messages": _gdl90_messages,
        "link layer, IP and UDP": _packet,
        "pcap records": _packets(PCAP_HEAD),
        "pcapng blocks": _packets(PCAPNG_HEAD),
        "ASTERIX blocks": _blocks,
        "CAT021 walk": _records(21),
        "CAT021 walk, edition 0.26": _records(21, "0.26"),
        "CAT021 walk, edition 0.23": _records(21, "0.23"),
        "CAT048 walk": _records(48),
        "CAT062 walk": _records(62),
        "gzip": _unpack,
        # text
        "instants in columns": _instant_column,
        "numbers, flags, squawks and codes in columns": _cell_column,
        "cells of JSON": _json_cells,
        "instant": _instant,
        "quantity with unit": _quantity,
        "header line and column names": _header,
        "scenario states (.daa, .xyz)": _daa,
        "configuration of alerting (.conf)": _configuration,
        # documents
        "JSON documents": _json,
        "GeoJSON features": _json_rows(_features),
        "readsb aircraft": _json_rows(_aircraft),
        "readsb trace rows": _json_rows(_trace),
        "OpenSky state vectors": _json_rows(_vectors),
        "XML stream": _xml,
        "Cursor on Target events": _events,
        "GPX points": _document(gpx._Points),
        "KML placemarks": _document(kml._Placemarks),
        # the memorandum, which the other party may have written
        "formula": _formula,
        "memorandum": _memorandum,
        "records of radio and ground line": _said,
        **TRUST_DECODERS,
    }.items()
}
"""Fuzz targets by the name of what is decoded."""
