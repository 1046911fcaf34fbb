"""Which level stands, from the entries of its volumes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from skyaccord.detect.alerting import alert_level, time_to_corrective
from skyaccord.detect.profile import Alerter, Region
from skyaccord.detect.profiles import find_profile

NONE = math.nan
PROFILE = find_profile("do365b")
EN_ROUTE = PROFILE.alerters[0]  # alerting times 55, 55, 25 s; early ones 75, 75, 55 s
ADVISORIES = find_profile("tcas-ii").alerters[0]  # alerting times 0


@pytest.mark.parametrize(
    ("entry_s", "level"),
    [
        ((NONE, NONE, NONE), 0),
        ((60.0, 60.0, 60.0), 0),
        ((54.0, NONE, NONE), 1),
        ((54.0, 54.0, 54.0), 2),
        ((24.0, 24.0, 24.0), 3),
        ((0.0, 0.0, 0.0), 3),
        ((54.0, NONE, 24.0), 3),
    ],
)
def test_the_highest_level_that_is_entered_in_time_stands(entry_s: tuple[float, ...], level: int) -> None:
    assert alert_level(np.array(entry_s), EN_ROUTE) == level


@pytest.mark.parametrize("standing", [0, 1, 2, 3])
def test_the_level_that_stands_is_held_by_its_early_alerting_time_and_no_other_is(standing: int) -> None:
    assert alert_level(np.array([70.0, 70.0, 70.0]), EN_ROUTE, standing) == (standing if standing < 3 else 0)
    assert alert_level(np.array([40.0, 40.0, 40.0]), EN_ROUTE, standing) == (3 if standing == 3 else 2)


def test_an_entry_at_the_alerting_time_is_not_before_it_whatever_rounding_says() -> None:
    for off in (0.0, 1e-12, -1e-12, 1e-10):
        assert alert_level(np.array([55.0 * (1.0 + off), NONE, NONE]), EN_ROUTE) == 0
    assert alert_level(np.array([55.0 * (1.0 - 1e-10), NONE, NONE]), EN_ROUTE) == 1


def test_a_level_without_alerting_time_stands_once_its_volume_is_violated() -> None:
    assert alert_level(np.array([0.0, NONE]), ADVISORIES) == 1
    assert alert_level(np.array([1e-9, 5.0]), ADVISORIES) == 0


def test_the_time_to_the_corrective_volume_is_that_of_its_region() -> None:
    entry_s = np.array([10.0, 20.0, 30.0])
    assert time_to_corrective(entry_s, EN_ROUTE, PROFILE) == 20.0
    assert time_to_corrective(entry_s, EN_ROUTE, replace(PROFILE, corrective_region=Region.NEAR)) == 30.0
    assert time_to_corrective(np.array([10.0, NONE, 30.0]), EN_ROUTE, PROFILE) == math.inf
    without = Alerter("preventive only", EN_ROUTE.levels[:1])
    assert time_to_corrective(entry_s[:1], without, PROFILE) == math.inf
