"""Which altitudes are free, from exposures written by hand: what counts for how long on the way and once level."""

from __future__ import annotations

import math

import numpy as np
import pytest

from skyaccord.detect.guidance.exposure import Exposure, no_exposure
from skyaccord.detect.guidance.free import NO_RECOVERY, Question, free_altitudes

HELD_S, SPEEDING_S, LOOK_AHEAD_S = 40.0, 2.0, 180.0
ALERTING_S = 25.0
ALTITUDES = 4
"""All of them reached at the same time, so that none stands alone."""


def exposure(**times_s: float) -> Exposure:
    """Return the exposure of one stake, the same to every altitude."""
    return no_exposure(1, ALTITUDES)._replace(**{name: np.full((1, ALTITUDES), t) for name, t in times_s.items()})


def is_free(
    volume: Exposure,
    cylinder: Exposure | None = None,
    horizon_s: float = ALERTING_S,
    recovery_s: float = NO_RECOVERY,
    spare_s: float = 1.0,
) -> bool:
    question = Question(np.array([horizon_s]), LOOK_AHEAD_S, recovery_s, True)
    held_s, speeding_s = np.full(ALTITUDES, HELD_S), np.full(ALTITUDES, SPEEDING_S)
    around = cylinder or exposure()
    free, forbids = free_altitudes(held_s, speeding_s, spare_s, volume, around, question)
    assert bool(forbids[0]) == (not free.any())
    assert free.all() or not free.any()
    return bool(free.all())


@pytest.mark.parametrize(("entry_s", "is_clear"), [(26.9, False), (27.1, True)])
def test_the_cruise_counts_until_the_alerting_time_after_speeding_up(entry_s: float, is_clear: bool) -> None:
    assert is_free(exposure(way_entry_s=entry_s)) == is_clear


def test_the_cruise_counts_to_its_end_for_an_intruder_that_is_alerting() -> None:
    assert not is_free(exposure(way_entry_s=39.0), horizon_s=LOOK_AHEAD_S)


def test_levelling_off_counts_over_the_look_ahead_whoever_is_met() -> None:
    assert not is_free(exposure(way_entry_s=39.0, levelling_s=39.0))


@pytest.mark.parametrize(
    ("entry_s", "exit_s", "is_clear"),
    [(65.9, 90.0, False), (66.1, 90.0, True), (40.0, 40.9, True), (40.0, 41.1, False)],
)
def test_level_flight_counts_from_a_second_after_it_for_the_alerting_time(
    entry_s: float, exit_s: float, is_clear: bool
) -> None:
    assert is_free(exposure(entry_s=entry_s, exit_s=exit_s)) == is_clear


def test_an_altitude_that_is_taken_at_once_counts_at_once() -> None:
    assert not is_free(exposure(entry_s=40.0, exit_s=40.9), spare_s=0.0)


@pytest.mark.parametrize(("latest_s", "is_clear"), [(19.9, True), (20.0, False), (39.0, False)])
def test_a_recovery_has_the_volume_behind_it(latest_s: float, is_clear: bool) -> None:
    assert is_free(exposure(way_entry_s=0.0, latest_s=latest_s), recovery_s=20.0) == is_clear


@pytest.mark.parametrize(("near_s", "is_clear"), [(19.9, False), (20.1, True)])
def test_a_recovery_keeps_out_of_the_cylinder_until_its_time(near_s: float, is_clear: bool) -> None:
    assert is_free(exposure(), exposure(way_entry_s=near_s), recovery_s=20.0) == is_clear


@pytest.mark.parametrize(("near_s", "is_clear"), [(26.9, False), (27.1, True)])
def test_against_a_later_recovery_an_intruder_counts_no_longer_than_otherwise(near_s: float, is_clear: bool) -> None:
    volume = exposure(way_entry_s=0.0, latest_s=39.0, entry_s=40.0, exit_s=math.inf)
    assert is_free(volume, exposure(way_entry_s=near_s), recovery_s=30.0) == is_clear
    assert not is_free(volume, exposure(way_entry_s=39.0, levelling_s=39.0), recovery_s=30.0)
