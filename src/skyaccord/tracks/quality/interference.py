"""Interference with satellite navigation: the stretch in which an aircraft's positions cannot be believed.

A receiver that is jammed or spoofed may report, for a quarter of an hour, a position that moves smoothly and agrees
with the speed it reports, because both come from the same false signal. Looking at single steps finds only the leaps
in and out. So once a track leaps, it is cut into short pieces, and the longest chain of pieces is sought in which
each can be reached from the one before at the speed reported. That chain is what the aircraft flew; whatever is not
on it is doubtful, however smooth it looks. Where the best chain holds less than half of the track there is no
telling which part is true, and all of it is doubtful.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.geometry.kernel import kernel
from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.quality.motion import ERRORS, POSITION_NOISE_M, Fixes, Flags, excess, reach_one

PIECE_S: Final = 20.0
"""Length of a piece: the stretch is found to this resolution. Assumption."""

CONSISTENT_S: Final = 60.0
"""A chain between two doubtful pieces is believed from this length on. Assumption."""

MAJORITY: Final = 0.5
"""Share of the time observed that the chain must hold to be taken for the truth."""

LOOKBACK: Final = 2000
"""Pieces that are searched for a predecessor: more than 11 hours of whole pieces. Bounds the cost."""


SLOWEST_MPS: Final = 5.0
"""Slower ones are taken to fly so fast where what they fly too far is told in time."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Consecutive runs of one aircraft's fixes, first to last inclusive."""

    first: Ints
    last: Ints
    seconds: Floats


def find_doubtful(fixes: Fixes) -> Flags:
    """Return which fixes of one aircraft are not on its longest consistent chain.

    ``fixes`` are free of outliers. Without a leap nothing is doubtful.
    """
    leaps = excess(fixes) > 1.0
    if not leaps.any():
        return np.zeros(len(fixes), np.bool_)
    pieces = cut(fixes, leaps)
    believed = longest_chain(fixes, pieces)
    if pieces.seconds[believed].sum() < MAJORITY * pieces.seconds.sum():
        believed[:] = False
    believed &= ~_is_short_between_doubts(believed, pieces, fixes)
    return np.repeat(~believed, pieces.last - pieces.first + 1)


def cut(fixes: Fixes, leaps: Flags) -> Pieces:
    """Return the pieces between leaps, none much longer than `PIECE_S`, none across a longer pause."""
    is_pause = np.diff(fixes.t_s) > PIECE_S
    begins = np.concatenate(([True], leaps | is_pause))
    group = np.cumsum(begins) - 1
    since = fixes.t_s - fixes.t_s[begins][group]
    slot = np.floor(since / PIECE_S)
    begins[1:] |= (np.diff(slot) != 0) & (np.diff(group) == 0)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(fixes)) - 1
    return Pieces(first, last, fixes.t_s[last] - fixes.t_s[first] + 1.0)


def longest_chain(fixes: Fixes, pieces: Pieces) -> Flags:
    """Return which pieces lie on the chain that covers most time, each reachable from the one before."""
    best, before = chain(
        pieces.first, pieces.last, pieces.seconds, fixes.t_s, fixes.points_m, fixes.speed_mps, fixes.error_m
    )
    on = np.zeros(len(best), np.bool_)
    j = int(np.argmax(best))
    while j >= 0:
        on[j] = True
        j = int(before[j])
    return on


@kernel
def chain(
    first: Ints, last: Ints, seconds: Floats, t_s: Floats, points_m: Floats, speed_mps: Floats, error_m: Floats
) -> tuple[Floats, Ints]:
    """Return for each piece the time that the best chain ending with it covers, and the piece before it, or -1.

    A link past other pieces that needs more than the reported speed is possible, but costs the time by which it comes
    too early: of two chains the one that agrees with the speed counts. Of equal chains the one that goes on longest
    counts.
    """
    best = seconds.copy()
    before = np.full(first.size, -1, np.int64)
    for j in range(1, first.size):
        start = first[j]
        most = 0.0
        for k in range(max(0, j - LOOKBACK), j):
            end = last[k]
            if best[k] < most or best[k] <= 0.0:
                continue
            x, y = points_m[end, 0] - points_m[start, 0], points_m[end, 1] - points_m[start, 1]
            z = points_m[end, 2] - points_m[start, 2]
            one, other = speed_mps[end], speed_mps[start]
            speed = one if one > other or math.isnan(other) else other
            away_m, elapsed_s = math.sqrt(x * x + y * y + z * z), t_s[start] - t_s[end]
            both_m = math.hypot(error_m[end], error_m[start])
            if away_m <= reach_one(speed, elapsed_s, both_m):
                rest_m = away_m - speed * elapsed_s - max(POSITION_NOISE_M, ERRORS * both_m)
                too_early_s = rest_m / max(speed, SLOWEST_MPS) if k < j - 1 and rest_m > 0.0 else 0.0
                covered = best[k] - too_early_s
                if covered >= most:
                    most = covered
                    before[j] = k
        best[j] += most
    return best, before


def _is_short_between_doubts(believed: Flags, pieces: Pieces, fixes: Fixes) -> Flags:
    """Return which believed pieces form a run shorter than `CONSISTENT_S` with doubtful pieces before and after."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], believed.astype(np.int8), [0]))))
    out = np.zeros(len(believed), np.bool_)
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        lasts = fixes.t_s[pieces.last[end - 1]] - fixes.t_s[pieces.first[begin]]
        if begin > 0 and end < len(believed) and lasts < CONSISTENT_S:
            out[begin:end] = True
    return out
