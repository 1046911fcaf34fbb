"""A small encoder of Mode S frames, written from the standard: what tests read back."""

from __future__ import annotations

import math
from collections.abc import Iterable

CHARSET = "#ABCDEFGHIJKLMNOPQRSTUVWXYZ##### ###############0123456789######"


def parity(octets: bytes) -> int:
    """Return the remainder by long division, bit by bit."""
    rest = 0
    for octet in octets:
        rest ^= octet << 16
        for _ in range(8):
            rest <<= 1
            if rest & 0x1000000:
                rest ^= 0x1FFF409
    return rest


def squitter(address: int, message: int, *, df: int = 17, ca: int = 5) -> bytes:
    """Return a DF 17 or 18 frame around 56 bits."""
    body = bytes([df << 3 | ca]) + address.to_bytes(3, "big") + message.to_bytes(7, "big")
    return body + parity(body).to_bytes(3, "big")


def reply(df: int, address: int, field: int, message: int | None = None) -> bytes:
    """Return a reply whose parity is overlaid with the address; ``field`` are the 13 bits of altitude or identity."""
    body = bytes([df << 3, field >> 16 & 0xFF, field >> 8 & 0xFF, field & 0xFF])
    if message is not None:
        body += message.to_bytes(7, "big")
    return body + (parity(body) ^ address).to_bytes(3, "big")


def all_call(address: int, interrogator: int = 0) -> bytes:
    """Return a DF 11 frame."""
    body = bytes([11 << 3 | 5]) + address.to_bytes(3, "big")
    return body + (parity(body) ^ interrogator).to_bytes(3, "big")


def zones(lat: float) -> int:
    """Return the number of longitude zones by the standard's formula."""
    if abs(lat) >= 87.0:
        return 2 if abs(lat) == 87.0 else 1
    inner = 1 - (1 - math.cos(math.pi / 30)) / math.cos(math.radians(lat)) ** 2
    return math.floor(2 * math.pi / math.acos(inner))


def encode_position(lat: float, lon: float, odd: bool, span: float = 360.0) -> tuple[int, int]:
    """Return 17 bits of latitude and of longitude; span is 90 on the ground (of which 19 bits' rest is sent)."""
    steps = 2**17
    height = span / (60 - odd)
    y = math.floor(steps * (lat % height) / height + 0.5)
    real = height * (y / steps + math.floor(lat / height))
    width = span / max(zones(real) - odd, 1)
    x = math.floor(steps * (lon % width) / width + 0.5)
    return y % steps, x % steps


def airborne(lat: float, lon: float, feet: int, odd: bool, *, kind: int = 11, flag: int = 0) -> int:
    """Return the message of an airborne position; altitude in steps of 25 ft. ``flag`` is NIC supplement B or IMF."""
    y, x = encode_position(lat, lon, odd)
    code = (feet + 1000) // 25
    altitude = (code >> 4) << 5 | 1 << 4 | code & 0xF
    return kind << 51 | flag << 48 | altitude << 36 | odd << 34 | y << 17 | x


def surface(lat: float, lon: float, odd: bool, *, movement: int = 20, track: int | None = None) -> int:
    """Return the message of a surface position; track in steps of 360/128 degrees."""
    y, x = encode_position(lat, lon, odd, 90.0)
    heading = 0 if track is None else 1 << 7 | track
    return 7 << 51 | movement << 44 | heading << 36 | odd << 34 | y << 17 | x


def velocity(east_kt: int, north_kt: int, climb_fpm: int, above_ft: int) -> int:
    """Return the message of ground velocity, subsonic; climb in steps of 64 ft/min, difference in steps of 25 ft."""
    bits = 19 << 51 | 1 << 48
    bits |= (east_kt < 0) << 42 | (abs(east_kt) + 1) << 32 | (north_kt < 0) << 31 | (abs(north_kt) + 1) << 21
    bits |= (climb_fpm < 0) << 19 | (abs(climb_fpm) // 64 + 1) << 10
    return bits | (above_ft < 0) << 7 | (abs(above_ft) // 25 + 1)


def identity(callsign: str) -> int:
    """Return the message of identification, category A0."""
    bits = 4 << 51
    for k, letter in enumerate(callsign.ljust(8)):
        bits |= CHARSET.index(letter) << (42 - 6 * k)
    return bits


def status(version: int, nac_p: int, nic_a: int) -> int:
    """Return the message of airborne operational status."""
    return 31 << 51 | version << 13 | nic_a << 12 | nac_p << 8 | 3 << 4


def emergency(squawk: str) -> int:
    """Return the message of type 28, subtype 1."""
    return 28 << 51 | 1 << 48 | 0 << 45 | identity_code(squawk) << 32


def identity_code(squawk: str) -> int:
    """Return the 13 bits of a squawk: C1 A1 C2 A2 C4 A4 0 B1 D1 B2 D2 B4 D4."""
    a, b, c, d = (int(digit) for digit in squawk)
    order = ((c, 0), (a, 0), (c, 1), (a, 1), (c, 2), (a, 2), None, (b, 0), (d, 0), (b, 1), (d, 1), (b, 2), (d, 2))
    bits = 0
    for place in order:
        bits = bits << 1 | (0 if place is None else place[0] >> place[1] & 1)
    return bits


def altitude_code(feet: int) -> int:
    """Return the 13 bits of an altitude in steps of 25 ft."""
    code = (feet + 1000) // 25
    return code >> 5 << 7 | (code >> 4 & 1) << 5 | 1 << 4 | code & 0xF


def beast(frames: Iterable[tuple[int, bytes]]) -> bytes:
    """Return a Beast recording of frames with their 48-bit times."""
    out = bytearray()
    for ticks, frame in frames:
        kind = {2: 0x31, 7: 0x32, 14: 0x33}[len(frame)]
        content = ticks.to_bytes(6, "big") + b"\x80" + frame
        out += bytes([0x1A, kind]) + content.replace(b"\x1a", b"\x1a\x1a")
    return bytes(out)


def flight(address: int, seconds: int, *, lat: float = 48.0, lon: float = 11.0) -> list[tuple[float, bytes]]:
    """Return a minute or so of a climbing aircraft that flies north-east, as seconds and frames."""
    out = []
    for k in range(2 * seconds):
        t = k / 2
        place = lat + 0.001 * t, lon + 0.0015 * t, 30_000 + 25 * k
        out.append((t, squitter(address, airborne(*place, odd=bool(k % 2)))))
        if k % 2:
            out.append((t + 0.1, squitter(address, velocity(300, 300, 1536, 500))))
        if k % 10 == 0:
            out.append((t + 0.2, squitter(address, identity("TEST12"))))
            out.append((t + 0.3, squitter(address, status(2, 9, 1))))
            out.append((t + 0.4, reply(5, address, identity_code("7012"))))
    return out
