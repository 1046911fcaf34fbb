"""Every incident of the library: what is told of it is what its tracks show, measured without the package's planner."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from skyaccord.memorandum.presets import preset, preset_names
from skyaccord.rules.judge import judge
from skyaccord.rules.severity.gravity import ORDER
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.scenarios.performance import TYPES
from skyaccord.tracks.scenarios.plan import Reported, Span
from skyaccord.tracks.scenarios.scenario import Scenario, load_scenario, make_tracks_table, scenario_names
from tests.oracle.outcomes import (
    FT,
    GRAVITY_MPS2,
    KT,
    NM,
    OUTCOMES,
    WGS84,
    Pair,
    pairs_between,
    tracks_of,
    worst_outcome,
)

Floats = npt.NDArray[np.float64]

INCIDENTS = {
    1: ("aleppo-2015-10-10-russian-account", "aleppo-2015-10-10-us-account"),
    2: ("comm-test-2015-11-03",),
    3: ("hatay-2015-11-24-russian-account", "hatay-2015-11-24-turkish-account"),
    4: ("syria-2016-10-17",),
    5: ("syria-2016-radar-plane",),
    6: ("euphrates-2017-11",),
    7: ("abu-kamal-2017-12-13-russian-account", "abu-kamal-2017-12-13-us-account"),
    8: ("baltic-2016-04-14",),
    9: ("black-sea-2017-05-09",),
    10: ("kaliningrad-2017-06-19-russian-account", "kaliningrad-2017-06-19-us-account"),
    11: ("black-sea-2017-11-25",),
    12: ("black-sea-2018-01-29",),
    13: ("mediterranean-2020-04-15",),
    14: ("mediterranean-2020-05-26",),
    15: ("black-sea-2023-03-14-russian-account", "black-sea-2023-03-14-us-account"),
    16: ("syria-2023-07-23",),
    17: ("ain-issa-2023-08-08",),
    18: ("hainan-2001-04-01-chinese-account", "hainan-2001-04-01-us-account"),
    19: ("south-china-sea-2014-08-19",),
    20: ("south-china-sea-2022-12-21-chinese-account", "south-china-sea-2022-12-21-us-account"),
    21: ("yellow-sea-2024-05-04",),
    22: ("malmo-2014-03-03",),
    23: ("uberlingen-2002-07-01",),
    24: ("south-china-sea-2023-10-24",),
}
"""The incidents of the public record, in the order in which the facts of this project were collected."""

PLACES = {
    "abu-kamal-2017-12-13-russian": (35.02, 40.45, 40e3),  # Mayadin
    "abu-kamal-2017-12-13-us": (34.45, 40.92, 80e3),
    "ain-issa": (36.39, 38.86, 20e3),
    "aleppo": (36.2, 37.4, 120e3),
    "baltic": (55.5, 18.5, 150e3),
    "black-sea-2023": (44.65, 30.7, 60e3),  # 200 km south of Odesa
    "black-sea": (43.4, 34.0, 400e3),
    "comm-test": (34.2, 38.0, 120e3),
    "euphrates": (34.8, 40.6, 80e3),
    "hainan": (17.6, 111.0, 60e3),  # 70 miles off the island's southeast
    "hatay": (35.86, 36.1, 40e3),
    "kaliningrad": (54.97, 20.06, 60e3),
    "malmo": (55.15, 13.0, 20e3),
    "mediterranean": (34.3, 30.5, 300e3),
    "south-china-sea-2014": (19.2, 113.1, 80e3),  # 135 miles east of Hainan
    "south-china-sea": (17.5, 114.0, 350e3),
    "syria-2016": (35.0, 39.0, 150e3),
    "syria-2023": (36.0, 38.5, 150e3),
    "uberlingen": (47.7783, 9.1739, 1e3),
    "yellow-sea": (35.6, 123.4, 150e3),
}
"""Latitude, longitude and radius of each place as a map shows it."""

TEACHING = ("crossing-breach", "crossing-infringed", "formation-one-party")
NAMES = tuple(name for names in INCIDENTS.values() for name in names)
every_incident = pytest.mark.parametrize("name", NAMES)
every_scenario = pytest.mark.parametrize("name", [*NAMES, *TEACHING])

NEAR_M = NM  # an interception lasts while the two are within this
SURFACE_M = 0.35  # of a told clearance: what rows a second apart, joined by straight lines, may lose of a curved way
SHARE = 0.05  # of a told duration, path or rate


@cache
def scenario_of(name: str) -> Scenario:
    return load_scenario(name)


@cache
def pairs_of(name: str) -> tuple[Pair, ...]:
    """Return the pairs between parties, exact, with every altitude."""
    scenario = scenario_of(name)
    flights = tuple(replace(flight, has_altitude=True) for flight in scenario.flights)
    table = make_tracks_table(replace(scenario, noise=None, flights=flights))
    return tuple(pairs_between(table, scenario.party_of))


@cache
def flown(name: str) -> dict[str, dict[str, Floats]]:
    return tracks_of(make_tracks_table(replace(scenario_of(name), noise=None)))


def clearance_m(scenario: Scenario, pair: Pair) -> Floats:
    """Return the distance from skin to skin, in the frame of the larger aircraft: the other one turns about it."""
    a, b = (TYPES[scenario.flight(aircraft).type] for aircraft in (pair.a, pair.b))
    box = (a.length_m + b.length_m) / 2, (a.span_m + b.span_m) / 2, (a.height_m + b.height_m) / 2
    return pair.clearance_m(pair.a if a.span_m > b.span_m else pair.b, box)


def told(names: tuple[str, ...], field: str) -> Iterator[tuple[str, Span]]:
    """Yield every number of a kind that a report tells and the scenario flies."""
    for name in names:
        for report in scenario_of(name).reported:
            if report.is_flown and (span := getattr(report, field)) is not None:
                yield name, span


def test_every_incident_of_the_record_is_there_and_every_file_is_one_or_teaches() -> None:
    assert set(scenario_names()) == {*NAMES, *TEACHING}


@every_incident
def test_incident_tells_who_said_what_where_and_how_sure_that_is(name: str) -> None:
    scenario = scenario_of(name)
    assert scenario.reported
    assert all(each.what and each.by and "." in each.source for each in scenario.reported)
    assert scenario.undecidable


@every_scenario
def test_scenario_says_what_is_assumed_and_what_is_expected_of_presets_that_exist(name: str) -> None:
    scenario = scenario_of(name)
    assert scenario.assumed
    assert {each.preset for each in scenario.expected} <= set(preset_names())
    assert all(each.because for each in scenario.expected)


@every_incident
def test_versions_of_one_event_name_their_party_and_single_ones_do_not(name: str) -> None:
    scenario = scenario_of(name)
    versions = [other for other in map(scenario_of, NAMES) if other.event == scenario.event]
    assert bool(scenario.account) == (len(versions) > 1)
    assert len({other.account for other in versions}) == len(versions)


@every_incident
def test_it_took_place_where_it_is_said_to(name: str) -> None:
    lat, lon, radius_m = next(place for prefix, place in PLACES.items() if name.startswith(prefix))
    for pair in pairs_of(name):
        nearest = int(np.argmin(pair.horizontal_m))
        track = flown(name)[pair.a]
        at = [float(np.interp(pair.t_s[nearest], track["t_s"], track[c])) for c in ("lon", "lat")]
        assert WGS84.inv(*at, lon, lat)[2] < radius_m


@pytest.mark.parametrize(("name", "span"), list(told(NAMES, "distance_m")))
def test_least_horizontal_distance_is_the_one_that_is_told(name: str, span: Span) -> None:
    least_m = min(float(np.min(pair.horizontal_m)) for pair in pairs_of(name))
    assert span[0] - 1.0 <= least_m <= span[1] + 1.0


@pytest.mark.parametrize(("name", "span"), list(told(NAMES, "clearance_m")))
def test_least_clearance_is_the_one_that_is_told(name: str, span: Span) -> None:
    scenario = scenario_of(name)
    least_m = min(float(np.min(clearance_m(scenario, pair))) for pair in pairs_of(name))
    assert span[0] - SURFACE_M <= least_m <= span[1] + SURFACE_M


@pytest.mark.parametrize(("name", "span"), list(told(NAMES, "vertical_m")))
def test_difference_of_height_where_they_are_nearest_is_the_one_that_is_told(name: str, span: Span) -> None:
    nearest = min(pairs_of(name), key=lambda pair: float(np.min(pair.horizontal_m)))
    vertical_m = float(nearest.vertical_m[np.argmin(nearest.horizontal_m)])
    assert span[0] - 1.0 <= vertical_m <= span[1] + 1.0


@pytest.mark.parametrize(("name", "span"), list(told(NAMES, "lasted_s")))
def test_they_are_near_each_other_for_as_long_as_is_told(name: str, span: Span) -> None:
    near = [pair.t_s[pair.horizontal_m < NEAR_M] for pair in pairs_of(name)]
    lasted_s = max(float(np.ptp(t_s)) for t_s in near if len(t_s))
    assert (1 - SHARE) * span[0] <= lasted_s <= (1 + SHARE) * span[1]


def reports_of_motion() -> Iterator[tuple[str, Reported]]:
    for name in NAMES:
        for report in scenario_of(name).reported:
            if report.is_flown and (report.figures.took_s is not None or report.figures.speed_mps is not None):
                yield name, report


@pytest.mark.parametrize(("name", "report"), list(reports_of_motion()))
def test_path_climb_and_speed_that_are_told_are_flown(name: str, report: Reported) -> None:
    figures, track = report.figures, flown(name)[report.figures.of]
    step_s = float(track["t_s"][1] - track["t_s"][0])
    if figures.path_m is not None and figures.took_s is not None:
        k = round(figures.took_s / step_s)
        _, _, way_m = WGS84.inv(track["lon"][:-k], track["lat"][:-k], track["lon"][k:], track["lat"][k:])
        low, high = figures.path_m
        assert np.any((way_m > (1 - SHARE) * low) & (way_m < (1 + SHARE) * high))
    if figures.climbed_m is not None and figures.took_s is not None:
        k = round(figures.took_s / step_s)
        climbed_m = track["altitude_m"][k:] - track["altitude_m"][:-k]
        most_m = climbed_m.min() if figures.climbed_m < 0 else climbed_m.max()
        assert most_m == pytest.approx(figures.climbed_m, rel=SHARE)
    if figures.speed_mps is not None and figures.altitude_m is not None:
        density = (1 - 2.25577e-5 * figures.altitude_m) ** 4.2559
        as_indicated_mps = figures.speed_mps / math.sqrt(density)
        told_mps = [figures.speed_mps, as_indicated_mps]
        assert any(np.any(np.abs(track["speed_mps"] - speed) < SHARE * speed) for speed in told_mps)


@every_scenario
def test_every_aircraft_is_flown_as_its_class_can_be(name: str) -> None:
    scenario = scenario_of(name)
    for aircraft, track in flown(name).items():
        lapse_s = np.diff(track["t_s"])
        azimuth, _, way_m = WGS84.inv(track["lon"][:-1], track["lat"][:-1], track["lon"][1:], track["lat"][1:])
        speed_mps, course = np.asarray(way_m) / lapse_s, np.unwrap(np.asarray(azimuth), period=360.0)
        stated_mps = (track["speed_mps"][1:] + track["speed_mps"][:-1]) / 2
        across_mps2 = np.radians(np.diff(course)) / lapse_s[1:] * speed_mps[1:]
        along_mps2 = np.diff(speed_mps) / lapse_s[1:]
        altitude_m = np.nan_to_num(track["altitude_m"], nan=3000.0)
        climb_mps = np.diff(altitude_m) / lapse_s
        up_mps2 = np.diff(climb_mps) / lapse_s[1:]
        load = np.hypot(1 + up_mps2 / GRAVITY_MPS2, across_mps2 / GRAVITY_MPS2)
        assert np.max(np.abs(along_mps2)) < 6.0, aircraft
        assert speed_mps == pytest.approx(stated_mps, rel=0.01, abs=0.5), aircraft
        kind = scenario.flight(aircraft).type
        if not kind:
            assert np.max(load) < 2.5, aircraft
            continue
        bounds = TYPES[kind].of
        density = (1 - 2.25577e-5 * altitude_m[1:]) ** 4.2559
        assert np.min(speed_mps * np.sqrt(density)) > bounds.landing_mps, aircraft
        assert np.max(speed_mps) < min(bounds.fastest_mps, 600 * KT), aircraft
        assert np.max(load) < bounds.load_factor, aircraft
        if not any(report.figures.of == aircraft and report.figures.climbed_m for report in scenario.reported):
            assert np.max(np.abs(climb_mps)) < bounds.vertical_mps, aircraft


@pytest.mark.parametrize(
    ("name", "memorandum"), [(n, e.preset) for n in (*NAMES, *TEACHING) for e in scenario_of(n).expected]
)
def test_expected_verdict_follows_from_geometry_and_is_what_the_rules_say(name: str, memorandum: str) -> None:
    scenario = scenario_of(name)
    table = make_tracks_table(scenario)
    pairs = list(pairs_between(table, scenario.party_of))
    expected = next(each for each in scenario.expected if each.preset == memorandum)
    assert worst_outcome(memorandum, pairs) == expected.outcome.value
    verdicts = judge(build_tracks(table).tracks, preset(memorandum)).verdicts
    gravest = min((verdict.outcome.value for verdict in verdicts), key=lambda o: ORDER[o], default="compliant")
    assert gravest == expected.outcome.value


def test_the_oracle_knows_every_preset_that_scenarios_name() -> None:
    assert {e.preset for name in (*NAMES, *TEACHING) for e in scenario_of(name).expected} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("name", "span"), [(n, e.lost_s) for n in (*NAMES, *TEACHING) for e in scenario_of(n).expected if e.lost_s]
)
def test_threes_are_lost_for_as_long_as_is_stated(name: str, span: Span) -> None:
    lost_s = max(
        float(np.count_nonzero((pair.horizontal_m < 3 * NM) & (pair.vertical_m < 3000 * FT))) * 0.05
        for pair in pairs_of(name)
    )
    assert span[0] <= lost_s <= span[1]


def test_the_table_of_the_documentation_has_every_scenario_with_what_is_expected() -> None:
    page = (Path(__file__).parents[3] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines() if line.startswith("| `")]
    told = {row[1].strip("`"): tuple(row[5:8]) for row in rows if row[1].strip("`") in scenario_names()}
    presets = ("syria-2015-public-outline", "surveillance-minima", "near-midair")
    assert told == {
        name: tuple(next((e.outcome.value for e in scenario_of(name).expected if e.preset == p), "") for p in presets)
        for name in scenario_names()
    }
