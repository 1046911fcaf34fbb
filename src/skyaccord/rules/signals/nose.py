"""The crossing of an aircraft's nose: the other passes over its track line, ahead of it."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import NODE_S, Nodes, Sight, nodes_of, segments, sight
from skyaccord.rules.spans import Bools

ON_LINE_M: Final = 1.0
"""Nearer than this to the track line no side is told: at a report the line itself turns a little."""

CLEARLY_S: Final = 60.0
"""How long before and after a crossing it may show on either side."""


def nose_crossing(motion: Motion, side: int, granted: int) -> list[Curve]:
    """Return how far ahead of an aircraft the other crosses its track line, m, for `NODE_S` from each crossing.

    Where the error is granted (``granted`` 1), the other may be crossing whenever it is ahead and nearer to the track
    line than the error; where it is held against (-1), the other must have been farther from it than the error on both
    sides, at most a minute before and after.
    """
    nodes = nodes_of(motion)
    seen = sight(motion, side, nodes)
    error_m = motion.horizontal_error_m[nodes.piece]
    if granted > 0:
        near = (np.abs(seen.aside_m) <= error_m) & (seen.ahead_m >= -error_m) | ~np.isfinite(error_m)
        curve = segments(
            nodes, motion.owner, np.where(near, np.maximum(np.nan_to_num(seen.ahead_m), 0.0), np.inf), error_m
        )
        nearer = np.minimum(curve.first, curve.last)
        either = Curve(curve.owner, curve.begin_s, curve.end_s, nearer, nearer, curve.error)
        return [either, _crossings(nodes, motion.owner, seen, error_m, None)]
    return [_crossings(nodes, motion.owner, seen, error_m, error_m if granted < 0 else None)]


def _crossings(nodes: Nodes, owner: Ints, seen: Sight, error_m: Floats, beyond_m: Floats | None) -> Curve:
    """Return the crossings of the track line ahead, between two nodes of one owner."""
    aside, ahead, of = seen.aside_m, seen.ahead_m, owner[nodes.piece]
    told = np.flatnonzero(np.abs(aside) > ON_LINE_M)  # on the line itself it is on neither side
    crosses = (of[told[1:]] == of[told[:-1]]) & (aside[told[1:]] * aside[told[:-1]] < 0.0)
    at, after = told[:-1][crosses], told[1:][crosses]
    share = np.abs(aside[at]) / (np.abs(aside[at]) + np.abs(aside[after]))
    distance = ahead[at] + share * (ahead[after] - ahead[at])
    t_s = nodes.t_s[at] + share * (nodes.t_s[after] - nodes.t_s[at])
    kept = distance > 0.0
    if beyond_m is not None:
        kept &= _is_clearly_crossed(of, nodes.t_s, aside, beyond_m, at)
    at, distance, t_s = at[kept], distance[kept], t_s[kept]
    return Curve(of[at], t_s, t_s + NODE_S, distance, distance, error_m[at])


def _is_clearly_crossed(of: Ints, t_s: Floats, aside: Floats, beyond: Floats, at: Ints) -> Bools:
    found = np.zeros(len(at), bool)
    for n, k in enumerate(at.tolist()):
        around = slice(max(k - 200, 0), k + 201)
        near = (of[around] == of[k]) & (np.abs(t_s[around] - t_s[k]) <= CLEARLY_S)
        before, signed = t_s[around] <= t_s[k], aside[around] * np.sign(aside[k])
        clear = np.abs(signed) > beyond[around]
        found[n] = bool(np.any(near & before & clear & (signed > 0)) and np.any(near & ~before & clear & (signed < 0)))
    return found
