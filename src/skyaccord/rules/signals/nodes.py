"""Instants within pieces at which signals that are not straight there are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.line import ALT, GEO, X
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.curve import Curve

NODE_S: Final = 1.0
"""At most this far apart: an aircraft at 600 kt is then taken every 309 m, and a straight segment between two bearings
that far apart is off by less than 1° beyond 1 km."""

SLOW_MPS: Final = 1.0
"""Below it an aircraft has no direction."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The ends of short segments; segment ``k`` goes from node ``first[k]`` to ``first[k] + 1`` within one piece."""

    piece: Ints  # of each node
    t_s: Floats
    first: Ints


def nodes_of(motion: Motion) -> Nodes:
    """Return nodes at most `NODE_S` apart, at least two a piece."""
    span_s = motion.end_s - motion.begin_s
    count = np.maximum(np.ceil(span_s / NODE_S - 1e-9), 1.0).astype(np.int64)
    start = np.concatenate(([0], np.cumsum(count + 1)))
    piece = np.repeat(np.arange(len(count)), count + 1)
    step = np.arange(start[-1]) - start[piece]
    t_s = motion.begin_s[piece] + span_s[piece] * step / count[piece]
    return Nodes(piece, t_s, np.flatnonzero(step < count[piece]))


@dataclass(frozen=True, slots=True)
class Sight:
    """The other aircraft as one sees it along its own track, at nodes; NaN where it has no direction."""

    ahead_m: Floats
    aside_m: Floats  # to the right
    below_m: Floats  # how far the other is below; NaN without a common datum


def sight(motion: Motion, side: int, nodes: Nodes) -> Sight:
    """Return where the other aircraft is, ahead and to the right of one's track line."""
    piece, t_s = nodes.piece, nodes.t_s
    own = motion.at(side, t_s, piece, X, 3)
    apart = motion.at(1 - side, t_s, piece, X, 3) - own
    velocity = motion.velocity(side, piece)
    speed = np.linalg.norm(velocity, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        along = np.where(speed[:, None] > SLOW_MPS, velocity / speed[:, None], np.nan)
        up = own / np.linalg.norm(own, axis=1)[:, None]
    right = np.cross(along, up)
    ahead_m, aside_m = (np.einsum("ij,ij->i", apart, axis) for axis in (along, right))
    return Sight(ahead_m, aside_m, height_above(motion, side, t_s, piece))


def height_above(motion: Motion, side: int, t_s: Floats, piece: Ints) -> Floats:
    """Return one's altitude less the other's at instants of pieces: pressure altitudes, else ellipsoidal ones."""
    pressure, ellipsoid = (
        motion.at(side, t_s, piece, column) - motion.at(1 - side, t_s, piece, column) for column in (ALT, GEO)
    )
    return np.where(np.isfinite(pressure), pressure, ellipsoid)


def segments(nodes: Nodes, owner: Ints, value: Floats, error: Floats) -> Curve:
    """Return values and bounds at nodes as a curve; ``owner`` is of the pieces."""
    first, last = nodes.first, nodes.first + 1
    return Curve(
        owner[nodes.piece[first]],
        nodes.t_s[first],
        nodes.t_s[last],
        value[first],
        value[last],
        np.maximum(error[first], error[last]),
    )
