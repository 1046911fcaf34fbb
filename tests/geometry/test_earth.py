"""The surface frame and the local plane against geographiclib, everywhere a user may fly."""

from __future__ import annotations

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.geometry.earth import arc_of, surface_motion, surface_points, surface_positions
from skyaccord.geometry.local_frame import LocalFrame
from skyaccord.units import NM

WGS84 = Geodesic.WGS84
HUNDREDTH_PERCENT = 1e-4
TENTH_PERCENT = 1e-3

latitudes = st.floats(-85.0, 85.0)
longitudes = st.floats(-180.0, 180.0)
bearings = st.floats(0.0, 360.0)


def chord_m(lat_1: float, lon_1: float, lat_2: float, lon_2: float) -> float:
    a, b = surface_points(np.array([lat_1, lat_2]), np.array([lon_1, lon_2]))
    return float(np.linalg.norm(a - b))


@given(latitudes, longitudes, bearings, st.floats(1.0, 100 * NM))
def test_chord_is_the_geodesic_within_a_hundredth_percent_up_to_100_nm(
    lat: float, lon: float, bearing: float, distance_m: float
) -> None:
    there = WGS84.Direct(lat, lon, bearing, distance_m)
    measured = chord_m(lat, lon, there["lat2"], there["lon2"])
    assert measured == pytest.approx(distance_m, rel=HUNDREDTH_PERCENT, abs=1e-6)


@given(latitudes, longitudes, bearings, st.floats(1.0, 6 * NM))
def test_chord_is_the_geodesic_within_two_millimetres_at_separation_distances(
    lat: float, lon: float, bearing: float, distance_m: float
) -> None:
    there = WGS84.Direct(lat, lon, bearing, distance_m)
    assert abs(chord_m(lat, lon, there["lat2"], there["lon2"]) - distance_m) < 0.002


def test_chord_across_the_date_line_is_short() -> None:
    expected = WGS84.Inverse(64.0, 179.95, 64.1, -179.9)["s12"]
    assert chord_m(64.0, 179.95, 64.1, -179.9) == pytest.approx(expected, rel=HUNDREDTH_PERCENT)


@given(latitudes, longitudes, bearings, bearings, st.floats(10.0, 100 * NM), st.floats(10.0, 100 * NM))
def test_distances_in_the_local_plane_are_within_a_tenth_percent_of_100_nm(
    lat: float, lon: float, bearing_1: float, bearing_2: float, d_1: float, d_2: float
) -> None:
    one, two = WGS84.Direct(lat, lon, bearing_1, d_1), WGS84.Direct(lat, lon, bearing_2, d_2)
    expected = WGS84.Inverse(one["lat2"], one["lon2"], two["lat2"], two["lon2"])["s12"]
    plane = LocalFrame(lat, lon).project(np.array([one["lat2"], two["lat2"]]), np.array([one["lon2"], two["lon2"]]))
    assert float(np.linalg.norm(plane[0] - plane[1])) == pytest.approx(expected, rel=TENTH_PERCENT, abs=0.01)


@given(latitudes, longitudes, bearings)
def test_local_plane_points_east_and_north(lat: float, lon: float, bearing: float) -> None:
    there = WGS84.Direct(lat, lon, bearing, 1000.0)
    east, north = LocalFrame(lat, lon).project(np.array([there["lat2"]]), np.array([there["lon2"]]))[0]
    assert east == pytest.approx(1000.0 * math.sin(math.radians(bearing)), abs=0.1)
    assert north == pytest.approx(1000.0 * math.cos(math.radians(bearing)), abs=0.1)


@given(latitudes, longitudes, bearings, st.floats(10.0, 300.0))
def test_velocity_carries_a_point_along_its_track(lat: float, lon: float, track: float, speed: float) -> None:
    motion = np.empty((1, 6))
    surface_motion(np.array([lat]), np.array([lon]), np.array([speed]), np.array([track]), motion)
    assert motion[0, :3] == pytest.approx(surface_points(np.array([lat]), np.array([lon]))[0], abs=1e-6)
    moved = motion[0, :3] + motion[0, 3:]
    there = WGS84.Direct(lat, lon, track, speed)
    expected = surface_points(np.array([there["lat2"]]), np.array([there["lon2"]]))[0]
    assert float(np.linalg.norm(moved - expected)) < 0.01


@given(latitudes, longitudes, st.floats(-2000.0, 0.0))
def test_positions_of_points_are_those_they_were_made_from(lat: float, lon: float, height_m: float) -> None:
    there = surface_points(np.array([lat]), np.array([lon]))
    lat_found, lon_found = surface_positions(there)[0]
    assert lat_found == pytest.approx(lat, abs=1e-12)
    assert (lon_found - lon + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-12)
    normal = np.array([math.cos(math.radians(lat)) * math.cos(math.radians(lon)), 0.0, math.sin(math.radians(lat))])
    normal[1] = math.cos(math.radians(lat)) * math.sin(math.radians(lon))
    below = surface_positions(there + height_m * normal)[0]
    off_m = WGS84.Inverse(lat, lon, below[0], below[1])["s12"]
    assert off_m <= 0.0034 * -height_m + 1e-6


@given(latitudes, longitudes, bearings, st.floats(1.0, 1000 * NM))
def test_arc_of_a_chord_is_the_geodesic(lat: float, lon: float, bearing: float, distance_m: float) -> None:
    there = WGS84.Direct(lat, lon, bearing, distance_m)
    found = arc_of(chord_m(lat, lon, there["lat2"], there["lon2"]))
    assert found == pytest.approx(distance_m, rel=HUNDREDTH_PERCENT, abs=1e-6)
    if distance_m < 100 * NM:
        assert abs(found - distance_m) < 0.1
