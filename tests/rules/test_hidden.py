"""Verdicts on pairs of which one was silent, or not to be believed, when they may have met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skyaccord.memorandum.document import Memorandum
from skyaccord.model.encounter import Outcome
from skyaccord.rules.judge import Judgement, judge
from skyaccord.tracks.quality.assess import assess
from tests.builders import T0_S, Flight, fly, make_tracks
from tests.rules.test_judge import PARTIES, memorandum

BAN = """
    [[provision]]
    id = "ban"
    text = "Never meet."
    modality = "shall"
    evidence = ["tracks"]
    breach = "slant < 500 ft"
"""


def crossing(miss_nm: float = 0.0, climb_ft: float = 0.0) -> tuple[Flight, Flight]:
    """Return two flights at 300 kt that cross at a right angle, 300 s after their begin."""
    one = fly(600.0, every_s=5.0)
    two = fly(600.0, every_s=5.0, track_deg=0.0, lat_deg=40.0 - 25.0 / 60.0)
    return one, two.moved(east_nm=25.0 + miss_nm, climb_ft=climb_ft)


def without(flight: Flight, from_s: float, until_s: float) -> Flight:
    elapsed = flight.t_s - T0_S
    return flight.take((elapsed <= from_s) | (elapsed >= until_s))


def judged(one: Flight, two: Flight, agreed: Memorandum, parties: dict[str, str] = PARTIES) -> Judgement:
    quality = assess(make_tracks({"aaaaaa": one, "bbbbbb": two}, parties))
    return judge(quality.tracks, agreed, stretches=quality.doubtful_stretches)


def outcomes(found: Judgement) -> dict[str, set[Outcome]]:
    said: dict[str, set[Outcome]] = {}
    for verdict in found.verdicts:
        said.setdefault(verdict.provision, set()).add(verdict.outcome)
    return said


def test_a_pair_that_met_in_a_silence_is_undetermined() -> None:
    one, two = crossing()
    assert outcomes(judged(one, two, memorandum())) == {"rule": {Outcome.INFRINGED}}
    found = judged(without(one, 200.0, 400.0), two, memorandum())
    assert outcomes(found) == {"rule": {Outcome.UNDETERMINED}}
    assert "aaaaaa was not seen for 200 s" in {v.reason for v in found.verdicts}


def test_both_silent_is_undetermined_too() -> None:
    one, two = crossing()
    found = judged(without(one, 200.0, 400.0), without(two, 210.0, 390.0), memorandum())
    assert outcomes(found) == {"rule": {Outcome.UNDETERMINED}}


def test_silence_out_of_reach_says_nothing() -> None:
    one, two = crossing(climb_ft=20_000.0)
    assert judged(without(one, 200.0, 400.0), two, memorandum()).verdicts == ()
    one, two = crossing(miss_nm=40.0)
    assert judged(without(one, 260.0, 340.0), two, memorandum()).verdicts == ()


def test_only_provisions_that_reach_so_far_are_left_open() -> None:
    one, two = crossing(miss_nm=5.0)
    found = judged(without(one, 280.0, 340.0), two, memorandum(extra=BAN))
    assert outcomes(found) == {"rule": {Outcome.UNDETERMINED}}


def test_what_was_seen_before_the_silence_can_be_compliant_while_the_silence_is_not() -> None:
    # They fly side by side 2 NM apart: the ban was kept while they were seen, and may not have been in between.
    one = fly(600.0, every_s=5.0)
    two = fly(600.0, every_s=5.0).moved(north_nm=2.0)
    found = judged(without(one, 250.0, 350.0), two, memorandum(extra=BAN))
    by_kind = {(v.encounter[0], v.provision): v.outcome for v in found.verdicts}
    assert by_kind["E", "ban"] is Outcome.COMPLIANT
    assert by_kind["D", "ban"] is Outcome.UNDETERMINED
    assert ("D", "rule") not in by_kind, "it is a breach of that, or undetermined, anyway"


def test_aircraft_of_one_party_owe_each_other_nothing() -> None:
    one, two = crossing()
    same = dict.fromkeys(PARTIES, "blue")
    assert judged(without(one, 200.0, 400.0), two, memorandum(), same).verdicts == ()


def test_silence_outside_the_area_of_application_is_not_judged() -> None:
    one, two = crossing()
    area = "area = { polygon = [[50.0, 50.0], [52.0, 50.0], [51.0, 52.0]] }"
    assert judged(without(one, 200.0, 400.0), two, memorandum(head=area)).verdicts == ()


@pytest.mark.parametrize("shift_s", [0.3, 1000.0])
def test_time_shift_changes_nothing_but_the_time(shift_s: float) -> None:
    one, two = crossing()
    tracks = assess(make_tracks({"aaaaaa": without(one, 200.0, 400.0), "bbbbbb": two}, PARTIES)).tracks
    later = replace(tracks, t_s=tracks.t_s + shift_s)
    (first,), (second,) = (judge(each, memorandum()).doubtful for each in (tracks, later))
    assert second.start_s - first.start_s == pytest.approx(shift_s, abs=1.0)
    assert second.end_s - first.end_s == pytest.approx(shift_s, abs=1.0)


def test_two_aircraft_under_one_id_are_undetermined_with_whoever_met_either() -> None:
    one, two = crossing()
    far = fly(600.0, every_s=4.0, altitude_ft=31_000.0, start_s=T0_S + 1.5).moved(north_nm=60.0)
    found = judged(one.then(far), two, memorandum(extra=BAN))
    assert outcomes(found) == {"rule": {Outcome.UNDETERMINED}, "ban": {Outcome.UNDETERMINED}}
    near_far = fly(600.0, every_s=5.0, altitude_ft=31_000.0).moved(north_nm=61.0)
    found = judged(one.then(far), near_far, memorandum())
    assert outcomes(found) == {"rule": {Outcome.UNDETERMINED}}
