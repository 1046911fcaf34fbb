"""Drafts judged in one search say what each says alone; counts are those of the verdicts."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from skyaccord.batch.drafts.evaluate import Draft, Outlook, changes, curves, evaluate, steps, vary
from skyaccord.batch.drafts.page import render_page
from skyaccord.batch.findings import Findings
from skyaccord.batch.question import Question
from skyaccord.batch.review import review, review_drafts
from skyaccord.memorandum.presets import preset
from skyaccord.model.encounter import Outcome
from skyaccord.talks.vary import read_variation

SYRIA = preset("syria-2015-public-outline")
TEN = "separation.threes: horizontal = 1 NM to 10 NM by 1 NM"
DAY = "traffic_switzerland_20180801.parquet"


def varied(text: str) -> list[Draft]:
    return vary("", SYRIA, read_variation(text, SYRIA))


def assert_same(one: Findings, other: Findings) -> None:
    # As text: what is not known is NaN, which does not equal itself.
    assert one.verdicts == other.verdicts
    assert repr(one.all_encounters()) == repr(other.all_encounters())
    assert one.volume == other.volume
    assert one.aircraft == other.aircraft


@pytest.mark.recordings
def test_ten_values_in_one_search_equal_ten_reviews(recordings: Path) -> None:
    source = str(recordings / DAY)
    drafts = varied(TEN)
    together = evaluate(drafts, Question((source,), SYRIA))
    assert len(together) == 10
    for each in together:
        alone = review(Question((source,), each.draft.memorandum))
        assert_same(each.review.findings, alone.findings)
        outcomes = Counter(v.outcome for v in alone.findings.verdicts if v.provision == "separation.threes")
        assert (each.impact.breach, each.impact.infringed, each.impact.undetermined) == tuple(
            outcomes[o] for o in (Outcome.BREACH, Outcome.INFRINGED, Outcome.UNDETERMINED)
        )


@pytest.mark.recordings
def test_drafts_of_different_rules_in_windows_equal_reviews_of_each(recordings: Path) -> None:
    memoranda = [SYRIA, preset("surveillance-minima"), preset("near-midair")]
    asked = Question((str(recordings / "traffic_calfire_202009.parquet"),), SYRIA, rows_each=3000)
    for memorandum, each in zip(memoranda, review_drafts(asked, memoranda), strict=True):
        alone = review(Question(asked.sources, memorandum, rows_each=3000))
        assert_same(each.findings, alone.findings)


@pytest.mark.recordings
def test_ten_values_on_a_day_take_under_five_seconds_of_work(recordings: Path) -> None:
    question, drafts = Question((str(recordings / DAY),), SYRIA), varied(TEN)
    evaluate(drafts[:1], question)  # kernels are compiled once a machine
    begin_s = time.process_time()
    evaluate(drafts, question)
    assert time.process_time() - begin_s < 5.0


@pytest.fixture(scope="module")
def crossing() -> tuple[Outlook, ...]:
    drafts = varied("separation.threes: horizontal = 0.1 NM, 3 NM, 12 mi")
    return evaluate(drafts, Question(("scenario:crossing-breach",), SYRIA))


def test_a_scenario_breaks_the_wider_rule_and_keeps_the_narrower(crossing: tuple[Outlook, ...]) -> None:
    assert [each.impact.breach > 0 for each in crossing] == [False, True, True]
    assert crossing[1].impact.aircraft == 2
    assert crossing[2].impact.lost_s > crossing[1].impact.lost_s > crossing[0].impact.lost_s


def test_two_drafts_differ_for_the_aircraft_whose_verdicts_differ(crossing: tuple[Outlook, ...]) -> None:
    found = changes(crossing[0], crossing[1])
    assert {each.aircraft.id for each in found} == {a.id for a in crossing[0].review.findings.aircraft}
    assert all(each.after.breach == 1 and each.before.breach == 0 for each in found)
    assert steps(found[0])[0] == "0 → 1"
    assert changes(crossing[1], crossing[1]) == ()


def test_a_curve_holds_what_each_value_gave(crossing: tuple[Outlook, ...]) -> None:
    (curve,) = curves(crossing)
    assert curve.measures["breach"] == tuple(float(each.impact.breach) for each in crossing)
    assert curve.measures["lost_h"] == tuple(each.impact.lost_s / 3600.0 for each in crossing)


def test_the_page_names_every_draft_and_needs_nothing_from_elsewhere(crossing: tuple[Outlook, ...]) -> None:
    page = render_page(crossing, curves(crossing), (0, 2), changes(crossing[0], crossing[2]))
    assert all(each.draft.name in page for each in crossing)
    assert "http" not in page.replace("http-equiv", "")
