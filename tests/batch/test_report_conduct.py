"""On the page: how an encounter was flown, who flew with whom, and severity that is proposed and never assigned."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from skyaccord.batch.flown import Flown
from skyaccord.batch.question import Question
from skyaccord.batch.report import render_report
from skyaccord.batch.report.account import by_name
from skyaccord.batch.report.conduct import how_flown, possible_words, severity
from skyaccord.batch.report.content import EncounterReport, FlewAsOne, ReportContent
from skyaccord.batch.report.from_review import report_content
from skyaccord.batch.review import review
from skyaccord.memorandum.presets import preset
from skyaccord.rules.judge import Between
from skyaccord.rules.severity.proposal import Proposal, Scale
from tests.batch.demo_content import T0, special

SYRIA = "syria-2015-public-outline"


def text_of(markup: str | None) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup or "")).replace(" :", ":").replace(" .", ".").strip()


def flown_as(manner: str = "escort", interceptor: str | None = "15500a", *proposals: Proposal) -> EncounterReport:
    ground = "15500a joined ae1f02, alongside at 0.10 NM"
    role = "15500a turned 40° toward it" if interceptor else "neither closed on the other"
    return replace(special()[0], flown=Flown(manner, ground, interceptor, role, proposals))


def asked(name: str, between: Between = Between.PARTIES) -> ReportContent:
    question = Question((f"scenario:{name}",), preset(SYRIA), between=between, with_conduct=True)
    return report_content(review(question), SYRIA)


def test_manner_and_roles_stand_in_sentences_with_callsigns() -> None:
    words = text_of(how_flown(flown_as()))
    assert (
        words
        == "Escort: RFF7021 joined RAVEN21, alongside at 0.10 NM. RFF7021 intercepted: RFF7021 turned 40° toward it."
    )


def test_that_nobody_is_told_to_have_intercepted_is_said_with_the_reason() -> None:
    words = text_of(how_flown(flown_as("parallel", None)))
    assert words.startswith("Parallel: ")
    assert words.endswith("No interceptor is told: neither closed on the other.")


def test_one_ground_for_both_is_said_once() -> None:
    report = replace(special()[0], flown=Flown("undetermined", "jumping positions", None, "jumping positions"))
    assert text_of(how_flown(report)) == "Manner undetermined: jumping positions."


def test_group_of_a_formation_is_named() -> None:
    report = replace(flown_as(), formations=(FlewAsOne(("RFF7021", "RFF7022", "RFF7023"), T0, T0 + 60.0),))
    assert "RFF7021, RFF7022 and RFF7023 flew as one formation, 10 Oct 2015, 00:00:00Z to 00:01:00Z." in text_of(
        how_flown(report)
    )


def test_what_was_not_asked_for_leaves_no_empty_block() -> None:
    assert how_flown(special()[0]) is None
    assert severity(special()[0]) is None
    assert severity(flown_as()) is None, "without proposals"


@pytest.mark.parametrize(
    ("possible", "words"),
    [
        (("A", "B"), ["A: risk of collision", "B: safety not assured"]),
        (("near_routine",), ["near routine"]),
        ((), ["no classes, factors alone"]),
    ],
)
def test_all_classes_that_are_left_are_named(possible: tuple[str, ...], words: list[str]) -> None:
    proposal = Proposal(Scale.UKAB, possible, ("g",), ("n",), "the Board")
    assert possible_words(proposal) == words
    shown = text_of(severity(flown_as("escort", None, proposal)))
    assert all(each in shown for each in words)
    assert ("alone is left" in shown) is (len(possible) == 1)


def test_severity_is_said_to_be_proposed_and_whose_decision_it_is() -> None:
    proposal = Proposal(
        Scale.UKAB, ("C", "E"), ("least distance 1 to 2 NM",), ("what was said",), "the UK Airprox Board"
    )
    shown = text_of(severity(flown_as("escort", None, proposal)))
    assert shown.startswith("Severity, proposed: what the tracks leave open. No class is assigned here.")
    for part in ("decided by the UK Airprox Board", "least distance 1 to 2 NM", "what was said"):
        assert part in shown


def test_page_of_two_parties_has_every_scale_and_of_one_party_lacks_that_of_two_sides() -> None:
    page = text_of(render_report(asked("crossing-breach")))
    assert "decided by the analysts who keep the list" in page
    assert "UK Airprox rating" in page
    one = text_of(render_report(asked("formation-one-party", Between.ANY)))
    assert "decided by the analysts who keep the list" not in one
    assert "FAA near midair collision" in one


def test_pair_that_escorts_a_third_is_named_as_one_formation() -> None:
    content = asked("mediterranean-2020-05-26")
    assert len(content.encounters) == 2
    for report in content.encounters:
        (group,) = report.formations
        assert set(group.names) == {"RU SU-35 1", "RU SU-35 2"}
        assert report.flown is not None
        assert report.flown.manner == "escort"


def test_formation_of_the_two_alone_is_not_said_twice() -> None:
    (report,) = asked("formation-one-party", Between.ANY).encounters
    assert report.flown is not None
    assert report.flown.manner == "formation"
    assert report.formations == ()


@pytest.mark.parametrize(
    ("id_", "text", "said"),
    [
        ("3c6dd2", "3c6dd2 turned 40°; 3c6dd2x did not", "NAME turned 40°; 3c6dd2x did not"),
        ("blue-1", "blue-1 joined blue-11", "NAME joined blue-11"),
        ("300", "slowed down by 300 kt", "slowed down by 300 kt"),
        ("kt", "slowed down by 300 kt", "slowed down by 300 kt"),
        ("~2b1c", "~2b1c at 5 NM", "NAME at 5 NM"),
    ],
)
def test_ids_become_callsigns_where_no_word_can_be_meant(id_: str, text: str, said: str) -> None:
    report = special()[0]
    assert by_name(text, replace(report, a=replace(report.a, id=id_, callsign="NAME"))) == said


@pytest.mark.parametrize("hostile", ["<script>x</script>", '" onload="x', "\\1"])
def test_hostile_callsign_in_a_ground_stays_text(hostile: str) -> None:
    report = flown_as()
    report = replace(report, a=replace(report.a, callsign=hostile))
    shown = how_flown(report) or ""
    assert "<script" not in shown
    assert "joined " in shown
    assert 'onload="x' not in re.sub(r">[^<]*<", "><", shown)
