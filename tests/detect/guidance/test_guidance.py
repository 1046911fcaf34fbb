"""Guidance against flight itself: manoeuvres flown in small steps, mirrored, and with more traffic."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from skyaccord.batch.daa.run import instantaneous
from skyaccord.detect import hazard
from skyaccord.detect.alerting import Scene
from skyaccord.detect.cylinder import cylinder_interval
from skyaccord.detect.guidance.axis import Grid, Kind, grid_of
from skyaccord.detect.guidance.bands import stretches
from skyaccord.detect.guidance.explain import explain
from skyaccord.detect.guidance.exposed import Exposed, expose
from skyaccord.detect.guidance.exposure import Stakes
from skyaccord.detect.guidance.foresight import foresee_regions
from skyaccord.detect.guidance.guide import guide
from skyaccord.detect.guidance.last_time import flown, last_time_to_manoeuvre
from skyaccord.detect.guidance.manoeuvre import level_off, rise_at
from skyaccord.detect.profile import Region
from skyaccord.detect.well_clear import TAUMOD, is_well_clear_violated
from skyaccord.units import FPM, FT, KT, NM
from tests.detect.guidance.scenes import PROFILE, aimed_scenes, numbers, scene_of, scenes

D, Z, TAU = 0.66 * NM, 450 * FT, 35.0
EDGE_S = 1.5
RNG = np.random.default_rng


def exposed_to(scene: Scene, kind: Kind, region: Region = Region.MID) -> tuple[Grid, Exposed]:
    grid = grid_of(kind, scene.ownship, PROFILE)
    assert grid is not None
    return grid, expose(grid, foresee_regions(scene, PROFILE)[region].stakes, PROFILE, ())


def flight(scene: Scene, kind: Kind, value: float, times: np.ndarray) -> list[np.ndarray]:
    """Return the ownship's states at ascending times on its way to a value: equations of motion in steps of 0.05 s."""
    own, performance = scene.ownship.copy(), PROFILE.performance
    speed, heading, clock = math.hypot(own[3], own[4]), math.atan2(own[3], own[4]), 0.0
    found = []
    for t in times:
        while clock < t - 1e-9:
            step = min(0.05, t - clock)
            turned, paced, climbed = heading, speed, own[5]
            if kind is Kind.DIRECTION:
                left = value - heading
                turned = heading + math.copysign(min(abs(left), performance.turn_rate_rps * step), left)
            elif kind is Kind.SPEED:
                left = value - speed
                paced = speed + math.copysign(min(abs(left), performance.acceleration_mps2 * step), left)
            elif kind is Kind.CLIMB:
                left = value - own[5]
                climbed = own[5] + math.copysign(min(abs(left), performance.climb_acceleration_mps2 * step), left)
            middle, pace = 0.5 * (heading + turned), 0.5 * (speed + paced)
            own[:2] += np.array([math.sin(middle), math.cos(middle)]) * pace * step
            own[2] += 0.5 * (own[5] + climbed) * step
            heading, speed, own[5] = turned, paced, climbed
            clock += step
        own[3], own[4] = speed * math.sin(heading), speed * math.cos(heading)
        found.append(own.copy())
    return found


def violates(own: np.ndarray, intruder: np.ndarray, t: float, shrink: float) -> bool:
    """Return whether the pair violates well clear at a time, in a volume made larger or smaller by a share."""
    other = np.concatenate([intruder[:3] + t * intruder[3:], intruder[3:]])
    pair = tuple((own - other).tolist())
    return bool(is_well_clear_violated(TAUMOD, pair, D * shrink, Z * shrink, TAU, 0.0))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.DIRECTION, Kind.SPEED, Kind.CLIMB])
