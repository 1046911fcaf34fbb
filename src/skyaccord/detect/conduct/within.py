"""How long a pair was nearer than a distance, exactly, from its pieces."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.pieces import SS, SV, T0, T1, VV
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import interval_within_range
from skyaccord.geometry.vectors import Floats, Ints


@kernel
def seconds_within(start: Ints, value: Floats, range_m: float) -> Floats:
    """Return for each interval of `pieces.Pieces` how long the horizontal distance was at most ``range_m``."""
    out = np.zeros(start.size - 1)
    for n in range(start.size - 1):
        for k in range(start[n], start[n + 1]):
            piece = value[k]
            low, high = interval_within_range(piece[SS], piece[SV], piece[VV], range_m)
            out[n] += max(min(high, piece[T1] - piece[T0]) - max(low, 0.0), 0.0)
    return out
