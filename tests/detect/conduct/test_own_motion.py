"""One aircraft's motion from its reports, against what it truly flew."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.detect.conduct.own_motion import OwnMotion, fit_own_motion, fly_straight, report_errors_m
from skyaccord.detect.line import T
from skyaccord.detect.observation import observe
from skyaccord.geometry.earth import surface_points
from skyaccord.units import KT
from tests.builders import make_tracks
from tests.detect.conduct.flights import Flown, Sensor, fly_lead, wgs84


def fitted(flown: Flown, sensor: Sensor, at_s: np.ndarray, seed: int = 0) -> OwnMotion:
    tracks = make_tracks({"aaaaaa": sensor.report(flown, np.random.default_rng(seed))})
    seen = observe(tracks)
    t_s = seen.line[0, T] - sensor.phase_s + at_s
    return fit_own_motion(seen, report_errors_m(tracks, seen), np.array([0, len(at_s)]), t_s, np.array([0]))


def true_velocity(flown: Flown, at_s: np.ndarray) -> np.ndarray:
    points = surface_points(flown.lat_deg, flown.lon_deg)
    rate = np.gradient(points, flown.t_s, axis=0)
    return np.stack([np.interp(at_s, flown.t_s, rate[:, axis]) for axis in range(3)], axis=1)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 1000),
    every_s=st.sampled_from([1.0, 2.0, 5.0, 10.0]),
    sigma_m=st.sampled_from([3.0, 15.0, 38.0]),
    lasting_s=st.sampled_from([0.0, 20.0, 120.0]),
    turn_degps=st.floats(-1.0, 1.0),
)
def test_velocity_is_within_four_standard_errors_in_straight_flight_and_usual_turns(
    seed: int, every_s: float, sigma_m: float, lasting_s: float, turn_degps: float
) -> None:
    flown = fly_lead(180.0, 250 * KT, 30.0, ((60.0, 120.0, turn_degps),))
    at_s = np.arange(30.0, 150.0, 10.0)
    motion = fitted(flown, Sensor(every_s, sigma_m, lasting_s), at_s, seed)
    off = np.abs(motion.velocity_mps - true_velocity(flown, at_s))
    assert (off < 4.0 * motion.velocity_error_mps[:, None] + 4.0).all()


@pytest.mark.parametrize("every_s", [1.0, 5.0, 10.0])
def test_error_grows_where_reports_lie_to_one_side(every_s: float) -> None:
    flown = fly_lead(200.0, 250 * KT, 30.0)
    motion = fitted(flown, Sensor(every_s, 20.0), np.array([0.0, 100.0]))
    assert motion.velocity_error_mps[0] > 1.5 * motion.velocity_error_mps[1]


def test_straight_flight_goes_on_along_a_geodesic() -> None:
    flown = fly_lead(200.0, 250 * KT, 30.0)
    motion = fitted(flown, Sensor(1.0, 0.001), np.array([100.0]))
    on = fly_straight(motion, np.array([240.0]))
    lon, lat, _ = wgs84().fwd(flown.lon_deg[200], flown.lat_deg[200], flown.course_deg[200], 250 * KT * 240.0)
    assert np.linalg.norm(on.position_m[0] - surface_points(np.array([lat]), np.array([lon]))[0]) < 40.0
    assert np.linalg.norm(on.velocity_mps[0]) == pytest.approx(250 * KT, rel=1e-3)
    assert on.position_error_m[0] >= 240.0 * motion.velocity_error_mps[0]


def test_one_report_has_a_place_and_no_velocity() -> None:
    flown = fly_lead(5.0, 250 * KT, 30.0)
    motion = fitted(flown, Sensor(10.0, 1.0), np.array([0.0]))
    assert np.isfinite(motion.position_m).all()
    assert np.isnan(motion.velocity_mps).all()
    assert motion.velocity_error_mps[0] == np.inf
