"""When aircraft are inside areas and over lines."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.band_times import HEIGHT_OF, limits_m
from skyaccord.detect.line import X
from skyaccord.detect.place_distance import Place
from skyaccord.detect.places import boundary_of, path_of
from skyaccord.geometry.earth import surface_positions
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.altitude_band import AltitudeBand
from skyaccord.memorandum.formula import Fact
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.crossing import crossings
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import Nodes, nodes_of, segments
from skyaccord.rules.spans import Spans, intersection, union
from skyaccord.rules.strictness import Error
from skyaccord.rules.trace import Trace, motion_in


def times_inside(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when an aircraft is within an area and its altitude band, the limits included.

    Where the band is measured from the sea or the ground, or the height is not known, the band leaves nothing out; then
    it is not certain either that the aircraft is inside.
    """
    motion = motion_in(trace, fact.signal)
    area = trace.known.areas[str(fact.argument)]
    nodes = nodes_of(motion)
    bound = motion.horizontal_error_m[nodes.piece]
    on_ground = segments(nodes, motion.owner, _distance(motion, side, nodes, boundary_of(area)), bound)
    return intersection([_below_zero(curve, error) for curve in (on_ground, *_heights(motion, side, area.band))])


def _distance(motion: Motion, side: int, nodes: Nodes, place: Place) -> Floats:
    found = surface_positions(motion.at(side, nodes.t_s, nodes.piece, X, 3))
    return place.distance_m(found[:, 0], found[:, 1])


def _heights(motion: Motion, side: int, band: AltitudeBand) -> tuple[Curve, ...]:
    """Return how far an aircraft is below the floor and above the ceiling of a band; -1 m where that is not known."""
    floor_m, ceiling_m = limits_m(band)
    if not (np.isfinite(floor_m) or np.isfinite(ceiling_m)):
        return ()
    piece: Ints = np.arange(len(motion.owner))
    column = HEIGHT_OF.get(band.datum) if band.datum is not None else None
    ends = [
        motion.at(side, t_s, piece, column) if column is not None else np.full(len(piece), np.nan)
        for t_s in (motion.begin_s, motion.end_s)
    ]
    unknown = ~(np.isfinite(ends[0]) & np.isfinite(ends[1]))
    bound = np.where(unknown, np.inf, motion.vertical_error_m)
    curves = []
    for sign, limit in ((-1.0, floor_m), (1.0, ceiling_m)):
        if np.isfinite(limit):
            first, last = (np.where(unknown, -1.0, sign * (end - limit)) for end in ends)
            curves.append(Curve(motion.owner, motion.begin_s, motion.end_s, first, last, bound))
    return tuple(curves)


def _below_zero(curve: Curve, error: Error) -> Spans:
    limit = np.zeros(len(curve.owner)) if error is Error.AS_MEASURED else -int(error) * curve.error
    return curve.below(limit, or_at=True)


def times_over(trace: Trace, fact: Fact, side: int, error: Error) -> Spans:
    """Return when an aircraft crosses a line, for a second from each crossing; to fly around its end is none."""
    motion = motion_in(trace, fact.signal)
    nodes = nodes_of(motion)
    aside_m = _distance(motion, side, nodes, path_of(trace.known.lines[str(fact.argument)]))
    speed = np.linalg.norm(motion.velocity(side, nodes.piece), axis=1)
    # Beyond the ends of the line its sides go on: only who is as near as the way to the next node can be crossing it.
    step_s = np.append(np.diff(nodes.t_s), 0.0)
    step_s = np.maximum(np.maximum(step_s, np.append(0.0, step_s[:-1])), 0.0)
    is_near = np.abs(aside_m) <= 1.01 * speed * step_s + 1.0
    bound = motion.horizontal_error_m[nodes.piece]
    if error is Error.POSSIBLY:
        is_near |= np.abs(aside_m) <= bound
    at_m = np.where(is_near, 0.0, np.inf)
    curves = crossings(nodes, motion.owner, aside_m, at_m, bound, error)
    return union([curve.below(np.ones(len(curve.owner)), or_at=True) for curve in curves])
