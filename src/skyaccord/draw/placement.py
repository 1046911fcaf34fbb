"""Where labels go so that they cover neither each other nor what they name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skyaccord.draw.polyline import Box, Floats

_DISTANCES: Final = (0.0, 6.0, 16.0, 30.0, 46.0, 64.0, 84.0, 108.0)
_ANGLES: Final = tuple(math.radians(a) for a in (-45, 45, -135, 135, 0, 180, -90, 90, -20, 20, 160, 200))


@dataclass(slots=True)
class Placement:
    """A frame and what is taken in it. Boxes weigh more than points: a label may cross a line, never a label."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    points: Floats = field(default_factory=lambda: np.empty((0, 2)))

    def avoid(self, boxes: Iterable[Box] = (), points: Floats | None = None) -> None:
        """Keep clear of boxes, and of points as far as there is room."""
        self.taken.extend(boxes)
        if points is not None:
            self.points = np.concatenate((self.points, points[np.isfinite(points).all(axis=1)]))

    def place(self, x: float, y: float, width: float, height: float, clearance: float = 6.0) -> Box:
        """Return where a label of the point (x, y) fits best, and take that place."""
        best, least = Box(x, y, x + width, y + height), math.inf
        for distance in _DISTANCES:
            for angle in _ANGLES:
                box = _beside(x, y, width, height, angle, clearance + distance)
                cost = self._cost(box) + distance * 0.12
                if cost < least:
                    best, least = box, cost
            if least < 1.0 + distance * 0.12:
                break
        self.taken.append(best)
        return best

    def place_on(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a place centred on the point where that is free, else the nearest free one beside it."""
        box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        if self._overlap(box) == 0.0:
            self.taken.append(box)
            return box
        return self.place(x, y, width, height, clearance=2.0)

    def choose(self, boxes: list[Box]) -> int:
        """Return which of some boxes is freest, the first of equal ones, and take its place."""
        best = min(range(len(boxes)), key=lambda k: self._cost(boxes[k]))
        self.taken.append(boxes[best])
        return best

    def _cost(self, box: Box) -> float:
        under = self.points
        covered = (under[:, 0] > box.x0) & (under[:, 0] < box.x1) & (under[:, 1] > box.y0) & (under[:, 1] < box.y1)
        return self._overlap(box) + _outside(box, self.frame) * 40.0 + min(float(covered.sum()), 12.0)

    def _overlap(self, box: Box) -> float:
        return sum(
            max(0.0, min(box.x1, other.x1) - max(box.x0, other.x0))
            * max(0.0, min(box.y1, other.y1) - max(box.y0, other.y0))
            for other in self.taken
        )


def text_width(text: str, size: float = 12.0) -> float:
    """Return about how wide a text runs; generous, since the reader's font is not known."""
    return sum(0.34 if c in " .,:;il|'" else 0.88 if c in "mwMW@" else 0.6 for c in text) * size + 2.0


def _beside(x: float, y: float, width: float, height: float, angle: float, away: float) -> Box:
    """Return the box whose edge nearest to (x, y) is ``away`` from it in a direction."""
    dx, dy = math.cos(angle), math.sin(angle)
    cx, cy = x + dx * (away + width / 2), y + dy * (away + height / 2)
    return Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)


def _outside(box: Box, frame: Box) -> float:
    return (
        max(0.0, frame.x0 - box.x0)
        + max(0.0, box.x1 - frame.x1)
        + max(0.0, frame.y0 - box.y0)
        + max(0.0, box.y1 - frame.y1)
    )
