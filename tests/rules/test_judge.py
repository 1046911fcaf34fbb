"""From tracks to verdicts on encounters whose answer is known by construction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from skyaccord.detect.volume import Volume
from skyaccord.errors import SkyaccordError
from skyaccord.memorandum.document import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.model.quality import Mark
from skyaccord.rules.judge import Between, Judgement, judge
from skyaccord.tracks.quality.assess import assess
from skyaccord.units import FT, NM
from tests.builders import T0_S, Flight, fly, make_tracks

PARTIES = {"aaaaaa": "blue", "bbbbbb": "green"}
THREES = 'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nrestore = "180 s"'


def memorandum(rule: str = THREES, head: str = "", extra: str = "") -> Memorandum:
    return read_memorandum(
        f"""
        [memorandum]
        title = "Test"
        parties = ["blue", "green"]
        valid = {{ from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }}
        {head}
        [[provision]]
        id = "rule"
        text = "Keep apart."
        modality = "shall"
        evidence = ["tracks"]
        {rule}
        {extra}
        """
    )


def beside(
    miss_nm: float, seconds: float, closing_kt: float = 0.0, lead_s: float = 0.0, **other: float
) -> dict[str, Flight]:
    """Return two flights on parallel courses, the second to the north at a distance, closing at a speed."""
    one = fly(seconds, every_s=5.0, speed_kt=300.0)
    two = fly(seconds, every_s=5.0, speed_kt=300.0, **other).moved(north_nm=miss_nm)
    two.lat_deg -= closing_kt / 3600.0 / 60.0 * (two.t_s - T0_S - lead_s)
    return {"aaaaaa": one, "bbbbbb": two}


def passing(inside_s: float, rule_nm: float = 3.0, miss_nm: float = 0.5) -> dict[str, Flight]:
    """Return two flights of which the second crosses the first's disc of ``rule_nm`` in ``inside_s`` seconds."""
    half_chord_nm = (rule_nm**2 - miss_nm**2) ** 0.5
    rate_nm_s = 2.0 * half_chord_nm / inside_s
    one = fly(900.0, every_s=5.0, speed_kt=300.0)
    two = fly(900.0, every_s=5.0, speed_kt=300.0).moved(east_nm=miss_nm)
    two.lat_deg += rate_nm_s * (two.t_s - T0_S - 450.0) / 60.0
    return {"aaaaaa": one, "bbbbbb": two}


def only(found: Judgement) -> Verdict:
    assert len(found.verdicts) == 1, found.verdicts
    return found.verdicts[0]


def judged(flights: dict[str, Flight], rule: str = THREES, **how: object) -> Judgement:
    return judge(make_tracks(flights, PARTIES), memorandum(rule), **how)  # type: ignore[arg-type]


def test_loss_shorter_than_restore_is_infringed() -> None:
    verdict = only(judged(passing(120.0)))
    assert verdict.outcome is Outcome.INFRINGED
    assert verdict.lost_s == pytest.approx(120.0, abs=8.0)


def test_loss_longer_than_restore_is_breach() -> None:
    verdict = only(judged(passing(240.0)))
    assert verdict.outcome is Outcome.BREACH
    assert "180 s allowed" in verdict.reason


def test_loss_about_as_long_as_restore_is_undetermined() -> None:
    # Errors of 93 m a side move both ends of the loss by seconds: 180 s cannot be told from 181 s.
    assert only(judged(passing(181.0))).outcome is Outcome.UNDETERMINED


def test_margin_is_the_least_normalised_distance_less_one() -> None:
    assert only(judged(passing(120.0))).margin == pytest.approx(0.5 / 3.0 - 1.0, abs=0.002)


def test_pair_outside_by_more_than_the_error_is_no_encounter_and_no_verdict() -> None:
    found = judged(beside(3.5, 600.0))
    assert found.verdicts == ()
    assert found.borderline.encounters == ()


def test_pair_outside_by_less_than_the_error_is_borderline_and_undetermined() -> None:
    found = judged(beside(3.02, 600.0))
    assert found.encounters.encounters == ()
    assert len(found.borderline.encounters) == 1
    assert only(found).outcome is Outcome.UNDETERMINED
    assert "error of measurement" in only(found).reason


