"""Sine, cosine and direction of many angles at once: without a branch, so that loops over them use vector instructions.

The library's functions are called angle by angle and take eight to twelve times as long.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.vectors import Floats

DIRECTION_ERROR: Final = 2e-6
"""`direction_of` is wrong by at most this, radians: 13 m on the earth."""


@kernel
def sin_cos_deg(angle_deg: float) -> tuple[float, float]:
    """Return sine and cosine of an angle in degrees, to 2e-16; NaN where the angle is not finite.

    The angle is taken to within 45° of a multiple of 90°, where the series of Cephes (S. L. Moshier, sin.c) hold.
    """
    quarter = np.floor(angle_deg / 90.0 + 0.5)
    x = (angle_deg - 90.0 * quarter) * (math.pi / 180.0)
    z = x * x
    odd = 1.58962301576546568060e-10 * z - 2.50507477628578072866e-8
    odd = (odd * z + 2.75573136213857245213e-6) * z - 1.98412698295895385996e-4
    odd = (odd * z + 8.33333333332211858878e-3) * z - 1.66666666666666307295e-1
    even = -1.13585365213876817300e-11 * z + 2.08757008419747316778e-9
    even = (even * z - 2.75573141792967388112e-7) * z + 2.48015872888517045348e-5
    even = (even * z - 1.38888888888730564116e-3) * z + 4.16666666666665929218e-2
    sine, cosine = x + x * z * odd, 1.0 - 0.5 * z + z * z * even
    turn = quarter - 4.0 * np.floor(quarter / 4.0)  # 0, 1, 2 or 3 quarters
    is_across = (turn == 1.0) | (turn == 3.0)
    first, second = (cosine, sine) if is_across else (sine, cosine)
    return (-first if turn >= 2.0 else first), (-second if (turn == 1.0) | (turn == 2.0) else second)


@kernel
def sines_and_cosines(angle_deg: Floats, sine: Floats, cosine: Floats) -> None:
    """Write sines and cosines of angles in degrees to the first places of two arrays."""
    for k in range(angle_deg.size):
        sine[k], cosine[k] = sin_cos_deg(angle_deg[k])


@kernel
def direction_of(y: float, x: float) -> float:
    """Return the angle of the point (x, y) from the x axis, radians in [-π, π], wrong by at most `DIRECTION_ERROR`.

    The polynomial is the minimax one of degree eleven for the arctangent in [0, 1].
    """
    across, along = abs(y), abs(x)
    ratio = min(across, along) / max(across, along, 1e-300)
    z = ratio * ratio
    angle = 0.05265332 - 0.01172120 * z
    angle = ((angle * z - 0.11643287) * z + 0.19354346) * z - 0.33262347
    angle = (angle * z + 0.99997726) * ratio
    angle = 0.5 * math.pi - angle if across > along else angle
    angle = math.pi - angle if x < 0.0 else angle
    return -angle if y < 0.0 else angle
