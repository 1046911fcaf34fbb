"""Four check letters for a line: whichever four letters of it were misread, it is noticed.

A Reed–Solomon code over the field of 32 elements (x⁵ + x² + 1): number, text and check letters of a line are at most 31
letters, and any two right lines differ in five places or more.

Source: Reed and Solomon, Polynomial codes over certain finite fields, 1960.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

CHECKS: Final = 4
LONGEST: Final = 31
"""Letters of a line with its checks; beyond it the code does not reach."""


def _powers() -> tuple[int, ...]:
    powers = [1]
    while len(powers) < LONGEST:
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled > 31 else doubled)
    return tuple(powers)


_POWERS: Final = _powers()
_LOGS: Final = {power: exponent for exponent, power in enumerate(_POWERS)}


def _times(a: int, b: int) -> int:
    return 0 if a == 0 or b == 0 else _POWERS[(_LOGS[a] + _LOGS[b]) % LONGEST]


def _generator() -> tuple[int, ...]:
    """Return the product of (x - αⁱ) for i from 1 to 4, the highest power first and left out (it is 1)."""
    product = [1]
    for exponent in range(1, CHECKS + 1):
        shifted = [*product, 0]
        for place, value in enumerate(product):
            shifted[place + 1] ^= _times(value, _POWERS[exponent])
        product = shifted
    return tuple(product[1:])


_GENERATOR: Final = _generator()


def compute_checks(values: Sequence[int]) -> tuple[int, ...]:
    """Return the check values of at most 27 values from 0 to 31."""
    remainder = [0] * CHECKS
    for value in values:
        factor = value ^ remainder[0]
        remainder = [r ^ _times(factor, g) for r, g in zip([*remainder[1:], 0], _GENERATOR, strict=True)]
    return tuple(remainder)


def is_right(values: Sequence[int]) -> bool:
    """Return whether values end in their checks."""
    return compute_checks(values[:-CHECKS]) == tuple(values[-CHECKS:])


def find_misread(values: Sequence[int]) -> tuple[int, int] | None:
    """Return place and value that would make a line right; ``None`` where no single letter does.

    If no more than one letter was misread, it is that one. It is a hint for whom to ask, never a correction. An error e
    at the power k of x gives the sums e·αᵏ, e·α²ᵏ, e·α³ᵏ, e·α⁴ᵏ, from which k and e follow.
    """
    sums = [_evaluate(values, _POWERS[exponent]) for exponent in range(1, CHECKS + 1)]
    if 0 in sums:
        return None
    power = (_LOGS[sums[1]] - _LOGS[sums[0]]) % LONGEST
    is_one = all((_LOGS[b] - _LOGS[a]) % LONGEST == power for a, b in pairwise(sums))
    place = len(values) - 1 - power
    if not is_one or place < 0:
        return None
    return place, values[place] ^ _POWERS[(_LOGS[sums[0]] - power) % LONGEST]


def _evaluate(values: Sequence[int], x: int) -> int:
    """Return the value at x of the polynomial whose coefficients are a line, the highest power first."""
    total = 0
    for value in values:
        total = _times(total, x) ^ value
    return total
