"""Arrow heads along lines, in pixels."""

from __future__ import annotations

from typing import Final

import numpy as np

from skyaccord.draw.polyline import Floats
from skyaccord.draw.svg import Markup, element, number

_EVERY_PX: Final = 74.0


def arrows_of(parts: list[Floats], class_: str, most: int = 40) -> Markup | None:
    """Return arrow heads at even distances along lines in pixels, at most ``most`` on each."""
    heads = []
    for part in parts:
        length = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))))
        count = min(int(length[-1] // _EVERY_PX), most)
        heads += [_head(part, length, (k + 0.5) * length[-1] / count) for k in range(count)]
    return element("path", class_=class_, d="".join(heads)) if heads else None


def _head(part: Floats, length: Floats, at: float) -> str:
    k = min(int(np.searchsorted(length, at, side="right")) - 1, len(part) - 2)
    step = part[k + 1] - part[k]
    size = float(np.hypot(step[0], step[1])) or 1.0
    ux, uy = float(step[0]) / size, float(step[1]) / size
    x, y = (part[k] + (at - length[k]) / size * step).tolist()
    left = (x - 7 * ux - 3.6 * uy, y - 7 * uy + 3.6 * ux)
    right = (x - 7 * ux + 3.6 * uy, y - 7 * uy - 3.6 * ux)
    return "M" + "L".join(f"{number(px)},{number(py)}" for px, py in (left, (x, y), right)) + "Z"
