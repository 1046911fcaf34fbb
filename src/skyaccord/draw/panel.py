"""One plot of a time chart: lines with honest gaps, limits, shaded intervals and marked values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skyaccord.draw.placement import Placement, text_width
from skyaccord.draw.polyline import Bools, Box, Floats, cut_line, runs, split_line, thin
from skyaccord.draw.scale import Scale, nice_range, number_text, ticks
from skyaccord.draw.svg import Markup, element, join, number, path_data

LEFT: Final = 46.0
RIGHT: Final = 10.0
_MOST_DOTS: Final = 70


@dataclass(frozen=True, slots=True)
class Series:
    """A line; NaN breaks it. ``is_dot`` marks measured values, ``is_apart`` what is drawn dashed."""

    t_s: Floats
    value: Floats
    tone: str
    label: str = ""
    is_dot: Bools | None = None
    is_apart: Bools | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A limit: a line across the panel with its label, the side below it shaded where ``is_floor``."""

    value: float
    label: str
    tone: str
    is_floor: bool = True


@dataclass(frozen=True, slots=True)
class Band:
    """An interval of time, shaded through all panels. The tone ``unseen`` is hatched."""

    from_s: float
    until_s: float
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A marked value at an instant, with its text; ``to`` draws a line to a second value."""

    t_s: float
    value: float
    text: str
    tone: str
    to: float | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One plot. The range holds all values, ``low`` and ``high``; levels beyond it are left out."""

    title: str
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    spots: tuple[Spot, ...] = ()
    low: float | None = None
    high: float | None = None
    empty: str = "not known"


@dataclass(slots=True)
class Plot:
    """A panel's place: its axes and what labels must keep clear of."""

    panel: Panel
    x: Scale
    y: Scale
    frame: Box
    placement: Placement = field(init=False)

    def __post_init__(self) -> None:
        self.placement = Placement(self.frame)

    def pixels(self, t_s: Floats, value: Floats) -> Floats:
        """Return the pixels of values at times, shape (n, 2); NaN stays NaN."""
        return np.stack((self.x.each(t_s), self.y.each(value)), axis=1)


def place_panel(panel: Panel, x: Scale, top: float, height: float, width: float) -> Plot:
    """Return a panel's place: its own value axis beside the shared axis of time."""
    low, high = _range(panel, x)
    frame = Box(LEFT, top, width - RIGHT, top + height)
    return Plot(panel, x, Scale(low, high, frame.y1, frame.y0), frame)


def _range(panel: Panel, x: Scale) -> tuple[float, float]:
    values = [np.asarray(s.value)[(s.t_s >= x.low) & (s.t_s <= x.high)] for s in panel.series]
    seen = np.concatenate([*values, np.array([v for v in (panel.low, panel.high) if v is not None], float)])
    seen = seen[np.isfinite(seen)]
    if seen.size == 0:
        return 0.0, 1.0
    low, high = nice_range(float(seen.min()), float(seen.max()), 4)
    return (panel.low if panel.low is not None else low), high


def draw_panel(plot: Plot, bands: tuple[Band, ...], moment_s: float | None, key: str) -> Markup:
    """Return a panel with the bands and the instant that go through all panels; ``key`` names the hatching."""
    frame = plot.frame
    lines = [part for series in plot.panel.series for part in _series(plot, series)]
    moment = None
    if moment_s is not None:
        x = plot.x.at(moment_s)
        plot.placement.avoid(points=np.stack((np.full(40, x), np.linspace(frame.y0, frame.y1, 40)), axis=1))
        moment = element("path", class_="c-moment", d=f"M{number(x)},{number(frame.y0)}V{number(frame.y1)}")
    empty = None
    if not lines and not any(np.isfinite(spot.value) for spot in plot.panel.spots):
        middle = ((frame.x0 + frame.x1) / 2, (frame.y0 + frame.y1) / 2 + 4)
        empty = element("text", plot.panel.empty, class_="c-empty", x=middle[0], y=middle[1], text_anchor="middle")
    return element(
        "g",
        element("rect", class_="c-plot", x=frame.x0, y=frame.y0, width=frame.x1 - frame.x0, height=frame.y1 - frame.y0),
        [_floor(plot, level) for level in plot.panel.levels if level.is_floor],
        [_band(plot, band, key) for band in bands],
        _value_axis(plot) if empty is None else None,
        [_level_line(plot, level) for level in plot.panel.levels],
        moment,
        lines,
        [_spot(plot, spot) for spot in plot.panel.spots],
        [_level_label(plot, level) for level in plot.panel.levels],
        empty,
        element("text", plot.panel.title, class_="c-title", x=4, y=frame.y0 - 8),
        _legend(plot),
    )


