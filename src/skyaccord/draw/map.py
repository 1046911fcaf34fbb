"""A map's frame: sea, land, coasts, borders, graticule and scale bars; what lies on it comes from `map_layers`."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from skyaccord.draw.basemap import Atlas
from skyaccord.draw.polyline import Box, Floats, cut_line, densify, thin
from skyaccord.draw.projection import DEGREE_M, View
from skyaccord.draw.svg import Markup, element, join, number, path_data
from skyaccord.units import KM, NM

_GRATICULE_DEG: Final = (
    1 / 240, 1 / 120, 1 / 60, 1 / 30, 1 / 12, 1 / 6, 1 / 4, 1 / 2, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 90.0
)  # fmt: skip
_MIN_PX: Final = 0.5


def draw_map(view: View, atlas: Atlas, layers: Markup, *, title: str, description: str, key: str) -> Markup:
    """Return an SVG map with its layers on it.

    Args:
        view: frame, centre and scale.
        atlas: the map data.
        layers: markup in the frame's pixels.
        title: what it shows, for those who do not see it.
        description: what is to be seen.
        key: unique in the page; names the title, the description and the clip.
    """
    clip = element("clipPath", element("rect", width=view.width, height=view.height), id=f"{key}-c")
    inside = element("g", base_layer(view, atlas), graticule(view), layers, clip_path=f"url(#{key}-c)")
    return element(
        "svg",
        element("title", title, id=f"{key}-t"),
        element("desc", description, id=f"{key}-d"),
        element("defs", clip),
        inside,
        scale_bars(view),
        element("rect", class_="m-frame", x=0.5, y=0.5, width=view.width - 1, height=view.height - 1),
        class_="map",
        viewBox=f"0 0 {number(view.width)} {number(view.height)}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
    )


def base_layer(view: View, atlas: Atlas) -> Markup:
    """Return sea, land, coastlines and borders."""
    box = view.box_deg()
    basemap = atlas.for_view(box)
    pixel_deg = view.m_per_px / DEGREE_M * _MIN_PX
    longest = max(box.x1 - box.x0, box.y1 - box.y0) / 24
    land = [densify(ring, longest) for ring in basemap.land_within(box, pixel_deg)]
    fill = " ".join(path_data(thin(_pixels(view, ring), _MIN_PX), closed=True) for ring in land)
    return join(
        element("rect", class_="m-sea", width=view.width, height=view.height),
        element("path", class_="m-land", d=fill, fill_rule="evenodd") if fill else None,
        _lines(view, basemap.lines_within(box, pixel_deg, borders=True), "m-border"),
        _lines(view, basemap.lines_within(box, pixel_deg, borders=False), "m-coast"),
    )


def graticule(view: View) -> Markup:
    """Return meridians and parallels at round degrees or minutes, labelled at the frame."""
    box = view.box_deg()
    step_lat = _graticule_step(view.height * view.m_per_px / DEGREE_M)
    squeeze = max(math.cos(math.radians(view.lat_deg)), 0.05)
    step_lon = _graticule_step(view.width * view.m_per_px / DEGREE_M / squeeze)
    lines, labels = [], []
    for lat in _multiples(box.y0, min(box.y1, 89.99), step_lat):
        points = _pixels(view, np.stack((np.linspace(box.x0, box.x1, 49), np.full(49, lat)), axis=1))
        lines.append(points)
        labels.append(_parallel_label(points, view, _degrees_text(lat, step_lat, "N", "S")))
    for lon in _multiples(box.x0, min(box.x1, box.x0 + 359.9), step_lon):
        points = _pixels(view, np.stack((np.full(33, lon), np.linspace(box.y0, box.y1, 33)), axis=1))
        lines.append(points)
        shown = (lon + 180.0) % 360.0 - 180.0
        labels.append(_meridian_label(points, view, _degrees_text(shown, step_lon, "E", "W")))
    paths = " ".join(path_data(part) for line in lines for part in cut_line(line, view.frame))
    return element("g", element("path", d=paths), labels, class_="m-grat")


def scale_bars(view: View) -> Markup:
    """Return a bar in nautical miles and one in kilometres, each a round length."""
    x, y = 10.0, view.height - 26.0
    rows = []
    longest = 0.0
    for k, (unit_m, unit) in enumerate(((NM, "NM"), (KM, "km"))):
        length = _round_length(view.width * 0.26 * view.m_per_px / unit_m)
        width = length * unit_m / view.m_per_px
        text = f"{length:g} {unit}"
        longest = max(longest, width + 8 + 7.2 * len(text))
        line = f"M{number(x)},{number(y + 15 * k - 4)}v4h{number(width)}v-4"
        rows.append(element("path", d=line))
        rows.append(element("text", text, x=x + width + 5, y=y + 15 * k + 2))
    ground = element("rect", class_="m-plate", x=4, y=y - 11, width=longest + 10, height=33, rx=3)
    return element("g", ground, rows, class_="m-scale")


def scale_box(view: View) -> Box:
    """Return the pixels that the scale bars take, for labels to keep clear of."""
    return Box(0.0, view.height - 40.0, view.width * 0.26 + 70.0, view.height)


def _lines(view: View, lines: list[Floats], class_: str) -> Markup | None:
    data = " ".join(path_data(thin(_pixels(view, line), _MIN_PX)) for line in lines)
    return element("path", class_=class_, d=data) if data else None


def _pixels(view: View, lonlat: Floats) -> Floats:
    return view.project(lonlat[:, 1], lonlat[:, 0])


def _graticule_step(span_deg: float) -> float:
    return next((step for step in _GRATICULE_DEG if span_deg / step <= 5.0), 90.0)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _degrees_text(value: float, step: float, plus: str, minus: str) -> str:
    """Return ``46°N``, ``46°30′N`` or ``46°07′30″N``."""
    seconds = round(abs(value) * 3600)
    degrees, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    text = f"{degrees}°"
    if step < 1.0:
        text += f"{minutes:02d}′" + (f"{rest:02d}″" if step < 1 / 60 - 1e-9 else "")
    side = "" if seconds in (0, 180 * 3600) else plus if value > 0 else minus
    return text + side


def _parallel_label(points: Floats, view: View, text: str) -> Markup | None:
    """Label a parallel where it crosses the left edge, clear of the corners."""
    edge = _crossing(points, 0, 0.0)
    if edge is None or not 24.0 < edge < view.height - 52.0:
        return None
    return element("text", text, x=5, y=edge - 3)


def _meridian_label(points: Floats, view: View, text: str) -> Markup | None:
    edge = _crossing(points[:, ::-1], 0, 0.0)
    if edge is None or not 30.0 < edge < view.width - 30.0:
        return None
    return element("text", text, x=edge, y=13, text_anchor="middle")


def _crossing(points: Floats, axis: int, limit: float) -> float | None:
    """Return the other coordinate where a line crosses ``limit``."""
    along, other = points[:, axis] - limit, points[:, 1 - axis]
    at = np.flatnonzero((along[:-1] <= 0) != (along[1:] <= 0))
    if at.size == 0:
        return None
    k = int(at[0])
    share = along[k] / (along[k] - along[k + 1])
    return float(other[k] + share * (other[k + 1] - other[k]))


def _round_length(most: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten up to ``most``."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(factor * power for factor in (1.0, 2.0, 5.0) if factor * power <= most)
