"""When a measure of the approach of a pair is below a threshold: closed forms, piece by piece.

With relative position ``s`` and velocity ``v`` (horizontal), relative altitude ``z`` and its rate ``w``:

* closure is ``-s·v / |s|``; on a straight piece it only ever falls, since range is convex;
* t_cpa is ``-s·v / v·v``;
* hmd and vmd are horizontal and vertical distance at ``t_cpa``, or now where that is past;
* modified tau is ``(DMOD² - s·s) / s·v`` where the two close from outside DMOD, 0 within DMOD, infinite elsewhere.

Source: Muñoz et al., A family of well-clear boundary models for the integration of UAS in the NAS, AIAA 2014.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.detect.pieces import SS, SV, T0, T1, VV, W, Z
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.relative import (
    NEVER,
    STILL_M2PS2,
    interval_within_height,
    interval_within_range,
    time_of_least_range,
)
from skyaccord.geometry.vectors import Floats

CLOSURE: Final = 0
T_CPA: Final = 1
HMD: Final = 2
VMD: Final = 3
TAU_MOD: Final = 4


@kernel
def closure_at_most(s_s: float, s_v: float, v_v: float, limit: float) -> tuple[float, float]:
    """Return when ``-s·v / |s| <= limit`` on an endless straight line: from some instant on."""
    if v_v <= STILL_M2PS2:
        return (-math.inf, math.inf) if limit >= 0.0 else NEVER
    speed = math.sqrt(v_v)
    if limit >= speed:
        return (-math.inf, math.inf)
    if limit <= -speed:
        return NEVER
    # Range is sqrt(hmd² + v·v τ²) at τ after the closest point, and its rate v·v τ / range = -limit.
    miss_2 = max(s_s - s_v * s_v / v_v, 0.0)
    after_cpa = -limit * math.sqrt(miss_2) / (speed * math.sqrt(v_v - limit * limit))
    return (after_cpa - s_v / v_v, math.inf)


@kernel
def hmd_at_most(s_s: float, s_v: float, v_v: float, limit: float) -> tuple[float, float]:
    """Return when the horizontal miss distance ahead is at most a limit: always until the range last leaves it."""
    if limit < 0.0:
        return NEVER
    low, high = interval_within_range(s_s, s_v, v_v, limit)
    return (low, high) if low > high else (-math.inf, high)


@kernel
def vmd_at_most(s_v: float, v_v: float, z: float, w: float, limit: float) -> tuple[float, float]:
    """Return when the vertical distance at the closest point ahead is at most a limit."""
    if limit < 0.0:
        return NEVER
    if v_v <= STILL_M2PS2:
        return interval_within_height(z, w, limit)  # nothing moves horizontally: the closest point is now
    t_cpa = time_of_least_range(s_v, v_v)
    low, high = interval_within_height(z, w, limit)
    if abs(z + w * t_cpa) <= limit:
        return (-math.inf, max(high, t_cpa))
    return (low, high) if low >= t_cpa else NEVER


@kernel
def tau_mod_at_most(
    s_s: float, s_v: float, v_v: float, dmod: float, limit: float, slack_m2: float
) -> tuple[float, float]:
    """Return when modified tau is at most a limit: within DMOD, and before it while ``s·s - DMOD² + limit s·v <= 0``.

    ``slack_m2`` stands in the place of that 0: what error of measurement is granted (or, negative, held against it).
    """
    if limit < 0.0:
        return NEVER
    low, high = NEVER
    if dmod * dmod + slack_m2 >= 0.0:
        low, high = interval_within_range(s_s, s_v, v_v, math.sqrt(dmod * dmod + slack_m2))
    if v_v <= STILL_M2PS2:
        return (low, high)
    # Completed to a square: |s + v limit / 2|² <= DMOD² + (|v| limit / 2)² + slack, all of it closing or within DMOD.
    half = 0.5 * limit
    reach_2 = dmod * dmod + v_v * half * half + slack_m2
    if reach_2 < 0.0:
        return NEVER
    ahead_s_s = s_s + 2.0 * s_v * half + v_v * half * half
    early, late = interval_within_range(ahead_s_s, s_v + v_v * half, v_v, math.sqrt(reach_2))
    if early > late:
        return (low, high)
    return (early, late) if low > high else (min(low, early), max(high, late))


@kernel
def approach_below(value: Floats, signal: int, dmod_m: float, threshold: Floats, slack_m2: Floats) -> Floats:
    """Return when a measure is at most its piece's threshold, shape (pieces, 2); begin after end where it never is.

    Args:
        value: pieces, as `detect.pieces`.
        signal: `CLOSURE` (threshold in m/s), `T_CPA` (s), `HMD` or `VMD` (m), `TAU_MOD` (s).
        dmod_m: for `TAU_MOD`.
        threshold: one a piece; infinite holds always, minus infinite never. Unknown is below nothing finite.
        slack_m2: for `TAU_MOD`, one a piece; infinite holds always, minus infinite never.
    """
    out = np.empty((value.shape[0], 2))
    for k in range(value.shape[0]):
        piece, limit = value[k], threshold[k]
        s_s, s_v, v_v, z, w = piece[SS], piece[SV], piece[VV], piece[Z], piece[W]
        low, high = 1.0, 0.0
        if limit == np.inf or slack_m2[k] == np.inf:
            low, high = -np.inf, np.inf
        elif limit > -np.inf and slack_m2[k] > -np.inf:
            if signal == CLOSURE:
                low, high = closure_at_most(s_s, s_v, v_v, limit)
            elif signal == T_CPA:
                if v_v > STILL_M2PS2:
                    low, high = time_of_least_range(s_v, v_v) - limit, np.inf
                elif limit >= 0.0:
                    low, high = -np.inf, np.inf
            elif signal == HMD:
                low, high = hmd_at_most(s_s, s_v, v_v, limit)
            elif signal == VMD:
                if np.isfinite(z):
                    low, high = vmd_at_most(s_v, v_v, z, w, limit)
            else:
                low, high = tau_mod_at_most(s_s, s_v, v_v, dmod_m, limit, slack_m2[k])
        out[k, 0] = piece[T0] + max(low, 0.0)
        out[k, 1] = min(piece[T1], piece[T0] + high)
        if low > high or out[k, 1] < out[k, 0]:
            out[k, 0], out[k, 1] = np.inf, -np.inf
    return out
