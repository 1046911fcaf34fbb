"""Who intercepted: told only by manoeuvres beyond error, never by drift, and never of the wrong one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.detect.conduct.classify import classify
from skyaccord.detect.conduct.features import Sense
from skyaccord.detect.conduct.manner import Manner
from skyaccord.units import KT, NM
from tests.detect.conduct.flights import Sensor, beside, fly_lead, slowed, smooth
from tests.detect.conduct.manners import CASES, Case, find, main_conduct, reports, steered

SEEDS = st.integers(0, 10_000)


@settings(max_examples=25)
@given(seed=SEEDS)
def test_one_that_steers_for_another_is_told_or_nobody_is(seed: int) -> None:
    random = np.random.default_rng((seed, 1))
    assert main_conduct(find(reports(steered(random), random))).interceptor in (None, 1)


def test_one_that_steers_for_another_is_told_more_often_than_not_where_positions_are_exact() -> None:
    told = 0
    for seed in range(20):
        random = np.random.default_rng((seed, 2))
        case = steered(random)
        sensor = Sensor(every_s=2.03, sigma_m=3.0)
        told += (
            main_conduct(find({n: sensor.report(f, random) for n, f in (("a", case.one), ("b", case.two))})).interceptor
            == 1
        )
    assert told > 10


@settings(max_examples=25)
@given(seed=SEEDS, drift_kt=st.floats(0.0, 4.0))
def test_slow_drift_within_the_error_decides_nothing(seed: int, drift_kt: float) -> None:
    random = np.random.default_rng((seed, 3))
    lead = fly_lead(480.0, 300 * KT, float(random.uniform(0, 360)))
    right = 1500.0 - drift_kt * KT * lead.t_s
    case = Case(Manner.FORMATION, lead, beside(lead, np.zeros(len(right)), right))
    assert main_conduct(find(reports(case, random))).interceptor is None


@settings(max_examples=25)
@given(seed=SEEDS, closing_kt=st.floats(60.0, 150.0))
def test_one_ahead_that_slows_down_for_the_other_is_no_interceptor(seed: int, closing_kt: float) -> None:
    # The one behind flies straight at a steady speed: the one ahead of it comes back to it by slowing down.
    random = np.random.default_rng((seed, 4))
    lead = fly_lead(700.0, 260 * KT, float(random.uniform(0, 360)))
    begins = smooth(lead.t_s, 0.0, 1.0)
    ahead = slowed(lead.t_s, 300.0, closing_kt * KT, 60.0) * begins + 200.0
    case = Case(Manner.FORMATION, lead, beside(lead, ahead, np.full(len(ahead), 400.0)))
    assert main_conduct(find(reports(case, random))).interceptor is None


@settings(max_examples=25)
@given(seed=SEEDS)
def test_crossing_traffic_that_turned_once_on_its_route_is_no_interceptor(seed: int) -> None:
    random = np.random.default_rng((seed, 5))
    begin = float(random.uniform(60.0, 150.0))
    one = fly_lead(480.0, 400 * KT, 90.0, ((begin, begin + 20.0, float(random.uniform(-2.0, 2.0))),))
    # The other crosses where the first is in the middle of the recording, 1,000 ft above.
    middle = len(one.t_s) // 2
    miss = float(random.uniform(0.0, 2.5)) * NM
    other = fly_lead(480.0, 380 * KT, 0.0, lat_deg=float(one.lat_deg[middle]) - 380 * KT * 240.0 / 111_200.0)
    shift = float(one.lon_deg[middle]) - float(other.lon_deg[middle]) + miss / 77_000.0
    case = Case(
        Manner.CROSSING,
        one,
        type(other)(other.lat_deg, other.lon_deg + shift, other.course_deg, other.altitude_m + 310.0),
    )
    found = find(reports(case, random))
    assume(len(found) > 0)
    assert {conduct.interceptor for conduct in classify(found)} == {None}


@pytest.mark.parametrize("manner", [Manner.IDENTIFICATION_APPROACH, Manner.ESCORT])
def test_ground_of_a_role_says_what_either_did(manner: Manner) -> None:
    random = np.random.default_rng(11)
    case = CASES[manner](random)
    sensor = Sensor(every_s=2.03, sigma_m=3.0)
    conduct = main_conduct(find({n: sensor.report(f, random) for n, f in (("aaaaaa", case.one), ("bbbbbb", case.two))}))
    assert conduct.interceptor == 1
    assert conduct.intercepted == 0
    assert conduct.role_ground.startswith("bbbbbb ")
    assert "slowed down by" in conduct.role_ground
    assert "aaaaaa held its course within" in conduct.role_ground


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_turn_is_toward_the_other_by_the_side_on_which_that_stands(side: float) -> None:
    straight = fly_lead(240.0, 250 * KT, 0.0, lat_deg=10.0, lon_deg=8.0)
    turning = fly_lead(240.0, 250 * KT, 0.0, ((190.0, 200.0, -side * 2.0),), 10.0, 8.0 + side * 2.0 / 60.0)
    sensor, random = Sensor(every_s=1.0, sigma_m=1.0), np.random.default_rng(12)
    flights = {name: sensor.report(f, random) for name, f in (("aaaaaa", straight), ("bbbbbb", turning))}
    features = main_conduct(find(flights)).features
    assert features.b.turned is Sense.TOWARD
    assert features.b.turned_deg == pytest.approx(-side * 20.0, abs=1.0)
    assert features.a.turned is Sense.NONE
