"""Rules that speak of interceptor and intercepted: judged where the tracks tell who is who, both ways where not."""

from __future__ import annotations

import re

import numpy as np
import pytest

from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.rules.judge import judge
from tests.builders import T0_S, Flight, fly, make_tracks

PARTIES = {"aaaaaa": "blue", "bbbbbb": "green"}


def memorandum_of(rule: str) -> Memorandum:
    return read_memorandum(
        f"""
        [memorandum]
        title = "Test"
        parties = ["blue", "green"]
        valid = {{ from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }}
        [[provision]]
        id = "rule"
        text = "Who intercepts comes from astern."
        modality = "shall"
        evidence = ["tracks"]
        {rule}
        """
    )


def verdict_on(flights: dict[str, Flight], rule: str) -> Verdict:
    verdicts = judge(make_tracks(flights, PARTIES), memorandum_of(rule)).verdicts
    assert len(verdicts) == 1
    return verdicts[0]


def approach(astern: bool) -> dict[str, Flight]:
    """Return an aircraft that holds its course, and one that turns, comes to it and stays beside it for 5 min."""
    held = fly(900.0, every_s=1.0, speed_kt=300.0)
    comes = fly(900.0, every_s=1.0, speed_kt=300.0)
    # In the frame of the first, NM: from far away on its own course, a turn, then down to its place and staying there.
    elapsed = held.t_s - T0_S
    begin = np.array([-8.0, -9.0]) if astern else np.array([9.0, 9.0])
    drift = np.array([-0.4, 1.5]) if astern else np.array([1.0, -0.6])  # NM a minute before it turns
    place = np.array([-0.2, 0.3])
    turn_at, arrive = 120.0, 480.0
    early = begin + drift * (elapsed[:, None] / 60.0)
    at_turn = begin + drift * turn_at / 60.0
    share = np.clip((elapsed - turn_at) / (arrive - turn_at), 0.0, 1.0)[:, None]
    late = at_turn + (place - at_turn) * (3 * share**2 - 2 * share**3)
    away = np.where((elapsed < turn_at)[:, None], early, late)
    north_kt, east_kt = (np.gradient(away[:, axis], elapsed) * 3600.0 for axis in (1, 0))
    comes.speed_kt = np.hypot(north_kt, east_kt + 300.0)
    comes.track_deg = np.degrees(np.arctan2(east_kt + 300.0, north_kt)) % 360.0
    comes.lat_deg = held.lat_deg + away[:, 1] / 60.0
    comes.lon_deg = held.lon_deg + away[:, 0] / 60.0 / np.cos(np.radians(40.0))
    return {"aaaaaa": held, "bbbbbb": comes}


ASTERN = 'keep = "horizontal >= 3 NM or aspect of intercepted <= 120 deg"'


def test_who_comes_from_astern_keeps_the_rule_of_the_interceptor() -> None:
    assert verdict_on(approach(astern=True), ASTERN).outcome is Outcome.COMPLIANT


def test_who_comes_from_ahead_breaks_it() -> None:
    assert verdict_on(approach(astern=False), ASTERN).outcome is Outcome.BREACH


def test_roles_do_not_depend_on_the_order_of_the_two() -> None:
    for astern, outcome in ((True, Outcome.COMPLIANT), (False, Outcome.BREACH)):
        flights = approach(astern)
        swapped = {"aaaaaa": flights["bbbbbb"], "bbbbbb": flights["aaaaaa"]}
        assert verdict_on(swapped, ASTERN).outcome is outcome


def test_pair_that_only_passes_is_read_both_ways_and_undetermined_where_that_matters() -> None:
    one = fly(300.0, every_s=2.0)
    two = fly(300.0, every_s=2.0, track_deg=180.0).moved(north_nm=12.0, east_nm=12.0)
    verdict = verdict_on(
        {"aaaaaa": one, "bbbbbb": two}, 'breach = "horizontal < 2 NM and aspect of interceptor > 150 deg"'
    )
    assert verdict.outcome in (Outcome.UNDETERMINED, Outcome.COMPLIANT, Outcome.BREACH)
    one_sided = verdict_on(
        {"aaaaaa": one, "bbbbbb": two.moved(climb_ft=800.0)},
        'breach = "horizontal < 2 NM and height_above of interceptor > 500 ft"',
    )
    assert one_sided.outcome is Outcome.UNDETERMINED
    assert "with aaaaaa as interceptor gives compliant" in one_sided.reason
    assert "with bbbbbb as interceptor gives breach" in one_sided.reason
    assert "read both ways, as the tracks do not tell: " in one_sided.reason


def test_rule_that_holds_either_way_is_decided_without_roles() -> None:
    one = fly(300.0, every_s=2.0)
    two = one.moved(north_nm=1.0)
    rule = 'breach = "horizontal < 2 NM and groundspeed of interceptor > 100 kt"'
    verdict = verdict_on({"aaaaaa": one, "bbbbbb": two}, rule)
    assert verdict.outcome is Outcome.BREACH
    assert "the same whichever is taken as interceptor, as the tracks do not tell: " in verdict.reason


def test_reason_names_the_interceptor_and_what_it_did() -> None:
    for flights, who, other in (
        (approach(astern=True), "bbbbbb", "aaaaaa"),
        ({"aaaaaa": approach(True)["bbbbbb"], "bbbbbb": approach(True)["aaaaaa"]}, "aaaaaa", "bbbbbb"),
    ):
        reason = verdict_on(flights, ASTERN).reason
        assert f"kept throughout; {who} taken as interceptor: {who} turned " in reason
        assert f"{other} held its course" in reason


def test_rule_of_no_roles_names_no_interceptor() -> None:
    assert "intercept" not in verdict_on(approach(astern=True), 'keep = "horizontal >= 1 NM"').reason


def test_each_encounter_of_many_is_told_of_its_own_two() -> None:
    far = {name: flight.moved(north_nm=200.0) for name, flight in approach(astern=False).items()}
    flights = approach(astern=True) | {"cccccc": far["bbbbbb"], "dddddd": far["aaaaaa"]}
    parties = PARTIES | {"cccccc": "blue", "dddddd": "green"}
    verdicts = judge(make_tracks(flights, parties), memorandum_of(ASTERN)).verdicts
    told = {
        match[1]: verdict.outcome
        for verdict in verdicts
        if (match := re.search(r"; (\w+) taken as interceptor: \1 turned", verdict.reason))
    }
    assert told == {"bbbbbb": Outcome.COMPLIANT, "cccccc": Outcome.BREACH}


@pytest.mark.parametrize("margin_of", ["intercepted"])
def test_margin_is_told_only_where_roles_are(margin_of: str) -> None:
    rule = f'breach = "horizontal < 3 NM and aspect of {margin_of} > 150 deg"'
    assert verdict_on(approach(astern=True), rule).margin is not None
    one = fly(300.0, every_s=2.0)
    assert verdict_on({"aaaaaa": one, "bbbbbb": one.moved(north_nm=1.0)}, rule).margin is None
