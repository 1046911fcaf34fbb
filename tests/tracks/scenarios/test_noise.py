"""What a sensor makes of a flight: as large as stated, the same from the same seed, off where it is not asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from geographiclib.geodesic import Geodesic

from skyaccord.tracks.scenarios.noise import Noise, is_heard, measured_positions, nac_p_of, sigma_of, usual_noise
from skyaccord.tracks.scenarios.scenario import load_scenario, make_tracks_table, scenario_names

SCENARIO = load_scenario("crossing-breach")
BOUNDS_M = {8: 92.6, 9: 30.0, 10: 10.0, 11: 3.0, 7: 185.2, 1: 18520.0}  # DO-260B, table 2-71
FT = 0.3048


def rows(noise: Noise | None) -> pl.DataFrame:
    return pl.DataFrame(make_tracks_table(replace(SCENARIO, noise=noise)))


@pytest.mark.parametrize(("nac_p", "bound_m"), BOUNDS_M.items())
def test_95_percent_of_positions_lie_within_the_bound_of_their_nac_p(nac_p: int, bound_m: float) -> None:
    noise = Noise(sigma_of(nac_p), 0.0, seed=3)
    lat, lon = measured_positions(noise, 0, 1.0, np.full(4000, 50.0), np.full(4000, 8.0))
    away_m = np.array([Geodesic.WGS84.Inverse(50.0, 8.0, *p)["s12"] for p in zip(lat, lon, strict=True)])
    assert np.quantile(away_m, 0.95) == pytest.approx(bound_m, rel=0.05)
    assert noise.nac_p == nac_p


@pytest.mark.parametrize(("sigma_m", "nac_p"), [(0.0, 11), (1.0, 11), (4.0, 10), (12.0, 9), (25.0, 8), (1e6, 0)])
def test_nac_p_bounds_the_radius_of_95_percent(sigma_m: float, nac_p: int) -> None:
    assert nac_p_of(sigma_m) == nac_p


def test_altitudes_have_steps_of_25_ft_and_are_off_by_half_a_step_at_most() -> None:
    climbing = load_scenario("uberlingen-2002-07-01")
    exact, noisy = (
        pl.DataFrame(make_tracks_table(replace(climbing, noise=noise)))["altitude"].to_numpy()
        for noise in (None, Noise(0.0, 0.0, 1, altitude_step_m=25 * FT))
    )
    assert np.max(np.abs(noisy / 25 - np.round(noisy / 25))) < 1e-9
    assert 10 < np.max(np.abs(noisy - exact)) <= 12.5 + 1e-9


def test_silence_is_as_frequent_and_as_long_as_stated_and_never_at_the_ends() -> None:
    noise = Noise(0.0, 0.0, seed=5, silent_every_s=60.0, silent_for_s=6.0)
    heard = is_heard(noise, 0, 1.0, 200_000)
    changes = np.flatnonzero(np.diff(heard.astype(int)))
    lasted = np.diff(changes)
    silent, between = (lasted[0::2], lasted[1::2]) if heard[0] else (lasted[1::2], lasted[0::2])
    assert np.mean(silent) == pytest.approx(6.0, rel=0.05)
    assert np.mean(between) == pytest.approx(60.0, rel=0.05)
    assert heard[0]
    assert heard[-1]


def test_reports_that_are_missing_are_missing_and_the_rest_is_as_it_was() -> None:
    all_heard = rows(Noise(20.0, 60.0, 4))
    some = rows(Noise(20.0, 60.0, 4, silent_every_s=30.0, silent_for_s=5.0))
    assert 0.75 < len(some) / len(all_heard) < 0.95
    assert some.join(all_heard, on=["timestamp", "icao24", "latitude", "longitude"], how="inner").height == len(some)


def test_same_seed_same_table_and_another_seed_another() -> None:
    assert rows(usual_noise(7)).equals(rows(usual_noise(7)))
    assert not rows(usual_noise(7)).equals(rows(usual_noise(8)))


def test_usual_noise_is_that_of_nac_p_8_in_every_row() -> None:
    assert set(rows(usual_noise(1))["nac_p"].to_list()) == {8}


def test_scenarios_have_no_noise_but_the_communications_test() -> None:
    assert [name for name in scenario_names() if load_scenario(name).noise] == ["comm-test-2015-11-03"]