@settings(max_examples=60)
@given(aimed_scenes(), st.integers(0, 10_000))
def test_what_is_free_flies_free_and_what_is_not_does_not(kind: Kind, scene: Scene, seed: int) -> None:
    grid, exposed = exposed_to(scene, kind)
    assume(len(exposed.numbers))
    free, _ = exposed.free()
    at = int(RNG(seed).integers(0, len(grid.values)))
    paths = {-1: grid.left, 1: grid.right}
    zero = len(grid.left) - 1
    point = paths[-1 if at < zero else 1][abs(at - zero)]
    horizon_s = min(PROFILE.look_ahead_s, float(exposed.question.horizon_s[0]) + point[0])
    value = {Kind.DIRECTION: math.atan2(scene.ownship[3], scene.ownship[4]) + grid.values[at] - grid.current}.get(
        kind, grid.values[at]
    )
    assume(kind is Kind.DIRECTION or 0 < at < len(grid.values) - 1)  # the last value stands for the limit
    times = np.arange(0.0, horizon_s - EDGE_S, 0.5)
    later = np.arange(max(0.0, horizon_s - EDGE_S), horizon_s + EDGE_S, 0.25)
    owns = flight(scene, kind, float(value), times)
    if free[at]:
        assert not any(violates(own, scene.intruders[0], t, 0.97) for own, t in zip(owns, times, strict=True))
    elif times.size and not any(violates(own, scene.intruders[0], t, 1.03) for own, t in zip(owns, times, strict=True)):
        # Forbidden though never violated: only where it stands alone, or at the very edge of the horizon.
        owns = flight(scene, kind, float(value), later)
        is_late = any(violates(own, scene.intruders[0], t, 1.03) for own, t in zip(owns, later, strict=True))
        alone = not (at > 0 and free[at - 1]) and not (at + 1 < len(free) and free[at + 1])
        assert is_late or alone


@pytest.mark.parametrize("kind", [Kind.DIRECTION, Kind.SPEED, Kind.CLIMB])
@settings(max_examples=20)
@given(scenes(most=1), st.floats(0.0, 1.0))
def test_the_states_of_a_path_are_those_of_the_flight(kind: Kind, scene: Scene, share: float) -> None:
    grid = grid_of(kind, scene.ownship, PROFILE)
    assert grid is not None
    for path, side in ((grid.left, -1.0), (grid.right, 1.0)):
        k = round(share * (len(path) - 1))
        start = math.atan2(scene.ownship[3], scene.ownship[4]) if kind is Kind.DIRECTION else grid.current
        value = start + side * k * grid.axis.step
        assume(kind is not Kind.SPEED or value > 0.0)  # the step beyond the limit may be none that can be flown
        own = flight(scene, kind, value, path[k : k + 1, 0])[0]
        assert path[k, 1:] == pytest.approx(own, rel=1e-4, abs=0.5)


@settings(max_examples=60)
@given(
    st.floats(-15.0, 15.0), st.floats(-3_000.0, 3_000.0), st.floats(1.0, 15.0), st.floats(0.5, 3.0), st.integers(0, 99)
)
def test_an_altitude_is_flown_to_smoothly_and_held(
    climb: float, rise: float, rate: float, acceleration: float, share: int
) -> None:
    profile = level_off(climb, rise, rate, acceleration)
    end = profile[1] + profile[2] + profile[3]
    assert rise_at(0.0, climb, profile, acceleration) == pytest.approx((0.0, climb))
    if profile[4] > 0.0:  # it can stop in time
        reached, speed = rise_at(end, climb, profile, acceleration)
        assert reached == pytest.approx(rise, abs=1e-6)
        assert speed == pytest.approx(0.0, abs=1e-6)
    t, dt = end * share / 100.0, 1e-4
    before, after = rise_at(t, climb, profile, acceleration), rise_at(t + dt, climb, profile, acceleration)
    assert after[0] - before[0] == pytest.approx(0.5 * (before[1] + after[1]) * dt, abs=1e-6)
    assert abs(after[1] - before[1]) <= acceleration * dt * 1.001 + 1e-9