def test_stated_accuracy_decides_what_assumed_accuracy_cannot() -> None:
    flights = beside(3.02, 600.0)
    for flight in flights.values():
        flight.error_m[:] = 3.0
        flight.t_s[:] += 0.123  # a clock finer than a second
    assert judged(flights).verdicts == ()


def test_pair_at_exactly_the_vertical_limit_is_outside() -> None:
    flights = beside(0.5, 600.0, altitude_ft=23_000.0)
    assert judged(flights).encounters.encounters == ()


def test_second_outside_does_not_reset_the_clock() -> None:
    # Inside for 150 s, outside for 10 s, inside for 150 s: with 30 s of re-entry one loss of 310 s.
    flights = beside(2.0, 310.0, altitude_ft=20_000.0)
    out = (flights["bbbbbb"].t_s - T0_S > 150.0) & (flights["bbbbbb"].t_s - T0_S < 160.0)
    flights["bbbbbb"].altitude_ft[out] = 24_000.0
    rule = 'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nrestore = "180 s"\nreenter = "{}"'
    joined = judged(flights, rule.format("30 s"))
    apart = judged(flights, rule.format("1 s"))
    assert {v.outcome for v in joined.verdicts} == {Outcome.BREACH}
    assert Outcome.BREACH not in {v.outcome for v in apart.verdicts}


def test_loss_at_the_end_of_the_recording_is_undetermined_until_it_is_too_long() -> None:
    assert only(judged(beside(1.0, 100.0))).outcome is Outcome.UNDETERMINED
    assert "breaks off" in only(judged(beside(1.0, 100.0))).reason
    assert only(judged(beside(1.0, 200.0))).outcome is Outcome.BREACH


def test_gap_is_not_flown_through() -> None:
    flights = beside(1.0, 400.0)
    late = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"] = flights["bbbbbb"].take((late < 100.0) | (late > 300.0))
    found = judged(flights)
    assert [e.ends_by.value for e in found.encounters.encounters] == ["gap", "track"]
    assert {v.outcome for v in found.verdicts} == {Outcome.UNDETERMINED}, "each may have gone on"


def test_unknown_altitude_is_undetermined() -> None:
    flights = passing(240.0)
    flights["bbbbbb"].altitude_ft[:] = np.nan
    verdict = only(judged(flights))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "datum" in verdict.reason
    assert verdict.margin is None


def test_pressure_altitude_is_never_compared_with_ellipsoidal_altitude() -> None:
    flights = passing(240.0)
    flights["bbbbbb"].geoaltitude_ft[:] = 20_000.0
    flights["bbbbbb"].altitude_ft[:] = np.nan
    assert only(judged(flights)).outcome is Outcome.UNDETERMINED
    flights["aaaaaa"].geoaltitude_ft[:] = 20_300.0
    assert only(judged(flights)).outcome is Outcome.BREACH


def test_doubtful_positions_are_never_decisive() -> None:
    flights = passing(240.0)
    flights["bbbbbb"].marks[:] = np.uint32(Mark.JUMPING)
    verdict = only(judged(flights))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "bbbbbb" in verdict.reason


def test_aircraft_of_one_party_are_found_and_not_judged() -> None:
    tracks = make_tracks(passing(240.0), {"aaaaaa": "blue", "bbbbbb": "blue"})
    quiet = judge(tracks, memorandum())
    assert (quiet.encounters.encounters, len(quiet.same_party)) == ((), 1)
    shown = judge(tracks, memorandum(), Between.ANY)
    assert only(shown).outcome is Outcome.NOT_ASSESSABLE
    assert len(shown.encounters.encounters) == 1


@pytest.mark.parametrize("parties", [{}, {"aaaaaa": "blue"}])
def test_unassigned_aircraft_count_against_everyone(parties: dict[str, str]) -> None:
    assert only(judge(make_tracks(passing(240.0), parties), memorandum())).outcome is Outcome.BREACH


def test_encounter_before_entry_into_force_is_judged_as_if() -> None:
    flights = {name: flight.moved(later_s=-365.25 * 86_400.0) for name, flight in passing(240.0).items()}
    assert only(judged(flights)).is_as_if
    assert not only(judged(passing(240.0))).is_as_if


def test_readings_that_differ_are_undetermined() -> None:
    # 2.8 NM is inside three nautical miles and outside three statute miles (2.61 NM).
    rule = THREES + '\nalternatives = ["horizontal >= 3 mi or vertical >= 3000 ft"]'
    verdict = only(judged(beside(2.8, 400.0), rule))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert "readings" in verdict.reason


