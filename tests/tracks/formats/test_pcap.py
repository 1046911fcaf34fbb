"""Network captures: link layers, IP and what they carry."""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from skyaccord.errors import FormatError
from skyaccord.tracks.formats.options import NOTHING_KNOWN
from skyaccord.tracks.formats.packets import CUT, IN_FRAGMENTS, NOT_UDP, udp_payload
from skyaccord.tracks.formats.pcap import read_pcap
from skyaccord.tracks.formats.report import Part
from skyaccord.tracks.read import read_tracks
from tests.tracks.formats import asterix_encoder as ast
from tests.tracks.formats import gdl90_encoder as gdl

T0_S = 1_700_000_000.25
MIDNIGHT_S = 1_700_006_400.0


def read(content: bytes) -> Part:
    return read_pcap(pa.py_buffer(content), "x.pcap", NOTHING_KNOWN)


def target(t: float, address: int = 1) -> bytes:
    return ast.udp(ast.block(21, ast.cat021(t % 86_400, address, 48.0, 11.0)))


CAPTURES = {
    "pcap": ast.pcap([(T0_S, target(T0_S - 1))]),
    "pcapng": ast.pcapng([(T0_S, target(T0_S - 1))]),
    "pcapng, big-endian, microseconds": ast.pcapng([(T0_S, target(T0_S - 1))], order=">", nanoseconds=False),
}


@pytest.mark.parametrize("form", CAPTURES)
def test_records_are_dated_by_the_capture(form: str, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(CAPTURES[form])
    (row,) = read_tracks(tmp_path / "x").table.to_pylist()
    assert row["timestamp"] == datetime.fromtimestamp(T0_S - 1, UTC)


def test_a_record_from_before_midnight_that_is_captured_after_it_keeps_its_day() -> None:
    part = read(ast.pcap([(MIDNIGHT_S + 0.5, target(MIDNIGHT_S - 0.5)), (MIDNIGHT_S + 0.6, target(MIDNIGHT_S + 0.5))]))
    assert [t.timestamp() - MIDNIGHT_S for t in part.table["timestamp"].to_pylist()] == [-0.5, 0.5]


def test_gdl90_travels_in_captures_too() -> None:
    payload = gdl.heartbeat(int(T0_S % 86_400)) + gdl.report(0xAB4549, 44.9, -122.9)
    part = read(ast.pcap([(T0_S, ast.udp(payload))]))
    assert part.table["timestamp"].to_pylist() == [datetime.fromtimestamp(int(T0_S), UTC)]
    assert part.report.format == "GDL 90 in a network capture"


def test_a_capture_that_is_cut_in_a_packet_says_so() -> None:
    content = ast.pcap([(T0_S, target(T0_S)), (T0_S, target(T0_S))])
    part = read(content[:-10])
    assert part.table.num_rows == 1
    assert any(note.endswith("bytes at the end are no whole packet: left out") for note in part.report.notes)


def test_packets_that_are_no_datagrams_are_counted_by_reason() -> None:
    arp = bytes(12) + b"\x08\x06" + bytes(28)
    tcp = bytearray(target(T0_S))
    tcp[23] = 6
    fragment = bytearray(target(T0_S))
    fragment[20] = 0x20
    part = read(ast.pcap([(T0_S, target(T0_S)), (T0_S, arp), (T0_S, bytes(tcp)), (T0_S, bytes(fragment))]))
    assert f"2 {NOT_UDP}: left out" in part.report.notes
    assert f"1 {IN_FRAGMENTS}: left out" in part.report.notes


def test_a_capture_without_datagrams_is_refused_with_the_reason() -> None:
    with pytest.raises(FormatError, match="no UDP payload in this capture"):
        read(ast.pcap([(T0_S, bytes(60))]))


PAYLOAD = b"payload"
DATAGRAM = struct.pack(">HHHH", 1, 2, 8 + len(PAYLOAD), 0) + PAYLOAD
V4 = (
    struct.pack(">BBHHHBBH4s4s", 0x46, 0, 24 + len(DATAGRAM), 0, 0x4000, 64, 17, 0, bytes(4), bytes(4))
    + bytes(4)
    + DATAGRAM
)
V6 = struct.pack(">IHBB", 0x60000000, 8 + len(DATAGRAM), 0, 64) + bytes(32) + b"\x11\0\0\0\0\0\0\0" + DATAGRAM
MACS = bytes(12)


@pytest.mark.parametrize(
    ("link", "packet"),
    [
        (1, MACS + b"\x08\x00" + V4 + b"padding"),
        (1, MACS + b"\x81\x00\x00\x05\x08\x00" + V4),
        (1, MACS + b"\x88\xa8\x00\x05\x81\x00\x00\x05\x86\xdd" + V6),
        (101, V4),
        (101, V6),
        (0, b"\x02\0\0\0" + V4),
        (113, bytes(14) + b"\x08\x00" + V4),
        (276, b"\x86\xdd" + bytes(18) + V6),
    ],
)
def test_a_payload_is_found_through_each_link_layer(link: int, packet: bytes) -> None:
    found = udp_payload(memoryview(packet), link)
    assert not isinstance(found, str)
    assert bytes(found) == PAYLOAD


@pytest.mark.parametrize("size", range(len(V4)))
def test_a_packet_cut_anywhere_is_no_payload(size: int) -> None:
    assert udp_payload(memoryview(V4[:size]), 101) in (CUT, NOT_UDP)
