"""Reads canonical JSON (RFC 8785) from bytes that anyone may have sent: taken only as they would be written again.

What is taken is decided by one comparison, ``canonical(value) == data``; it excludes a second reading of the same bytes
(duplicate keys, ``1.0`` for ``1``, escapes for letters) by itself. Why something was not taken is found afterwards
(`model.canonical_faults`), and cannot let anything pass.
"""

from __future__ import annotations

import json
import re
from typing import Final

from skyaccord.errors import CanonicalError, SkyaccordError
from skyaccord.model.canonical_faults import CanonicalFault, find_fault
from skyaccord.model.canonical_json import DEEPEST, GREATEST_INTEGER, Json, canonical

MOST_BYTES: Final = 1 << 20
"""Bytes of one value: what nodes exchange has some kilobytes, and a reader's memory must have a bound."""

_BRACKETS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', re.DOTALL)


def read_canonical(data: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> Json:
    """Return the value of canonical JSON; what is not canonical is refused.

    Integers come as ``int``, numbers with a fraction or an exponent as ``float``. A number without either beyond 2^53
    is refused although RFC 8785 writes doubles below 1e21 so: readers of integers and of doubles would differ on it.

    Args:
        data: the bytes, UTF-8.
        most_bytes: the greatest length taken.
        deepest: the most levels of lists and objects taken.

    Raises:
        CanonicalError: with the fault, its place in octets from 0, and words.
    """
    if len(data) > most_bytes:
        raise CanonicalError(CanonicalFault.TOO_LARGE, most_bytes, f"{len(data)} octets, at most {most_bytes} are read")
    _refuse_depth(data, deepest)
    try:
        value: Json = json.loads(data.decode("utf-8"), parse_int=_integer)
        if canonical(value) == data:
            return value
    except (ValueError, SkyaccordError, RecursionError):
        pass
    raise find_fault(data)


def read_canonical_object(data: bytes, *, most_bytes: int = MOST_BYTES, deepest: int = DEEPEST) -> dict[str, Json]:
    """Return the members of one object in canonical JSON; raise `CanonicalError` for all else."""
    value = read_canonical(data, most_bytes=most_bytes, deepest=deepest)
    if not isinstance(value, dict):
        raise CanonicalError(CanonicalFault.NOT_AN_OBJECT, 0, "an object was expected: {…}")
    return value


def _integer(digits: str) -> int:
    """Return an integer; one of more digits than any that is safe is not even computed."""
    if len(digits) > 17 or abs(int(digits)) > GREATEST_INTEGER:
        raise ValueError(digits[:20])
    return int(digits)


def _refuse_depth(data: bytes, deepest: int) -> None:
    """Refuse nesting before a parser that calls itself sees it."""
    if data.count(b"[") + data.count(b"{") <= deepest:
        return
    depth = 0
    for match in _BRACKETS.finditer(data):
        depth += (match[1] is not None) - (match[2] is not None)
        if depth > deepest + 1:  # the outermost is level 0, as for the writer
            raise CanonicalError(CanonicalFault.TOO_DEEP, match.start(), f"nested deeper than {deepest} levels")
