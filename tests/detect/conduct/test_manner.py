"""Manners of generated encounters with known truth, through sensors of many kinds, and at the conventions' limits."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from skyaccord.detect.conduct.classify import Conduct
from skyaccord.detect.conduct.manner import Manner
from skyaccord.units import FT, KT, NM
from tests.detect.conduct.flights import Sensor, beside, fly_lead
from tests.detect.conduct.manners import CASES, Case, find, main_conduct, passing, reports

DRAWS = 60
EXACT = Sensor(every_s=2.03, sigma_m=1.0)  # no whole seconds, so that its clock counts as exact


def seen_exactly(case: Case) -> Conduct:
    random = np.random.default_rng(0)
    flights = {"aaaaaa": EXACT.report(case.one, random), "bbbbbb": EXACT.report(case.two, random)}
    return main_conduct(find(flights))


@pytest.mark.parametrize("manner", list(CASES), ids=str)
def test_clear_cases_are_told_in_95_of_100_and_no_role_is_ever_wrong(manner: Manner) -> None:
    said: Counter[Manner] = Counter()
    told = 0
    for seed in range(DRAWS):
        random = np.random.default_rng((seed, 7))
        case = CASES[manner](random)
        conduct = main_conduct(find(reports(case, random)))
        said[conduct.manner] += 1
        assert conduct.interceptor in (None, case.interceptor), conduct.role_ground
        told += conduct.interceptor == case.interceptor
    assert said[manner] >= 0.95 * DRAWS, said
    assert told >= 0.95 * DRAWS


@pytest.mark.parametrize(
    ("angle_deg", "manner"),
    [(175.0, Manner.HEAD_ON), (140.0, Manner.HEAD_ON), (130.0, Manner.CROSSING), (90.0, Manner.CROSSING)],
)
def test_reciprocal_tracks_begin_at_135_degrees(angle_deg: float, manner: Manner) -> None:
    case = passing(np.random.default_rng(1), manner, angle_deg, (300.0, 300.0))
    assert seen_exactly(case).manner is manner


@pytest.mark.parametrize(("line_deg", "manner"), [(62.0, Manner.OVERTAKING), (78.0, Manner.CROSSING)])
def test_rear_ends_at_70_degrees_off_the_tail(line_deg: float, manner: Manner) -> None:
    # The velocity of the faster one is the slower one's plus a speed past it, on the line asked for.
    past = np.array((np.sin(np.radians(line_deg)), np.cos(np.radians(line_deg)))) * 120.0
    fast = np.array((0.0, 250.0)) + past
    angle = float(np.degrees(np.arctan2(*fast)))
    case = passing(np.random.default_rng(2), manner, angle, (250.0, float(np.linalg.norm(fast))))
    conduct = seen_exactly(case)
    assert conduct.manner is manner
    assert min(conduct.features.a.line_deg, conduct.features.b.line_deg) == pytest.approx(line_deg, abs=1.0)


@pytest.mark.parametrize("angle_deg", [134.5, 135.5])
def test_limit_within_the_error_is_undetermined_and_both_readings_are_named(angle_deg: float) -> None:
    random = np.random.default_rng(3)
    case = passing(random, Manner.UNDETERMINED, angle_deg, (250.0, 250.0))
    coarse = Sensor(every_s=5.0, sigma_m=38.0)
    conduct = main_conduct(find({n: coarse.report(f, random) for n, f in (("a", case.one), ("b", case.two))}))
    assert conduct.manner is Manner.UNDETERMINED
    assert "head-on or crossing" in conduct.manner_ground


@pytest.mark.parametrize(
    ("above_ft", "manner"), [(50.0, Manner.FORMATION), (105.0, Manner.UNDETERMINED), (300.0, Manner.PARALLEL)]
)
def test_formation_ends_at_100_feet_and_is_open_within_the_error_of_altitude(above_ft: float, manner: Manner) -> None:
    lead = fly_lead(300.0, 250 * KT, 70.0)
    same = np.ones(len(lead.t_s))
    sensor = Sensor(every_s=2.0, sigma_m=3.0)
    random = np.random.default_rng(4)
    other = beside(lead, -200.0 * same, 300.0 * same, above_ft * FT)
    flights = {"aaaaaa": sensor.report(lead, random), "bbbbbb": sensor.report(other, random)}
    flights["bbbbbb"].altitude_ft = flights["aaaaaa"].altitude_ft + above_ft
    assert main_conduct(find(flights)).manner is manner


@pytest.mark.parametrize(("apart_nm", "manner"), [(0.9, Manner.FORMATION), (1.15, Manner.PARALLEL)])
def test_formation_ends_at_one_mile(apart_nm: float, manner: Manner) -> None:
    lead = fly_lead(400.0, 250 * KT, 200.0)
    same = np.ones(len(lead.t_s))
    assert seen_exactly(Case(manner, lead, beside(lead, 0.0 * same, apart_nm * NM * same))).manner is manner


def test_formation_without_a_common_altitude_is_undetermined() -> None:
    lead = fly_lead(300.0, 250 * KT, 70.0)
    same = np.ones(len(lead.t_s))
    random = np.random.default_rng(5)
    flights = {
        "aaaaaa": EXACT.report(lead, random),
        "bbbbbb": EXACT.report(beside(lead, 0.0 * same, 300.0 * same), random),
    }
    flights["bbbbbb"].altitude_ft[:] = np.nan
    conduct = main_conduct(find(flights))
    assert conduct.manner is Manner.UNDETERMINED
    assert "height is unknown" in conduct.manner_ground


def test_following_over_the_same_ground_is_a_route_and_no_shadowing() -> None:
    # The second flies the very path of the first, 30 s later: turns come at the same place, not at the same time.
    flown = fly_lead(700.0, 300 * KT, 10.0, ((250.0, 300.0, 1.5), (450.0, 500.0, -1.5)))
    random = np.random.default_rng(6)
    flights = {"aaaaaa": EXACT.report(flown, random), "bbbbbb": EXACT.report(flown, random).moved(later_s=30.0)}
    conduct = main_conduct(find(flights))
    assert conduct.manner is not Manner.SHADOWING
    assert conduct.interceptor is None


def test_one_report_alone_tells_no_direction() -> None:
    case = passing(np.random.default_rng(8), Manner.CROSSING, 90.0, (300.0, 300.0))
    random = np.random.default_rng(9)
    one, two = EXACT.report(case.one, random), EXACT.report(case.two, random)
    conduct = main_conduct(find({"aaaaaa": one, "bbbbbb": two.take(slice(120, 121))}))
    assert conduct.manner is Manner.UNDETERMINED
    assert "too few reports" in conduct.manner_ground


def test_ground_says_how_near_how_long_and_how_evenly() -> None:
    random = np.random.default_rng(10)
    case = CASES[Manner.IDENTIFICATION_APPROACH](random)
    ground = seen_exactly(case).manner_ground
    for words in (
        "bbbbbb joined aaaaaa",
        "alongside at",
        "NM for",
        "speed difference of",
        "off the tail",
        "broke away",
    ):
        assert words in ground
