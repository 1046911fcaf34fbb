"""What reports imply, against numbers worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from skyaccord.tracks.scenarios.accounts import check_accounts, check_agreement, fold
from skyaccord.tracks.scenarios.plan import Confidence, Figures, Reported, Scenario, SpeedKind
from skyaccord.tracks.scenarios.plausibility import Check, Finding, Kind, check_reports, gravest
from skyaccord.tracks.scenarios.scenario import load_scenario, scenario_names
from skyaccord.tracks.scenarios.text import read_scenario
from skyaccord.units import FT, KMH, KT, MI, NM
from tests.tracks.scenarios.test_scenario_text import GOOD


def scenario(**figures: Any) -> Scenario:
    """Return a scenario whose one report has these figures, of a Su-24 with an MQ-9 beside it."""
    text = GOOD.replace('id = "one"', 'id = "one"\ntype = "Su-24"').replace('id = "two"', 'id = "two"\ntype = "MQ-9"')
    report = Reported("it", "they", "there", Confidence.REPORTED, figures=Figures(of="one", **figures))
    plain = read_scenario(text, "mine.toml", "mine")
    fields = {name: getattr(plain, name) for name in plain.__slots__} | {"reported": (report,)}
    return Scenario(**fields)


def only(checks: tuple[Check, ...]) -> Check:
    (check,) = checks
    return check


def of(name: str, kind: Kind) -> list[Check]:
    return [check for check in check_reports(load_scenario(name)) if check.kind is kind]


def test_seventeen_seconds_on_1_15_miles_are_211_or_244_knots_and_slower_than_a_su24_is_flown() -> None:
    statute_or_nautical, statute = of("hatay-2015-11-24-turkish-account", Kind.IMPLIED_SPEED)[:2]
    assert statute_or_nautical.values["low_mps"] / KT == pytest.approx(1.15 * 1609.344 / 17 * 3600 / 1852)
    assert statute_or_nautical.values["low_mps"] / KT == pytest.approx(211.6, abs=0.1)
    assert statute_or_nautical.values["high_mps"] / KT == pytest.approx(243.5, abs=0.1)
    assert statute_or_nautical.values["slowest_mps"] / KT == pytest.approx(185 / math.sqrt(0.5511), rel=1e-3)
    assert statute_or_nautical.finding is statute.finding is Finding.IMPLAUSIBLE
    assert "a headwind of 38 kt or 6 kt" in statute_or_nautical.text


def test_two_kilometres_in_seven_seconds_are_fine() -> None:
    check = of("hatay-2015-11-24-turkish-account", Kind.IMPLIED_SPEED)[2]
    assert check.values["low_mps"] / KMH == pytest.approx(2 / 7 * 3600, rel=1e-9)
    assert check.finding is Finding.PLAUSIBLE


def test_eight_thousand_feet_in_thirty_seconds_are_an_upset() -> None:
    (check,) = of("hainan-2001-04-01-us-account", Kind.VERTICAL_RATE)
    assert check.values["rate_mps"] / FT * 60 == pytest.approx(-16_000)
    assert check.finding is Finding.DOUBTFUL
    pull_g = 4 * 8000 * 0.3048 / 30**2 / 9.80665  # half the way at a, half at -a
    assert f"{pull_g:.1f} g" == "1.1 g"
    assert "1.1 g" in check.text


def test_fall_faster_than_it_flies_is_implausible() -> None:
    check = only(check_reports(scenario(altitude_m=6000.0, climbed_m=-9000.0, took_s=10.0)))
    assert check.finding is Finding.IMPLAUSIBLE


def test_180_knots_fit_an_ep3_if_indicated_and_hardly_a_fighter_beside_it() -> None:
    told, faster = of("hainan-2001-04-01-us-account", Kind.TOLD_SPEED)
    assert told.finding is faster.finding is Finding.PLAUSIBLE
    assert told.values["if_indicated_true_mps"] / KT == pytest.approx(257, abs=1)
    assert told.values["if_true_calibrated_mps"] / KT == pytest.approx(126, abs=1)
    assert [check.finding for check in of("hainan-2001-04-01-us-account", Kind.COMPANY)] == [
        Finding.DOUBTFUL,
        Finding.PLAUSIBLE,
    ]


@pytest.mark.parametrize(
    ("kind", "knots", "finding"),
    [
        (SpeedKind.INDICATED, 186, Finding.PLAUSIBLE),
        (SpeedKind.INDICATED, 180, Finding.DOUBTFUL),
        (SpeedKind.INDICATED, 170, Finding.IMPLAUSIBLE),
        (SpeedKind.TRUE, 255, Finding.PLAUSIBLE),
        (SpeedKind.TRUE, 200, Finding.IMPLAUSIBLE),
        (SpeedKind.UNTOLD, 200, Finding.PLAUSIBLE),
        (SpeedKind.TRUE, 1000, Finding.IMPLAUSIBLE),
    ],
)
def test_told_speed_is_measured_by_the_range_of_its_class(kind: SpeedKind, knots: float, finding: Finding) -> None:
    checks = check_reports(scenario(altitude_m=19_000 * FT, speed_mps=knots * KT, speed_kind=kind))
    assert only(checks).finding is finding


@pytest.mark.parametrize(
    ("knots", "finding"), [(250, Finding.PLAUSIBLE), (230, Finding.DOUBTFUL), (220, Finding.IMPLAUSIBLE)]
)
def test_implied_speed_is_doubtful_where_an_everyday_headwind_explains_it(knots: float, finding: Finding) -> None:
    way = (knots * KT * 60, knots * KT * 60)
    assert only(check_reports(scenario(altitude_m=19_000 * FT, path_m=way, took_s=60.0))).finding is finding


def test_nose_to_nose_both_speeds_count() -> None:
    (check,) = of("euphrates-2017-11", Kind.REACTION)
    assert check.values["closing_mps"] == pytest.approx(2 * 350 * MI / 3600, rel=1e-4)
    assert check.values["time_s"] == pytest.approx(300 * FT / (700 * MI / 3600), rel=1e-4)


def test_what_is_nearer_than_two_positions_resolve_is_marked_and_what_is_farther_is_not() -> None:
    below = {name for name in scenario_names() if of(name, Kind.FLOOR)}
    assert "kaliningrad-2017-06-19-us-account" in below
    assert "ain-issa-2023-08-08" in below  # 100 m
    assert not {"yellow-sea-2024-05-04", "syria-2016-10-17", "aleppo-2015-10-10-us-account"} & below
    (check,) = of("ain-issa-2023-08-08", Kind.FLOOR)
    assert check.values["floor_m"] == pytest.approx(math.hypot(92.6, 92.6))


def test_the_two_accounts_of_aleppo_differ_five_to_eighteenfold() -> None:
    russian, american = map(load_scenario, ("aleppo-2015-10-10-russian-account", "aleppo-2015-10-10-us-account"))
    for mine, theirs in ((russian, american), (american, russian)):
        check = only(check_accounts(mine, [russian, american]))
        assert check.values["least_ratio"] == pytest.approx(10 * MI / 3000)
        assert check.values["most_ratio"] == pytest.approx(20 * NM / 2000)
        assert theirs.name in check.text


def test_reports_within_one_account_that_exclude_each_other_are_told() -> None:
    (near,) = check_agreement(load_scenario("kaliningrad-2017-06-19-us-account"))
    assert near.values["least_ratio"] == pytest.approx(10.0)
    (lasted,) = check_agreement(load_scenario("abu-kamal-2017-12-13-us-account"))
    assert lasted.values["least_ratio"] == pytest.approx(40 / 9)
    assert check_agreement(load_scenario("mediterranean-2020-05-26")) == ()  # 64 and 65 minutes


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((1.0, 2.0), (4.0, 8.0), (2.0, 8.0)),
        ((4.0, 8.0), (1.0, 2.0), (2.0, 8.0)),
        ((1.0, 4.0), (4.0, 8.0), None),
        ((0.0, 0.0), (4.0, 8.0), None),
        ((0.0, 2.0), (4.0, 8.0), (2.0, 4.0)),
    ],
)
def test_ranges_differ_by_what_lies_between_them(
    one: tuple[float, float], other: tuple[float, float], ratio: tuple[float, float] | None
) -> None:
    assert fold(one, other) == ratio


def test_gravest_of_nothing_is_plausible() -> None:
    assert gravest(()) is Finding.PLAUSIBLE
    assert gravest(check_reports(load_scenario("hatay-2015-11-24-turkish-account"))) is Finding.IMPLAUSIBLE


def test_of_all_reports_only_the_turkish_letter_implies_what_no_such_aircraft_does() -> None:
    found = {
        name: {check.kind for check in check_reports(load_scenario(name)) if check.finding is finding}
        for finding in (Finding.IMPLAUSIBLE, Finding.DOUBTFUL)
        for name in scenario_names()
        if gravest(check_reports(load_scenario(name))) is finding
    }
    assert found == {
        "hatay-2015-11-24-turkish-account": {Kind.IMPLIED_SPEED},
        "hainan-2001-04-01-us-account": {Kind.VERTICAL_RATE, Kind.COMPANY},
    }
