"""Bytes as letters: a head that says how long they are and what their hash is, then the bytes, made short.

The head has 25 letters: 1 for the way in which they were made short, 2 for the count of lines, 4 for the count of
octets, 18 for the beginning of their SHA-256 (90 bits, against
accidents: who wrote them is shown by the signature within).
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import Final

from skyaccord.errors import SkyaccordError
from skyaccord.hotline.fallback.letters import read_count, to_letters, to_octets, write_count

LINE: Final = 25
"""Letters of a line: five groups of five."""
MOST_LINES: Final = 32**2 - 1
MOST_OCTETS: Final = 1 << 18
_DEFLATED: Final = "B"
_HASH: Final = slice(7, LINE)

_DICTIONARY: Final = (
    b'{"challenge":"","scheduled":null,"readability":5,"received":"2026-","readback":"","will_inform":["supervisor"]'
    b'"called":"","called_duty":"","caller":"","caller_duty":"","channel":null,"medium":"telephone","persons_on_board":'
    b'"aircraft_type":null,"altitude":"","at":"2026-","call_sign":"","frequency":"121.5 MHz","nature":"distress",'
    b'"position":[,"squawk":"7700","incident":null,"provisions":["separation."],"status":"suspended","from":"2026-'
    b'"interpreter":{"assigned":true,"duty":"linguist"},"on_behalf_of":[],"precedence":"emergency"flash"immediate"'
    b'priority"routine"},"text":"","volumes":[{"area":{"polygon":[[{"centre":[,"radius":" NM"},"ceiling":"000 ft",'
    b'"datum":"pressure","floor":null,"from":"2026-11-25T15:00:00.000Z","until":"2026-11-25T16:00:00.000Z"}]}'
    b'{"heading":{"addressees":[""],"answers":{"date_time_group":"Z NOV 26","envelope":"sha256:","originator":""},'
    b'"answers":null,"authority":"duty officer","date_time_group":"Z NOV 26","interpreter":null,"language":"en",'
    b'{"body":"sha256:","key":"sha256:","kind":"hotline.notice","memorandum":"sha256:","protocol":"skyaccord/envelope/1",'
    b'"recipient":"","sender":"","sequence":1,"signature":"==","time":"2026-12-01T00:00:00.000Z","version":1}'
)
"""What messages have in common, so that it need not be read aloud each time. Part of the format: never changed."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first 25 letters say."""

    lines: int
    octets: int
    hash: str


def pack(data: bytes) -> str:
    """Return the head and the lines of some bytes, 25 letters each, in one text.

    Raises:
        SkyaccordError: more than fits into 1,023 lines.
    """
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    letters = to_letters(squeeze.compress(data) + squeeze.flush())
    lines = -(-len(letters) // LINE)
    if lines > MOST_LINES or len(data) > MOST_OCTETS:
        raise SkyaccordError(f"{len(data)} octets need {lines} lines, at most {MOST_LINES} can be numbered: send fewer")
    head = _DEFLATED + write_count(lines, 2) + write_count(len(data), 4) + _hash(data)
    return head + letters.ljust(lines * LINE, "A")


def read_head(letters: str) -> Head | None:
    """Return what a head says; ``None`` where it is of another way of packing."""
    if letters[0] != _DEFLATED:
        return None
    return Head(read_count(letters[1:3]), read_count(letters[3:7]), letters[_HASH])


def unpack(head: Head, letters: str) -> bytes | None:
    """Return the bytes of all lines after the head; ``None`` where they are not those that the head speaks of."""
    loosen = zlib.decompressobj(-15, _DICTIONARY)
    try:
        data = loosen.decompress(to_octets(letters), min(head.octets, MOST_OCTETS) + 1)
    except zlib.error:
        return None
    return data if len(data) == head.octets and loosen.eof and _hash(data) == head.hash else None


def _hash(data: bytes) -> str:
    return to_letters(hashlib.sha256(data).digest())[: LINE - 7]
