"""Charts against time: panels below each other over one UTC axis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from skyaccord.draw.panel import LEFT, RIGHT, Band, Panel, draw_panel, place_panel
from skyaccord.draw.polyline import Floats
from skyaccord.draw.scale import Scale
from skyaccord.draw.svg import Markup, element, number
from skyaccord.draw.time_axis import time_axis

TOP: Final = 30.0
BOTTOM: Final = 34.0


def draw_time_chart(
    panels: tuple[Panel, ...],
    from_s: float,
    until_s: float,
    *,
    title: str,
    description: str,
    key: str,
    bands: tuple[Band, ...] = (),
    moment_s: float | None = None,
    width: float = 400.0,
    panel_height: float = 150.0,
) -> Markup:
    """Return an SVG of panels below each other over one UTC axis.

    Args:
        panels: what is drawn, from above.
        from_s: begin of the axis, seconds since 1970.
        until_s: its end.
        title: what it shows, for those who do not see it.
        description: what is to be seen.
        key: unique in the page.
        bands: intervals shaded through all panels.
        moment_s: an instant marked through all panels.
        width: pixels of the whole.
        panel_height: pixels of one plot without its title.
    """
    if not until_s > from_s:
        from_s, until_s = from_s - 1.0, from_s + 1.0
    x = Scale(from_s, until_s, LEFT, width - RIGHT)
    return draw_panels(
        panels,
        x,
        lambda y: time_axis(x, y, width),
        title=title,
        description=description,
        key=key,
        bands=bands,
        moment_s=moment_s,
        width=width,
        panel_height=panel_height,
    )


def draw_panels(
    panels: tuple[Panel, ...],
    x: Scale,
    axis: Callable[[float], Markup],
    *,
    title: str,
    description: str,
    key: str,
    bands: tuple[Band, ...] = (),
    moment_s: float | None = None,
    width: float,
    panel_height: float,
) -> Markup:
    """Return an SVG of panels below each other over one axis, which ``axis`` draws at a height."""
    pitch = TOP + panel_height
    plots = [place_panel(panel, x, k * pitch + TOP, panel_height, width) for k, panel in enumerate(panels)]
    height = len(panels) * pitch + BOTTOM
    hatch = element(
        "pattern",
        element("rect", class_="c-hatch-ground", width=6, height=6),
        element("path", d="M0,6L6,0M-1,1L1,-1M5,7L7,5", class_="c-hatch"),
        id=f"{key}-h",
        width=6,
        height=6,
        patternUnits="userSpaceOnUse",
    )
    return element(
        "svg",
        element("title", title, id=f"{key}-t"),
        element("desc", description, id=f"{key}-d"),
        element("defs", hatch),
        [draw_panel(plot, bands, moment_s, key) for plot in plots],
        axis(height - BOTTOM),
        class_="chart",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
    )


def unknown_intervals(t_s: Floats, value: Floats) -> list[tuple[float, float]]:
    """Return the intervals over which a sampled value is NaN, from the last known instant to the next."""
    known = np.isfinite(value)
    if known.all() or len(t_s) < 2:
        return []
    edges = np.flatnonzero(np.diff(np.concatenate(([True], known, [True])).astype(np.int8)))
    spans = zip(edges[::2], edges[1::2], strict=True)
    last = len(t_s) - 1
    return [(float(t_s[max(i - 1, 0)]), float(t_s[min(j, last)])) for i, j in spans]
