"""Rules about one aircraft: what is judged of whom, on flights whose answer is known by construction."""

from __future__ import annotations

import pytest

from skyaccord.errors import MemorandumError
from skyaccord.memorandum import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.model.encounter import Edge, Outcome, Verdict
from skyaccord.rules.judge import Judgement, judge
from tests.builders import T0_S, Flight, fly, make_tracks

PLACES = """
[area.ring]
centre = [10.5, 40.0]
radius = "5 NM"

[area.low]
centre  = [10.5, 40.0]
radius  = "5 NM"
ceiling = "10000 ft"
datum   = "pressure"

[area.sea]
centre  = [10.5, 40.0]
radius  = "5 NM"
ceiling = "10000 ft"
datum   = "msl"

[line.river]
points = [[10.5, 39.9], [10.5, 40.1]]
"""


def memorandum(rule: str, head: str = "", actor: str = "") -> Memorandum:
    return read_memorandum(
        f"""
        [memorandum]
        title = "Test"
        parties = ["blue", "green"]
        valid = {{ from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }}
        {head}
        {PLACES}
        [[provision]]
        id = "rule"
        text = "Keep out."
        modality = "shall"
        evidence = ["tracks"]
        {rule}
        {actor}
        """
    )


def judged(flights: dict[str, Flight], rule: str, parties: dict[str, str] | None = None, **how: str) -> Judgement:
    return judge(make_tracks(flights, parties or {"aaaaaa": "blue"}), memorandum(rule, **how))


def only(found: Judgement) -> Verdict:
    assert len(found.verdicts) == 1, found.verdicts
    return found.verdicts[0]


def through(north_nm: float = 0.0, **other: float) -> Flight:
    """Return a flight eastwards at 300 kt that is abeam the middle of the ring, 23 NM on, after some 276 s.

    Its level is no multiple of 100 ft, so that its altitudes show steps of 25 ft.
    """
    return fly(600.0, every_s=5.0, **{"altitude_ft": 20_025.0} | other).moved(north_nm=north_nm)


def test_flight_through_a_forbidden_area_is_a_breach_for_as_long_as_it_is_inside() -> None:
    found = judged({"aaaaaa": through()}, 'breach = "inside(ring)"')
    verdict = only(found)
    assert verdict.outcome is Outcome.BREACH
    assert verdict.encounter == "P0001"
    passage = found.passages.encounters[0]
    assert (passage.a, passage.b, passage.starts_by) == (0, 0, Edge.CROSSING)
    assert verdict.lost_s == pytest.approx(10.0 / 300.0 * 3600.0, abs=5.0), "by what is certain: a little less"


@pytest.mark.parametrize(("north_nm", "outcome"), [(6.5, None), (5.02, Outcome.UNDETERMINED), (4.7, Outcome.BREACH)])
def test_flight_beside_the_area_is_undetermined_within_the_error_only(north_nm: float, outcome: Outcome | None) -> None:
    found = judged({"aaaaaa": through(north_nm)}, 'breach = "inside(ring)"')
    assert [verdict.outcome for verdict in found.verdicts] == ([outcome] if outcome else [])


def test_flight_above_the_band_is_compliant_and_with_unknown_height_undetermined() -> None:
    assert only(judged({"aaaaaa": through()}, 'breach = "inside(low)"')).outcome is Outcome.COMPLIANT
    low = through(altitude_ft=9000.0)
    assert only(judged({"aaaaaa": low}, 'breach = "inside(low)"')).outcome is Outcome.BREACH
    assert only(judged({"aaaaaa": low}, 'breach = "inside(sea)"')).outcome is Outcome.UNDETERMINED
    low.altitude_ft[:] = float("nan")
    assert only(judged({"aaaaaa": low}, 'breach = "inside(low)"')).outcome is Outcome.UNDETERMINED


