"""Charts against a number that is not time: the values of a parameter, the rounds of talks."""

from __future__ import annotations

import math
from typing import Final

from skyaccord.draw.chart import draw_panels
from skyaccord.draw.panel import LEFT, RIGHT, Panel
from skyaccord.draw.scale import Scale, number_text, ticks
from skyaccord.draw.svg import Markup, element, number

_LABEL_PX: Final = 60.0
_MARGIN: Final = 0.03


def draw_value_chart(
    panels: tuple[Panel, ...],
    low: float,
    high: float,
    *,
    axis: str,
    title: str,
    description: str,
    key: str,
    width: float = 640.0,
    panel_height: float = 150.0,
    step: float | None = None,
) -> Markup:
    """Return an SVG of panels below each other over one axis of numbers.

    Args:
        panels: what is drawn, from above; ``t_s`` of their series is the number below.
        low: least number; the axis begins a little before it.
        high: greatest number.
        axis: what the number is, with its unit.
        title: what it shows, for those who do not see it.
        description: what is to be seen.
        key: unique in the page.
        width: pixels of the whole.
        panel_height: pixels of one plot without its title.
        step: between marks of the axis, at least; for numbers that are whole.
    """
    margin = _MARGIN * (high - low) if high > low else 0.5
    x = Scale(low - margin, high + margin, LEFT, width - RIGHT)
    return draw_panels(
        panels,
        x,
        lambda y: _axis(x, y, axis, step),
        title=title,
        description=description,
        key=key,
        width=width,
        panel_height=panel_height,
    )


def _axis(x: Scale, y: float, name: str, step: float | None) -> Markup:
    values = ticks(x.low, x.high, max(2, int((x.end - x.start) // _LABEL_PX)))
    if step is not None and len(values) > 1 and values[1] - values[0] < step:
        values = [k * step for k in range(math.ceil(x.low / step), math.floor(x.high / step) + 1)]
    marks = "".join(f"M{number(x.at(value))},{number(y)}v4" for value in values)
    labels = [element("text", number_text(value), x=x.at(value), y=y + 16, text_anchor="middle") for value in values]
    line = f"M{number(x.start)},{number(y)}H{number(x.end)}"
    said = element("text", name, class_="c-when", x=x.end, y=y + 30, text_anchor="end")
    return element("g", element("path", d=line + marks), labels, said, class_="c-axis")