@settings(max_examples=60)
@given(aimed_scenes(), st.floats(0.0, 1.0))
def test_a_free_altitude_is_flown_to_and_held_free(scene: Scene, share: float) -> None:
    grid, exposed = exposed_to(scene, Kind.ALTITUDE)
    assume(len(exposed.numbers))
    always = exposed.question._replace(horizon_s=np.full(1, PROFILE.look_ahead_s))
    free = np.flatnonzero(replace(exposed, question=always).free()[0])
    near = free[np.abs(grid.values[free] - grid.current) < 3_000 * FT]
    assume(len(near))
    value = grid.values[near[round(share * (len(near) - 1))]]
    own, rates = scene.ownship, (PROFILE.performance.climb_rate_mps, PROFILE.performance.climb_acceleration_mps2)
    profile = level_off(own[5], value - own[2], *rates)
    assume(profile[4] > 0.0)  # it can stop in time
    held_s = profile[1] + profile[2] + profile[3]
    for t in np.arange(0.0, PROFILE.look_ahead_s - EDGE_S, 0.25):
        rise, climb = rise_at(t, own[5], profile, rates[1]) if t < held_s else (value - own[2], 0.0)
        here = np.array([own[0] + t * own[3], own[1] + t * own[4], own[2] + rise, own[3], own[4], climb])
        assert not violates(here, scene.intruders[0], t, 0.97)


@settings(max_examples=100)
@given(numbers(-8.0, 8.0), st.integers(-9, 9), numbers(0.0, 1.0), numbers(0.0, 2 * math.pi))
def test_whom_an_altitude_meets_on_the_way_is_seen_there(climb: float, rise: int, share: float, track: float) -> None:
    """An intruder so fast that it is near for two seconds only, met at a given moment of the way."""
    own, rates = (0.0, 0.0, 3_000.0, 0.0, 100.0, climb), (PROFILE.performance.climb_rate_mps, 2.4516625)
    value = 3_000.0 + rise * 100 * FT
    profile = level_off(climb, value - own[2], *rates)
    assume(profile[4] > 0.0)
    held_s = profile[1] + profile[2] + profile[3]
    at_s = share * held_s
    met = np.array([0.0, at_s * own[4], own[2] + rise_at(at_s, climb, profile, rates[1])[0]])
    speed = np.array([300.0 * math.sin(track), 300.0 * math.cos(track), 0.0])
    scene = scene_of(own, [(*(met - at_s * speed), *speed)])
    grid = grid_of(Kind.ALTITUDE, scene.ownship, PROFILE)
    assert grid is not None
    values = replace(grid, values=np.array([value]), altitude_times=(np.zeros(1), np.array([held_s])))
    stakes = Stakes(scene.intruders, scene.std, np.array([hazard.cylinder(300.0, 20.0)]), np.array([180.0]))
    seen = values.expose(stakes, PROFILE.look_ahead_s)
    assert at_s - 3.5 < min(seen.way_entry_s[0, 0], seen.entry_s[0, 0]) <= at_s + 1e-6


def test_a_limit_on_the_grid_but_for_rounding_has_no_step_beyond() -> None:
    for off in (-2e-5, 0.0, 2e-5):
        scene = scene_of((0, 0, 3000, 0, (450 + off) * KT, 0), [(0, 9_000, 3000, 0, -100, 0)])
        grid = grid_of(Kind.SPEED, scene.ownship, PROFILE)
        assert grid is not None
        assert len(grid.values) == (700 - 10) / 5 + 1
        assert np.diff(grid.values) == pytest.approx(5 * KT, rel=1e-5)


@settings(max_examples=15)
@given(scenes(), numbers(0.0, 1_000.0), numbers(-100.0, 100.0))
def test_nothing_is_free_where_the_volume_is_violated_now(scene: Scene, near_m: float, above_m: float) -> None:
    scene.intruders[0, :3] = scene.ownship[:3] + np.array([near_m, 0.0, above_m])
    for axis in guide(scene, PROFILE).axes:
        assert all(band.region is not Region.NONE for band in axis.bands)


