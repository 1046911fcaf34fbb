"""A compass rose, north up: sectors of direction around the ownship, and the aircraft about it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.draw.scale import number_text
from skyaccord.draw.svg import Markup, element, number

SIZE: Final = 380.0
CENTRE: Final = SIZE / 2
OUTER: Final = 150.0
INNER: Final = 126.0
FIELD: Final = 118.0
"""Radius of the part in which aircraft are drawn."""


@dataclass(frozen=True, slots=True)
class Sector:
    """Directions between two, clockwise, in degrees; ``tone`` is a class of the page's styles."""

    low_deg: float
    high_deg: float
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Blip:
    """Another aircraft: where it is seen from the ownship and where it goes."""

    bearing_deg: float
    share: float  # of the drawn range; above 1 it stands at the edge
    track_deg: float
    label: str
    tone: str


def draw_rose(
    sectors: Sequence[Sector], track_deg: float, blips: Sequence[Blip], range_text: str, title: str
) -> Markup:
    """Return the rose as an SVG image."""
    return element(
        "svg",
        element("title", title),
        element("circle", cx=CENTRE, cy=CENTRE, r=FIELD, class_="g-field"),
        element("circle", cx=CENTRE, cy=CENTRE, r=FIELD / 2, class_="g-ring"),
        element("text", range_text, x=CENTRE + 6, y=CENTRE + FIELD / 2 + 12, class_="g-small"),
        [_sector(each) for each in sectors],
        _scale(),
        element("line", *(), **_ray(track_deg, 0.0, OUTER), class_="g-track"),
        [_blip(each) for each in blips],
        _symbol(CENTRE, CENTRE, track_deg, "g-own"),
        viewBox=f"0 0 {number(SIZE)} {number(SIZE)}",
        role="img",
        class_="rose",
    )


def _point(direction_deg: float, radius: float) -> tuple[float, float]:
    angle = math.radians(direction_deg)
    return CENTRE + radius * math.sin(angle), CENTRE - radius * math.cos(angle)


def _ray(direction_deg: float, begin: float, end: float) -> dict[str, float]:
    (x1, y1), (x2, y2) = _point(direction_deg, begin), _point(direction_deg, end)
    return {"x1": x1, "y1": y1, "x2": x2, "y2": y2}


def _sector(sector: Sector) -> Markup:
    width = sector.high_deg - sector.low_deg
    if width >= 359.999:
        middle = (INNER + OUTER) / 2
        ring = {"cx": CENTRE, "cy": CENTRE, "r": middle, "stroke_width": OUTER - INNER}
        return element("circle", element("title", sector.title), class_=f"g-whole {sector.tone}", **ring)
    large = "1" if width > 180.0 else "0"
    corners = [_point(d, r) for d, r in ((sector.low_deg, OUTER), (sector.high_deg, OUTER))]
    corners += [_point(d, r) for d, r in ((sector.high_deg, INNER), (sector.low_deg, INNER))]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    path = (
        f"M{number(ax)},{number(ay)}A{number(OUTER)},{number(OUTER)} 0 {large} 1 {number(bx)},{number(by)}"
        f"L{number(cx)},{number(cy)}A{number(INNER)},{number(INNER)} 0 {large} 0 {number(dx)},{number(dy)}z"
    )
    return element("path", element("title", sector.title), d=path, class_=f"g-sector {sector.tone}")


def _scale() -> Markup:
    marks = []
    for direction in range(0, 360, 10):
        marks.append(element("line", **_ray(direction, OUTER, OUTER + (8 if direction % 30 == 0 else 4))))
        if direction % 30 == 0:
            x, y = _point(direction, OUTER + 20)
            name = {0: "N", 90: "E", 180: "S", 270: "W"}.get(direction, number_text(float(direction)))
            marks.append(element("text", name, x=x, y=y + 4, text_anchor="middle"))
    return element("g", *marks, class_="g-scale")


def _blip(blip: Blip) -> Markup:
    x, y = _point(blip.bearing_deg, FIELD * min(1.0, blip.share))
    is_left = x > CENTRE + 0.5 * FIELD
    label = element(
        "text",
        blip.label,
        x=x + (-9 if is_left else 9),
        y=y + 4,
        text_anchor="end" if is_left else "start",
        class_="g-label",
    )
    return element("g", _symbol(x, y, blip.track_deg, "g-other"), label, class_=blip.tone)


def _symbol(x: float, y: float, track_deg: float, class_: str) -> Markup:
    turn = f"translate({number(x)},{number(y)}) rotate({number(track_deg)})"
    return element("path", d="M0,-8L5,7L0,4L-5,7z", transform=turn, class_=class_)


def legend(entries: Sequence[tuple[str, str]]) -> Markup:
    """Return a key: a patch of each tone with what it means."""
    return element(
        "ul",
        [element("li", element("span", class_=f"g-patch {tone}"), " ", text) for tone, text in entries],
        class_="g-key",
    )
