"""Alert levels of many pairs against the same definitions applied one pair at a time."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyproj import Geod

from skyaccord.detect.alerting import Scene, alert_level, level_times
from skyaccord.detect.conf import read_conf
from skyaccord.detect.hazard import Floats, cylinder, hazard_interval, uncertain_well_clear, well_clear
from skyaccord.detect.ladder import highest_level, is_out_of_reach, ladder
from skyaccord.detect.levels import UNDETERMINED, PairLevels, pair_levels
from skyaccord.detect.profile import Alerter
from skyaccord.detect.well_clear import TAUMOD, TCPA, TEP
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.ownship_plane import SPHERE
from skyaccord.geometry.sphere import project
from skyaccord.model.states import States
from skyaccord.units import FT, NM
from tests.detect.pairs import EN_ROUTE, LOOK_AHEAD_S, anywhere, around, meeting

NO_ERROR = (0.0, 0.0, 0.0, 0.0)


def one_by_one(own: States, other: States, alerter: Alerter, std: Floats, standing: np.ndarray) -> list[int]:
    """Return levels by `detect.alerting`, a scene a pair, on the sphere."""
    found = []
    for k in range(len(other)):
        i = k if len(own) > 1 else 0
        origin = math.radians(own.lat_deg[i]), math.radians(own.lon_deg[i])
        states = np.array([projected(own, i, origin), projected(other, k, origin)])
        scene = Scene(states[0], states[1:], std[k : k + 1], np.zeros(1, np.int64))
        entry_s = level_times(scene, alerter, LOOK_AHEAD_S).entry_s[0]
        found.append(alert_level(entry_s, alerter, int(standing[k])))
    return found


def projected(states: States, k: int, origin: tuple[float, float]) -> tuple[float, ...]:
    lat, lon, track = (math.radians(each[k]) for each in (states.lat_deg, states.lon_deg, states.track_deg))
    speed = states.groundspeed_mps[k]
    x, y, vx, vy = project(lat, lon, speed * math.sin(track), speed * math.cos(track), *origin)
    return x, y, states.altitude_m[k], vx, vy, states.vertical_rate_mps[k]


def of(levels: PairLevels) -> list[int]:
    return [int(level) for level in levels.level]


def traffic(seed: int, count: int) -> tuple[States, States]:
    """Return pairs, a third each in conflict, near, and far from one another."""
    rng = np.random.default_rng(seed)
    own = anywhere(rng, 3 * count)
    third = [slice(0, count), slice(count, 2 * count), slice(2 * count, 3 * count)]
    parts = [part(own, each) for each in third]
    others = [
        meeting(rng, parts[0], 120.0, 2 * NM, 900 * FT),
        around(rng, parts[1], 15 * NM, 3000 * FT),
        anywhere(rng, count),
    ]
    return own, States(*(np.concatenate([getattr(o, n) for o in others]) for n in States.__slots__))


def part(states: States, rows: object) -> States:
    return States(*(getattr(states, name)[rows] for name in States.__slots__))


def test_levels_of_many_pairs_are_those_of_scenes_one_by_one() -> None:
    own, other = traffic(1, 3000)
    none, silent = np.zeros((len(other), 4)), np.zeros(len(other), np.int64)
    found = of(pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S), surface=SPHERE))
    assert found == one_by_one(own, other, EN_ROUTE, none, silent)
    assert min(np.bincount(found)) > 100, "every level must occur"


def test_a_standing_level_is_held_by_its_early_alerting_time() -> None:
    own, other = traffic(2, 1000)
    standing = np.random.default_rng(3).integers(0, 4, len(other))
    found = of(pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S), surface=SPHERE, standing=standing))
    assert found == one_by_one(own, other, EN_ROUTE, np.zeros((len(other), 4)), standing)
    memoryless = of(pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S), surface=SPHERE))
    assert sum(a > b for a, b in zip(found, memoryless, strict=True)) > 20


def test_one_ownship_stands_for_all_pairs() -> None:
    rng = np.random.default_rng(4)
    own = part(anywhere(rng, 1), slice(None))
    other = around(rng, part(own, np.zeros(1000, int)), 5 * NM, 1000 * FT)
    found = of(pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S), surface=SPHERE))
    assert found == one_by_one(own, other, EN_ROUTE, np.zeros((1000, 4)), np.zeros(1000, np.int64))
    assert max(found) == 3


def test_volumes_with_uncertainty_are_widened_by_each_pairs_errors() -> None:
    hazard = uncertain_well_clear((0.66 * NM, 450 * FT, 35.0, 0.0), (1.5, 1.0, 0.5, 5 * NM, 0.75, 1.5))
    alerter = Alerter("sum", tuple(replace(level, hazard=hazard) for level in EN_ROUTE.levels))
    own, other = traffic(5, 700)
    std = np.random.default_rng(6).uniform(0.0, 1.0, (len(other), 4)) * (300.0, 10.0, 30.0, 1.0)
    found = of(pair_levels(own, other, ladder(alerter, LOOK_AHEAD_S), surface=SPHERE, std=std))
    assert found == one_by_one(own, other, alerter, std, np.zeros(len(other), np.int64))
    assert found != of(pair_levels(own, other, ladder(alerter, LOOK_AHEAD_S), surface=SPHERE))


def test_a_state_that_lacks_a_value_has_no_level() -> None:
    own, other = traffic(7, 10)
    for name in States.__slots__:
        for states in (own, other):
            getattr(states, name)[0] = math.nan
            found = pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S))
            assert found.level[0] == UNDETERMINED
            assert np.isnan(found.entry_s[0])
            getattr(states, name)[0] = 1.0


def test_pairs_meet_across_the_date_line() -> None:
    rule = ladder(EN_ROUTE, LOOK_AHEAD_S)
    own = States(*(np.array([x]) for x in (10.0, 179.99, 3000.0, 100.0, 90.0, 0.0)))
    other = States(*(np.array([x]) for x in (10.0, -179.95, 3000.0, 100.0, 270.0, 0.0)))
    found = pair_levels(own, other, rule)
    # 6.6 km apart, closing at 200 m/s: modified tau is (D² - r²)/(r · closing) below 35 s already.
    assert found.level.tolist() == [3]
    assert found.entry_s.tolist() == [0.0]


@pytest.mark.parametrize("speed_mps", [20.0, 100.0, 300.0])
@pytest.mark.parametrize("lat_deg", [-80.0, 0.0, 47.0])
def test_alerts_begin_at_the_alerting_time_of_pairs_on_one_meridian(speed_mps: float, lat_deg: float) -> None:
    # Closing at v, modified tau is 35 s at r = (35 v + √((35 v)² + 4 D²)) / 2, and the alert begins 55 s before that.
    closing = 2.0 * speed_mps
    far_m = 55.0 * closing + 0.5 * (35.0 * closing + math.hypot(35.0 * closing, 2.0 * 0.66 * NM))
    there_m = far_m + np.array([-0.2, 0.2]) * closing
    _, lat, _ = Geod(ellps="WGS84").fwd(np.full(2, 10.0), np.full(2, lat_deg), np.zeros(2), there_m)
    own = States(*(np.full(2, x) for x in (lat_deg, 10.0, 3000.0, speed_mps, 0.0, 0.0)))
    other = States(lat, np.full(2, 10.0), np.full(2, 3000.0), np.full(2, speed_mps), np.full(2, 180.0), np.zeros(2))
    assert pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S)).level.tolist() == [2, 0]


def test_alerts_begin_at_the_alerting_time_of_pairs_that_climb_into_one_another() -> None:
    climb = 20.0
    height_m = 450 * FT + 55.0 * climb
    own = States(*(np.full(2, x) for x in (47.0, 10.0, 3000.0, 100.0, 0.0, climb)))
    other = States(*(np.full(2, x) for x in (47.001, 10.0, 3000.0, 100.0, 0.0, 0.0)))
    other.altitude_m[:] += height_m - 2.0, height_m + 250 * FT + 2.0
    assert pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S)).level.tolist() == [2, 0]


def test_an_antipode_is_no_neighbour() -> None:
    own = States(*(np.array([x]) for x in (10.0, 20.0, 3000.0, 100.0, 90.0, 0.0)))
    other = States(*(np.array([x]) for x in (-10.0, -160.0, 3000.0, 100.0, 90.0, 0.0)))
    for surface in (SPHERE, 0):
        assert pair_levels(own, other, ladder(EN_ROUTE, LOOK_AHEAD_S), surface=surface).level.tolist() == [0]


def test_numbers_of_ownships_and_intruders_must_fit() -> None:
    own, other = traffic(8, 3)
    with pytest.raises(SkyaccordError, match="2 ownships for 9 intruders"):
        pair_levels(part(own, slice(0, 2)), other, ladder(EN_ROUTE, LOOK_AHEAD_S))


def test_no_pairs_have_no_levels() -> None:
    own, other = traffic(9, 1)
    empty = part(other, slice(0, 0))
    assert len(pair_levels(part(own, slice(0, 1)), empty, ladder(EN_ROUTE, LOOK_AHEAD_S))) == 0


VOLUMES = [
    *(well_clear(kind, 1200.0, 137.0, time_s, 20.0) for kind in (TAUMOD, TCPA, TEP) for time_s in (0.0, 35.0)),
    well_clear(TAUMOD, 1200.0, 137.0, 35.0),
    cylinder(1852.0, 300.0),
]


@pytest.mark.parametrize("hazard", VOLUMES)
def test_what_is_out_of_reach_is_not_entered_in_time(hazard: Floats) -> None:
    """Asked for the very moment of entry, the cheap test must let every pair through; of the others it stops most."""
    rng = np.random.default_rng(10)
    count = 20_000
    far = rng.uniform(-1.0, 1.0, (count, 2)) * rng.choice([2e3, 1e4, 4e4], (count, 1))
    pace = rng.uniform(-1.0, 1.0, (count, 2)) * rng.choice([1.0, 60.0, 400.0], (count, 1))
    aimed = rng.uniform(size=count) < 0.5
    pace[aimed] = (
        -far[aimed] * (1.0 / rng.uniform(1.0, 150.0, count))[aimed, None] + rng.normal(0, 5, (count, 2))[aimed]
    )
    height = rng.uniform(-600.0, 600.0, count)
    climb = np.where(rng.uniform(size=count) < 0.4, 0.0, rng.uniform(-20.0, 20.0, count))
    entered, others, stopped = 0, 0, 0
    for pair in np.column_stack([far, height, pace, climb]).tolist():
        entry_s, exit_s = hazard_interval(hazard, tuple(pair), NO_ERROR, 0.0, 0.0, 180.0)
        if entry_s < exit_s:
            entered += 1
            assert not is_out_of_reach(hazard, tuple(pair), entry_s), pair
        else:
            others += 1
            stopped += is_out_of_reach(hazard, tuple(pair), 55.0)
    assert entered > 500
    assert stopped > 0.7 * others


@pytest.mark.reference
@pytest.mark.parametrize("config", ["do365b_nosum_stateless", "nom_a_stateless", "cd3d_stateless"])
def test_levels_of_the_reference_geometry_are_those_of_the_reference(config: str, reference: Path) -> None:
    conf = {"do365b": "DO_365B_no_SUM", "nom": "Buffered_DWC_SC_228_nom_a", "cd3d": "CD3D"}[config.split("_")[0]]
    profile = read_conf(reference / "configs" / f"{conf}.conf")
    rules = [ladder(alerter, profile.look_ahead_s) for alerter in profile.alerters]
    compared, wrong = 0, []
    for file in sorted((reference / "alerts" / config).glob("*.csv")):
        with file.open() as alerts, (reference / "geometry" / file.name).open() as geometry:
            where = {(row["t"], row["ac"]): row for row in csv.DictReader(geometry)}
            for row in csv.DictReader(alerts):
                if not row["alert"]:
                    continue
                at = where[row["t"], row["ac"]]
                pair = tuple(float(at[name]) for name in ("sx", "sy", "sz", "vx", "vy", "vz"))
                rule = rules[int(row["alerter"]) - 1]
                level, _ = highest_level(rule.rungs, 0, pair, NO_ERROR, 0.0, 0.0)  # type: ignore[arg-type]
                compared += 1
                if level != int(row["alert"]):
                    wrong.append((file.name, row["t"], row["ac"], level, row["alert"]))
    assert compared > 1000
    assert wrong == []
