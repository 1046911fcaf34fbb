"""Sines and cosines of many angles in degrees at once, by arithmetic alone, which compiles to vector instructions.

An angle is brought within 45° of a multiple of 90° without rounding, and the series of sine and cosine are summed
there: within 2e-16 of the true value for angles up to 1e6 degrees, and relatively as near for small ones.
"""

from __future__ import annotations

import math
from typing import Final

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

RAD: Final = math.pi / 180.0

TO_WHOLE: Final = 6755399441055744.0
"""1.5 * 2**52: added and taken off again, it rounds a double to a whole number."""

S3: Final = -1.0 / 6.0
S5: Final = 1.0 / 120.0
S7: Final = -1.0 / 5_040.0
S9: Final = 1.0 / 362_880.0
S11: Final = -1.0 / 39_916_800.0
S13: Final = 1.0 / 6_227_020_800.0
S15: Final = -1.0 / 1_307_674_368_000.0
S17: Final = 1.0 / 355_687_428_096_000.0
C4: Final = 1.0 / 24.0
C6: Final = -1.0 / 720.0
C8: Final = 1.0 / 40_320.0
C10: Final = -1.0 / 3_628_800.0
C12: Final = 1.0 / 479_001_600.0
C14: Final = -1.0 / 87_178_291_200.0
C16: Final = 1.0 / 20_922_789_888_000.0


@kernel
def sine_cosine(angle_deg: float) -> tuple[float, float]:
    """Return sine and cosine of an angle in degrees."""
    quarter = (angle_deg / 90.0 + TO_WHOLE) - TO_WHOLE
    x = (angle_deg - 90.0 * quarter) * RAD
    q = x * x
    # Horner's form of 1/3! … 1/17! and of 1/4! … 1/16!, written out: a loop over them is not turned into vectors.
    odd = S3 + q * (S5 + q * (S7 + q * (S9 + q * (S11 + q * (S13 + q * (S15 + q * S17))))))
    even = C4 + q * (C6 + q * (C8 + q * (C10 + q * (C12 + q * (C14 + q * C16)))))
    sine, cosine = x + x * (q * odd), 1.0 - (0.5 * q - q * q * even)
    # Quarter turns swap sine and cosine, half turns their signs; products with 0 and 1 stand for branches.
    halves = (0.5 * quarter + TO_WHOLE) - TO_WHOLE
    swap = quarter - 2.0 * halves  # 0, or 1 or -1 where a quarter turn is left
    whole = (0.5 * halves + TO_WHOLE) - TO_WHOLE
    sign, stay = 1.0 - 2.0 * abs(halves - 2.0 * whole), 1.0 - abs(swap)
    return sign * (stay * sine + swap * cosine), sign * (stay * cosine - swap * sine)


@kernel
def sines_and_cosines(angle_deg: Floats, sine: Floats, cosine: Floats) -> None:
    """Write sines and cosines of angles in degrees."""
    for k in range(angle_deg.size):
        sine[k], cosine[k] = sine_cosine(angle_deg[k])
