"""The step of an aircraft's pressure altitudes, told from the track, and what it does to the vertical bound."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.detect.altitude_step import altitude_steps_m
from skyaccord.detect.encounters import find_encounters
from skyaccord.detect.unseen import UNSEEN_CLIMB_MPS2
from skyaccord.detect.volume import Volume
from skyaccord.units import FT
from tests.builders import Flight, fly, make_tracks


def climbing(step_ft: float, **changes: float) -> Flight:
    """Return a climb whose altitudes are rounded to a step."""
    flight = fly(300, every_s=5.0, climb_fpm=1000.0, **changes)
    flight.altitude_ft[:] = np.rint(flight.altitude_ft / step_ft) * step_ft
    return flight


def steps_ft(*flights: Flight) -> list[float]:
    tracks = make_tracks({f"{k:06x}": flight for k, flight in enumerate(flights)})
    steps = (altitude_steps_m(tracks) / FT).round(6)
    return [value for k in range(len(flights)) for value in np.unique(steps[tracks.rows(k)]).tolist()]


def test_a_climb_shows_in_which_steps_altitude_is_reported() -> None:
    assert steps_ft(climbing(25.0), climbing(100.0), climbing(1.0)) == [25.0, 100.0, 25.0]


def test_where_no_finer_altitude_shows_the_coarse_step_is_taken() -> None:
    level = fly(300, altitude_ft=35_000.0)
    between = fly(300, altitude_ft=20_100.0)
    assert steps_ft(level, between) == [100.0, 100.0]


def test_one_altitude_in_finer_steps_shows_the_fine_step() -> None:
    flight = climbing(100.0)
    flight.altitude_ft[7] += 25.0
    assert steps_ft(flight) == [25.0]


def test_an_altitude_tells_of_the_step_for_five_minutes_on_either_side() -> None:
    flight = fly(1200, altitude_ft=35_000.0)
    flight.altitude_ft[600] += 25.0
    steps = altitude_steps_m(make_tracks({"a": flight})) / FT
    near = np.abs(np.arange(1201) - 600) <= 300
    assert steps[near] == pytest.approx(25.0)
    assert steps[~near] == pytest.approx(100.0)


def test_altitudes_that_are_missing_show_nothing_and_disturb_nothing() -> None:
    silent, partly = fly(300), climbing(100.0)
    silent.altitude_ft[:] = np.nan
    partly.altitude_ft[::3] = np.nan
    partly.altitude_ft[1::7] = 1e300
    assert steps_ft(silent, partly) == [100.0, 100.0]


def test_no_aircraft_is_no_step() -> None:
    assert steps_ft() == []


@pytest.mark.parametrize(
    ("one_ft", "other_ft", "expected_ft"),
    [(25.0, 25.0, np.hypot(12.5, 12.5)), (25.0, 100.0, np.hypot(12.5, 50.0)), (100.0, 100.0, np.hypot(50.0, 50.0))],
)
def test_the_vertical_bound_follows_the_step_of_each_aircraft(
    one_ft: float, other_ft: float, expected_ft: float
) -> None:
    tracks = make_tracks({"a": climbing(one_ft), "b": climbing(other_ft, lat_deg=40.01)})
    found = find_encounters(tracks, Volume(5_000.0, 1_000.0))
    assert len(found.encounters) == 1
    unseen_ft = UNSEEN_CLIMB_MPS2 * 2.5**2 / FT  # half of it for each, in the middle between reports 5 s apart
    assert found.measured.bounds.vertical_m / FT == pytest.approx(expected_ft + unseen_ft)