def _series(plot: Plot, series: Series) -> Iterator[Markup]:
    pixels = plot.pixels(series.t_s, series.value)
    plot.placement.avoid(points=pixels)
    apart = series.is_apart if series.is_apart is not None else np.zeros(len(pixels), bool)
    for points, style in zip(split_line(pixels, apart), ("c-line", "c-line c-apart"), strict=True):
        parts = [thin(part, 0.5) for run in runs(points) for part in cut_line(run, plot.frame)]
        if parts:
            yield element("path", class_=f"{style} {series.tone}", d=" ".join(map(path_data, parts)))
    if series.is_dot is not None:
        yield from _dots(plot, pixels[series.is_dot], series.tone)


def _dots(plot: Plot, pixels: Floats, tone: str) -> Iterator[Markup]:
    inside = pixels[np.isfinite(pixels).all(axis=1)]
    inside = inside[(inside[:, 0] >= plot.frame.x0) & (inside[:, 0] <= plot.frame.x1)]
    if 0 < len(inside) <= _MOST_DOTS:
        yield element("path", class_=f"c-dots {tone}", d="".join(f"M{number(x)},{number(y)}h0" for x, y in inside))


def _value_axis(plot: Plot) -> Markup:
    marks, labels = [], []
    for value in ticks(plot.y.low, plot.y.high, 4):
        y = plot.y.at(value)
        marks.append(f"M{number(plot.frame.x0)},{number(y)}H{number(plot.frame.x1)}")
        labels.append(element("text", number_text(value), x=plot.frame.x0 - 5, y=y + 4, text_anchor="end"))
    return element("g", element("path", d="".join(marks)), labels, class_="c-axis")


def _floor(plot: Plot, level: Level) -> Markup | None:
    top = max(plot.y.at(level.value), plot.frame.y0)
    if top >= plot.frame.y1:
        return None
    return element(
        "rect",
        class_=f"c-floor {level.tone}",
        x=plot.frame.x0,
        y=top,
        width=plot.frame.x1 - plot.frame.x0,
        height=plot.frame.y1 - top,
    )


def _level_line(plot: Plot, level: Level) -> Markup | None:
    y = plot.y.at(level.value)
    if not plot.frame.y0 <= y <= plot.frame.y1:
        return None
    data = f"M{number(plot.frame.x0)},{number(y)}H{number(plot.frame.x1)}"
    return element("path", class_=f"c-level {level.tone}", d=data)


def _level_label(plot: Plot, level: Level) -> Markup | None:
    y = plot.y.at(level.value)
    if not plot.frame.y0 <= y <= plot.frame.y1:
        return None
    place = max(y - 4, plot.frame.y0 + 12)
    width = text_width(level.label, 11.5)
    right = Box(plot.frame.x1 - width - 4, place - 11, plot.frame.x1, place + 3)
    left = Box(plot.frame.x0, place - 11, plot.frame.x0 + width + 4, place + 3)
    at_left = plot.placement.choose([right, left]) == 1
    x, anchor = (plot.frame.x0 + 4, "start") if at_left else (plot.frame.x1 - 4, "end")
    return element("text", level.label, class_=f"c-level-text {level.tone}", x=x, y=place, text_anchor=anchor)


def _band(plot: Plot, band: Band, key: str) -> Markup | None:
    x0, x1 = max(plot.x.at(band.from_s), plot.frame.x0), min(plot.x.at(band.until_s), plot.frame.x1)
    if x1 <= x0:
        return None
    style = f"fill:url(#{key}-h)" if band.tone == "unseen" else None  # an attribute would lose against the style sheet
    return element(
        "rect",
        element("title", band.title),
        class_=f"c-band {band.tone}",
        style=style,
        x=x0,
        y=plot.frame.y0,
        width=max(x1 - x0, 1.5),
        height=plot.frame.y1 - plot.frame.y0,
    )


def _spot(plot: Plot, spot: Spot) -> Markup | None:
    if not np.isfinite(spot.value):
        return None
    x, y = plot.x.at(spot.t_s), plot.y.at(spot.value)
    box = plot.placement.place(x, y, text_width(spot.text), 14.0, clearance=5.0)
    link = None
    if spot.to is not None and np.isfinite(spot.to):
        link = element("path", class_=f"c-link {spot.tone}", d=f"M{number(x)},{number(y)}V{number(plot.y.at(spot.to))}")
    dot = element("circle", class_=f"c-spot {spot.tone}", cx=x, cy=y, r=4) if spot.to is None else None
    return join(link, dot, element("text", spot.text, class_="c-spot-text", x=box.x0 + 1, y=box.y1 - 3))


def _legend(plot: Plot) -> Markup | None:
    named = [series for series in plot.panel.series if series.label]
    parts = [
        (element("tspan", "━ ", class_=f"c-key {series.tone}"), element("tspan", series.label), "\u2003" if k else None)
        for k, series in enumerate(reversed(named))
    ]
    if not parts:
        return None
    place = {"x": plot.frame.x1, "y": plot.frame.y0 - 8}
    return element("text", list(reversed(parts)), class_="c-key-text", text_anchor="end", **place)
