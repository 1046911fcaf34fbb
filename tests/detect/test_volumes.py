"""The theorems of well-clear volumes and cylinders, for the scalar function and for the kernel over many pairs."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from skyaccord.detect import hazard
from skyaccord.detect.alerting import Scene, level_times
from skyaccord.detect.profile import Alerter, Level, Region
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.geometry.vectors import Floats, Pair
from skyaccord.units import FT, NM
from tests.detect.motions import LOOK_AHEAD_S, pairs, sixteenths, sizes
from tests.detect.volume_oracle import in_cylinder, in_well_clear_volume, miss_distance

KINDS = {"TAUMOD": TAUMOD, "TCPA": TCPA, "TEP": TEP}
EXACT = (0.0, 0.0, 0.0, 0.0)
EDGE_S = 1e-6
Size = tuple[float, float, float, float]
Interval = tuple[float, float] | None
Detector = Callable[[Floats, Pair], tuple[Interval, bool]]


def by_function(row: Floats, pair: Pair) -> tuple[Interval, bool]:
    """Ask the scalar function, as of a pair whose ownship is at the origin."""
    entry_s, exit_s = hazard.hazard_interval(row, pair, EXACT, 0.0, 0.0, LOOK_AHEAD_S)
    violated = bool(hazard.is_hazard_violated(row, pair, EXACT, 0.0))
    return ((entry_s, exit_s) if entry_s < exit_s else None), violated


def by_kernel(row: Floats, pair: Pair) -> tuple[Interval, bool]:
    """Ask the kernel over many pairs, with an ownship that is somewhere and other intruders beside the one meant."""
    own = np.array([5000.0, -3000.0, 2000.0, 60.0, -80.0, 3.0])
    others = np.array([own - pair, own + 1e6, own])
    scene = Scene(own, others[[1, 0, 2]], np.zeros((3, 4)), np.zeros(3, np.int64))
    found = level_times(scene, Alerter("one", (Level(row, 0.0, 0.0, Region.NEAR),)), LOOK_AHEAD_S)
    entry_s, exit_s = float(found.entry_s[1, 0]), float(found.exit_s[1, 0])
    return (None if math.isnan(entry_s) else (entry_s, exit_s)), bool(found.is_violated[1, 0])


detectors = pytest.mark.parametrize("detect", [by_function, by_kernel])
kinds = pytest.mark.parametrize("kind", KINDS)


def volume(kind: str, size: Size) -> Floats:
    return hazard.well_clear(KINDS[kind], *size)


def is_clear_cut(pair: Pair, radius: float, height: float) -> bool:
    """Return whether rounding cannot decide: the pair neither grazes the circle nor flies level with the threshold."""
    horizontal = math.hypot(pair[0], pair[1]) if pair[3] == pair[4] == 0.0 else miss_distance(pair)
    return abs(horizontal - radius) > 1e-3 and not (pair[5] == 0.0 and abs(abs(pair[2]) - height) < 1e-6)


def times(found: Interval) -> np.ndarray:
    """Return times all over the look-ahead and on both sides of each edge, but not at one."""
    edges = np.array(found or ())
    near = np.concatenate([edges + side * step for step in (1e-4, 1e-2) for side in (-1.0, 1.0)])
    at = np.concatenate([np.linspace(0.0, LOOK_AHEAD_S, 361), near])
    at = at[(at >= 0.0) & (at <= LOOK_AHEAD_S)]
    return at[np.all(np.abs(at[:, None] - edges) > EDGE_S, axis=1)]


def assert_interval_is_where(flags: np.ndarray, at: np.ndarray, found: Interval) -> None:
    inside = np.zeros(len(at), bool) if found is None else (at > found[0]) & (at < found[1])
    assert at[flags != inside].tolist() == [], found


def covers(wide: Interval, narrow: Interval) -> bool:
    if narrow is None or narrow[1] - narrow[0] < EDGE_S:
        return True
    return wide is not None and wide[0] <= narrow[0] + EDGE_S and wide[1] >= narrow[1] - EDGE_S


@detectors
@kinds
@given(pair=pairs(), size=sizes())
def test_a_time_is_in_the_interval_exactly_when_the_moved_pair_is_in_the_volume(
    detect: Detector, kind: str, pair: Pair, size: Size
) -> None:
    """One interval for all times is also the proof of local convexity: there is no gap in it."""
    assume(is_clear_cut(pair, size[0], size[1]))
    found, _ = detect(volume(kind, size), pair)
    at = times(found)
    assert_interval_is_where(in_well_clear_volume(kind, pair, at, size), at, found)


@detectors
@given(pair=pairs(), size=sizes())
def test_a_time_is_in_the_interval_exactly_when_the_moved_pair_is_in_the_cylinder(
    detect: Detector, pair: Pair, size: Size
) -> None:
    assume(is_clear_cut(pair, size[0], size[1]))
    found, _ = detect(hazard.cylinder(*size[:2]), pair)
    at = times(found)
    assert_interval_is_where(in_cylinder(pair, at, *size[:2]), at, found)


@detectors
@kinds
@given(pair=pairs(), size=sizes())
def test_violated_now_is_what_the_definition_says(detect: Detector, kind: str, pair: Pair, size: Size) -> None:
    assume(is_clear_cut(pair, size[0], size[1]))
    sides = [in_well_clear_volume(kind, pair, np.array([t]), size)[0] for t in (-EDGE_S, 0.0, EDGE_S)]
    assume(len(set(sides)) == 1)  # not just now on an edge
    found, violated = detect(volume(kind, size), pair)
    assert violated == sides[0]
    assert violated == (found is not None and found[0] == 0.0)


@detectors
@pytest.mark.parametrize("kind", [*KINDS, "cylinder"])
@given(pair=pairs(), size=sizes())
def test_swapping_ownship_and_intruder_changes_nothing(detect: Detector, kind: str, pair: Pair, size: Size) -> None:
    row = hazard.cylinder(*size[:2]) if kind == "cylinder" else volume(kind, size)
    swapped = tuple(-value for value in pair)
    assert detect(row, swapped) == detect(row, pair)


@kinds
@given(pair=pairs(), size=sizes(), turn=st.floats(-math.pi, math.pi), mirrored=st.booleans())
def test_turning_the_frame_changes_nothing(kind: str, pair: Pair, size: Size, turn: float, mirrored: bool) -> None:
    assume(is_clear_cut(pair, size[0], size[1]))
    sin, cos, side = math.sin(turn), math.cos(turn), -1.0 if mirrored else 1.0
    x, y, z, vx, vy, vz = pair
    turned = (cos * x - sin * y, side * (sin * x + cos * y), z, cos * vx - sin * vy, side * (sin * vx + cos * vy), vz)
    found, _ = by_function(volume(kind, size), pair)
    again, _ = by_function(volume(kind, size), turned)
    assert covers(found, again)
    assert covers(again, found)


@given(pair=pairs(), size=sizes(), shift=st.tuples(*[sixteenths(-50_000, 50_000)] * 3))
def test_shifting_the_frame_changes_nothing(pair: Pair, size: Size, shift: tuple[float, float, float]) -> None:
    row = volume("TAUMOD", size)
    alerter = Alerter("one", (Level(row, 0.0, 0.0, Region.NEAR),))
    own = np.array([100.0, 200.0, 3000.0, 50.0, 60.0, 1.0])
    moved = np.array([*shift, 0.0, 0.0, 0.0])
    here = level_times(scene_of(own, own - pair), alerter, LOOK_AHEAD_S)
    there = level_times(scene_of(own + moved, own - pair + moved), alerter, LOOK_AHEAD_S)
    assert here.entry_s.tobytes() == there.entry_s.tobytes()
    assert here.exit_s.tobytes() == there.exit_s.tobytes()


def scene_of(own: Floats, other: Floats) -> Scene:
    return Scene(own, other[None], np.zeros((1, 4)), np.zeros(1, np.int64))


@kinds
@given(pair=pairs(), size=sizes(), begin_s=sixteenths(0, 170))
def test_looking_from_later_on_cuts_the_interval_there(kind: str, pair: Pair, size: Size, begin_s: float) -> None:
    assume(is_clear_cut(pair, size[0], size[1]))
    row = volume(kind, size)
    whole, _ = by_function(row, pair)
    entry_s, exit_s = hazard.hazard_interval_between(row, pair, EXACT, 0.0, 0.0, begin_s, LOOK_AHEAD_S)
    later = (entry_s, exit_s) if entry_s < exit_s else None
    cut = None if whole is None or whole[1] <= begin_s else (max(whole[0], begin_s), whole[1])
    assert covers(cut, later)
    assert covers(later, cut)


@kinds
@given(pair=pairs(), size=sizes(), more=st.tuples(*[sixteenths(0, 500)] * 4))
@example(pair=(-2000.0, 0.0, 0.0, 50.0, 0.0, 0.0), size=(500.0, 100.0, 0.0, 0.0), more=(0.0, 0.0, 30.0, 0.0))
def test_wider_thresholds_give_wider_intervals(kind: str, pair: Pair, size: Size, more: Size) -> None:
    wide = tuple(a + b for a, b in zip(size, more, strict=True))
    assume(is_clear_cut(pair, size[0], size[1]))
    assume(is_clear_cut(pair, wide[0], wide[1]))
    narrow_interval, was = by_function(volume(kind, size), pair)
    wide_interval, still = by_function(volume(kind, wide), pair)
    assert covers(wide_interval, narrow_interval)
    assert still or not was


@detectors
@given(pair=pairs(), size=sizes())
def test_entry_point_contains_modified_tau_contains_closest_approach(detect: Detector, pair: Pair, size: Size) -> None:
    assume(is_clear_cut(pair, size[0], size[1]))
    tep, taumod, tcpa = (detect(volume(kind, size), pair) for kind in ("TEP", "TAUMOD", "TCPA"))
    assert covers(tep[0], taumod[0])
    assert covers(taumod[0], tcpa[0])
    assert tep[1] >= taumod[1] >= tcpa[1]


@detectors
def test_head_on_at_equal_altitude_loses_well_clear_when_modified_tau_does(detect: Detector) -> None:
    """Closing at 200 m/s from 20 km with D = 1000 m: tau_mod = 35 s at r where (r² - D²) / 200 r = 35."""
    radius, ahead, speed = 1000.0, 35.0, 200.0
    at_m = (ahead * speed + math.sqrt((ahead * speed) ** 2 + 4.0 * radius**2)) / 2.0
    found, violated = detect(hazard.well_clear(TAUMOD, radius, 100.0, ahead), (-20_000.0, 0.0, 0.0, speed, 0.0, 0.0))
    assert not violated
    assert found == pytest.approx(((20_000.0 - at_m) / speed, 21_000.0 / speed), abs=1e-9)


@detectors
@kinds
@pytest.mark.parametrize("aside", [-1.0, 0.0, 1.0])
def test_a_distance_at_the_threshold_is_within_well_clear_and_outside_a_cylinder(
    detect: Detector, kind: str, aside: float
) -> None:
    radius, height = 0.66 * NM, 450 * FT
    pair = (radius + aside, 0.0, height, 0.0, 0.0, 0.0)
    _, violated = detect(volume(kind, (radius, height, 35.0, 0.0)), pair)
    assert violated == (aside <= 0.0)
    assert detect(hazard.cylinder(radius, height), pair) == (None, False)


@detectors
@kinds
def test_a_pair_that_does_not_move_is_in_the_volume_for_good_or_never(detect: Detector, kind: str) -> None:
    row = volume(kind, (1000.0, 100.0, 35.0, 20.0))
    assert detect(row, (600.0, 700.0, 90.0, 0.0, 0.0, 0.0)) == ((0.0, LOOK_AHEAD_S), True)
    assert detect(row, (800.0, 700.0, 90.0, 0.0, 0.0, 0.0)) == (None, False)
    assert detect(row, (600.0, 700.0, 110.0, 0.0, 0.0, 0.0)) == (None, False)


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="3 is no kind of well-clear volume"):
        hazard.well_clear(hazard.CYLINDER, 1.0, 1.0, 0.0)
