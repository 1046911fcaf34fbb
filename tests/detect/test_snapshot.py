"""Snapshot search against all pairs flown along great circles, second by second."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from skyaccord.detect.snapshot import Conflicts, find_conflicts
from skyaccord.detect.volume import Volume
from skyaccord.model.states import States
from skyaccord.units import FT, NM

GEOD = Geod(ellps="WGS84")
VOLUME = Volume(5 * NM, 1000 * FT)
LOOK_AHEAD_S = 300.0
STEP_S = 1.0


def traffic(seed: int, count: int, lat_deg: float, lon_deg: float, extent_deg: float = 2.0) -> States:
    rng = np.random.default_rng(seed)
    east = extent_deg / np.cos(np.radians(lat_deg))
    return States(
        lat_deg=lat_deg + rng.uniform(-extent_deg, extent_deg, count) / 2,
        lon_deg=(lon_deg + rng.uniform(-east, east, count) / 2 + 180.0) % 360.0 - 180.0,
        altitude_m=rng.choice([9_000.0, 9_300.0, 9_600.0, 10_000.0], count) + rng.normal(0.0, 20.0, count),
        groundspeed_mps=rng.uniform(100.0, 260.0, count),
        track_deg=rng.uniform(0.0, 360.0, count),
        vertical_rate_mps=rng.choice([0.0, 0.0, 5.0, -5.0], count),
    )


def brute_force(states: States) -> tuple[np.ndarray, np.ndarray]:
    """Return horizontal and vertical distance of all pairs at each second, shape (times, n, n)."""
    n, times = len(states), np.arange(0.0, LOOK_AHEAD_S + STEP_S / 2, STEP_S)
    i, j = np.triu_indices(n, 1)
    horizontal = np.full((len(times), n, n), np.inf)
    vertical = np.full((len(times), n, n), np.inf)
    for k, t in enumerate(times):
        lon, lat, _ = GEOD.fwd(states.lon_deg, states.lat_deg, states.track_deg, states.groundspeed_mps * t)
        _, _, horizontal[k, i, j] = GEOD.inv(lon[i], lat[i], lon[j], lat[j])
        z = states.altitude_m + states.vertical_rate_mps * t
        vertical[k, i, j] = np.abs(z[i] - z[j])
    return horizontal, vertical


def as_dict(found: Conflicts) -> dict[tuple[int, int], int]:
    return {(int(a), int(b)): k for k, (a, b) in enumerate(zip(found.a, found.b, strict=True))}


@pytest.mark.parametrize(
    ("seed", "lat", "lon"), [(1, 47.0, 8.0), (2, 0.0, 180.0), (3, -33.0, 151.0), (4, 70.0, -179.9), (5, 84.0, 20.0)]
)
def test_conflicts_are_those_of_great_circle_flight(seed: int, lat: float, lon: float) -> None:
    states = traffic(seed, 80, lat, lon)
    found = find_conflicts(states, VOLUME, LOOK_AHEAD_S)
    horizontal, vertical = brute_force(states)
    normalised = np.maximum(horizontal / VOLUME.range_m, vertical / VOLUME.height_m)
    least = normalised.min(axis=0)
    pairs = as_dict(found)
    assert len(pairs) > 20, "an empty sky shows nothing"
    # A second of flight, or the error of the plane, moves a pair by less than this share of the volume.
    edge = 0.06
    for a, b in zip(*np.nonzero(least < 1.0 - edge), strict=True):
        assert (int(a), int(b)) in pairs, f"missed {a}, {b}"
    for (a, b), k in pairs.items():
        assert least[a, b] < 1.0 + edge, f"invented {a}, {b}"
        nearest = horizontal[:, a, b]
        assert found.hmd_m[k] == pytest.approx(nearest.min(), abs=60.0)
        if nearest.min() > 1000.0 and 1 < nearest.argmin() < len(nearest) - 2:
            assert found.t_cpa_s[k] == pytest.approx(nearest.argmin() * STEP_S, abs=3.0)
        inside = np.flatnonzero(normalised[:, a, b] <= 1.0)
        if len(inside) > 5:
            assert found.t_entry_s[k] <= inside[0] * STEP_S + STEP_S
            assert found.t_exit_s[k] >= inside[-1] * STEP_S - STEP_S


def test_head_on_at_equal_altitude_enters_at_the_range_over_the_closing_speed() -> None:
    gap_deg = 30.0 / 60.0 / np.cos(np.radians(0.0))
    two = States(*np.array([[0.0, 0.0], [0.0, gap_deg], [9000.0, 9000.0], [200.0, 200.0], [90.0, 270.0], [0.0, 0.0]]))
    found = find_conflicts(two, VOLUME, LOOK_AHEAD_S)
    _, _, apart_m = GEOD.inv(0.0, 0.0, gap_deg, 0.0)
    assert found.t_entry_s[0] == pytest.approx((apart_m - VOLUME.range_m) / 400.0, abs=0.05)
    assert found.t_cpa_s[0] == pytest.approx(apart_m / 400.0, abs=0.05)
    assert found.hmd_m[0] == pytest.approx(0.0, abs=1.0)


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_answers_do_not_depend_on_the_order_of_aircraft(seed: int) -> None:
    states = traffic(seed, 40, 47.0, 8.0, 1.0)
    order = np.random.default_rng(seed).permutation(40)
    mixed = States(*(getattr(states, name)[order] for name in States.__slots__))
    one, two = find_conflicts(states, VOLUME, LOOK_AHEAD_S), find_conflicts(mixed, VOLUME, LOOK_AHEAD_S)
    as_pairs = {(min(order[a], order[b]), max(order[a], order[b])) for a, b in zip(two.a, two.b, strict=True)}
    assert {(int(a), int(b)) for a, b in zip(one.a, one.b, strict=True)} == {(int(a), int(b)) for a, b in as_pairs}


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_a_larger_volume_or_look_ahead_loses_no_conflict(seed: int) -> None:
    states = traffic(seed, 40, 47.0, 8.0, 1.0)
    small = as_dict(find_conflicts(states, VOLUME, LOOK_AHEAD_S))
    assert small.keys() <= as_dict(find_conflicts(states, VOLUME.widened(500.0, 50.0), LOOK_AHEAD_S)).keys()
    assert small.keys() <= as_dict(find_conflicts(states, VOLUME, 2 * LOOK_AHEAD_S)).keys()


def test_unknown_altitude_excludes_nothing_and_unknown_position_takes_no_part() -> None:
    states = traffic(7, 60, 47.0, 8.0)
    known = as_dict(find_conflicts(states, VOLUME, LOOK_AHEAD_S))
    blind = replace(states, altitude_m=np.full(60, np.nan))
    found = find_conflicts(blind, VOLUME, LOOK_AHEAD_S)
    assert known.keys() < as_dict(found).keys()
    assert np.isnan(found.vmd_m).all()
    lost = replace(states, lat_deg=np.where(np.arange(60) < 30, np.nan, states.lat_deg))
    assert all(a >= 30 for a, _ in as_dict(find_conflicts(lost, VOLUME, LOOK_AHEAD_S)))


@pytest.mark.parametrize("count", [0, 1])
def test_an_empty_sky_has_no_conflicts(count: int) -> None:
    assert len(find_conflicts(traffic(1, count, 47.0, 8.0), VOLUME, LOOK_AHEAD_S)) == 0
