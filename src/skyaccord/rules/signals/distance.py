"""When a distance of a pair is below a threshold: exact, piece by piece."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.detect.pieces import SS, SV, T0, T1, VV, W, Z
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import interval_within_height, interval_within_range
from skyaccord.geometry.vectors import Floats

HORIZONTAL: Final = 0
VERTICAL: Final = 1
SLANT: Final = 2


@kernel
def distance_below(value: Floats, signal: int, threshold_m: Floats) -> Floats:
    """Return when a distance is at most its piece's threshold, shape (pieces, 2); begin after end where it never is.

    An infinite threshold holds always, a negative one never. Unknown height is below nothing finite.
    """
    out = np.empty((value.shape[0], 2))
    for k in range(value.shape[0]):
        piece, limit = value[k], threshold_m[k]
        span = piece[T1] - piece[T0]
        low, high = 1.0, 0.0
        if limit == np.inf:
            low, high = -np.inf, np.inf
        elif limit >= 0.0:
            if signal == HORIZONTAL:
                low, high = interval_within_range(piece[SS], piece[SV], piece[VV], limit)
            elif np.isfinite(piece[Z]):
                if signal == VERTICAL:
                    low, high = interval_within_height(piece[Z], piece[W], limit)
                else:
                    z, w = piece[Z], piece[W]
                    low, high = interval_within_range(piece[SS] + z * z, piece[SV] + z * w, piece[VV] + w * w, limit)
        out[k, 0] = piece[T0] + max(low, 0.0)
        out[k, 1] = piece[T1] if high >= span else piece[T0] + high
        if low > high or out[k, 1] < out[k, 0]:
            out[k, 0], out[k, 1] = np.inf, -np.inf
    return out
