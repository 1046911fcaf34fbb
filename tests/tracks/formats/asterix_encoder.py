"""A small encoder of ASTERIX records, blocks and the captures that carry them, written from the specifications."""

from __future__ import annotations

import struct
from collections.abc import Iterable

LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def record(items: dict[int, bytes]) -> bytes:
    """Return a record of items by their field reference numbers, from 1."""
    octets = bytearray((max(items) + 6) // 7)
    for number in items:
        octets[(number - 1) // 7] |= 1 << (7 - (number - 1) % 7)
    for k in range(len(octets) - 1):
        octets[k] |= 1
    return bytes(octets) + b"".join(items[number] for number in sorted(items))


def block(category: int, *records: bytes) -> bytes:
    """Return a data block."""
    body = b"".join(records)
    return bytes([category]) + struct.pack(">H", len(body) + 3) + body


def unsigned(value: float, unit: float, octets: int) -> bytes:
    return round(value / unit).to_bytes(octets, "big")


def signed(value: float, unit: float, octets: int) -> bytes:
    return round(value / unit).to_bytes(octets, "big", signed=True)


def letters(text: str) -> bytes:
    """Return eight letters of six bits."""
    value = 0
    for letter in text.ljust(8):
        code = LETTERS.index(letter) if letter in LETTERS else 48 + int(letter)
        value = value << 6 | code
    return value.to_bytes(6, "big")


def time_of_day(seconds: float) -> bytes:
    return unsigned(seconds, 1 / 128, 3)


def cat021(t: float, address: int, lat: float, lon: float, *, flight_level: float = 350.0, flags: int = 0) -> bytes:
    """Return a record of edition 2: position, level, height, velocity, name, squawk and quality."""
    return record(
        {
            1: b"\x19\xc9",  # 010
            2: bytes([0b0000_0001, flags]),  # 040 with its first extension
            5: time_of_day(t),  # 071
            6: signed(lat, 180 / 2**23, 3) + signed(lon, 180 / 2**23, 3),  # 130
            7: signed(lat, 180 / 2**30, 4) + signed(lon, 180 / 2**30, 4),  # 131
            11: address.to_bytes(3, "big"),  # 080
            12: time_of_day(t + 0.25),  # 073
            16: signed(35_500, 6.25, 2),  # 140
            17: bytes([0b0001_0001, 0b0001_0010]),  # 090: NIC 8, NACp 9
            18: bytes([0b0001_0010]),  # 210: version 2, 1090
            19: struct.pack(">H", 0o7012),  # 070
            21: signed(flight_level, 0.25, 2),  # 145
            24: signed(-640, 6.25, 2)[:0] + struct.pack(">H", round(-640 / 6.25) & 0x7FFF),  # 155
            26: unsigned(450 / 3600, 2**-14, 2) + unsigned(123.75, 360 / 2**16, 2),  # 160
            28: time_of_day(t + 0.5),  # 077
            29: letters("TEST21"),  # 170
        }
    )


def cat048(
    t: float,
    address: int,
    slant_nm: float,
    azimuth: float,
    *,
    flight_level: float | None = 350.0,
    sic: int = 2,
    kind: int = 5,
) -> bytes:
    """Return a plot of a Mode S radar."""
    items = {
        1: bytes([25, sic]),  # 010
        2: time_of_day(t),  # 140
        3: bytes([kind << 5]),  # 020
        4: unsigned(slant_nm, 1 / 256, 2) + unsigned(azimuth, 360 / 2**16, 2),  # 040
        5: struct.pack(">H", 0o1234),  # 070
        8: address.to_bytes(3, "big"),  # 220
        9: letters("TEST48"),  # 240
        11: struct.pack(">H", 777),  # 161
        13: unsigned(400 / 3600, 2**-14, 2) + unsigned(90.0, 360 / 2**16, 2),  # 200
        21: bytes([0, 0]),  # 230: airborne
    }
    if flight_level is not None:
        items[6] = struct.pack(">H", round(flight_level * 4) & 0x3FFF)  # 090
    return record(items)


def cat062(t: float, address: int, lat: float, lon: float, *, status: bytes = b"\x00") -> bytes:
    """Return a system track."""
    return record(
        {
            1: b"\x19\x01",  # 010
            4: time_of_day(t),  # 070
            5: signed(lat, 180 / 2**25, 4) + signed(lon, 180 / 2**25, 4),  # 105
            7: signed(150.0, 0.25, 2) + signed(-200.0, 0.25, 2),  # 185
            9: struct.pack(">H", 0o4321),  # 060
            11: bytes([0b1100_0000]) + address.to_bytes(3, "big") + letters("TEST62"),  # 380: ADR, ID
            12: struct.pack(">H", 321),  # 040
            13: status,  # 080
            17: signed(330.25, 0.25, 2),  # 136
            18: signed(33_000, 6.25, 2),  # 130
            20: signed(1200, 6.25, 2),  # 220
        }
    )


def udp(payload: bytes) -> bytes:
    """Return an Ethernet frame with an IPv4 packet with a datagram."""
    datagram = struct.pack(">HHHH", 8600, 8600, 8 + len(payload), 0) + payload
    head = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0, b"\x0a\0\0\1", b"\xe0\0\0\1")
    return b"\x01\x00\x5e\0\0\1" + b"\x02\0\0\0\0\1" + b"\x08\x00" + head + datagram


def pcap(packets: Iterable[tuple[float, bytes]]) -> bytes:
    """Return a capture of Ethernet frames with their times in seconds since 1970."""
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for t, packet in packets:
        out += struct.pack("<IIII", int(t), round(t % 1 * 1e6), len(packet), len(packet)) + packet
    return out


def pcapng(packets: Iterable[tuple[float, bytes]], *, order: str = "<", nanoseconds: bool = True) -> bytes:
    """Return the same as pcapng."""

    def section(kind: int, body: bytes) -> bytes:
        size = 12 + len(body) + -len(body) % 4
        return struct.pack(order + "II", kind, size) + body + bytes(-len(body) % 4) + struct.pack(order + "I", size)

    out = section(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1))
    options = struct.pack(order + "HHB3xHH", 9, 1, 9, 0, 0) if nanoseconds else b""
    out += section(1, struct.pack(order + "HHI", 1, 0, 65535) + options)
    for t, packet in packets:
        ticks = round(t * 1_000_000) * (1000 if nanoseconds else 1)
        out += section(
            6, struct.pack(order + "IIIII", 0, ticks >> 32, ticks & 0xFFFFFFFF, len(packet), len(packet)) + packet
        )
    return out
