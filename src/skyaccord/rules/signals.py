"""When a signal of a pair is below a threshold: exact, piece by piece."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.detect.intervals import AT_LIMIT_M
from skyaccord.detect.pieces import SS, SV, T0, T1, VV, W, Z
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import interval_within_height, interval_within_range
from skyaccord.geometry.vectors import Floats
from skyaccord.rules.spans import Spans, joined
from skyaccord.rules.trace import Trace

HORIZONTAL: Final = 0
VERTICAL: Final = 1
SLANT: Final = 2
SIGNALS: Final = {"horizontal": HORIZONTAL, "vertical": VERTICAL, "slant": SLANT}


@kernel
def intervals_below(value: Floats, signal: int, threshold_m: Floats) -> Floats:
    """Return when a signal is at most its piece's threshold, shape (pieces, 2); begin after end where it never is."""
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


def times_below(trace: Trace, signal: str, threshold_m: Floats, or_at: bool) -> Spans:
    """Return when a signal is below a threshold that may differ by piece.

    Args:
        trace: the pairs.
        signal: a name of `SIGNALS`.
        threshold_m: one a piece; infinite holds always, minus infinite never. Unknown height is below nothing finite.
        or_at: whether a pair at the threshold (`AT_LIMIT_M`) counts as below it.
    """
    found = intervals_below(trace.value, SIGNALS[signal], threshold_m + (AT_LIMIT_M if or_at else -AT_LIMIT_M))
    some = found[:, 0] <= found[:, 1]
    return joined(Spans(trace.owner[some], found[some, 0], found[some, 1]))
