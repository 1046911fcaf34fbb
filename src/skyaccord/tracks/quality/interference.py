"""Interference with satellite navigation: the stretch in which an aircraft's positions cannot be believed.

A receiver that is jammed or spoofed may report, for a quarter of an hour, a position that moves smoothly and agrees
with the speed it reports, because both come from the same false signal. Looking at single steps finds only the leaps
in and out. So once a track leaps, it is cut into short pieces, and the longest chain of pieces is sought in which
each can be reached from the one before at the speed reported. That chain is what the aircraft flew; whatever is not
on it is doubtful, however smooth it looks. Where the best chain holds less than half of the track there is no
telling which part is true, and all of it is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.quality.motion import Fixes, Flags, excess, reach_m

PIECE_S: Final = 20.0
"""Length of a piece: the stretch is found to this resolution. Assumption."""

CONSISTENT_S: Final = 60.0
"""A chain between two doubtful pieces is believed from this length on. Assumption."""

MAJORITY: Final = 0.5
"""Share of the time observed that the chain must hold to be taken for the truth."""

LOOKBACK: Final = 2000
"""Pieces that are searched for a predecessor: more than 11 hours of whole pieces. Bounds the cost."""


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
    n = len(pieces.first)
    best = pieces.seconds.copy()
    before = np.full(n, -1, np.int64)
    for j in range(1, n):
        low = max(0, j - LOOKBACK)
        can = _reaches(fixes, pieces.last[low:j], int(pieces.first[j]))
        score = np.where(can, best[low:j], -np.inf)
        k = len(score) - 1 - int(np.argmax(score[::-1]))  # of equal chains the one that goes on longest
        if score[k] > 0.0:
            best[j] += score[k]
            before[j] = low + k
    on = np.zeros(n, np.bool_)
    j = int(np.argmax(best))
    while j >= 0:
        on[j] = True
        j = int(before[j])
    return on


def _reaches(fixes: Fixes, ends: Ints, start: int) -> Flags:
    """Return from which of the fixes ``ends`` the later fix ``start`` can be reached."""
    distance = np.linalg.norm(fixes.points_m[ends] - fixes.points_m[start], axis=1)
    speed = np.fmax(fixes.speed_mps[ends], fixes.speed_mps[start])
    can: Flags = distance <= reach_m(speed, fixes.t_s[start] - fixes.t_s[ends])
    return can


def _is_short_between_doubts(believed: Flags, pieces: Pieces, fixes: Fixes) -> Flags:
    """Return which believed pieces form a run shorter than `CONSISTENT_S` with doubtful pieces before and after."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], believed.astype(np.int8), [0]))))
    out = np.zeros(len(believed), np.bool_)
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        lasts = fixes.t_s[pieces.last[end - 1]] - fixes.t_s[pieces.first[begin]]
        if begin > 0 and end < len(believed) and lasts < CONSISTENT_S:
            out[begin:end] = True
    return out
