"""A small encoder of GDL 90 messages, written from the interface specification."""

from __future__ import annotations


def check_sum(message: bytes) -> int:
    """Return the CRC-CCITT of a message, bit by bit; each octet enters behind the register."""
    rest = 0
    for octet in message:
        high = rest >> 8 << 8
        for _ in range(8):
            high = (high << 1 & 0xFFFF) ^ (0x1021 if high & 0x8000 else 0)
        rest = high ^ (rest << 8 & 0xFFFF) ^ octet
    return rest


def frame(message: bytes) -> bytes:
    """Return a message with check sum, escapes and flags."""
    whole = message + check_sum(message).to_bytes(2, "little")
    escaped = whole.replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e")
    return b"\x7e" + escaped + b"\x7e"


def heartbeat(second: int) -> bytes:
    """Return a heartbeat at a second of the day."""
    return frame(bytes([0, 0x81, 0x41 | second >> 16 << 7]) + (second & 0xFFFF).to_bytes(2, "little") + b"\x08\x02")


def report(
    address: int,
    lat: float,
    lon: float,
    *,
    kind: int = 20,
    address_type: int = 0,
    feet: int | None = 5000,
    misc: int = 0b1001,
    speed_kt: int | None = 123,
    climb: int | None = 1,
    callsign: str = "N825V",
) -> bytes:
    """Return a traffic report, or with kind 10 an ownship report; climb in steps of 64 ft/min."""
    altitude = 0xFFF if feet is None else (feet + 1000) // 25
    speed = 0xFFF if speed_kt is None else speed_kt
    rate = 0x800 if climb is None else climb & 0xFFF
    body = bytes([kind, address_type]) + address.to_bytes(3, "big")
    for degrees in (lat, lon):
        body += round(degrees * 2**23 / 180).to_bytes(3, "big", signed=True)
    body += bytes([altitude >> 4, (altitude & 0xF) << 4 | misc, 0xA9])
    body += (speed << 12 | rate).to_bytes(3, "big") + bytes([32, 1]) + callsign.ljust(8).encode() + b"\0"
    return frame(body)


def ownship_height(feet: int) -> bytes:
    """Return ownship's height above the ellipsoid."""
    return frame(bytes([11]) + (feet // 5).to_bytes(2, "big", signed=True) + b"\0\x0a")
