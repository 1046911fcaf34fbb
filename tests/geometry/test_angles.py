"""Sines and directions without branches, beside those of the library."""

from __future__ import annotations

import math

import numpy as np
import pytest

from skyaccord.geometry.angles import DIRECTION_ERROR, direction_of, sin_cos_deg, sines_and_cosines


def test_sines_are_those_of_the_library_to_rounding() -> None:
    angle_deg = np.concatenate(
        (np.random.default_rng(1).uniform(-1080.0, 1080.0, 20_000), np.arange(-720.0, 721.0, 7.5))
    )
    ours = np.empty((2, angle_deg.size))
    sines_and_cosines(angle_deg, ours[0], ours[1])
    quarter = np.round(angle_deg / 90.0)
    rest, turn = np.radians(angle_deg - 90.0 * quarter), quarter.astype(int) % 4
    s, c = np.sin(rest), np.cos(rest)
    expected = np.array([np.choose(turn, (s, c, -s, -c)), np.choose(turn, (c, -s, -c, s))])
    assert np.abs(ours - expected).max() < 3e-16


@pytest.mark.parametrize(
    ("angle_deg", "sine", "cosine"), [(0, 0, 1), (90, 1, 0), (180, 0, -1), (270, -1, 0), (-90, -1, 0), (360, 0, 1)]
)
def test_quarters_are_exact(angle_deg: float, sine: float, cosine: float) -> None:
    assert sin_cos_deg(float(angle_deg)) == (sine, cosine)


@pytest.mark.parametrize("angle_deg", [math.nan, math.inf])
def test_no_angle_has_no_sine(angle_deg: float) -> None:
    assert all(math.isnan(value) for value in sin_cos_deg(angle_deg))


def test_directions_are_as_wrong_as_stated_and_no_more() -> None:
    angles = np.concatenate((np.linspace(-math.pi, math.pi, 40_001), np.arange(-4, 5) * math.pi / 4))
    wrong = [abs(math.remainder(direction_of(math.sin(a), math.cos(a)) - a, 2.0 * math.pi)) for a in angles.tolist()]
    assert 0.5 * DIRECTION_ERROR < max(wrong) <= DIRECTION_ERROR
    assert all(abs(direction_of(y, x)) <= math.pi for y, x in ((0.0, -1.0), (-0.0, -1.0), (1e-300, -1.0)))
    assert direction_of(0.0, 0.0) == 0.0
