"""Charts over a number that is not time, and tables of text."""

from __future__ import annotations

import re

import numpy as np

from skyaccord.draw.grid import draw_grid
from skyaccord.draw.panel import Panel, Series
from skyaccord.draw.value_chart import draw_value_chart


def chart(low: float, high: float, step: float | None = None) -> str:
    x = np.linspace(low, high, 3)
    panel = Panel("Counts", (Series(x, np.array([1.0, 5.0, 7.0]), "p0", "", np.ones(3, bool)),), low=0.0)
    return draw_value_chart(
        (panel,), low, high, axis="round", title="T", description="D", key="k", width=900.0, step=step
    )


def labels(svg: str) -> list[str]:
    """Return the labels below the axis."""
    return re.findall(r'text-anchor="middle">([^<]+)<', svg)


def test_whole_numbers_are_marked_once_each() -> None:
    assert labels(chart(1.0, 4.0, step=1.0)) == ["1", "2", "3", "4"]
    assert "1.5" in labels(chart(1.0, 4.0))


def test_many_whole_numbers_are_marked_in_larger_steps() -> None:
    marked = [int(text) for text in labels(chart(1.0, 100.0, step=1.0))]
    assert len(marked) < 20
    assert marked == sorted(marked)


def test_one_number_alone_has_an_axis_of_its_own() -> None:
    assert labels(chart(3.0, 3.0, step=1.0)) == ["3"]


def test_the_least_and_the_greatest_value_lie_within_the_plot() -> None:
    svg = chart(1.0, 4.0, step=1.0)
    frame = re.search(r'class="c-plot" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    assert frame is not None
    left, width = float(frame[1]), float(frame[2])
    dots = [float(x) for x in re.findall(r"M([\d.]+),[\d.]+h0", svg)]
    assert left < min(dots) < max(dots) < left + width


def test_the_axis_says_what_it_is() -> None:
    assert ">round<" in chart(1.0, 4.0)


def test_a_grid_escapes_what_it_is_given() -> None:
    grid = draw_grid(("A", "B"), [("<b>", "x & y")])
    assert "<td>x &amp; y</td>" in grid
    assert '<th scope="row">&lt;b&gt;</th>' in grid