def test_ban_is_breached_at_any_instant_and_for_asks_for_duration() -> None:
    ban = 'breach = "horizontal < 1 NM and vertical < 500 ft"'
    lasting = 'breach = "(horizontal < 1 NM and vertical < 500 ft) for 60 s"'
    flights = passing(30.0, rule_nm=1.0, miss_nm=0.2)
    assert only(judged(flights, ban)).outcome is Outcome.BREACH
    assert only(judged(flights, lasting)).outcome is Outcome.COMPLIANT
    longer = passing(150.0, rule_nm=1.0, miss_nm=0.2)
    assert only(judged(longer, lasting)).outcome is Outcome.BREACH


def test_ban_for_a_time_that_a_gap_interrupts_is_undetermined() -> None:
    flights = beside(2.0, 300.0)
    since = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"] = flights["bbbbbb"].take((since <= 95.0) | (since >= 200.0))
    found = judged(flights, 'breach = "(horizontal < 3 NM and vertical < 3000 ft) for 180 s"')
    assert {v.outcome for v in found.verdicts} == {Outcome.UNDETERMINED}
    assert {v.margin for v in found.verdicts} == {None}


def test_open_loss_is_not_hidden_by_a_longer_one_that_was_restored() -> None:
    # Lost for 100 s and restored, then lost again when the recording ends.
    flights = beside(2.0, 400.0)
    since = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"].altitude_ft[(since <= 50.0) | ((since >= 150.0) & (since <= 350.0))] = 24_500.0
    found = judged(flights, within=Volume(10 * NM, 5000 * FT))
    assert only(found).outcome is Outcome.UNDETERMINED


def test_possible_loss_beside_an_encounter_of_the_same_pair_is_not_dropped() -> None:
    # At 4.9 NM and 2,000 ft, an encounter by the vertical rule; then at 5.02 NM and 900 ft, perhaps within 5 NM.
    flights = beside(4.9, 600.0, altitude_ft=22_000.0)
    late = flights["bbbbbb"].t_s - T0_S > 300.0
    flights["bbbbbb"].altitude_ft[late] = 20_900.0
    flights["bbbbbb"].lat_deg[late] += 0.12 / 60.0
    extra = """
        [[provision]]
        id = "five"
        text = "Keep five miles."
        modality = "shall"
        evidence = ["tracks"]
        keep = "horizontal >= 5 NM or vertical >= 1000 ft"
    """
    wide = 'keep = "horizontal >= 5 NM or vertical >= 3000 ft"\nrestore = "3600 s"'
    found = judge(make_tracks(flights, PARTIES), memorandum(wide, extra=extra))
    assert Outcome.UNDETERMINED in {v.outcome for v in found.verdicts if v.provision == "five"}


def test_certain_loss_in_one_encounter_is_no_breach_of_its_neighbour() -> None:
    # Deep inside, then for a while at the limit, just outside it, and just inside: two encounters in one stretch.
    flights = beside(1.0, 600.0)
    since = flights["bbbbbb"].t_s - T0_S
    flights["bbbbbb"].lat_deg += np.select([since <= 200.0, since <= 400.0], [0.0, 2.02 / 60.0], 1.99 / 60.0)
    found = judged(flights, 'keep = "horizontal >= 3 NM or vertical >= 3000 ft"\nreenter = "1 s"')
    outcomes = [v.outcome for v in found.verdicts if v.encounter[0] == "E"]
    assert outcomes == [Outcome.BREACH, Outcome.UNDETERMINED]


def test_loss_inside_the_area_counts_though_the_closest_instant_lies_outside() -> None:
    # Eastwards at 40 N, closing all the time: inside the area at first, nearest beyond its eastern edge.
    flights = beside(2.0, 600.0, closing_kt=5.0)
    edge = float(np.median(flights["aaaaaa"].lon_deg))
    area = f"area = {{ polygon = [[5.0, 35.0], [{edge}, 35.0], [{edge}, 45.0], [5.0, 45.0]] }}"
    assert only(judge(make_tracks(flights, PARTIES), memorandum(head=area))).outcome is Outcome.BREACH


