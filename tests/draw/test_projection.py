"""Views of the earth, against geographiclib."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.draw.projection import View, fit_view, middle_longitude, unwrapped

NM = 1852.0


@given(st.floats(-85, 85), st.floats(-180, 180), st.floats(0, 360), st.floats(1, 600))
def test_distance_and_bearing_from_the_centre_are_true(lat: float, lon: float, bearing: float, d_nm: float) -> None:
    view = View(lat, lon, 400, 400, 5000.0)
    far = Geodesic.WGS84.Direct(lat, lon, bearing, d_nm * NM)
    x, y = view.project(np.array([far["lat2"]]), np.array([far["lon2"]]))[0]
    east, north = (x - 200) * 5000.0, (200 - y) * 5000.0
    assert math.hypot(east, north) == pytest.approx(d_nm * NM, rel=0.007)
    off = (math.degrees(math.atan2(east, north)) - bearing + 180) % 360 - 180
    assert abs(off) < 0.5


def test_two_sides_of_the_date_line_are_neighbours() -> None:
    view = View(-16.5, 179.9, 400, 400, 100.0)
    x = view.project(np.array([-16.5, -16.5]), np.array([179.999, -179.999]))[:, 0]
    assert 0 < x[1] - x[0] < 5


@pytest.mark.parametrize(
    ("lon", "expected"),
    [([10.0, 20.0], 15.0), ([179.0, -179.0], 180.0), ([-10.0, 350.0], -10.0), ([170.0, -150.0], -170.0)],
)
def test_the_middle_longitude_is_that_of_the_shorter_way(lon: list[float], expected: float) -> None:
    assert (middle_longitude(np.array(lon)) - expected + 180) % 360 - 180 == pytest.approx(0.0, abs=1e-9)


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=1, max_size=12))
def test_a_fitted_view_shows_every_point(places: list[tuple[float, float]]) -> None:
    lat, lon = np.array(places).T
    view = fit_view(lat, lon, 640, 400)
    pixels = view.project(lat, unwrapped(lon, view.lon_deg))
    assert ((pixels > 0) & (pixels < (640, 400))).all()


def test_a_view_without_points_is_the_world() -> None:
    view = fit_view(np.array([np.nan]), np.array([np.nan]), 640, 400)
    assert view.width * view.m_per_px == pytest.approx(360 * 60 * NM)


def test_a_view_over_the_pole_asks_for_every_longitude() -> None:
    box = View(89.9, 20.0, 400, 400, 200.0).box_deg()
    assert box.x1 - box.x0 == pytest.approx(360.0)
    assert box.y1 == 90.0
