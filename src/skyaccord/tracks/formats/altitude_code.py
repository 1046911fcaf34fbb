"""The altitude codes of transponders: 13 bits in replies, 12 in squitters, which leave out the bit for metres.

With bit Q it is a number in steps of 25 ft from -1,000 ft; without it the Gillham code of Mode C, in steps of 100 ft
from -1,200 ft, which alone goes beyond 50,175 ft.

Source: ICAO Annex 10, volume IV, 3.1.2.6.5.4 and appendix 1 to chapter 3.
"""

from __future__ import annotations

import numpy as np

from skyaccord.model.tracks import Floats, Ints


def altitudes_ft(codes: Ints) -> Floats:
    """Return the altitudes of 12-bit codes, NaN where there is none."""
    table = np.full(4096, np.nan)
    for code in np.unique(codes).tolist():
        altitude = altitude_ft((code & 0xFC0) << 1 | code & 0x3F)
        table[code] = np.nan if altitude is None else altitude
    return table[codes]


def altitude_ft(code: int) -> int | None:
    """Return the altitude of a 13-bit code (C1 A1 C2 A2 C4 A4 M B1 Q B2 D2 B4 D4), None where it has none."""
    if code == 0 or code & 0x40:  # no altitude, or metric, which no one uses
        return None
    if code & 0x10:
        return ((code >> 7 & 0x3F) << 5 | (code >> 5 & 1) << 4 | code & 0xF) * 25 - 1000
    c1, a1, c2, a2, c4, a4, _, b1, _, b2, d2, b4, d4 = (code >> k & 1 for k in range(12, -1, -1))
    hundreds = _gray(c1 << 2 | c2 << 1 | c4)
    if hundreds in (0, 5, 6):
        return None
    fives = _gray(d2 << 7 | d4 << 6 | a1 << 5 | a2 << 4 | a4 << 3 | b1 << 2 | b2 << 1 | b4)
    hundreds = 5 if hundreds == 7 else hundreds
    return 500 * fives + 100 * ((6 - hundreds if fives & 1 else hundreds) - 1) - 1200


def _gray(value: int) -> int:
    plain = 0
    while value:
        plain ^= value
        value >>= 1
    return plain
