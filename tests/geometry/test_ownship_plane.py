"""The ownship's plane against the local frame, great circles and libm."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pyproj import Geod

from skyaccord.geometry import ownship_plane as plane
from skyaccord.geometry.angles import sin_cos_deg
from skyaccord.geometry.local_frame import LocalFrame
from skyaccord.geometry.sphere import project
from skyaccord.units import NM

Pairs = dict[str, np.ndarray]


def pairs(seed: int, far_m: float) -> Pairs:
    rng = np.random.default_rng(seed)
    n = plane.BLOCK
    lat, lon = rng.uniform(-85.0, 85.0, n), rng.uniform(-180.0, 180.0, n)
    there = Geod(ellps="WGS84").fwd(lon, lat, rng.uniform(0.0, 360.0, n), rng.uniform(0.0, far_m, n))
    speed, track = rng.uniform(0.0, 300.0, (2, n)), rng.uniform(0.0, 360.0, (2, n))
    return {"lat0": lat, "lon0": lon, "lat": there[1], "lon": there[0], "speed": speed, "track": track}


def lay(surface: int, p: Pairs) -> np.ndarray:
    angle = np.concatenate(
        [p["lat0"], p["lat"], p["lat"] - p["lat0"], 0.5 * (p["lon"] - p["lon0"]), p["track"][0], p["track"][1]]
    )
    out = np.empty(plane.PLANE)
    room = np.empty(plane.ANGLES), np.empty(plane.ANGLES)
    plane.lay_in_plane(surface, angle, np.concatenate([p["speed"][0], p["speed"][1]]), *room, out)
    return out.reshape(-1, plane.BLOCK)


def test_positions_on_the_ellipsoid_are_those_of_the_local_frame() -> None:
    p = pairs(1, 100 * NM)
    found = lay(plane.ELLIPSOID, p)
    for k in range(plane.BLOCK):
        there = LocalFrame(p["lat0"][k], p["lon0"][k]).project(p["lat"][k], p["lon"][k])[0]
        assert -found[:2, k] == pytest.approx(there, abs=1e-7)


def test_velocity_on_the_ellipsoid_is_the_way_that_the_projected_point_goes() -> None:
    p = pairs(2, 50 * NM)
    found, geod, span_s = lay(plane.ELLIPSOID, p), Geod(ellps="WGS84"), 0.1
    for k in range(plane.BLOCK):
        frame = LocalFrame(p["lat0"][k], p["lon0"][k])

        def way(lat: float, lon: float, n: int, frame: LocalFrame = frame, k: int = k) -> np.ndarray:
            track, far = p["track"][n][k], p["speed"][n][k] * span_s / 2
            ends = [geod.fwd(lon, lat, track, sign * far) for sign in (1.0, -1.0)]
            ahead, behind = (frame.project(end[1], end[0])[0] for end in ends)
            return (ahead - behind) / span_s

        expected = way(p["lat0"][k], p["lon0"][k], 0) - way(p["lat"][k], p["lon"][k], 1)
        assert found[2:4, k] == pytest.approx(expected, abs=1e-5)


def test_on_the_sphere_pairs_are_differences_of_projected_aircraft() -> None:
    p = pairs(3, 100 * NM)
    found = lay(plane.SPHERE, p)
    for k in range(plane.BLOCK):
        lat0, lon0 = math.radians(p["lat0"][k]), math.radians(p["lon0"][k])
        track, speed = np.radians(p["track"][:, k]), p["speed"][:, k]
        velocity = speed * np.array([np.sin(track), np.cos(track)])
        own = project(lat0, lon0, *velocity[:, 0], lat0, lon0)
        other = project(math.radians(p["lat"][k]), math.radians(p["lon"][k]), *velocity[:, 1], lat0, lon0)
        assert found[:4, k] == pytest.approx(np.subtract(own, other), abs=1e-8)


def test_beyond_a_quarter_of_the_globe_the_plane_has_no_place() -> None:
    p = pairs(4, 19_000_000.0)
    angle = [
        math.sin(math.radians(a)) * math.sin(math.radians(b))
        + math.cos(math.radians(a)) * math.cos(math.radians(b)) * math.cos(math.radians(d - c))
        for a, b, c, d in zip(p["lat0"], p["lat"], p["lon0"], p["lon"], strict=True)
    ]
    for surface in (plane.ELLIPSOID, plane.SPHERE):
        assert lay(surface, p)[4] == pytest.approx(angle, abs=1e-12)
    assert min(angle) < -0.5 < 0.5 < max(angle)


@pytest.mark.parametrize("angle", [0.0, 1e-9, -1e-5, 30.0, 45.0, 60.0, 89.999999, 135.0, -179.5, 359.0, 719.0, 12345.6])
def test_sines_by_series_are_those_of_libm(angle: float) -> None:
    exact = math.fmod(angle, 360.0)
    sine, cosine = sin_cos_deg(angle)
    assert sine == pytest.approx(math.sin(math.radians(exact)), rel=1e-15, abs=1e-15 if abs(angle) > 1 else 0.0)
    assert cosine == pytest.approx(math.cos(math.radians(exact)), abs=1e-15)


def test_right_angles_are_exact() -> None:
    for angle, sine, cosine in ((90.0, 1, 0), (180.0, 0, -1), (270.0, -1, 0), (360.0, 0, 1), (-90.0, -1, 0)):
        assert sin_cos_deg(angle) == (sine, cosine)
