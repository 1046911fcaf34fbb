"""Coastlines, borders and land out of the package's own map data (see ``data/map/README.md``).

Views are boxes of degrees that may cross the date line: west <= east always, with longitudes beyond ±180 where need be.
"""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.draw.polyline import Bools, Box, Floats, cut_line, cut_ring, thin

Ints: TypeAlias = npt.NDArray[np.int64]

WIDE_DEG: Final = 15.0
"""Views higher or wider than this are drawn from the 1:50m data."""

SOUTHERNMOST_COAST_DEG: Final = -85.2
"""Lines further south close the polygon of Antarctica towards the pole and are no coast."""

_MAGIC: Final = b"SKYMAP2\n"
_HEAD: Final = struct.Struct("<4d4I")


@dataclass(frozen=True, slots=True)
class Basemap:
    """One scale of the map data, decoded. Arc k has the points ``start[k]`` to ``start[k + 1]``."""

    lonlat: Floats  # (points, 2), degrees
    start: Ints
    is_border: Bools  # per arc
    rings: tuple[Ints, ...]  # per ring of land its members, rows of arc number and turn
    arc_box: Floats  # (arcs, 4): west, south, east, north
    ring_box: Floats

    def lines_within(self, view: Box, pixel_deg: float, *, borders: bool) -> list[Floats]:
        """Return coastlines (or borders) cut to the view, thinned to ``pixel_deg``, as longitudes and latitudes.

        The longitudes are those of the view: beyond ±180 where it crosses the date line.
        """
        lines: list[Floats] = []
        view = view._replace(y0=max(view.y0, SOUTHERNMOST_COAST_DEG))
        for turn in (-360.0, 0.0, 360.0):
            at = _meeting(self.arc_box, view, turn) & (self.is_border == borders)
            for k in np.flatnonzero(at):
                line = self.lonlat[self.start[k] : self.start[k + 1]] + np.array((turn, 0.0))
                lines.extend(thin(part, pixel_deg) for part in cut_line(line, view))
        return lines

    def land_within(self, view: Box, pixel_deg: float) -> list[Floats]:
        """Return rings of land cut to the view and thinned, for filling by the even-odd rule.

        A view wholly inland gives its own box, a view at sea nothing.
        """
        rings: list[Floats] = []
        for turn in (-360.0, 0.0, 360.0):
            for k in np.flatnonzero(_meeting(self.ring_box, view, turn)):
                ring = cut_ring(self._ring(int(k)) + np.array((turn, 0.0)), view)
                if len(ring) >= 3:
                    rings.append(thin(ring, pixel_deg))
        return rings

    def _ring(self, k: int) -> Floats:
        parts = [self._arc(arc)[:-1] + np.array((360.0 * turn, 0.0)) for arc, turn in self.rings[k].tolist()]
        last, turn = self.rings[k][-1].tolist()
        end = self._arc(last)[-1:] + np.array((360.0 * turn, 0.0))
        if abs(float(end[0, 0] - parts[0][0, 0])) < 180.0:
            return np.concatenate(parts)
        pole = math.copysign(90.0, float(end[0, 1]))  # the ring runs round a pole: close it through there
        return np.concatenate((*parts, end, [[end[0, 0], pole], [parts[0][0, 0], pole]]))

    def _arc(self, arc: int) -> Floats:
        forward = arc if arc >= 0 else ~arc
        points = self.lonlat[self.start[forward] : self.start[forward + 1]]
        return points if arc >= 0 else points[::-1]


class Atlas:
    """Both scales, each read when a view first needs it."""

    @cached_property
    def near(self) -> Basemap:
        """Return the 1:10m data."""
        return load_basemap("10m")

    @cached_property
    def wide(self) -> Basemap:
        """Return the 1:50m data."""
        return load_basemap("50m")

    def for_view(self, view: Box) -> Basemap:
        """Return the scale that suits a view."""
        return self.near if max(view.x1 - view.x0, view.y1 - view.y0) <= WIDE_DEG else self.wide


def load_basemap(detail: str) -> Basemap:
    """Read and decode ``10m`` or ``50m`` from the package."""
    data = files("skyaccord").joinpath("data", "map", f"coast-{detail}.bin").read_bytes()
    return decode(data)


def decode(data: bytes) -> Basemap:
    """Decode the content of a map file; raise `ValueError` where it is none."""
    if not data.startswith(_MAGIC):
        raise ValueError(f"map data begins with {data[:8]!r}, expected {_MAGIC!r}: rebuild it, see data/map/README.md")
    sx, sy, tx, ty, arcs, points, rings, members = _HEAD.unpack_from(data, len(_MAGIC))
    body = zlib.decompress(data[len(_MAGIC) + _HEAD.size :])
    lengths = np.frombuffer(body, "<u4", arcs).astype(np.int64)
    is_border = np.frombuffer(body, np.uint8, arcs, 4 * arcs) != 0
    ring_lengths = np.frombuffer(body, "<u4", rings, 5 * arcs)
    ring_members = np.frombuffer(body, "<i4", members, 5 * arcs + 4 * rings).astype(np.int64)
    turns = np.frombuffer(body, np.int8, members, 5 * arcs + 4 * rings + 4 * members).astype(np.int64)
    at = 5 * arcs + 4 * rings + 5 * members
    start = np.concatenate(([0], np.cumsum(lengths)))
    steps = np.stack([_unplaned(body, points, at + 3 * points * axis) for axis in (0, 1)], axis=1)
    lonlat = _summed(steps, start) * (sx, sy) + (tx, ty)
    first = np.concatenate(([0], np.cumsum(ring_lengths)[:-1])).astype(np.int64)
    ring_parts = tuple(np.split(np.stack((ring_members, turns), axis=1), first[1:]))
    arc_box = _boxes(lonlat, start[:-1])
    return Basemap(lonlat, start, is_border, ring_parts, arc_box, _ring_boxes(arc_box, ring_members, turns, first))


def _unplaned(body: bytes, count: int, at: int) -> Ints:
    low, mid, high = np.frombuffer(body, np.uint8, 3 * count, at).reshape(3, count).astype(np.int64)
    zigzag = low | (mid << 8) | (high << 16)
    return (zigzag >> 1) ^ -(zigzag & 1)


def _summed(steps: Ints, start: Ints) -> Ints:
    """Sum the steps of each arc from its first point."""
    total = np.cumsum(steps, axis=0)
    before = total[start[:-1]] - steps[start[:-1]]
    return total - np.repeat(before, np.diff(start), axis=0)


def _boxes(lonlat: Floats, first: Ints) -> Floats:
    return np.hstack((np.minimum.reduceat(lonlat, first), np.maximum.reduceat(lonlat, first)))


def _ring_boxes(arc_box: Floats, members: Ints, turns: Ints, first: Ints) -> Floats:
    boxes = arc_box[np.where(members < 0, ~members, members)]
    boxes[:, (0, 2)] += 360.0 * turns[:, None]
    whole = np.hstack((np.minimum.reduceat(boxes[:, :2], first), np.maximum.reduceat(boxes[:, 2:], first)))
    round_pole = whole[:, 2] - whole[:, 0] >= 359.0
    whole[round_pole & (whole[:, 3] < 0.0), 1] = -90.0
    return whole


def _meeting(boxes: Floats, view: Box, turn: float) -> Bools:
    west, south, east, north = boxes.T
    meeting: Bools = (west + turn <= view.x1) & (east + turn >= view.x0) & (south <= view.y1) & (north >= view.y0)
    return meeting
