"""Two distances against each other: the path of a pair through the plane, and the part of it that a limit forbids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.draw.arrows import arrows_of
from skyaccord.draw.placement import Placement, text_width
from skyaccord.draw.polyline import Box, Floats, cut_line, runs, thin
from skyaccord.draw.scale import Scale, nice_range, number_text, ticks
from skyaccord.draw.svg import Markup, element, number, path_data

LEFT: Final = 46.0
RIGHT: Final = 10.0
TOP: Final = 22.0
BOTTOM: Final = 34.0


@dataclass(frozen=True, slots=True)
class Corner:
    """A forbidden corner: x below ``x`` and y below ``y`` at once; ``None`` leaves an axis free."""

    x: float | None
    y: float | None
    label: str
    tone: str


def draw_plane(
    x: Floats,
    y: Floats,
    corners: tuple[Corner, ...],
    spot: tuple[float, float, str],
    *,
    x_title: str,
    y_title: str,
    title: str,
    description: str,
    key: str,
    width: float = 400.0,
    height: float = 206.0,
) -> Markup:
    """Return an SVG of a path through a plane of two distances, both from 0; NaN breaks the path.

    Args:
        x: first distance, in the unit of ``x_title``.
        y: second distance.
        corners: what is forbidden, shaded.
        spot: a marked point of the path and its text.
        x_title: name and unit below the axis.
        y_title: name and unit above the axis.
        title: what it shows, for those who do not see it.
        description: what is to be seen.
        key: unique in the page.
        width: pixels.
        height: pixels.
    """
    frame = Box(LEFT, TOP, width - RIGHT, height - BOTTOM)
    across = Scale(0.0, _top(x, [c.x for c in corners]), frame.x0, frame.x1)
    up = Scale(0.0, _top(y, [c.y for c in corners]), frame.y1, frame.y0)
    pixels = np.stack((across.each(x), up.each(y)), axis=1)
    placement = Placement(frame, points=pixels[np.isfinite(pixels).all(axis=1)])
    parts = [thin(part, 0.5) for run in runs(pixels) for part in cut_line(run, frame.grown(0.001))]
    labels = [_corner_label(corner, across, up, frame, placement) for corner in corners]
    return element(
        "svg",
        element("title", title, id=f"{key}-t"),
        element("desc", description, id=f"{key}-d"),
        element("rect", class_="c-plot", x=frame.x0, y=frame.y0, width=frame.x1 - frame.x0, height=frame.y1 - frame.y0),
        [_corner(corner, across, up, frame) for corner in corners],
        _axes(across, up, frame, x_title, y_title),
        element("path", class_="c-line c-pair", d=" ".join(map(path_data, parts))) if parts else None,
        arrows_of(parts, "c-arrows c-pair", most=5),
        labels,
        _spot(spot, across, up, placement),
        class_="chart",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
    )


def _top(values: Floats, limits: list[float | None]) -> float:
    """Return the end of an axis: a good way past the limits, and never so far that they shrink to nothing."""
    known = np.asarray(values, float)[np.isfinite(values)]
    most = float(known.max()) if known.size else 1.0
    set_ = [limit for limit in limits if limit is not None]
    if set_:
        most = min(max(most, max(set_) * 1.25), max(set_) * 3.0)
    return nice_range(0.0, max(most, 1e-3), 4)[1]


def _corner(corner: Corner, across: Scale, up: Scale, frame: Box) -> Markup:
    x1 = frame.x1 if corner.x is None else min(across.at(corner.x), frame.x1)
    y0 = frame.y0 if corner.y is None else max(up.at(corner.y), frame.y0)
    return element(
        "rect", class_=f"c-corner {corner.tone}", x=frame.x0, y=y0, width=x1 - frame.x0, height=frame.y1 - y0
    )


def _corner_label(corner: Corner, across: Scale, up: Scale, frame: Box, placement: Placement) -> Markup:
    x1 = frame.x1 if corner.x is None else min(across.at(corner.x), frame.x1)
    y0 = frame.y0 if corner.y is None else max(up.at(corner.y), frame.y0)
    width = text_width(corner.label, 11.5)
    rows = [y for y in (y0 + 14, frame.y1 - 6) if y0 + 12 <= y <= frame.y1]
    lefts = [x1 - 4 - width, frame.x0 + 4] if x1 - frame.x0 > width + 8 else [x1 + 4]
    boxes = [Box(left, row - 11, left + width, row + 3) for row in rows or [y0 + 14] for left in lefts]
    box = boxes[placement.choose(boxes)]
    return element("text", corner.label, class_=f"c-level-text {corner.tone}", x=box.x0 + 1, y=box.y1 - 3)


def _axes(across: Scale, up: Scale, frame: Box, x_title: str, y_title: str) -> Markup:
    lines, labels = [], []
    for value in ticks(0.0, up.high, 4):
        y = up.at(value)
        lines.append(f"M{number(frame.x0)},{number(y)}H{number(frame.x1)}")
        labels.append(element("text", number_text(value), x=frame.x0 - 5, y=y + 4, text_anchor="end"))
    for value in ticks(0.0, across.high, 6):
        x = across.at(value)
        lines.append(f"M{number(x)},{number(frame.y1)}v4")
        labels.append(element("text", number_text(value), x=x, y=frame.y1 + 16, text_anchor="middle"))
    titles = (
        element("text", y_title, class_="c-title", x=4, y=frame.y0 - 8),
        element("text", x_title, class_="c-when", x=frame.x1, y=frame.y1 + 30, text_anchor="end"),
    )
    return element("g", element("path", d="".join(lines)), labels, titles, class_="c-axis")


def _spot(spot: tuple[float, float, str], across: Scale, up: Scale, placement: Placement) -> Markup | None:
    if not (np.isfinite(spot[0]) and np.isfinite(spot[1])):
        return None
    x, y = across.at(spot[0]), up.at(spot[1])
    box = placement.place(x, y, text_width(spot[2]), 14.0, clearance=5.0)
    return element(
        "g",
        element("circle", class_="c-spot c-pair", cx=x, cy=y, r=4),
        element("text", spot[2], class_="c-spot-text", x=box.x0 + 1, y=box.y1 - 3),
    )
