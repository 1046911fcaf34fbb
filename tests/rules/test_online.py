"""Verdicts while it happens: what is decided stays, and what is not is pending."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset
from skyaccord.model.encounter import Outcome
from skyaccord.model.tracks import Tracks
from skyaccord.rules.judge import Between, Judgement, judge
from skyaccord.rules.online import judge_so_far, seen_until, settles_after_s
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.recording import open_recording
from tests.builders import T0_S, Flight, fly, make_tracks

PARTIES = {"aaaaaa": "blue", "bbbbbb": "green"}
RULES = read_memorandum(
    """
    [memorandum]
    title = "Test"
    parties = ["blue", "green"]
    valid = { from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }

    [area.ring]
    centre = [10.5, 40.0]
    radius = "5 NM"

    [[provision]]
    id = "threes"
    text = "Keep apart."
    modality = "shall"
    evidence = ["tracks"]
    keep = "horizontal >= 3 NM or vertical >= 3000 ft"
    restore = "60 s"

    [[provision]]
    id = "opening"
    text = "Who comes near goes away."
    modality = "shall"
    evidence = ["tracks"]
    breach = "horizontal < 2 NM and not ((closure < 0 kt) within 120 s)"

    [[provision]]
    id = "ring"
    text = "Keep out."
    modality = "shall"
    evidence = ["tracks"]
    breach = "(inside(ring)) for 30 s"
    """
)
Said = dict[tuple[int, int, str, float], Outcome]


def said(found: Judgement) -> Said:
    """Return the outcome of each provision on each encounter, by whom and when it began."""
    listed = found.encounters.encounters, found.borderline.encounters, found.doubtful, found.passages.encounters
    rows = {e.id: e for each in listed for e in each}
    of = ((rows[verdict.encounter], verdict) for verdict in found.verdicts)
    return {(e.a, e.b, verdict.provision, round(e.start_s, 2)): verdict.outcome for e, verdict in of}


@st.composite
def pairs(draw: st.DrawFn) -> dict[str, Flight]:
    """Return two flights that meet at some speed, distance and time, the second turning away on the way or not."""
    one = fly(420.0, every_s=5.0, speed_kt=draw(st.floats(200.0, 450.0)))
    two = fly(420.0, every_s=5.0, speed_kt=draw(st.floats(200.0, 450.0)), track_deg=draw(st.floats(0.0, 360.0)))
    two = two.moved(north_nm=draw(st.floats(-4.0, 4.0)), east_nm=draw(st.floats(0.0, 40.0)))
    return {"aaaaaa": one, "bbbbbb": two}


@settings(max_examples=60)
@given(pairs(), st.lists(st.floats(10.0, 430.0), min_size=1, max_size=4))
def test_what_is_decided_online_is_what_the_record_says(flights: dict[str, Flight], instants: list[float]) -> None:
    tracks = make_tracks(flights, PARTIES)
    in_the_end = said(judge(tracks, RULES))
    for now_s in instants:
        for key, outcome in said(judge_so_far(tracks, RULES, T0_S + now_s)).items():
            if outcome is not Outcome.PENDING:
                assert in_the_end.get(key) == outcome


@given(pairs(), st.floats(10.0, 430.0))
@settings(max_examples=30)
def test_breach_that_stands_now_never_goes_away(flights: dict[str, Flight], now_s: float) -> None:
    tracks = make_tracks(flights, PARTIES)
    breaches = [said(judge_so_far(tracks, RULES, T0_S + t)) for t in (now_s, now_s + 30.0, now_s + 400.0)]
    for earlier, later in pairwise(breaches):
        for key, outcome in earlier.items():
            if outcome is Outcome.BREACH:
                assert later[key] is Outcome.BREACH


def test_duty_that_is_lost_is_pending_until_the_time_to_restore_has_passed() -> None:
    beside = fly(300.0, every_s=5.0).moved(north_nm=1.0)
    tracks = make_tracks({"aaaaaa": fly(300.0, every_s=5.0), "bbbbbb": beside}, PARTIES)
    outcomes = [
        next(v for v in judge_so_far(tracks, RULES, T0_S + t).verdicts if v.provision == "threes") for t in (50.0, 70.0)
    ]
    assert [verdict.outcome for verdict in outcomes] == [Outcome.PENDING, Outcome.BREACH]
    assert "not over yet" in outcomes[0].reason


def test_nothing_after_now_is_looked_at() -> None:
    tracks = make_tracks({"aaaaaa": fly(300.0, every_s=5.0), "bbbbbb": fly(300.0, every_s=5.0, start_s=T0_S + 200.0)})
    seen = seen_until(tracks, T0_S + 100.0)
    assert seen.t_s.max() == T0_S + 100.0
    assert np.diff(seen.start).tolist() == [21, 0]
    assert seen.aircraft == tracks.aircraft


def test_settling_waits_for_re_entry_and_for_what_rules_look_ahead_at() -> None:
    assert settles_after_s(RULES, 30.0) == 121.0


@pytest.mark.recordings
def test_decided_verdicts_of_a_recorded_hour_stay(recordings: Path) -> None:
    tracks = _hour(recordings)
    memorandum = preset("surveillance-minima")
    in_the_end = said(judge(tracks, memorandum, Between.ANY))
    begin_s, end_s = float(tracks.t_s.min()), float(tracks.t_s.max())
    decided = changed = 0
    for now_s in np.linspace(begin_s + 300.0, end_s, 6).tolist():
        for key, outcome in said(judge_so_far(tracks, memorandum, now_s, Between.ANY)).items():
            if outcome is not Outcome.PENDING:
                decided += 1
                changed += in_the_end.get(key) != outcome
    assert decided > 100
    # The step of an aircraft's altitudes and of its clock are seen better in more of its track, which moves the bound.
    assert changed <= 0.01 * decided


def _hour(recordings: Path) -> Tracks:
    recording = open_recording([recordings / "derived_switzerland_folded_1h.parquet"], 10_000_000)
    edges = recording.edges(10_000_000).tolist()
    table = recording.between(edges[0], edges[-1])
    return assess(build_tracks(table, None).tracks, 30.0).tracks
