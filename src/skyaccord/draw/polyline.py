"""Lines and rings as arrays of points, shape (n, 2): cutting them to a box, thinning them to what can be seen."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Box(NamedTuple):
    """West, south, east and north, or left, top, right and bottom: x0 <= x1, y0 <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    def grown(self, share: float) -> Box:
        """Return the box, larger by ``share`` of its size on every side."""
        dx, dy = (self.x1 - self.x0) * share, (self.y1 - self.y0) * share
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def meets(self, other: Box) -> bool:
        """Return whether the two have a point in common."""
        return self.x0 <= other.x1 and other.x0 <= self.x1 and self.y0 <= other.y1 and other.y0 <= self.y1


def cut_line(points: Floats, box: Box) -> list[Floats]:
    """Return the parts of a line that lie in the box, each ending on its edge (Liang-Barsky on every step).

    NaN points break the line. A line that only touches the box at one point gives nothing.
    """
    if len(points) < 2:
        return []
    start, step = points[:-1], np.diff(points, axis=0)
    enter, leave = np.zeros(len(step)), np.ones(len(step))
    with np.errstate(divide="ignore", invalid="ignore"):
        for axis, low, high in ((0, box.x0, box.x1), (1, box.y0, box.y1)):
            t0, t1 = (low - start[:, axis]) / step[:, axis], (high - start[:, axis]) / step[:, axis]
            still = step[:, axis] == 0.0
            inside = (start[:, axis] >= low) & (start[:, axis] <= high)
            near = np.where(still, np.where(inside, -np.inf, np.inf), np.fmin(t0, t1))
            far = np.where(still, np.where(inside, np.inf, -np.inf), np.fmax(t0, t1))
            enter, leave = np.maximum(enter, near), np.minimum(leave, far)
    seen = np.flatnonzero((enter < leave) & np.isfinite(step).all(axis=1))
    return _joined(start, step, enter, leave, seen)


def _joined(start: Floats, step: Floats, enter: Floats, leave: Floats, seen: npt.NDArray[np.intp]) -> list[Floats]:
    """Join the visible parts of consecutive steps to lines."""
    if seen.size == 0:
        return []
    broken = (np.diff(seen) != 1) | (leave[seen[:-1]] < 1.0) | (enter[seen[1:]] > 0.0)
    lines = []
    for part in np.split(seen, np.flatnonzero(broken) + 1):
        first = start[part] + enter[part, None] * step[part]
        last = start[part[-1:]] + leave[part[-1:], None] * step[part[-1:]]
        lines.append(np.concatenate((first, last)))
    return lines


def cut_ring(points: Floats, box: Box) -> Floats:
    """Return a ring cut to the box (Sutherland-Hodgman), closed or not as it came; empty where it lies outside.

    A ring that the box cuts into several stays one, its parts joined along the box's edge: right for filling,
    wrong for drawing the outline.
    """
    for axis, limit, sign in ((1, box.y0, 1.0), (1, box.y1, -1.0), (0, box.x0, 1.0), (0, box.x1, -1.0)):
        points = _cut_side(points, axis, limit, sign)
        if len(points) < 3:
            return np.empty((0, 2))
    return points


def _cut_side(points: Floats, axis: int, limit: float, sign: float) -> Floats:
    """Keep what lies at ``sign * value >= sign * limit``; each edge gives its crossing, then its end where inside."""
    if len(points) == 0:
        return points
    ends = np.roll(points, -1, axis=0)
    d0, d1 = sign * (points[:, axis] - limit), sign * (ends[:, axis] - limit)
    if (d0 >= 0).all():
        return points
    crosses = (d0 >= 0) != (d1 >= 0)
    share = np.divide(d0, d0 - d1, out=np.zeros(len(points)), where=crosses)
    crossing = points + share[:, None] * (ends - points)
    crossing[:, axis] = limit
    pairs = np.stack((crossing, ends), axis=1)
    kept: Floats = pairs[np.stack((crosses, d1 >= 0), axis=1)]
    return kept


def densify(points: Floats, longest: float) -> Floats:
    """Put points on steps longer than ``longest``, so that a straight edge can follow a curved projection."""
    if len(points) < 2:
        return points
    step = np.diff(points, axis=0)
    counts = np.maximum(1, np.ceil(np.abs(step).max(axis=1) / longest)).astype(np.int64)
    which = np.repeat(np.arange(len(step)), counts)
    place = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.concatenate((points[which] + (place / counts[which])[:, None] * step[which], points[-1:]))


def thin(points: Floats, pixel: float) -> Floats:
    """Leave out points that move by less than ``pixel``; the two ends stay."""
    if len(points) < 3:
        return points
    cell = np.round(points / pixel)
    keep = np.ones(len(points), bool)
    keep[1:] = (cell[1:] != cell[:-1]).any(axis=1)
    keep[-1] = True
    kept = points[keep]
    return kept if len(kept) < 3 else kept[_turns(np.round(kept / pixel))]


def _turns(cell: Floats) -> Bools:
    """Return where a line on a grid of pixels changes direction, and its ends."""
    step = np.diff(cell, axis=0)
    keep = np.ones(len(cell), bool)
    keep[1:-1] = (step[1:, 0] * step[:-1, 1] != step[1:, 1] * step[:-1, 0]) | ((step[1:] * step[:-1]).sum(axis=1) < 0)
    return keep


def runs(points: Floats) -> list[Floats]:
    """Return the stretches between NaN points."""
    known = np.isfinite(points).all(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], known, [False])).astype(np.int8)))
    return [points[i:j] for i, j in zip(edges[::2], edges[1::2], strict=True)]


def split_line(pixels: Floats, is_apart: Bools) -> tuple[Floats, Floats]:
    """Return a line in two: steps with both ends outside ``is_apart``, and the others; NaN fills the rest."""
    if len(pixels) < 2:
        return pixels, np.empty((0, 2))
    apart = is_apart[:-1] | is_apart[1:]
    return _only(pixels, ~apart), _only(pixels, apart)


def _only(pixels: Floats, steps: Bools) -> Floats:
    """Keep the points of chosen steps, NaN between stretches."""
    keep = np.zeros(len(pixels), bool)
    keep[:-1] |= steps
    keep[1:] |= steps
    out = np.where(keep[:, None], pixels, np.nan)
    joints = np.flatnonzero(~steps & keep[:-1] & keep[1:])
    return np.insert(out, joints + 1, np.nan, axis=0)
