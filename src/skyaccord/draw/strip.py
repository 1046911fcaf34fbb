"""A strip of time: events in lanes above the activity that they happened in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.draw.placement import text_width
from skyaccord.draw.polyline import Floats
from skyaccord.draw.scale import Scale, nice_range, number_text
from skyaccord.draw.svg import Markup, element, number, path_data
from skyaccord.draw.time_axis import time_axis

_LANE: Final = 24.0
_RIGHT: Final = 14.0
_ACTIVITY: Final = 64.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something from one instant to another. Without a title it is drawn with all others like it, as one path."""

    from_s: float
    until_s: float
    title: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """Events of one kind, all in one tone."""

    label: str
    tone: str
    events: tuple[Event, ...]


def draw_strip(
    lanes: tuple[Lane, ...],
    edges_s: Floats,
    counts: Floats,
    from_s: float,
    until_s: float,
    *,
    counts_title: str,
    title: str,
    description: str,
    key: str,
    width: float,
) -> Markup:
    """Return an SVG of lanes of events over one UTC axis, with counts per bin below them.

    Args:
        lanes: kinds of events, from above.
        edges_s: edges of the bins, one more than ``counts``; empty leaves the counts out.
        counts: one number a bin.
        from_s: begin of the axis.
        until_s: its end.
        counts_title: what is counted.
        title: what it shows, for those who do not see it.
        description: what is to be seen.
        key: unique in the page.
        width: pixels.
    """
    if not until_s > from_s:
        from_s, until_s = from_s - 1.0, from_s + 1.0
    left = max([text_width(lane.label, 12.0) for lane in lanes] + [52.0]) + 10.0
    x = Scale(from_s, until_s, left, width - _RIGHT)
    bottom = _LANE * len(lanes)
    has_counts = len(counts) > 0
    axis_y = bottom + (_ACTIVITY + 22.0 if has_counts else 4.0)
    height = axis_y + 34.0
    return element(
        "svg",
        element("title", title, id=f"{key}-t"),
        element("desc", description, id=f"{key}-d"),
        [_lane(lane, k * _LANE, x, width) for k, lane in enumerate(lanes)],
        _counts(edges_s, counts, x, bottom + 20.0, counts_title, width) if has_counts else None,
        time_axis(x, axis_y, width),
        class_="chart strip",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{key}-t {key}-d",
    )


def _lane(lane: Lane, top: float, x: Scale, width: float) -> Markup:
    ground = element("rect", class_="c-plot", x=x.start, y=top + 2, width=width - _RIGHT - x.start, height=_LANE - 4)
    return element(
        "g",
        ground,
        element("text", lane.label, class_="c-lane", x=0, y=top + _LANE / 2 + 4),
        _quiet([event for event in lane.events if not event.title], lane.tone, top, x),
        [_event(event, lane.tone, top, x) for event in reversed(lane.events) if event.title],
    )


def _event(event: Event, tone: str, top: float, x: Scale) -> Markup:
    left, width = _extent(event, x)
    title = element("title", event.title)
    bar = element("rect", title, class_=f"c-event {tone}", x=left, y=top + 4, width=width, height=_LANE - 8, rx=2)
    return element("a", bar, href=event.href) if event.href else bar


def _quiet(events: list[Event], tone: str, top: float, x: Scale) -> Markup | None:
    height = number(_LANE - 8)
    extents = (_extent(event, x) for event in events)
    bars = {f"M{left:.0f},{number(top + 4)}h{width:.0f}v{height}h-{width:.0f}z" for left, width in extents}
    return element("path", class_=f"c-quiet {tone}", d="".join(sorted(bars))) if bars else None


def _extent(event: Event, x: Scale) -> tuple[float, float]:
    """Return left edge and width in pixels: wide enough to be seen, inside the axis."""
    x0, x1 = max(x.at(event.from_s), x.start), min(x.at(event.until_s), x.end)
    width = max(x1 - x0, 4.0)
    return min(max((x0 + x1) / 2 - width / 2, x.start), x.end - width), width


def _counts(edges_s: Floats, counts: Floats, x: Scale, top: float, title: str, width: float) -> Markup:
    y = Scale(0.0, nice_range(0.0, max(float(np.max(counts)), 1.0), 2)[1], top + _ACTIVITY, top)
    steps = np.repeat(np.stack((x.each(edges_s[:-1]), y.each(counts)), axis=1), 2, axis=0)
    steps[1::2, 0] = x.each(edges_s[1:])
    area = np.concatenate(([[steps[0, 0], y.start]], steps, [[steps[-1, 0], y.start]]))
    area[:, 0] = np.clip(area[:, 0], x.start, x.end)
    top_text = number_text(y.high)
    return element(
        "g",
        element("path", class_="c-activity", d=path_data(area, closed=True)),
        element("path", d=f"M{number(x.start)},{number(top)}H{number(width - _RIGHT)}"),
        element("text", title, class_="c-title", x=x.start, y=top - 5),
        element("text", top_text, x=x.start - 5, y=top + 5, text_anchor="end"),
        element("text", "0", x=x.start - 5, y=top + _ACTIVITY + 4, text_anchor="end"),
        class_="c-axis",
    )
