"""Positions that reported velocities contradict become less accurate; all others stay as they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.model.quality import DOUBTFUL
from skyaccord.tracks.quality.assess import assess
from skyaccord.units import KT, NM
from tests.builders import T0_S, Flight, Floats, fly, make_tracks

STATED_M = 30.0
GRANTED_M = 450.0  # noise of 60 m, a second of flight for stamps in whole seconds, 3 % and 4 kt of speed over 10 s


def worse_m(flight: Flight) -> Floats:
    """Return by how much the accuracy of each report became worse; infinite where it is doubted anyway."""
    flight.error_m[:] = STATED_M
    tracks = assess(make_tracks({"a": flight})).tracks
    is_doubted = (tracks.marks & np.uint32(DOUBTFUL)) != 0
    return np.where(is_doubted, np.inf, tracks.off_m)


def jumping(far_nm: float, from_s: float, until_s: float, **changes: float) -> tuple[Flight, Floats]:
    """Return a flight east that is reported to the north for a time, and when."""
    flight = fly(900.0, **{"every_s": 5.0, **changes})
    inside = (flight.t_s - T0_S >= from_s) & (flight.t_s - T0_S <= until_s)
    flight.lat_deg[inside] += far_nm / 60.0
    return flight, inside


@pytest.mark.parametrize(
    ("far_nm", "every_s"), [(0.3, 1.0), (0.5, 5.0), (1.0, 5.0), (0.5, 10.0), (1.0, 10.0), (2.0, 10.0)]
)
def test_positions_off_by_a_mile_for_a_minute_are_off_by_a_mile(far_nm: float, every_s: float) -> None:
    flight, inside = jumping(far_nm, 400.0, 460.0, every_s=every_s)
    worse = worse_m(flight)
    assert (worse[inside] >= 0.98 * far_nm * NM).all()
    assert (worse[inside] <= far_nm * NM + GRANTED_M).all()
    assert (worse[~inside] == 0.0).all()


@pytest.mark.parametrize("far_nm", [1.0, 2.0, 5.0, 20.0])
@pytest.mark.parametrize("every_s", [1.0, 5.0, 10.0])
def test_what_is_too_far_off_to_be_inaccurate_is_doubted_or_worse_by_as_much(far_nm: float, every_s: float) -> None:
    flight, inside = jumping(far_nm, 400.0, 460.0, every_s=every_s)
    assert (worse_m(flight)[inside] > 0.98 * far_nm * NM).all()


@pytest.mark.parametrize("held", [1, 2, 3])
def test_a_position_that_was_held_is_as_far_off_as_was_flown_since(held: int) -> None:
    flight = fly(600.0, every_s=2.0, speed_kt=450.0)
    flight.lon_deg[101 : 101 + held] = flight.lon_deg[100]
    flown = 450.0 * KT * 2.0 * np.arange(1, held + 1)
    worse = worse_m(flight)
    assert (worse[101 : 101 + held] >= 0.97 * flown).all()
    assert (worse[101 : 101 + held] <= flown + GRANTED_M).all()
    assert (worse[:101] == 0.0).all()
    assert (worse[101 + held :] == 0.0).all()


def test_a_position_held_at_the_end_of_a_track_is_off_too() -> None:
    flight = fly(600.0, every_s=10.0, speed_kt=250.0)
    flight.lon_deg[-1] = flight.lon_deg[-2]
    worse = worse_m(flight)
    assert 2500.0 * KT <= worse[-1] <= 2500.0 * KT + GRANTED_M
    assert (worse[:-1] == 0.0).all()


def test_without_velocity_the_steps_around_tell() -> None:
    flight, inside = jumping(2.0, 400.0, 460.0)
    flight.speed_kt[:] = np.nan
    worse = worse_m(flight)
    assert (worse[inside] > 1.9 * NM).all()


@given(
    speed_kt=st.floats(60.0, 600.0),
    every_s=st.sampled_from([1.0, 5.0, 10.0]),
    turn_degps=st.floats(-3.0, 3.0),
    noise_m=st.floats(0.0, STATED_M / 2.448),
    seed=st.integers(0, 1000),
)
def test_sound_flight_stays_as_accurate_as_it_says(
    speed_kt: float, every_s: float, turn_degps: float, noise_m: float, seed: int
) -> None:
    t_s = np.arange(0.0, 301.0, every_s)
    fine = np.arange(0.0, 301.0, 0.1)
    course = np.radians(np.clip(turn_degps, -1100.0 / speed_kt, 1100.0 / speed_kt) * fine)  # 30° of bank
    step = speed_kt * KT * 0.1
    noise = np.random.default_rng(seed).normal(size=(2, len(t_s))) * noise_m
    north = np.interp(t_s, fine, np.cumsum(step * np.cos(course)) - step) + noise[0]
    east = np.interp(t_s, fine, np.cumsum(step * np.sin(course)) - step) + noise[1]
    same = np.ones(len(t_s))
    flight = Flight(
        T0_S + 0.37 + t_s,
        north / 110_574.276,
        east / 111_319.491,
        20_000.0 * same,
        speed_kt * same,
        np.degrees(np.interp(t_s, fine, course)) % 360.0,
        0.0 * same,
    )
    assert (worse_m(flight) > 0.0).mean() < 0.02


def test_velocities_that_are_held_in_a_turn_say_nothing_against_positions() -> None:
    t_s = np.arange(0.0, 601.0, 10.0)
    fine = np.arange(0.0, 601.0, 0.1)
    course = np.radians(1.0 * np.clip(fine - 255.0, 0.0, 90.0))
    step = 300.0 * KT * 0.1
    same = np.ones(len(t_s))
    told = np.degrees(np.interp(t_s, fine, course))
    told[(t_s > 255.0) & (t_s < 305.0)] = 0.0  # late by five reports
    flight = Flight(
        T0_S + t_s,
        np.interp(t_s, fine, np.cumsum(step * np.cos(course))) / 110_574.276,
        np.interp(t_s, fine, np.cumsum(step * np.sin(course))) / 111_319.491,
        20_000.0 * same,
        300.0 * same,
        told,
        0.0 * same,
    )
    assert (worse_m(flight) == 0.0).all()
