"""Network captures, pcap and pcapng, for the UDP payloads in them: ASTERIX and GDL 90 travel so.

Read are Ethernet (with VLAN tags), raw IP, loopback and Linux "cooked" captures, IPv4 and IPv6. Fragments of IP packets
are not put together; they are counted, as are packets that are cut and those of other protocols.

Sources: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.timestamps import EARLIEST_S, LATEST_S
from skyaccord.tracks.formats import asterix, gdl90
from skyaccord.tracks.formats.asterix_blocks import Piece
from skyaccord.tracks.formats.content import Content
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.packets import udp_payload
from skyaccord.tracks.formats.report import Part, with_notes

_PCAP: Final = {
    # magic          byte order, fractions a second
    b"\xd4\xc3\xb2\xa1": ("<", 1_000_000),
    b"\xa1\xb2\xc3\xd4": (">", 1_000_000),
    b"\x4d\x3c\xb2\xa1": ("<", 1_000_000_000),
    b"\xa1\xb2\x3c\x4d": (">", 1_000_000_000),
}
_PCAPNG: Final = b"\x0a\x0d\x0d\x0a"
_ORDERS: Final = {b"\x4d\x3c\x2b\x1a": "<", b"\x1a\x2b\x3c\x4d": ">"}
_SECTION, _INTERFACE, _SIMPLE, _ENHANCED = 0x0A0D0D0A, 1, 3, 6
_RESOLUTION: Final = 9  # option of an interface
_LONGEST_PACKET: Final = 1 << 18
_GDL90_FLAG: Final = 0x7E


@dataclass(frozen=True, slots=True)
class _Packet:
    link: int
    t_us: int | None
    content: memoryview


@dataclass(slots=True)
class _Counts:
    """What a capture held beside payloads."""

    packets: int = 0
    others: int = 0
    cut: int = 0
    reasons: dict[str, int] = field(default_factory=dict)

    def notes(self) -> tuple[str, ...]:
        counted = [(self.cut, "bytes at the end are no whole packet"), *((n, what) for what, n in self.reasons.items())]
        return tuple(f"{count:,} {what}: left out" for count, what in counted if count)


def is_pcap(content: Content) -> bool:
    """Return whether content begins as a network capture does."""
    magic = content.head[:4]
    return magic in _PCAP or (magic == _PCAPNG and content.head[8:12] in _ORDERS)


def read_pcap(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return the tracks and advisories in a capture of ASTERIX or GDL 90.

    Raises:
        FormatError: the capture is damaged from the beginning, or holds neither.
    """
    counts = _Counts()
    if not is_pcap(Content(content)):
        raise FormatError(name, "no network capture", "A capture begins with the mark of pcap or pcapng")
    octets = memoryview(content).cast("B")
    first = next((p for p in _payloads(octets, _Counts()) if len(p.content)), None)
    if first is None:
        for _ in _payloads(octets, counts):
            pass
        reasons = "; ".join(counts.notes()) or "it is empty"
        raise FormatError(name, f"no UDP payload in this capture ({reasons})", "Capture ASTERIX or GDL 90 over UDP")
    payloads = _payloads(octets, counts)
    if first.content[0] == _GDL90_FLAG:
        part = gdl90.read_messages(((bytes(p.content), p.captured_us) for p in payloads), name, options)
    else:
        part = asterix.read_pieces(payloads, name, options)
    return with_notes(part, counts.notes(), kind=f"{part.report.format} in a network capture")


def _payloads(octets: memoryview, counts: _Counts) -> Iterator[Piece]:
    packets = _pcapng(octets, counts) if bytes(octets[:4]) == _PCAPNG else _pcap(octets, counts)
    for packet in packets:
        counts.packets += 1
        payload = udp_payload(packet.content, packet.link)
        if isinstance(payload, str):
            counts.reasons[payload] = counts.reasons.get(payload, 0) + 1
        else:
            yield Piece(payload, packet.t_us)


def _pcap(octets: memoryview, counts: _Counts) -> Iterator[_Packet]:
    order, fractions = _PCAP[bytes(octets[:4])]
    if len(octets) < 24:
        counts.cut = len(octets)
        return
    link = struct.unpack_from(order + "I", octets, 20)[0] & 0xFFFF
    header = struct.Struct(order + "IIII")
    at = 24
    while at + 16 <= len(octets):
        seconds, fraction, size, _ = header.unpack_from(octets, at)
        if size > _LONGEST_PACKET or at + 16 + size > len(octets):
            break
        t_us = _plausible(seconds * 1_000_000 + fraction * 1_000_000 // fractions)
        yield _Packet(link, t_us, octets[at + 16 : at + 16 + size])
        at += 16 + size
    counts.cut = len(octets) - at


def _pcapng(octets: memoryview, counts: _Counts) -> Iterator[_Packet]:
    order, at = "<", 0
    interfaces: list[tuple[int, int]] = []  # link type, fractions a second
    while at + 12 <= len(octets):
        kind = struct.unpack_from(order + "I", octets, at)[0]
        if kind == _SECTION:
            order = _ORDERS.get(bytes(octets[at + 8 : at + 12]), "")
            interfaces = []
        size = struct.unpack_from(order + "I", octets, at + 4)[0] if order else 0
        if size < 12 or size % 4 or at + size > len(octets):
            break
        body = octets[at + 8 : at + size - 4]
        if kind == _INTERFACE and len(body) >= 8:
            interfaces.append((struct.unpack_from(order + "H", body)[0], _fractions(body[8:], order)))
        elif kind in (_ENHANCED, _SIMPLE):
            packet = _packet(kind, body, order, interfaces)
            if packet is None:
                counts.reasons["blocks that are broken"] = counts.reasons.get("blocks that are broken", 0) + 1
            else:
                yield packet
        at += size
    counts.cut = len(octets) - at


def _packet(kind: int, body: memoryview, order: str, interfaces: list[tuple[int, int]]) -> _Packet | None:
    """Return the packet of a block, None where it does not fit or its interface is not described."""
    if kind == _SIMPLE:
        if not interfaces or len(body) < 4:
            return None
        size = min(struct.unpack_from(order + "I", body)[0], len(body) - 4)
        return _Packet(interfaces[0][0], None, body[4 : 4 + size])
    if len(body) < 20:
        return None
    interface, high, low, size, _ = struct.unpack_from(order + "IIIII", body)
    if interface >= len(interfaces) or 20 + size > len(body):
        return None
    link, fractions = interfaces[interface]
    return _Packet(link, _plausible((high << 32 | low) * 1_000_000 // fractions), body[20 : 20 + size])


def _plausible(t_us: int) -> int | None:
    """Return a time of capture; one of no year from 1990 to 2100 comes from a clock that was never set."""
    return t_us if EARLIEST_S <= t_us // 1_000_000 < LATEST_S else None


def _fractions(options: memoryview, order: str) -> int:
    """Return an interface's ticks a second; a million where it does not say."""
    at = 0
    while at + 4 <= len(options):
        code, size = struct.unpack_from(order + "HH", options, at)
        if code == 0:
            break
        if code == _RESOLUTION and size >= 1 and at + 5 <= len(options):
            power = int(options[at + 4])
            return int(2 ** (power & 0x7F)) if power & 0x80 else int(10**power)
        at += 4 + (size + 3) // 4 * 4
    return 1_000_000
