"""Each scale at its published limits, across them, and where nothing can be said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.conduct.manner import Manner
from skyaccord.model.encounter import Edge
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.rules.severity.eln import propose_eln
from skyaccord.rules.severity.faa_nmac import propose_faa_nmac
from skyaccord.rules.severity.factors import Bearing, find_factors, propose_factors
from skyaccord.rules.severity.proposal import Scale, is_meant
from skyaccord.rules.severity.propose import SCALES, propose_severity
from skyaccord.rules.severity.situation import Situation, Span
from skyaccord.rules.severity.ukab import propose_ukab
from skyaccord.units import FT, KT, NM
from tests.detect.conduct.flights import beside, fly_lead
from tests.detect.conduct.manners import Case, find, passing, reports
from tests.rules.severity.situated import (
    doubted,
    passed,
    situation_of,
    span_ft,
    together,
    turning_away,
    with_distances,
)


def test_distances_are_told_in_one_unit() -> None:
    assert str(span_ft(311.4, 688.6)) == "311 to 689 ft"
    assert str(Span(0.909 * NM, 1.092 * NM)) == "0.91 to 1.09 NM"
    assert str(Span(0.0, math.inf)) == "0 ft or more, with no upper bound"


@pytest.mark.parametrize(
    ("parties", "is_one"),
    [
        (("blue", "green"), True),
        (("blue", UNASSIGNED), True),
        (("blue", "blue"), False),
        ((UNASSIGNED, UNASSIGNED), False),
    ],
)
def test_list_of_incidents_between_two_sides_is_meant_for_two_sides(parties: tuple[str, str], is_one: bool) -> None:
    assert is_meant(Scale.ELN, *parties) is is_one
    assert is_meant(Scale.ELN, *reversed(parties)) is is_one
    assert all(is_meant(scale, *parties) for scale in Scale if scale is not Scale.ELN)


@pytest.mark.parametrize(
    ("slant", "acted", "possible"),
    [
        ((40, 99.9), False, ("critical",)),
        ((40, 99.9), True, ("critical", "potential")),
        ((100, 499.9), False, ("potential", "no_hazard")),
        ((100, 499.9), True, ("potential",)),
        ((500, 900), False, ("not_near",)),
        ((90, 110), False, ("critical", "potential", "no_hazard")),
        ((450, 550), False, ("potential", "no_hazard", "not_near")),
        ((0, 800), False, ("critical", "potential", "no_hazard", "not_near")),
    ],
)
def test_faa_begins_at_500_and_at_100_feet(slant: tuple[float, float], acted: bool, possible: tuple[str, ...]) -> None:
    situation = with_distances(passed(), span_ft(*slant))
    proposal = propose_faa_nmac(turning_away(situation) if acted else situation)
    assert proposal.possible == possible
    assert proposal.proposed == (possible[0] if len(possible) == 1 else None)
    assert any("crew" in text for text in proposal.not_in_tracks)


@pytest.mark.parametrize(
    ("slant_ft", "horizontal_ft", "vertical_ft", "possible"),
    [
        ((10, 99), (10, 99), (0, 5), ("A",)),
        ((100, 499), (100, 499), (0, 5), ("A", "B")),
        ((500, 3999), (500, 3999), (0, 449), ("B", "C")),
        ((4000, 9000), (4000, 9000), (0, 449), ("C", "E")),
        ((460, 900), (0, 100), (460, 480), ("A", "B", "C", "E")),
        ((1001, 2000), (0, 100), (1001, 1300), ("E",)),
        ((40_000, 50_000), (40_000, 50_000), (0, 50), ("E",)),
        ((950, 1100), (0, 100), (950, 1050), ("C", "E")),
    ],
)
def test_ukab_is_bounded_by_published_distances(
    slant_ft: tuple[float, float],
    horizontal_ft: tuple[float, float],
    vertical_ft: tuple[float, float],
    possible: tuple[str, ...],
) -> None:
    situation = with_distances(passed(), span_ft(*slant_ft), span_ft(*horizontal_ft), span_ft(*vertical_ft))
    proposal = propose_ukab(situation)
    assert proposal.possible == possible
    assert "Board" in proposal.decided_by


def test_ukab_of_positions_that_are_not_believed_is_d_alone() -> None:
    proposal = propose_ukab(doubted(passed(), "positions are not to be believed"))
    assert proposal.proposed == "D"
    assert proposal.grounds[0] == "positions are not to be believed"


def test_ukab_without_height_names_d_too() -> None:
    situation = with_distances(passed(), Span(300 * FT, math.inf), span_ft(300, 400), Span(0.0, math.inf))
    assert propose_ukab(situation).possible == ("A", "B", "C", "E", "D")


def test_ukab_of_a_formation_leaves_normal_operation_open() -> None:
    situation = with_distances(together(), span_ft(100, 400))
    assert situation.conduct.manner is Manner.FORMATION
    assert propose_ukab(situation).possible == ("A", "B", "E")


def test_eln_of_a_near_collision_is_not_near_routine() -> None:
    assert propose_eln(with_distances(passed(), span_ft(200, 400))).possible == ("high_risk", "serious")
    assert propose_eln(with_distances(passed(), span_ft(800, 900), vertical=span_ft(1100, 1200))).proposed == (
        "near_routine"
    )


def test_eln_of_a_limit_within_the_error_names_all_classes() -> None:
    situation = with_distances(passed(), span_ft(200, 900), vertical=span_ft(1100, 1200))
    assert propose_eln(situation).possible == ("high_risk", "serious", "near_routine")


def test_eln_of_those_that_accompany_each_other_is_no_high_risk_by_distance_alone() -> None:
    assert propose_eln(with_distances(together(), span_ft(50, 60))).possible == ("serious", "near_routine")
    assert propose_eln(with_distances(together(), span_ft(600, 700))).proposed == "near_routine"


def test_eln_says_that_intent_is_not_in_tracks() -> None:
    assert any("provoke" in text for text in propose_eln(passed()).not_in_tracks)


def nose(situation: Situation) -> tuple[str, Bearing]:
    (factor,) = [each for each in find_factors(situation) if each.name == "nose crossing"]
    return factor.found, factor.bearing


def cross(ahead_m: float, above_ft: float = 0.0) -> Situation:
    """Return a lead at 300 kt, and one that keeps ahead of it and goes from its left to its right at 60 m/s."""
    lead = fly_lead(240.0, 300 * KT, 20.0)
    right = 60.0 * (lead.t_s - 120.0)
    return situation_of(Case(Manner.CROSSING, lead, beside(lead, np.full(len(right), ahead_m), right, above_ft * FT)))


@pytest.mark.parametrize(
    ("ahead_m", "above_ft", "bearing"),
    [(500.0, 0.0, Bearing.UNSAFE), (1500.0, 0.0, Bearing.OPEN), (500.0, 2000.0, Bearing.OPEN)],
)
def test_nose_crossing_is_found_with_its_distance(ahead_m: float, above_ft: float, bearing: Bearing) -> None:
    situation = cross(ahead_m, above_ft)
    assert nose(situation)[1] is bearing
    assert situation.conduct.features.b.crossed_nose_m == pytest.approx(ahead_m, abs=15.0)
    assert math.isnan(situation.conduct.features.a.crossed_nose_m)


def test_aspect_within_its_error_of_the_rear_speaks_for_nothing() -> None:
    def aspect(line_deg: float, error_deg: float) -> Bearing:
        features = passed().conduct.features
        own = replace(features.a, line_deg=line_deg, line_error_deg=error_deg)
        features = replace(features, a=own, b=replace(features.b, line_deg=180.0))
        situation = replace(passed(), conduct=replace(passed().conduct, features=features))
        return {f.name: f.bearing for f in find_factors(situation)}["aspect"]

    assert aspect(60.0, 5.0) is Bearing.SAFE
    assert aspect(60.0, 15.0) is Bearing.OPEN
    assert aspect(80.0, 5.0) is Bearing.OPEN


def test_one_that_passes_behind_has_its_own_nose_crossed() -> None:
    # Seen from the one behind, which flies 60 m/s across for 300 kt along, the lead is on its nose where the line of
    # sight has that direction: 500 m ahead and 500 * 60 / 300 kt to the side.
    features = cross(-500.0).conduct.features
    assert features.a.crossed_nose_m == pytest.approx(math.hypot(500.0, 500.0 * 60.0 / (300 * KT)), abs=15.0)
    assert math.isnan(features.b.crossed_nose_m)


def test_side_by_side_nobody_crosses_a_nose() -> None:
    cut = together()
    whole = replace(cut, encounter=replace(cut.encounter, starts_by=Edge.CROSSING, ends_by=Edge.CROSSING))
    assert nose(whole) == ("none beyond error", Bearing.SAFE)
    assert nose(cut) == ("none while they were seen", Bearing.OPEN), "its recording begins and ends with them together"


def test_weaving_ahead_within_the_error_crosses_no_nose() -> None:
    lead = fly_lead(300.0, 300 * KT, 20.0)
    right = 20.0 * np.sin(lead.t_s / 15.0)
    situation = situation_of(Case(Manner.FORMATION, lead, beside(lead, np.full(len(right), 600.0), right)))
    assert math.isnan(situation.crossed_nose_m)


def test_visibility_is_always_said_to_be_unknown() -> None:
    for situation in (passed(), together(), doubted(passed(), "jumping")):
        assert {f.name: f.bearing for f in find_factors(situation)}["visibility"] is Bearing.UNKNOWN
        assert any(text.startswith("visibility") for text in propose_factors(situation).not_in_tracks)


def test_factors_propose_no_class_and_name_whose_judgement_it_is() -> None:
    proposal = propose_factors(together())
    assert proposal.possible == ()
    assert proposal.proposed is None
    assert "commander" in proposal.decided_by
    named = " ".join((*proposal.grounds, *proposal.not_in_tracks))
    for name in ("distance", "closure", "nose crossing", "aspect", "speed", "altitude", "duration", "visibility"):
        assert name in named


def test_close_and_slow_from_astern_is_not_unsafe_and_fast_head_on_is() -> None:
    slow = {f.name: f.bearing for f in find_factors(with_distances(together(), span_ft(20, 60)))}
    assert Bearing.UNSAFE not in slow.values()
    fast = {f.name: f.bearing for f in find_factors(with_distances(passed(), span_ft(200, 400)))}
    assert fast["closure"] is Bearing.UNSAFE


@pytest.mark.parametrize("scale", list(Scale))
def test_every_scale_says_what_it_rests_on_what_it_lacks_and_who_decides(scale: Scale) -> None:
    for situation in (passed(), together(), doubted(passed(), "jumping")):
        proposal = SCALES[scale](situation)
        assert proposal.scale is scale
        assert proposal.grounds
        assert proposal.not_in_tracks
        assert proposal.decided_by


@given(low_ft=st.floats(0.0, 2000.0), width_ft=st.floats(0.0, 2000.0), more_ft=st.floats(0.0, 500.0))
@pytest.mark.parametrize("scale", [Scale.UKAB, Scale.FAA_NMAC, Scale.ELN])
def test_larger_error_never_takes_a_class_away(scale: Scale, low_ft: float, width_ft: float, more_ft: float) -> None:
    narrow = with_distances(passed(), span_ft(low_ft, low_ft + width_ft))
    wide = with_distances(passed(), span_ft(max(low_ft - more_ft, 0.0), low_ft + width_ft + more_ft))
    narrow, wide = (replace(each, horizontal=each.slant) for each in (narrow, wide))
    assert set(SCALES[scale](narrow).possible) <= set(SCALES[scale](wide).possible)


@given(low_ft=st.floats(0.0, 60_000.0), width_ft=st.floats(0.0, 3000.0))
@pytest.mark.parametrize("scale", [Scale.UKAB, Scale.FAA_NMAC, Scale.ELN])
def test_some_class_is_always_left(scale: Scale, low_ft: float, width_ft: float) -> None:
    assert SCALES[scale](with_distances(passed(), span_ft(low_ft, low_ft + width_ft))).possible


def test_every_encounter_has_every_scale() -> None:
    random = np.random.default_rng(3)
    case = passing(random, Manner.HEAD_ON, 180.0, (250.0, 300.0))
    found = find(reports(case, random))
    assert [[each.scale for each in row] for row in propose_severity(found)] == [list(SCALES)] * len(found)
    assert set(SCALES) == set(Scale)
