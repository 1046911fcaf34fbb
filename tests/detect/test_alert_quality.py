"""Near mid-air collisions are warned in time, warnings for nothing are counted as such; the long form is a proof."""

from __future__ import annotations

import numpy as np
import pytest

from skyaccord.detect.observation import observe
from skyaccord.detect.profile import Hysteresis
from skyaccord.detect.resample import resample
from tests.builders import Flight, fly, make_tracks
from tests.detect import near_misses
from tests.detect.near_misses import BEFORE_S, NMAC_HEIGHT_M, NMAC_RANGE_M, SENSORS, alerts, generate, warned
from tests.detect.nuisance import Count, count, of_interest
from tests.detect.pairs import EN_ROUTE

STOCK = Hysteresis(5.0, 4.0, 2, 4)


@pytest.mark.parametrize("manoeuvring", [False, True])
def test_generated_encounters_end_in_the_cylinder_and_move_as_they_say(manoeuvring: bool) -> None:
    found = generate(np.random.default_rng(5), 300, manoeuvring=manoeuvring)
    own, other = found.flight
    step = own[-1] - other[-1]
    assert np.hypot(step[:, 0], step[:, 1]).max() <= NMAC_RANGE_M + 1e-6
    assert np.abs(step[:, 2]).max() <= NMAC_HEIGHT_M + 1e-6
    for flight in found.flight:
        moved = np.diff(flight[..., :3], axis=0)
        assert moved == pytest.approx(0.5 * (flight[1:, :, 3:] + flight[:-1, :, 3:]), abs=4.0)  # 4 m: turns, at 1 s
        straight = np.clip(found.straight_s - found.nmac_s, None, BEFORE_S - 1.0)
        rows = np.arange(BEFORE_S + 1)[:, None] >= BEFORE_S - straight + 1e-6
        change = np.abs(flight[..., 3:] - flight[-1, :, 3:]).max(axis=-1)
        assert change[rows].max() < 1e-9


def test_the_time_of_a_near_miss_is_when_its_cylinder_is_entered() -> None:
    found = generate(np.random.default_rng(6), 300, manoeuvring=False)
    step = found.flight[0, -1] - found.flight[1, -1]
    for ahead_s, is_inside in ((0.0, True), (0.3, False)):
        there = step[:, :3] + step[:, 3:] * (found.nmac_s - ahead_s)[:, None]
        inside = (np.hypot(there[:, 0], there[:, 1]) <= NMAC_RANGE_M + 1e-6) & (
            np.abs(there[:, 2]) <= NMAC_HEIGHT_M + 1e-6
        )
        assert inside.all() if is_inside else not inside[found.nmac_s > -BEFORE_S].any()


@pytest.mark.parametrize("sensor", SENSORS[1:], ids=lambda each: each.name)
def test_near_misses_in_straight_flight_are_warned_30_s_ahead(sensor: near_misses.Sensor) -> None:
    encounters = generate(np.random.default_rng(20151020), 2000, manoeuvring=False)
    level = alerts(np.random.default_rng(1), encounters, sensor, EN_ROUTE, STOCK)
    found = warned(encounters, level)
    assert found.share(30.0) >= 0.99
    assert found.steady_share(30.0) >= 0.99


def test_near_misses_that_can_be_foreseen_for_30_s_are_warned_30_s_ahead() -> None:
    encounters = generate(np.random.default_rng(20151021), 3000, manoeuvring=True)
    level = alerts(np.random.default_rng(1), encounters, SENSORS[2], EN_ROUTE, STOCK)
    in_time = warned(encounters, level).first_s >= 30.0
    assert in_time[encounters.straight_s >= 32.0].mean() >= 0.99  # 2 s for 2 of 4 updates
    late = in_time[encounters.straight_s < 15.0].mean()
    assert late < 0.99, "an encounter that turns in within 15 s cannot be foreseen so well: the generator is too easy"


def test_a_warning_is_counted_from_when_it_was_raised() -> None:
    encounters = generate(np.random.default_rng(7), 2, manoeuvring=False)
    level = np.zeros((BEFORE_S + 1, 2), int)
    level[100:, 0] = 2
    level[50:60, 0] = 3
    level[80:, 1] = 1
    found = warned(encounters, level)
    assert found.first_s[0] == encounters.nmac_s[0] + 100.0
    assert found.steady_s[0] == encounters.nmac_s[0] + 50.0
    assert np.isnan(found.first_s[1]), "a preventive level is no warning"


def judged(*flights: Flight) -> Count:
    tracks = make_tracks({f"a{k}": flight for k, flight in enumerate(flights)})
    seen = resample(tracks, observe(tracks), 1.0)
    return count(seen, of_interest(seen, EN_ROUTE), EN_ROUTE, STOCK)


def test_a_pair_that_goes_through_was_not_warned_for_nothing() -> None:
    own = fly(300.0, lat_deg=0.0, track_deg=90.0)
    other = fly(300.0, lat_deg=0.0, lon_deg=10.0 + 40 / 60, track_deg=270.0)
    found = judged(own, other)
    assert (found.warnings, found.idle) == (2, 0)
    assert found.hours == pytest.approx(600.0 / 3600.0)


def test_a_pair_that_turns_away_was_warned_for_nothing() -> None:
    # They would meet after 240 s; the volume begins 35 s before, and is alerted to 55 s before that, at 150 s. One
    # changes its level at 190 s, the other turns away at 195 s: warned, and the volume is never entered.
    own = fly(195.0, lat_deg=0.0, track_deg=90.0)
    climb = fly(200.0, lat_deg=0.0, lon_deg=float(own.lon_deg[-1]), track_deg=0.0, start_s=float(own.t_s[-1]) + 1.0)
    other = fly(400.0, lat_deg=0.0, lon_deg=10.0 + 40 / 60, track_deg=270.0)
    other.altitude_ft[190:] += 2000.0
    found = judged(own.then(climb), other)
    assert (found.warnings, found.idle) == (2, 2)


def test_traffic_that_never_meets_has_no_warning() -> None:
    found = judged(fly(300.0, lat_deg=0.0), fly(300.0, lat_deg=0.5), fly(300.0, lat_deg=0.0, altitude_ft=25_000.0))
    assert (found.warnings, found.idle) == (0, 0)
