"""When aircraft cross a line on the ground, and to which side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.line import VX
from skyaccord.detect.observation import Bools, Observation
from skyaccord.detect.place_distance import distance_over_time, may_pass
from skyaccord.geometry.kernel import kernel
from skyaccord.geometry.path import Path
from skyaccord.geometry.polygon import near
from skyaccord.geometry.vectors import Floats, Ints


@dataclass(frozen=True, slots=True)
class Crossings:
    """One row a crossing, in order of aircraft and time."""

    row: Ints  # of Observation: on whose line the crossing lies
    t_s: Floats
    is_to_left: Bools  # of the line, as seen along its points

    def __len__(self) -> int:
        return len(self.row)


def find_crossings(seen: Observation, line: Path) -> Crossings:
    """Return every crossing of a line; to fly around its end is none.

    The time is right to a few milliseconds for straight flight. A flight that touches a vertex and turns back crosses
    it twice at one instant, or not at all.
    """
    samples = distance_over_time(seen, line)
    index = _steps_near(seen, samples.row, samples.t_s, samples.distance_m)
    place = np.stack((near(line.vertices, samples.lon_deg), samples.lat_deg), axis=1)
    pair, share, to_left = cross(place, index, np.array(line.vertices))
    at = index[pair]
    t_s = samples.t_s[at] + share * (samples.t_s[at + 1] - samples.t_s[at])
    order = np.lexsort((t_s, samples.row[at]))
    return Crossings(samples.row[at][order], t_s[order], to_left[order])


def _steps_near(seen: Observation, row: Ints, t_s: Floats, distance_m: Floats) -> Ints:
    """Return the samples from which the way to the next may reach the line."""
    span_s = np.diff(t_s)
    speed_mps = np.sqrt((seen.line[row[:-1], VX : VX + 3] ** 2).sum(axis=1))
    goes_on = (seen.first[row[1:]] == seen.first[row[:-1]]) & (span_s > 0.0)
    size_m = np.abs(distance_m)
    return np.flatnonzero(goes_on & may_pass(size_m[:-1], size_m[1:], speed_mps * span_s, (0.0,)))


@kernel
def side_of(a: Floats, b: Floats, p: Floats) -> float:
    """Return on which side of the line from a to b a point lies: positive to its left."""
    return float((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))


@kernel
def cross(place: Floats, index: Ints, vertex: Floats) -> tuple[Ints, Floats, Bools]:
    """Return which ways cross the edges of a line, at which share of the way, and whether to the left.

    A way leads from ``place[k]`` to ``place[k + 1]``, for each k of ``index``. Places of ways that follow one another
    and vertices of neighbouring edges are each judged by the same numbers, so that no crossing falls between them and
    none is counted twice.
    """
    which = np.empty(16, np.int64)
    share = np.empty(16)
    to_left = np.empty(16, np.bool_)
    count = 0
    for n in range(index.size):
        p, q = place[index[n]], place[index[n] + 1]
        begins_left = side_of(p, q, vertex[0]) > 0.0
        for j in range(vertex.shape[0] - 1):
            ends_left = side_of(p, q, vertex[j + 1]) > 0.0
            off_p, off_q = side_of(vertex[j], vertex[j + 1], p), side_of(vertex[j], vertex[j + 1], q)
            if begins_left != ends_left and (off_p > 0.0) != (off_q > 0.0):
                if count == which.size:
                    which = np.concatenate((which, np.empty_like(which)))
                    share = np.concatenate((share, np.empty_like(share)))
                    to_left = np.concatenate((to_left, np.empty_like(to_left)))
                which[count], share[count], to_left[count] = n, off_p / (off_p - off_q), off_q > 0.0
                count += 1
            begins_left = ends_left
    return which[:count], share[:count], to_left[:count]
