"""The 32 letters of what is read aloud: A to Z and 2 to 7 (base32, RFC 4648), so that 0 and O, 1 and I do not mix."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_VALUES: Final = {letter: value for value, letter in enumerate(LETTERS)}
BITS: Final = 5


def to_letters(data: bytes) -> str:
    """Return octets as letters, without padding signs; bits that are left over are 0."""
    return base64.b32encode(data).decode("ascii").rstrip("=")


def to_octets(letters: str) -> bytes:
    """Return the whole octets that letters hold; bits that are left over are dropped."""
    whole = letters[: len(letters) // 8 * 8]
    rest = letters[len(whole) :]
    octets = base64.b32decode(whole)
    if rest:
        octets += base64.b32decode(rest.ljust(8, "A"))[: len(rest) * BITS // 8]
    return octets


def to_values(letters: str) -> tuple[int, ...]:
    """Return the value, 0 to 31, of each letter; a letter that is none raises ``KeyError``."""
    return tuple(_VALUES[letter] for letter in letters)


def from_values(values: Sequence[int]) -> str:
    """Return the letters of values from 0 to 31."""
    return "".join(LETTERS[value] for value in values)


def write_count(count: int, width: int) -> str:
    """Return a count in that many letters, the greatest digit first."""
    return from_values([count >> BITS * place & 31 for place in reversed(range(width))])


def read_count(letters: str) -> int:
    """Return the count that letters hold."""
    return sum(value << BITS * place for place, value in enumerate(reversed(to_values(letters))))
