"""Airspeeds against tables of the standard atmosphere, and bounds that make sense together."""

from __future__ import annotations

import pytest

from skyaccord.tracks.scenarios.performance import TYPES, calibrated_airspeed_mps, density_ratio, true_airspeed_mps
from skyaccord.units import FT, KT


@pytest.mark.parametrize(
    ("altitude_ft", "ratio"),
    [
        (0, 1.0),
        (10_000, 0.7385),
        (20_000, 0.5328),
        (30_000, 0.3741),
        (36_000, 0.2981),
        (45_000, 0.1936),
        (60_000, 0.0941),
    ],
)
def test_density_is_that_of_the_tables_of_the_standard_atmosphere(altitude_ft: float, ratio: float) -> None:
    assert density_ratio(altitude_ft * FT) == pytest.approx(ratio, abs=2e-4)


def test_true_airspeed_grows_with_height_and_back_is_the_same() -> None:
    true_mps = true_airspeed_mps(185 * KT, 19_000 * FT)
    assert true_mps / KT == pytest.approx(249.2, abs=0.3)  # by the table: 185 / sqrt(0.5511)
    assert calibrated_airspeed_mps(true_mps, 19_000 * FT) == pytest.approx(185 * KT)


@pytest.mark.parametrize("kind", TYPES)
def test_bounds_of_a_type_are_in_order_and_have_a_source(kind: str) -> None:
    bounds = TYPES[kind].of
    assert 0 <= bounds.landing_mps <= bounds.slowest_mps < bounds.fastest_mps
    assert bounds.load_factor >= 2.5
    assert bounds.source
    assert TYPES[kind].source
    assert 5 < TYPES[kind].span_m < 60
    assert 2 < TYPES[kind].height_m < TYPES[kind].length_m
