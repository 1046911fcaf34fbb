"""The map data: places whose answer everyone knows."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from skyaccord.draw.basemap import Atlas, Basemap, decode
from skyaccord.draw.polyline import Box


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas()


def is_land(basemap: Basemap, lat: float, lon: float) -> bool:
    """Ask by counting crossings of a ray, by the even-odd rule."""
    inside = False
    for ring in basemap.land_within(Box(lon - 1, lat - 1, lon + 1, lat + 1), 0.001):
        x0, y0 = ring.T
        x1, y1 = np.roll(ring, -1, axis=0).T
        spans = (y0 > lat) != (y1 > lat)
        with np.errstate(divide="ignore", invalid="ignore"):
            x = x0 + (lat - y0) / (y1 - y0) * (x1 - x0)
        inside ^= bool(np.sum(spans & (x > lon)) % 2)
    return inside


@pytest.mark.parametrize("scale", ["near", "wide"])
@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (47.0, 8.0, True),  # Switzerland
        (40.0, -100.0, True),  # Kansas
        (-25.0, 135.0, True),  # Australia
        (-85.0, 10.0, True),  # Antarctica
        (66.5, 179.5, True),  # Chukotka, west of the date line
        (66.5, -178.5, True),  # and east of it
        (0.0, -30.0, False),  # Atlantic
        (35.0, 18.0, False),  # Mediterranean
        (0.0, 179.9, False),  # Pacific, at the date line
        (60.0, -180.0, False),
    ],
)
def test_land_is_land_and_sea_is_sea(atlas: Atlas, scale: str, lat: float, lon: float, expected: bool) -> None:
    assert is_land(getattr(atlas, scale), lat, lon) is expected


def test_a_view_inland_has_no_lines_and_is_all_land(atlas: Atlas) -> None:
    view = Box(68.0, 48.0, 68.2, 48.2)  # Kazakhstan
    assert atlas.near.lines_within(view, 1e-4, borders=False) == []
    assert atlas.near.lines_within(view, 1e-4, borders=True) == []
    (ring,) = atlas.near.land_within(view, 1e-4)
    assert sorted(map(tuple, ring.tolist())) == [(68.0, 48.0), (68.0, 48.2), (68.2, 48.0), (68.2, 48.2)]


def test_switzerland_has_borders_and_no_coast(atlas: Atlas) -> None:
    view = Box(5.9, 45.8, 10.5, 47.9)
    assert atlas.near.lines_within(view, 1e-3, borders=False) == []
    assert len(atlas.near.lines_within(view, 1e-3, borders=True)) > 5


def test_lines_stay_inside_the_view(atlas: Atlas) -> None:
    view = Box(170.0, -25.0, 190.0, -10.0)
    lines = atlas.wide.lines_within(view, 0.01, borders=False)
    assert any((line[:, 0] > 180).any() for line in lines)
    assert all((line >= (170 - 1e-9, -25 - 1e-9)).all() and (line <= (190 + 1e-9, -10 + 1e-9)).all() for line in lines)


@pytest.mark.parametrize("scale", ["near", "wide"])
def test_no_line_runs_across_the_world(atlas: Atlas, scale: str) -> None:
    lines = getattr(atlas, scale).lines_within(Box(-180.0, -90.0, 180.0, 90.0), 1e-6, borders=False)
    longest = max(float(np.abs(np.diff(line[:, 0])).max()) for line in lines)
    assert longest < 10.0


def test_coarser_pixels_give_fewer_points(atlas: Atlas) -> None:
    view = Box(5.0, 54.0, 25.0, 70.0)
    fine, coarse = (sum(map(len, atlas.near.lines_within(view, px, borders=False))) for px in (0.001, 0.1))
    assert coarse < fine / 4


def test_the_data_in_the_package_are_small() -> None:
    folder = files("skyaccord").joinpath("data", "map")
    assert sum(len(folder.joinpath(f"coast-{d}.bin").read_bytes()) for d in ("10m", "50m")) < 1_200_000


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="rebuild"):
        decode(b"something else")
