"""Signals of a pair that are seen from one of the two: aspect, height above, the crossing of its nose, its wake."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.reach import WAKE_DEPTH_M, WAKE_HALF_WIDTH_M
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import NODE_S, SLOW_MPS, Nodes, Sight, height_above, nodes_of, sight
from skyaccord.rules.spans import Bools


def aspect(motion: Motion, side: int) -> Curve:
    """Return the angle between an aircraft's tail and the other, deg: 0 dead astern, 180 dead ahead."""
    nodes = nodes_of(motion)
    seen = sight(motion, side, nodes)
    range_m = np.hypot(seen.ahead_m, seen.aside_m)
    angle = np.degrees(np.arctan2(np.abs(seen.aside_m), -seen.ahead_m))
    speed = np.maximum(np.linalg.norm(motion.velocity(side, nodes.piece), axis=1), SLOW_MPS)
    with np.errstate(divide="ignore", invalid="ignore"):
        off = motion.horizontal_error_m[nodes.piece] / range_m + motion.velocity_error_mps[side][nodes.piece] / speed
    error = np.where(np.isfinite(off) & (off < np.pi), np.degrees(off), np.inf)
    return _segments(nodes, motion.owner, angle, np.where(np.isfinite(angle), error, np.inf))


def height(motion: Motion, side: int) -> Curve:
    """Return an aircraft's altitude less the other's, m; straight on a piece."""
    piece = np.arange(len(motion.owner))
    first, last = (height_above(motion, side, t_s, piece) for t_s in (motion.begin_s, motion.end_s))
    return Curve(motion.owner, motion.begin_s, motion.end_s, first, last, motion.vertical_error_m)


def wake(motion: Motion, side: int, granted: int) -> Curve:
    """Return how far behind an aircraft the other is in its wake, m.

    Args:
        motion: of both.
        side: whose wake.
        granted: 1 where the wake is taken wider by the error, -1 narrower, 0 as it is.
    """
    nodes = nodes_of(motion)
    seen = sight(motion, side, nodes)
    flat, tall = (
        granted * each[nodes.piece] if granted else 0.0 for each in (motion.horizontal_error_m, motion.vertical_error_m)
    )
    is_in = (seen.ahead_m <= flat) & (np.abs(seen.aside_m) <= WAKE_HALF_WIDTH_M + flat)
    is_in &= (seen.below_m >= -tall) & (seen.below_m <= WAKE_DEPTH_M + tall)
    if granted > 0:  # what is not known may be so
        is_in |= ~np.isfinite(flat) | (~np.isfinite(seen.below_m) & (np.abs(seen.aside_m) <= WAKE_HALF_WIDTH_M + flat))
    behind = np.where(is_in, np.maximum(-np.nan_to_num(seen.ahead_m), 0.0), np.inf)
    curve = _segments(nodes, motion.owner, behind, motion.horizontal_error_m[nodes.piece])
    if granted > 0:
        nearer = np.minimum(curve.first, curve.last)
        return Curve(curve.owner, curve.begin_s, curve.end_s, nearer, nearer, curve.error)
    return curve


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
        curve = _segments(
            nodes, motion.owner, np.where(near, np.maximum(np.nan_to_num(seen.ahead_m), 0.0), np.inf), error_m
        )
        nearer = np.minimum(curve.first, curve.last)
        either = Curve(curve.owner, curve.begin_s, curve.end_s, nearer, nearer, curve.error)
        return [either, _crossings(nodes, motion.owner, seen, error_m, None)]
    return [_crossings(nodes, motion.owner, seen, error_m, error_m if granted < 0 else None)]


def _crossings(nodes: Nodes, owner: Ints, seen: Sight, error_m: Floats, beyond_m: Floats | None) -> Curve:
    """Return the crossings of the track line ahead, between two nodes of one owner."""
    one, two = np.arange(len(nodes.t_s) - 1), np.arange(1, len(nodes.t_s))
    aside, ahead, of = seen.aside_m, seen.ahead_m, owner[nodes.piece]
    crosses = (of[one] == of[two]) & (np.sign(aside[one]) * np.sign(aside[two]) < 0)
    at = np.flatnonzero(crosses)
    share = np.abs(aside[at]) / (np.abs(aside[at]) + np.abs(aside[at + 1]))
    distance = ahead[at] + share * (ahead[at + 1] - ahead[at])
    t_s = nodes.t_s[at] + share * (nodes.t_s[at + 1] - nodes.t_s[at])
    kept = distance > 0.0
    if beyond_m is not None:
        kept &= _is_clearly_crossed(of, nodes.t_s, aside, beyond_m, at)
    at, distance, t_s = at[kept], distance[kept], t_s[kept]
    return Curve(of[at], t_s, t_s + NODE_S, distance, distance, error_m[at])


CLEARLY_S: Final = 60.0
"""How long before and after a crossing it may show on either side."""


def _is_clearly_crossed(of: Ints, t_s: Floats, aside: Floats, beyond: Floats, at: Ints) -> Bools:
    found = np.zeros(len(at), bool)
    for n, k in enumerate(at.tolist()):
        around = slice(max(k - 200, 0), k + 201)
        near = (of[around] == of[k]) & (np.abs(t_s[around] - t_s[k]) <= CLEARLY_S)
        before, signed = t_s[around] <= t_s[k], aside[around] * np.sign(aside[k])
        clear = np.abs(signed) > beyond[around]
        found[n] = bool(np.any(near & before & clear & (signed > 0)) and np.any(near & ~before & clear & (signed < 0)))
    return found


def _segments(nodes: Nodes, owner: Ints, value: Floats, error: Floats) -> Curve:
    first, last = nodes.first, nodes.first + 1
    return Curve(
        owner[nodes.piece[first]],
        nodes.t_s[first],
        nodes.t_s[last],
        value[first],
        value[last],
        np.maximum(error[first], error[last]),
    )
