"""Points in polygons, against shapes whose inside is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from skyaccord.geometry.polygon import contains

SQUARE = ((10.0, 40.0), (12.0, 40.0), (12.0, 42.0), (10.0, 42.0))
ACROSS = ((179.0, -10.0), (-179.0, -10.0), (-179.0, 10.0), (179.0, 10.0))
NOTCHED = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 1.0), (0.0, 4.0))


def is_inside(ring: tuple[tuple[float, float], ...], lon: float, lat: float) -> bool:
    return bool(contains(ring, np.array([lon]), np.array([lat]))[0])


@pytest.mark.parametrize(
    ("lon", "lat", "inside"), [(11, 41, True), (9.9, 41, False), (11, 42.1, False), (-11, 41, False)]
)
def test_square(lon: float, lat: float, inside: bool) -> None:
    assert is_inside(SQUARE, lon, lat) is inside


@pytest.mark.parametrize(
    ("lon", "lat", "inside"), [(179.5, 0, True), (-179.5, 0, True), (178.5, 0, False), (0, 0, False)]
)
def test_ring_across_the_date_line(lon: float, lat: float, inside: bool) -> None:
    assert is_inside(ACROSS, lon, lat) is inside


@pytest.mark.parametrize(("lon", "lat", "inside"), [(2, 0.5, True), (2, 2, False), (0.2, 3, True), (3.8, 3, True)])
def test_notch_is_outside(lon: float, lat: float, inside: bool) -> None:
    assert is_inside(NOTCHED, lon, lat) is inside


def test_circle_of_many_edges_has_the_inside_of_the_circle() -> None:
    ring = tuple((5 * math.cos(a), 5 * math.sin(a)) for a in (2 * math.pi * k / 720 for k in range(720)))
    k = np.arange(2000)
    angle, radius = k * 2.399963, 8 * np.sqrt((k + 0.5) / 2000)
    clear = np.abs(radius - 5) > 0.01
    found = contains(ring, radius * np.cos(angle), radius * np.sin(angle))
    assert np.array_equal(found[clear], (radius < 5)[clear])
