"""Maps: readable where there is no coast, whole at the date line."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from skyaccord.draw.basemap import Atlas
from skyaccord.draw.map import draw_map
from skyaccord.draw.map_layers import Marker, line_path, numbered_markers, track_pixels
from skyaccord.draw.placement import Placement
from skyaccord.draw.projection import View
from skyaccord.draw.svg import Markup, join

NM = 1852.0


def drawn(view: View, layers: Markup | None = None) -> ET.Element:
    svg = draw_map(view, Atlas(), layers or join(), title="map", description="what is seen", key="k")
    return ET.fromstring(svg)  # noqa: S314 - our own output


def texts(root: ET.Element) -> list[str]:
    return ["".join(e.itertext()) for e in root.iter("text")]


def test_ten_miles_inland_have_land_a_graticule_and_two_scale_bars() -> None:
    root = drawn(View(48.0, 68.0, 400, 400, 10 * NM / 400))
    assert texts(root)[-2:] == ["2 NM", "2 km"] or texts(root)[-2:] == ["2 NM", "5 km"]
    assert sum("°" in text for text in texts(root)) >= 4
    assert any("m-land" in (e.get("class") or "") for e in root.iter("path"))


@pytest.mark.parametrize(("lat", "lon"), [(-16.8, 180.0), (66.0, -179.9), (89.9, 0.0), (-89.9, 120.0), (0.0, 0.0)])
@pytest.mark.parametrize("width_nm", [5.0, 300.0, 3000.0, 21600.0])
def test_any_view_of_the_earth_can_be_drawn(lat: float, lon: float, width_nm: float) -> None:
    root = drawn(View(lat, lon, 400, 300, width_nm * NM / 400))
    assert root.find("title") is not None
    assert not re.search("nan|inf", ET.tostring(root, "unicode").replace("info", ""))


def test_a_scale_bar_is_as_long_as_it_says() -> None:
    root = drawn(View(47.0, 8.0, 600, 400, 100.0))
    (group,) = [e for e in root.iter("g") if e.get("class") == "m-scale"]
    length = float(re.findall(r"h([\d.]+)", group.findall("path")[0].get("d") or "")[0])
    miles = float("".join(group.findall("text")[0].itertext()).removesuffix(" NM"))
    assert length * 100.0 == pytest.approx(miles * NM, rel=0.001)


def test_a_track_across_the_date_line_is_one_short_line() -> None:
    view = View(-16.5, 180.0, 400, 400, 500.0)
    pixels = track_pixels(view, np.full(3, -16.5), np.array([179.9, -180.0, -179.9]))
    assert np.abs(np.diff(pixels[:, 0])).max() < 30
    assert (line_path(view, pixels, "x") or "").count("M") == 1


def test_a_track_round_the_world_is_broken_at_the_edge_of_the_map() -> None:
    view = View(0.0, 0.0, 720, 360, 360 * 60 * NM / 720)
    pixels = track_pixels(view, np.zeros(3), np.array([170.0, 179.0, -179.0]))
    assert np.isnan(pixels).any()


def test_markers_on_one_spot_are_all_legible() -> None:
    view = View(47.0, 8.0, 400, 400, 500.0)
    markers = [Marker(47.0, 8.0, str(k), "t", f"number {k}", f"#E{k}") for k in range(1, 9)]
    root = ET.fromstring(f"<svg>{numbered_markers(view, Placement(view.frame), markers)}</svg>")  # noqa: S314
    discs = [e.find("circle") for e in root.iter("a")]
    at = np.array([[float(d.get("cx") or 0), float(d.get("cy") or 0)] for d in discs if d is not None])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))[np.triu_indices(8, 1)]
    assert apart.min() >= 18.0
