"""The crossing of a line: told from which side of it something is, at nodes."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import NODE_S, Nodes, segments
from skyaccord.rules.spans import Bools
from skyaccord.rules.strictness import Error

ON_LINE_M: Final = 1.0
"""Nearer than this to the line no side is told: an aircraft's track line turns a little at each report."""

CLEARLY_S: Final = 60.0
"""How long before and after a crossing it may show on either side."""

CLEARLY_NODES: Final = 200
"""And how many nodes: more than a minute has, pieces being shorter than `NODE_S` at times."""


def crossings(nodes: Nodes, owner: Ints, aside_m: Floats, at_m: Floats, error_m: Floats, error: Error) -> list[Curve]:
    """Return the value at each crossing, for `NODE_S` from it.

    Where the error is granted (``POSSIBLY``) one may be crossing whenever nearer to the line than the error; where it
    is held against (``CERTAINLY``) one must have been farther from it than the error on both sides, at most
    `CLEARLY_S` before and after.

    Args:
        nodes: where sides are told.
        owner: of the pieces.
        aside_m: signed distance from the line, one a node.
        at_m: the value of a crossing there, one a node; infinite where it would be none.
        error_m: 95 % bound of the distance, one a node.
        error: what is granted.
    """
    of = owner[nodes.piece]
    told = np.flatnonzero(np.abs(aside_m) > ON_LINE_M)
    flips = (of[told[1:]] == of[told[:-1]]) & (aside_m[told[1:]] * aside_m[told[:-1]] < 0.0)
    at, after = told[:-1][flips], told[1:][flips]
    share = np.abs(aside_m[at]) / (np.abs(aside_m[at]) + np.abs(aside_m[after]))
    with np.errstate(invalid="ignore"):
        value = at_m[at] + share * (at_m[after] - at_m[at])
    t_s = nodes.t_s[at] + share * (nodes.t_s[after] - nodes.t_s[at])
    kept = np.isfinite(value)
    if error is Error.CERTAINLY:
        kept &= _is_clearly_crossed(of, nodes.t_s, aside_m, error_m, at)
    at, value, t_s = at[kept], value[kept], t_s[kept]
    found = Curve(of[at], t_s, t_s + NODE_S, value, value, error_m[at])
    return [found, _maybe(nodes, owner, aside_m, at_m, error_m)] if error is Error.POSSIBLY else [found]


def _maybe(nodes: Nodes, owner: Ints, aside_m: Floats, at_m: Floats, error_m: Floats) -> Curve:
    """Return the value wherever the line may just be crossed; 0 where nothing is known of the place."""
    unknown = ~np.isfinite(error_m)
    near = (np.abs(aside_m) <= error_m) | unknown
    curve = segments(nodes, owner, np.where(near, np.where(unknown, 0.0, at_m), np.inf), error_m)
    nearer = np.minimum(curve.first, curve.last)
    return Curve(curve.owner, curve.begin_s, curve.end_s, nearer, nearer, curve.error)


def _is_clearly_crossed(of: Ints, t_s: Floats, aside_m: Floats, beyond_m: Floats, at: Ints) -> Bools:
    found = np.zeros(len(at), bool)
    for n, k in enumerate(at.tolist()):
        around = slice(max(k - CLEARLY_NODES, 0), k + CLEARLY_NODES + 1)
        near = (of[around] == of[k]) & (np.abs(t_s[around] - t_s[k]) <= CLEARLY_S)
        before, signed = t_s[around] <= t_s[k], aside_m[around] * np.sign(aside_m[k])
        clear = near & (np.abs(signed) > beyond_m[around])
        found[n] = bool((clear & before & (signed > 0)).any() and (clear & ~before & (signed < 0)).any())
    return found
