"""The straight line between two reports of an aircraft, as one row of numbers, and how kernels walk along it.

Columns: time; point and velocity in the frame of `geometry.earth`; pressure altitude and its rate; ellipsoidal altitude
and its rate. At the last row of a run the rates are 0: nothing is known beyond it.
"""

from __future__ import annotations

from typing import Final

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats, Ints

T: Final = 0
X: Final = 1
VX: Final = 4
ALT: Final = 7
ALT_RATE: Final = 8
GEO: Final = 9
GEO_RATE: Final = 10
LINE_COLUMNS: Final = 11


@kernel
def advance(line: Floats, last: Ints, k: int, t: float) -> int:
    """Return the row, at or after k, whose line holds from time t on."""
    while k < last[k] and line[k + 1, T] <= t:
        k += 1
    return k


@kernel
def first_end(line: Floats, last: Ints, i: int, j: int, end: float) -> float:
    """Return when the first of the lines of rows i and j ends, at most ``end``."""
    if i < last[i]:
        end = min(end, line[i + 1, T])
    if j < last[j]:
        end = min(end, line[j + 1, T])
    return end
