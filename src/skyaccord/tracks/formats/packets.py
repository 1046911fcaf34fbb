"""The UDP payload of a captured packet, through link layer and IP."""

from __future__ import annotations

import struct
from typing import Final

_ETHERNET, _RAW, _COOKED, _COOKED_2 = 1, (12, 14, 101, 228, 229), 113, 276
_LOOPBACK: Final = (0, 108)
_IPV4, _IPV6 = 0x0800, 0x86DD
_VLAN: Final = (0x8100, 0x88A8, 0x9100)
_UDP: Final = 17
_EXTENSIONS: Final = (0, 43, 60)  # of IPv6, before the payload
_FRAGMENT: Final = 44
_MOST_HEADERS: Final = 8

NOT_UDP: Final = "packets are not UDP"
CUT: Final = "packets are cut"
IN_FRAGMENTS: Final = "fragments of packets are not put together"


def udp_payload(packet: memoryview, link: int) -> memoryview | str:
    """Return the payload of a packet, or why there is none."""
    found = _network(packet, link)
    if found is None:
        return f"packets of link type {link} are not read" if not _is_known(link) else NOT_UDP
    at, version = found
    try:
        return _of_ipv4(packet[at:]) if version == 4 else _of_ipv6(packet[at:])
    except (struct.error, IndexError):
        return CUT


def _is_known(link: int) -> bool:
    return link in (_ETHERNET, _COOKED, _COOKED_2, *_RAW, *_LOOPBACK)


def _network(packet: memoryview, link: int) -> tuple[int, int] | None:
    """Return where the IP header begins and its version; None where there is none."""
    if link in _RAW or link in _LOOPBACK:
        at = 4 if link in _LOOPBACK else 0
        version = packet[at] >> 4 if at < len(packet) else 0
        return (at, version) if version in (4, 6) else None
    at = {_ETHERNET: 12, _COOKED: 14, _COOKED_2: 0}.get(link, -1)
    if at < 0 or at + 2 > len(packet):
        return None
    kind = packet[at] << 8 | packet[at + 1]
    at = 20 if link == _COOKED_2 else at + 2
    for _ in range(_MOST_HEADERS):
        if kind not in _VLAN or at + 4 > len(packet):
            break
        kind = packet[at + 2] << 8 | packet[at + 3]
        at += 4
    return {_IPV4: (at, 4), _IPV6: (at, 6)}.get(kind)


def _of_ipv4(packet: memoryview) -> memoryview | str:
    header, total = (packet[0] & 0xF) * 4, struct.unpack_from(">H", packet, 2)[0]
    flags = struct.unpack_from(">H", packet, 6)[0]
    if packet[9] != _UDP:
        return NOT_UDP
    if flags & 0x3FFF:
        return IN_FRAGMENTS
    if header < 20 or (total and total > len(packet)):
        return CUT
    return _of_udp(packet[header : total or len(packet)])


def _of_ipv6(packet: memoryview) -> memoryview | str:
    size, following = struct.unpack_from(">HB", packet, 4)
    if 40 + size > len(packet):
        return CUT
    at, end = 40, 40 + size if size else len(packet)
    for _ in range(_MOST_HEADERS):
        if following not in _EXTENSIONS:
            break
        following, at = packet[at], at + 8 + packet[at + 1] * 8
    if following == _FRAGMENT:
        return IN_FRAGMENTS
    return _of_udp(packet[at:end]) if following == _UDP else NOT_UDP


def _of_udp(segment: memoryview) -> memoryview | str:
    size = struct.unpack_from(">H", segment, 4)[0]
    if size < 8 or size > len(segment):
        return CUT
    return segment[8:size]