def test_crossing_a_line_is_a_breach_and_flying_around_its_end_is_none() -> None:
    rule = 'breach = "crosses(river)"'
    verdict = only(judged({"aaaaaa": through()}, rule))
    assert verdict.outcome is Outcome.BREACH
    assert verdict.from_s == pytest.approx(T0_S + 276.0, abs=3.0)
    assert judged({"aaaaaa": through(north_nm=8.0)}, rule).verdicts == ()
    before = fly(200.0, every_s=5.0)
    assert judged({"aaaaaa": before}, rule).verdicts == ()


def test_descent_before_entry_is_judged_with_what_was_flown_before_the_passage() -> None:
    descending = through(altitude_ft=20_000.0, climb_fpm=-1500.0)
    rule = 'keep = "inside(ring) implies ((vertical_rate < -500 ft/min) for 60 s)"'
    assert only(judged({"aaaaaa": descending}, rule)).outcome is Outcome.COMPLIANT
    assert only(judged({"aaaaaa": through()}, rule)).outcome is Outcome.BREACH


def test_provision_of_one_party_binds_no_other_and_unclaimed_aircraft_may_be_anyones() -> None:
    flights = {"aaaaaa": through(), "bbbbbb": through(north_nm=2.0), "cccccc": through(north_nm=-2.0)}
    parties = {"aaaaaa": "blue", "bbbbbb": "green"}
    found = judged(flights, 'breach = "inside(ring)"', parties, actor='actor = "green"')
    outcomes = {found.passages.encounters[k].a: verdict.outcome for k, verdict in enumerate(found.verdicts)}
    assert outcomes == {0: Outcome.NOT_ASSESSABLE, 1: Outcome.BREACH, 2: Outcome.BREACH}
    assert "no aircraft of green" in next(v.reason for v in found.verdicts if v.outcome is Outcome.NOT_ASSESSABLE)


def test_excluded_party_is_not_judged() -> None:
    found = judged({"aaaaaa": through()}, 'breach = "inside(ring)"', {"aaaaaa": "red"}, head='excluded = ["red"]')
    assert only(found).outcome is Outcome.NOT_ASSESSABLE
    assert "leaves out aircraft of red" in only(found).reason


def test_rule_without_a_place_is_about_whole_flights() -> None:
    found = judged({"aaaaaa": through(), "bbbbbb": through(speed_kt=200.0)}, 'breach = "groundspeed > 250 kt"')
    assert [verdict.outcome for verdict in found.verdicts] == [Outcome.BREACH, Outcome.COMPLIANT]
    assert [passage.starts_by for passage in found.passages.encounters] == [Edge.TRACK, Edge.TRACK]


def test_doubtful_positions_are_neither_inside_nor_outside() -> None:
    from skyaccord.model.quality import Mark

    flight = through(north_nm=1.0)
    flight.marks[:] = int(Mark.JUMPING)
    assert only(judged({"aaaaaa": flight}, 'breach = "inside(ring)"')).outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('breach = "inside(rings)"', r"there is no \[area.rings\]. Did you mean 'ring'"),
        ('breach = "crosses(ring)"', r"there is no \[line.ring\]"),
        ('breach = "horizontal < 1 NM and inside(ring) of bleu"', "of bleu, who is no party. Did you mean 'blue'"),
    ],
)
def test_rule_that_speaks_of_what_the_memorandum_lacks_is_refused(rule: str, said: str) -> None:
    with pytest.raises(MemorandumError, match=said):
        memorandum(rule)


@pytest.mark.parametrize(
    ("squawk", "outcome"),
    [(7700.0, Outcome.BREACH), (7600.0, Outcome.COMPLIANT), (float("nan"), Outcome.UNDETERMINED)],
)
def test_squawk_is_so_where_it_is_reported_and_may_be_where_none_is(squawk: float, outcome: Outcome) -> None:
    flight = through()
    flight.squawk[:] = 1000.0
    flight.squawk[50:70] = squawk
    found = judged({"aaaaaa": flight}, 'breach = "inside(ring) and squawking(7700)"')
    assert only(found).outcome is outcome
