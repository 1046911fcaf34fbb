"""Signals of a pair that are seen from one of the two: aspect, height above, its wake."""

from __future__ import annotations

import numpy as np

from skyaccord.memorandum.reach import WAKE_DEPTH_M, WAKE_HALF_WIDTH_M
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import SLOW_MPS, height_above, nodes_of, segments, sight
from skyaccord.rules.strictness import Error


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
    return segments(nodes, motion.owner, angle, np.where(np.isfinite(angle), error, np.inf))


def height(motion: Motion, side: int) -> Curve:
    """Return an aircraft's altitude less the other's, m; straight on a piece."""
    piece = np.arange(len(motion.owner))
    first, last = (height_above(motion, side, t_s, piece) for t_s in (motion.begin_s, motion.end_s))
    return Curve(motion.owner, motion.begin_s, motion.end_s, first, last, motion.vertical_error_m)


def wake(motion: Motion, side: int, error: Error) -> Curve:
    """Return how far behind an aircraft the other is in its wake, m.

    Args:
        motion: of both.
        side: whose wake.
        error: ``POSSIBLY`` takes the wake wider by the error of measurement, ``CERTAINLY`` narrower.
    """
    granted = -int(error)
    nodes = nodes_of(motion)
    seen = sight(motion, side, nodes)
    bounds = (motion.horizontal_error_m[nodes.piece], motion.vertical_error_m[nodes.piece])
    flat, tall = (granted * bound if granted else np.zeros(len(bound)) for bound in bounds)
    is_in = (seen.ahead_m <= flat) & (np.abs(seen.aside_m) <= WAKE_HALF_WIDTH_M + flat)
    is_in &= (seen.below_m >= -tall) & (seen.below_m <= WAKE_DEPTH_M + tall)
    if granted > 0:  # what is not known may be so
        is_in |= ~np.isfinite(flat) | (~np.isfinite(seen.below_m) & (np.abs(seen.aside_m) <= WAKE_HALF_WIDTH_M + flat))
    behind = np.where(is_in, np.maximum(-np.nan_to_num(seen.ahead_m), 0.0), np.inf)
    curve = segments(nodes, motion.owner, behind, motion.horizontal_error_m[nodes.piece])
    if granted > 0:
        nearer = np.minimum(curve.first, curve.last)
        return Curve(curve.owner, curve.begin_s, curve.end_s, nearer, nearer, curve.error)
    return curve
