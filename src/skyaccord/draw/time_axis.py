"""The axis of time below a chart, in UTC."""

from __future__ import annotations

from typing import Final

from skyaccord.draw.placement import text_width
from skyaccord.draw.scale import Scale, date_text, time_ticks
from skyaccord.draw.svg import Markup, element, number

_LABEL_PX: Final = 62.0


def time_axis(x: Scale, y: float, width: float) -> Markup:
    """Return an axis at height ``y`` with round instants; labels that would touch or leave the drawing are left out."""
    marks, labels, right = [], [], 0.0
    for t_s, text in time_ticks(x.low, x.high, max(2, int((x.end - x.start) // _LABEL_PX))):
        at, half = x.at(t_s), text_width(text, 11.5) / 2
        marks.append(f"M{number(at)},{number(y)}v4")
        if at - half > right and at + half < width:
            labels.append(element("text", text, x=at, y=y + 16, text_anchor="middle"))
            right = at + half + 4
    line = f"M{number(x.start)},{number(y)}H{number(x.end)}"
    when = element("text", f"UTC, {date_text(x.low, x.high)}", class_="c-when", x=x.end, y=y + 30, text_anchor="end")
    return element("g", element("path", d=line + "".join(marks)), labels, when, class_="c-axis")
