"""Charts: gaps stay gaps, limits and intervals are where they should be."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np

from skyaccord.draw.chart import draw_time_chart, unknown_intervals
from skyaccord.draw.panel import Band, Level, Panel, Series, Spot
from skyaccord.draw.plane import Corner, draw_plane
from skyaccord.draw.strip import Event, Lane, draw_strip
from skyaccord.draw.svg import Markup

T = np.arange(0.0, 101.0, 10.0)


def chart(*panels: Panel, bands: tuple[Band, ...] = ()) -> ET.Element:
    svg = draw_time_chart(panels, 0.0, 100.0, title="t", description="d", key="k", bands=bands, width=400.0)
    return ET.fromstring(svg)  # noqa: S314 - our own output


def by_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def test_a_gap_breaks_the_line() -> None:
    value = T.copy()
    value[5] = np.nan
    (line,) = by_class(chart(Panel("p", (Series(T, value, "x"),))), "c-line")
    assert (line.get("d") or "").count("M") == 2


def test_unknown_stretches_reach_from_the_last_known_instant_to_the_next() -> None:
    value = np.ones(11)
    value[[0, 4, 5, 10]] = np.nan
    assert unknown_intervals(T, value) == [(0.0, 10.0), (30.0, 60.0), (90.0, 100.0)]
    assert unknown_intervals(T, np.ones(11)) == []


def test_a_band_lies_over_its_interval_in_every_panel() -> None:
    panel = Panel("p", (Series(T, T, "x"),))
    bands = by_class(chart(panel, panel, bands=(Band(25.0, 75.0, "t", "lost"),)), "c-band")
    (plot, *_) = by_class(chart(panel), "c-plot")
    left, width = float(plot.get("x") or 0), float(plot.get("width") or 0)
    assert len(bands) == 2
    assert float(bands[0].get("x") or 0) == left + width / 4
    assert float(bands[0].get("width") or 0) == width / 2


def test_a_limit_is_a_line_with_its_label_and_what_lies_below_is_shaded() -> None:
    root = chart(Panel("p", (Series(T, T, "x"),), (Level(50.0, "limit 50", "t"),), low=0.0))
    (plot,) = by_class(root, "c-plot")
    (floor,) = by_class(root, "c-floor")
    assert float(floor.get("height") or 0) == float(plot.get("height") or 0) / 2
    assert "limit 50" in "".join(root.itertext())


def test_a_panel_without_values_says_so_and_has_no_numbers() -> None:
    root = chart(Panel("p", (Series(T, np.full(11, np.nan), "x"),), empty="not known"))
    assert "not known" in "".join(root.itertext())
    assert by_class(root, "c-line") == []


def test_a_single_known_value_is_marked_and_not_called_unknown() -> None:
    spot = Spot(50.0, 3.0, "3 NM", "x")
    text = "".join(chart(Panel("p", (Series(T, np.full(11, np.nan), "x"),), (), (spot,), 0.0, 5.0)).itertext())
    assert "3 NM" in text
    assert "not known" not in text


def test_names_in_a_chart_are_escaped() -> None:
    root = chart(Panel("p", (Series(T, T, "x", "<script>"),)))
    assert "<script>" in "".join(root.itertext())
    assert not any(e.tag == "script" for e in root.iter())


def test_an_axis_without_extent_is_still_drawn() -> None:
    svg = draw_time_chart((Panel("p", ()),), 5.0, 5.0, title="t", description="d", key="k")
    assert ET.fromstring(svg).tag == "svg"  # noqa: S314 - our own output


def plane(corner: Corner) -> ET.Element:
    x = np.array([6.0, 3.0, np.nan, 1.0])
    svg = draw_plane(
        x, x * 100, (corner,), (1.0, 100.0, "c"), x_title="NM", y_title="ft", title="t", description="d", key="k"
    )
    return ET.fromstring(svg)  # noqa: S314 - our own output


def test_a_forbidden_corner_without_one_axis_spans_the_plot() -> None:
    root = plane(Corner(3.0, None, "3 NM", "t"))
    (corner,), (plot,) = by_class(root, "c-corner"), by_class(root, "c-plot")
    assert corner.get("height") == plot.get("height")
    assert float(corner.get("width") or 0) < float(plot.get("width") or 0)


def strip(events: tuple[Event, ...]) -> Markup:
    lane = Lane("breach", "t", events)
    return draw_strip(
        (lane,), np.empty(0), np.empty(0), 0, 86400, counts_title="n", title="t", description="d", key="k", width=600
    )


def test_an_instant_is_wide_enough_to_be_seen_and_leads_to_its_place() -> None:
    root = ET.fromstring(strip((Event(86400, 86400, "one", "#E1"),)))  # noqa: S314 - our own output
    (bar,) = by_class(root, "c-event")
    assert float(bar.get("width") or 0) == 4.0
    assert float(bar.get("x") or 0) + 4.0 <= 600
    assert [a.get("href") for a in root.iter("a")] == ["#E1"]


def test_events_without_a_title_are_one_path() -> None:
    root = ET.fromstring(strip(tuple(Event(t, t + 60) for t in range(0, 86400, 60))))  # noqa: S314
    assert len(by_class(root, "c-quiet")) == 1
    assert by_class(root, "c-event") == []