def test_heights_above_the_ellipsoid_carry_the_error_of_satellite_heights() -> None:
    flights = beside(1.0, 400.0)
    for flight, height_ft in zip(flights.values(), (20_000.0, 23_050.0), strict=True):
        flight.geoaltitude_ft[:] = height_ft
        flight.altitude_ft[:] = np.nan
    assert {v.outcome for v in judged(flights).verdicts} == {Outcome.UNDETERMINED}


def test_one_stamp_off_the_second_does_not_make_a_clock_exact() -> None:
    flights = beside(3.08, 600.0)
    flights["aaaaaa"].t_s[7] += 0.4
    flights["bbbbbb"].t_s[9] += 0.4
    assert {v.outcome for v in judged(flights).verdicts} == {Outcome.UNDETERMINED}


@pytest.mark.parametrize("gap_s", [0.0, -5.0, float("nan")])
def test_gap_that_joins_nothing_is_refused(gap_s: float) -> None:
    with pytest.raises(SkyaccordError, match="longer than 0 s"):
        judged(passing(120.0), gap_s=gap_s)


def test_outside_the_area_the_memorandum_does_not_apply() -> None:
    far = "area = { polygon = [[50.0, 30.0], [60.0, 30.0], [60.0, 35.0]] }"
    here = "area = { polygon = [[5.0, 35.0], [20.0, 35.0], [20.0, 45.0], [5.0, 45.0]] }"
    tracks = make_tracks(passing(240.0), PARTIES)
    assert only(judge(tracks, memorandum(head=far))).outcome is Outcome.NOT_ASSESSABLE
    assert only(judge(tracks, memorandum(head=here))).outcome is Outcome.BREACH


def test_search_reaches_as_far_as_the_loosest_provision_and_each_is_judged() -> None:
    extra = """
        [[provision]]
        id = "wide"
        text = "Keep further apart."
        modality = "should"
        evidence = ["tracks"]
        keep = "horizontal >= 6 NM or vertical >= 1000 ft"
    """
    found = judge(make_tracks(beside(4.0, 400.0), PARTIES), memorandum(extra=extra))
    assert {v.provision: v.outcome for v in found.verdicts} == {"rule": Outcome.COMPLIANT, "wide": Outcome.BREACH}


def test_provisions_that_tracks_cannot_decide_are_named_with_the_reason() -> None:
    extra = """
        [[provision]]
        id = "line"
        text = "Call first."
        modality = "shall"
        evidence = ["hotline"]
    """
    found = judge(make_tracks(passing(240.0), PARTIES), memorandum(extra=extra))
    assert found.not_assessable == {"line": "needs other evidence than tracks: hotline"}


def test_doubtful_aircraft_is_undetermined_with_whoever_was_within_its_reach() -> None:
    jammed = fly(600.0, every_s=5.0, speed_kt=300.0)
    away = (jammed.t_s - T0_S >= 200.0) & (jammed.t_s - T0_S <= 400.0)
    jammed.lat_deg[away] += 3.0  # reported 180 NM to the north
    near = fly(600.0, every_s=5.0, speed_kt=300.0).moved(north_nm=6.0, climb_ft=500.0)
    far = fly(600.0, every_s=5.0, speed_kt=300.0).moved(north_nm=-200.0)
    high = fly(600.0, every_s=5.0, speed_kt=300.0).moved(north_nm=6.0, climb_ft=9_000.0)
    tracks = make_tracks({"aaaaaa": jammed, "bbbbbb": near, "cccccc": far, "dddddd": high})
    assessed = assess(tracks)
    found = judge(assessed.tracks, memorandum(), stretches=assessed.doubtful_stretches)
    pairs = {frozenset((tracks.aircraft[e.a].id, tracks.aircraft[e.b].id)) for e in found.doubtful}
    assert pairs == {frozenset(("aaaaaa", "bbbbbb"))}
    assert {v.outcome for v in found.verdicts} == {Outcome.UNDETERMINED}


def test_time_shift_changes_no_verdict() -> None:
    tracks = make_tracks(passing(120.0), PARTIES)
    later = replace(tracks, t_s=tracks.t_s + 1000.0)
    one, two = only(judge(tracks, memorandum())), only(judge(later, memorandum()))
    assert (one.outcome, one.lost_s) == (two.outcome, pytest.approx(two.lost_s, abs=1e-5))
    assert one.margin == pytest.approx(two.margin, abs=1e-6)
