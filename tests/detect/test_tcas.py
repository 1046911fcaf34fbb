"""The theorems of TCAS volumes, at one sensitivity level and across several."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skyaccord.detect import hazard
from skyaccord.detect.profiles import find_profile
from skyaccord.detect.tcas import sensitivity_level
from skyaccord.geometry.vectors import Floats, Pair
from skyaccord.units import FT
from tests.detect.motions import LOOK_AHEAD_S, pairs, sixteenths
from tests.detect.test_volumes import EDGE_S, EXACT, Interval, assert_interval_is_where, covers, times
from tests.detect.volume_oracle import Flags, in_advisory, miss_distance

TRAFFIC, RESOLUTION = (level.hazard for level in find_profile("tcas-ii").alerters[0].levels)
CEILINGS_FT = (0, 1000, 2350, 5000, 10_000, 20_000, 42_000)
# An altitude within each sensitivity level.
ALTITUDES_M = [height * FT for height in (-100, 500, 2000, 4000, 7000, 15_000, 30_000, 45_000)]

advisories = pytest.mark.parametrize("row", [TRAFFIC, RESOLUTION], ids=["traffic", "resolution"])


def table_of(row: Floats) -> Floats:
    return row[hazard.TABLE :].reshape(8, 6)


def ask(row: Floats, pair: Pair, altitude_m: float, climb_mps: float = 0.0) -> Interval:
    entry_s, exit_s = hazard.hazard_interval(row, pair, EXACT, altitude_m, climb_mps, LOOK_AHEAD_S)
    return (entry_s, exit_s) if entry_s < exit_s else None


def is_clear_cut(pair: Pair, row: Floats) -> bool:
    """Return whether rounding cannot decide: no circle is grazed, at no level, and no tangent of modified tau."""
    if pair[3] == pair[4] == 0.0:
        return False
    speed, miss = math.hypot(pair[3], pair[4]), miss_distance(pair)
    for _, tau, _, radius, height, wide in table_of(row):
        touches = math.hypot(radius, 0.5 * tau * speed)  # miss distance of a line that only touches modified tau = TAU
        if min(abs(miss - each) for each in (radius, wide, touches)) < 1e-3 or abs(abs(pair[2]) - height) < 1e-6:
            return False
    return True


def expected(row: Floats, pair: Pair, at: np.ndarray, altitude_m: float, climb_mps: float) -> Flags:
    """Return whether the pair is in the volume of the level that the ownship is in, at each time."""
    altitude = altitude_m + at * climb_mps
    level = np.searchsorted(np.array(CEILINGS_FT) * FT, altitude)
    flags = np.zeros(len(at), bool)
    for number in range(1, 8):  # the first level has no volume
        _, tau, coaltitude, radius, height, miss = table_of(row)[number]
        if radius == 0.0:
            continue
        size = (tau, coaltitude, radius, height, miss)
        here = in_advisory(pair, at, size, is_filtered=row is RESOLUTION)
        flags |= here & (level == number)
    return flags


@advisories
@given(pair=pairs(), altitude_m=st.sampled_from(ALTITUDES_M))
def test_at_one_level_a_time_is_in_the_interval_exactly_when_the_moved_pair_is_in_the_volume(
    row: Floats, pair: Pair, altitude_m: float
) -> None:
    assume(is_clear_cut(pair, row))
    found = ask(row, pair, altitude_m)
    at = times(found)
    assert_interval_is_where(expected(row, pair, at, altitude_m, 0.0), at, found)


@advisories
@given(pair=pairs(), altitude_ft=sixteenths(0, 45_000), climb_mps=sixteenths(-40, 40))
def test_across_levels_first_entry_and_last_exit_are_given(
    row: Floats, pair: Pair, altitude_ft: float, climb_mps: float
) -> None:
    assume(is_clear_cut(pair, row))
    found = ask(row, pair, altitude_ft * FT, climb_mps)
    at = times(found)
    flags = expected(row, pair, at, altitude_ft * FT, climb_mps)
    inside = np.zeros(len(at), bool) if found is None else (at > found[0]) & (at < found[1])
    assert at[flags & ~inside].tolist() == []
    if found is not None and found[1] - found[0] > 2e-4:
        just = np.array([found[0] + 1e-4, found[1] - 1e-4])
        assert expected(row, pair, just, altitude_ft * FT, climb_mps).all()


@advisories
@given(pair=pairs(), altitude_m=st.sampled_from(ALTITUDES_M))
def test_violated_now_is_what_the_definition_says(row: Floats, pair: Pair, altitude_m: float) -> None:
    assume(is_clear_cut(pair, row))
    sides = expected(row, pair, np.array([-EDGE_S, 0.0, EDGE_S]), altitude_m, 0.0)
    assume(len(set(sides.tolist())) == 1)
    assert hazard.is_hazard_violated(row, pair, EXACT, altitude_m) == sides[0]


@advisories
@given(pair=pairs(), altitude_m=st.sampled_from(ALTITUDES_M))
def test_swapping_the_aircraft_changes_nothing_at_one_level(row: Floats, pair: Pair, altitude_m: float) -> None:
    swapped = tuple(-value for value in pair)
    assert ask(row, swapped, altitude_m) == ask(row, pair, altitude_m)


@given(pair=pairs(), altitude_m=st.sampled_from(ALTITUDES_M))
def test_a_resolution_advisory_is_within_a_traffic_advisory(pair: Pair, altitude_m: float) -> None:
    assume(is_clear_cut(pair, TRAFFIC))
    assume(is_clear_cut(pair, RESOLUTION))
    assert covers(ask(TRAFFIC, pair, altitude_m), ask(RESOLUTION, pair, altitude_m))


def test_the_boundary_of_two_levels_belongs_to_the_lower_one() -> None:
    for number, ceiling_ft in enumerate(CEILINGS_FT):
        assert sensitivity_level(table_of(TRAFFIC), ceiling_ft * FT) == number
        assert sensitivity_level(table_of(TRAFFIC), math.nextafter(ceiling_ft * FT, math.inf)) == number + 1


def test_below_a_thousand_feet_there_is_no_resolution_advisory() -> None:
    head_on = (-1000.0, 0.0, 0.0, 200.0, 0.0, 0.0)
    assert ask(RESOLUTION, head_on, 900 * FT) is None
    assert ask(TRAFFIC, head_on, 900 * FT) is not None
    assert ask(RESOLUTION, head_on, 1100 * FT) is not None


def test_a_climb_off_a_boundary_enters_the_higher_level_at_once() -> None:
    head_on = (-1000.0, 0.0, 0.0, 200.0, 0.0, 0.0)
    leaves_s = (1000.0 + 1215 * FT) / 200.0  # the filter of miss distance ends it, a little before DMOD does
    assert ask(RESOLUTION, head_on, 1000 * FT, climb_mps=5.0) == pytest.approx((0.0, leaves_s))
    assert ask(RESOLUTION, head_on, 1000 * FT, climb_mps=-5.0) is None
