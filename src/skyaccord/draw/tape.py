"""A tape: a vertical scale about the present value, with stretches of it coloured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from skyaccord.draw.scale import Scale, number_text, ticks
from skyaccord.draw.svg import Markup, element, number

WIDTH: Final = 118.0
HEIGHT: Final = 380.0
TOP: Final = 42.0
BOTTOM: Final = 364.0
BAR: Final = 74.0
BAR_WIDTH: Final = 22.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Values between two; ``tone`` is a class of the page's styles."""

    low: float
    high: float
    tone: str
    title: str


def draw_tape(
    name: str, unit: str, current: float, window: tuple[float, float], stretches: Sequence[Stretch]
) -> Markup:
    """Return the tape as an SVG image, the window's lower end at the bottom."""
    scale = Scale(window[0], window[1], BOTTOM, TOP)
    here = scale.at(current)
    return element(
        "svg",
        element("title", f"{name}, {unit}"),
        element("text", name, x=WIDTH / 2, y=14, text_anchor="middle", class_="g-title"),
        element("text", unit, x=WIDTH / 2, y=29, text_anchor="middle", class_="g-small"),
        element("rect", x=BAR, y=TOP, width=BAR_WIDTH, height=BOTTOM - TOP, class_="g-bar"),
        [_stretch(each, window, scale) for each in stretches],
        [_tick(value, scale) for value in ticks(*window, 7)],
        element("path", d=f"M{number(BAR - 2)},{number(here)}l-10,-6v12z", class_="g-own"),
        element("line", x1=BAR - 4, x2=BAR + BAR_WIDTH + 8, y1=here, y2=here, class_="g-track"),
        viewBox=f"0 0 {number(WIDTH)} {number(HEIGHT)}",
        role="img",
        class_="tape",
    )


def _stretch(stretch: Stretch, window: tuple[float, float], scale: Scale) -> Markup | None:
    low, high = max(stretch.low, window[0]), min(stretch.high, window[1])
    if high <= low:
        return None
    top = scale.at(high)
    return element(
        "rect",
        element("title", stretch.title),
        x=BAR,
        y=top,
        width=BAR_WIDTH,
        height=scale.at(low) - top,
        class_=f"g-sector {stretch.tone}",
    )


def _tick(value: float, scale: Scale) -> Markup:
    y = scale.at(value)
    return element(
        "g",
        element("line", x1=BAR - 5, x2=BAR, y1=y, y2=y),
        element("text", number_text(value), x=BAR - 16, y=y + 4, text_anchor="end"),
        class_="g-scale",
    )
