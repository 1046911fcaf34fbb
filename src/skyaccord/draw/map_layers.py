"""What lies on a map: tracks, arrows of direction, dots, rings, links and numbered markers, in a view's pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.draw.arrows import arrows_of
from skyaccord.draw.placement import Placement, text_width
from skyaccord.draw.polyline import Floats, cut_line, runs, thin
from skyaccord.draw.projection import View, unwrapped
from skyaccord.draw.svg import Markup, element, join, number, path_data

_MIN_PX: Final = 0.5


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered place. ``tone`` is a class of the style sheet, ``href`` a place in the same page."""

    lat_deg: float
    lon_deg: float
    text: str
    tone: str
    title: str
    href: str | None = None


def track_pixels(view: View, lat_deg: Floats, lon_deg: Floats) -> Floats:
    """Return a track in pixels, broken by NaN where it leaves one side of a world map for the other."""
    lon = unwrapped(lon_deg, view.lon_deg)
    pixels = view.project(np.asarray(lat_deg, float), lon)
    if view.is_azimuthal or len(pixels) < 2:
        return pixels
    leaps = np.flatnonzero(np.abs(np.diff(lon)) > 180.0)
    return np.insert(pixels, leaps + 1, np.nan, axis=0)


def line_path(view: View, pixels: Floats, class_: str, pixel: float = _MIN_PX) -> Markup | None:
    """Return a line cut to a little more than the frame; NaN breaks it."""
    frame = view.frame.grown(0.05)
    parts = [thin(part, pixel) for run in runs(pixels) for part in cut_line(run, frame)]
    return element("path", class_=class_, d=" ".join(map(path_data, parts))) if parts else None


def arrows(view: View, pixels: Floats, class_: str) -> Markup | None:
    """Return arrow heads along the visible part of a line, pointing the way it runs."""
    return arrows_of([part for run in runs(pixels) for part in cut_line(run, view.frame)], class_)


def dots(view: View, pixels: Floats, class_: str, radius: float = 1.8) -> Markup | None:
    """Return a dot at every point in the frame, as one path; those on the same pixel are drawn once."""
    known = pixels[np.isfinite(pixels).all(axis=1)]
    box = view.frame
    seen = known[(known[:, 0] >= box.x0) & (known[:, 0] <= box.x1) & (known[:, 1] >= box.y0) & (known[:, 1] <= box.y1)]
    if len(seen) == 0:
        return None
    spots = np.unique(np.round(seen, 0 if len(seen) > 400 else 1), axis=0)
    data = "".join(f"M{number(x)},{number(y)}h0" for x, y in spots)
    return element("path", class_=class_, d=data, stroke_width=2 * radius)


def aircraft_symbol(x: float, y: float, heading_deg: float, class_: str) -> Markup:
    """Return a small aircraft at a place; a heading that is not known gives a disc."""
    if not math.isfinite(heading_deg):
        return element("circle", class_=class_, cx=x, cy=y, r=4)
    shape = "M0,-8L1.6,-3L8,2.4V4.4L1.6,2.4L1,6L3,8V9L0,8.2L-3,9V8L-1,6L-1.6,2.4L-8,4.4V2.4L-1.6,-3Z"
    place = f"translate({number(x)} {number(y)}) rotate({number(heading_deg)})"
    return element("path", class_=class_, d=shape, transform=place)


def ring(view: View, x: float, y: float, radius_m: float, class_: str) -> Markup:
    """Return a circle of a radius in metres about a pixel."""
    return element("circle", class_=class_, cx=x, cy=y, r=radius_m / view.m_per_px)


def label(placement: Placement, x: float, y: float, text: str, class_: str, size: float = 12.0) -> Markup:
    """Return a text beside a point, where it covers no other label."""
    box = placement.place(x, y, text_width(text, size), size * 1.2)
    return element("text", text, class_=class_, x=box.x0 + 1, y=box.y1 - size * 0.28)


def numbered_markers(view: View, placement: Placement, markers: list[Marker], radius: float = 10.0) -> Markup:
    """Return markers in order of rank; one that would cover another moves aside and keeps a line to its place."""
    places = [
        view.point(marker.lat_deg, float(unwrapped(np.array([marker.lon_deg]), view.lon_deg)[0])) for marker in markers
    ]
    leaders, discs = [], []
    for marker, (x, y) in zip(markers, places, strict=True):
        box = placement.place_on(x, y, 2 * radius, 2 * radius)
        cx, cy = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        if math.hypot(cx - x, cy - y) > 1.0:
            leaders.append(element("path", d=f"M{number(x)},{number(y)}L{number(cx)},{number(cy)}"))
            leaders.append(element("circle", cx=x, cy=y, r=2))
        discs.append(_disc(marker, cx, cy, radius))
    return join(element("g", leaders, class_="m-leaders"), reversed(discs))


def _disc(marker: Marker, x: float, y: float, radius: float) -> Markup:
    body = join(
        element("title", marker.title),
        element("circle", cx=x, cy=y, r=radius),
        element("text", marker.text, x=x, y=y + 4, text_anchor="middle"),
    )
    name = "a" if marker.href else "g"
    return element(name, body, class_=f"m-num {marker.tone}", href=marker.href)