@settings(max_examples=15)
@given(scenes())
def test_a_mirrored_sky_has_mirrored_bands(scene: Scene) -> None:
    flip = np.array([-1.0, 1.0, 1.0, -1.0, 1.0, 1.0])
    mirrored = Scene(scene.ownship * flip, scene.intruders * flip, scene.std, scene.alerters)
    for kind in Kind:
        one, other = guide(scene, PROFILE, (kind,)).axes[0], guide(mirrored, PROFILE, (kind,)).axes[0]
        if kind is not Kind.DIRECTION:
            assert [b.region for b in one.bands] == [b.region for b in other.bands]
            continue
        here = [(b.low - one.current, b.high - one.current, b.region) for b in one.bands]
        there = [(other.current - b.high, other.current - b.low, b.region) for b in reversed(other.bands)]
        assert [each[2] for each in here] == [each[2] for each in there]
        assert np.allclose([each[:2] for each in here], [each[:2] for each in there], atol=1e-6)


@settings(max_examples=15)
@given(scenes(), st.randoms(use_true_random=False))
def test_the_order_of_intruders_does_not_matter(scene: Scene, random: object) -> None:
    order = list(range(len(scene)))
    random.shuffle(order)  # type: ignore[attr-defined]
    other = Scene(scene.ownship, scene.intruders[order], scene.std[order], scene.alerters[order])
    assert [axis.bands for axis in guide(scene, PROFILE).axes] == [axis.bands for axis in guide(other, PROFILE).axes]


@settings(max_examples=15)
@given(scenes())
def test_another_intruder_frees_nothing(scene: Scene) -> None:
    fewer = Scene(scene.ownship, scene.intruders[:-1], scene.std[:-1], scene.alerters[:-1])
    for kind in Kind:
        grid, with_all = exposed_to(scene, kind)
        free, _ = with_all.free()
        if len(fewer) == 0:
            continue
        _, without = exposed_to(fewer, kind)
        more, _ = without.free()
        assert not np.any(free & ~more)
        assert len(free) == len(grid.values)


@settings(max_examples=15)
@given(scenes())
def test_intruders_that_are_left_out_as_far_forbid_nothing(scene: Scene) -> None:
    for kind in Kind:
        grid, near = exposed_to(scene, kind)
        stakes = foresee_regions(scene, PROFILE)[Region.MID].stakes
        everyone = grid.expose(stakes, PROFILE.look_ahead_s)
        question = near.question._replace(horizon_s=stakes.horizon_s)
        assert np.array_equal(near.free()[0], grid.free(everyone, everyone, question)[0])


@settings(max_examples=15)
@given(scenes())
def test_a_recovery_keeps_its_separation_and_a_smaller_one_is_never_later(scene: Scene) -> None:
    _, exposed = exposed_to(scene, Kind.CLIMB)
    sizes = [(0.66 * NM, 450 * FT), (0.4 * NM, 250 * FT), (500 * FT, 100 * FT)]
    for by_s in (0.0, 20.0, 60.0, 180.0):
        masks = [exposed.free_by(by_s, exposed.to_cylinder(*size)) for size in sizes]
        assert not np.any(masks[0] & ~masks[1])
        assert not np.any(masks[1] & ~masks[2])


def test_head_on_at_once_is_bounded_by_the_tangents_of_the_volume() -> None:
    # At equal speed v, closing head on from s, a turn by a leaves the relative track at an angle a/2 off the line of
    # sight, and the miss distance is s sin(a/2): free as soon as that exceeds D.
    speed, apart = 100.0, 9_000.0
    scene = scene_of((0, 0, 3000, 0, speed, 0), [(0, apart, 3000, 0, -speed, 0)])
    axis = guide(scene, instantaneous(PROFILE), (Kind.DIRECTION,)).axes[0]
    least_deg = 2.0 * math.degrees(math.asin(D / apart))
    right = next(band.low for band in axis.bands if band.region is Region.NONE and band.low > 0.0)
    assert math.degrees(right - axis.current) == pytest.approx(math.ceil(least_deg), abs=1e-6)
    assert axis.resolution is not None
    assert axis.resolution.above - axis.current == pytest.approx(axis.current - axis.resolution.below)


def test_an_empty_sky_is_free_everywhere() -> None:
    empty = Scene(np.array([0, 0, 3000, 0, 100, 0.0]), np.empty((0, 6)), np.empty((0, 4)), np.empty(0, np.int64))
    for axis in guide(empty, PROFILE).axes:
        assert [band.region for band in axis.bands] == [Region.NONE]
        assert axis.resolution is None


def test_a_speed_outside_its_limits_has_no_bands() -> None:
    slow = scene_of((0, 0, 3000, 0, 1.0, 0), [(0, 9000, 3000, 0, -100, 0)])
    assert guide(slow, PROFILE, (Kind.SPEED,)).axes[0].bands == ()


def test_each_forbidden_band_names_the_intruder_that_forbids_it() -> None:
    scene = scene_of((0, 0, 3000, 0, 100, 0), [(0, 60_000, 3000, 0, 100, 0), (0, 9_000, 3000, 0, -100, 0)])
    axis = guide(scene, PROFILE, (Kind.DIRECTION,)).axes[0]
    causes = explain(scene, PROFILE, axis)
    assert len(causes) == len(axis.bands)
    for band, cause in zip(axis.bands, causes, strict=True):
        assert (cause is None) == (band.region in (Region.NONE, Region.RECOVERY))
        assert cause is None or (cause.intruder == 1 and 0.0 <= cause.entry_s < 60.0)
    assert any(cause is not None for cause in causes)


def test_after_the_last_time_to_manoeuvre_nothing_keeps_well_clear() -> None:
    scene = scene_of((0, 0, 3000, 0, 100, 0), [(0, 15_000, 3000, 0, -100, 0)])
    last_s = last_time_to_manoeuvre(scene, PROFILE, Kind.DIRECTION)
    assert last_s is not None
    assert 0.0 < last_s < 75.0

    def has_way(by_s: float) -> bool:
        later = flown(scene, by_s)
        _, exposed = exposed_to(later, Kind.DIRECTION)
        return bool(stretches(exposed.free()[0]).any())

    assert has_way(last_s)
    assert not has_way(last_s + 1.0)
    assert (
        last_time_to_manoeuvre(scene_of((0, 0, 3000, 0, 100, 0), [(0, 9e4, 3000, 0, 100, 0)]), PROFILE, Kind.SPEED)
        is None
    )


def test_a_recovery_is_clear_of_the_cylinder_until_its_time() -> None:
    scene = scene_of((0, 0, 3000, 0, 100, 0), [(0, 3_000, 3000, 0, -100, 0)])
    axis = guide(scene, replace(PROFILE), (Kind.CLIMB,)).axes[0]
    assert axis.recovery is not None
    assert axis.recovery.time_s is not None
    out = [band for band in axis.bands if band.region is Region.RECOVERY]
    assert out
    climb = out[0].low + 200 * FPM if out[0].high > out[0].low + 400 * FPM else out[0].low
    times = np.arange(0.0, axis.recovery.time_s, 0.25)
    for t, own in zip(times, flight(scene, Kind.CLIMB, climb, times), strict=True):
        other = scene.intruders[0] + np.concatenate([t * scene.intruders[0][3:], np.zeros(3)])
        pair = tuple((own - other).tolist())
        entry, leave = cylinder_interval(pair, axis.recovery.range_m * 0.99, axis.recovery.height_m * 0.99, 1e-6)  # type: ignore[arg-type, operator]
        assert not entry < leave
