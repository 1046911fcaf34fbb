"""The report page: whole, safe, and honest about what it does not know."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from skyaccord.batch.report import render_report, write_report
from skyaccord.batch.report.account import by_how_much, margin_text
from skyaccord.batch.report.content import EncounterReport, OverviewTrack, ReportContent, Side
from skyaccord.batch.report.headline import verdict_sentence
from skyaccord.batch.report.ranking import deciding, outcome_of
from skyaccord.batch.report.tones import party_tones, side_tones
from skyaccord.batch.report.words import clock, closeness, duration, feet, miles
from skyaccord.draw.svg import VOID
from skyaccord.model.encounter import Grade, Outcome, Verdict
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.units import FT, NM
from tests.batch.demo_content import D_M, T0, demo_content, report_of, special, straight

CONTENT = demo_content(10)


class Reader(HTMLParser):
    """Collect elements, ids, addresses and visible text; complain of ends that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.text))

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


def read(content: ReportContent, **kwargs: int) -> Reader:
    reader = Reader()
    reader.feed(render_report(content, **kwargs))
    return reader


@pytest.fixture(scope="module")
def page() -> Reader:
    return read(CONTENT)


def test_every_element_is_closed(page: Reader) -> None:
    assert page.wrong == []
    assert page.open == []


def test_ids_are_unique_and_every_link_leads_somewhere(page: Reader) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.values("href")} <= set(ids)
    named = {name for value in page.values("aria-labelledby") for name in value.split()}
    assert named <= set(ids)


def test_every_drawing_is_well_formed_and_says_what_it_shows() -> None:
    drawings = re.findall(r"<svg.*?</svg>", render_report(CONTENT), flags=re.DOTALL)
    assert len(drawings) > 50
    for drawing in drawings:
        root = ET.fromstring(drawing)  # noqa: S314 - our own output
        assert root.get("role") == "img"
        assert (root.findtext("title") or "") != ""
        assert "nan" not in re.sub(r">[^<]*<", "><", drawing)


def test_nothing_is_fetched_from_elsewhere(page: Reader) -> None:
    text = render_report(CONTENT)
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", text)
    assert all(value.startswith("#") for value in page.values("href"))
    assert page.values("src") == []
    assert [tag for tag, _ in page.tags if tag in ("link", "img", "iframe", "object", "embed", "base")] == []


def test_a_hostile_callsign_is_only_text(page: Reader) -> None:
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "<script>alert(1)</script>" in page.words


@pytest.mark.parametrize("hostile", ["</script><b>", '" onload="x', "a\x00b\x1f", "]]>", "\ud800", "‮abc"])
def test_hostile_text_in_any_field_makes_no_element(hostile: str) -> None:
    report = special()[0]
    side = replace(report.a, callsign=hostile, party=hostile, id=hostile)
    encounter = replace(report.encounter, reasons=(hostile,))
    verdicts = (replace(report.verdicts[0], reason=hostile, evidence=(hostile,)),)
    memorandum = replace(CONTENT.memorandum, title=hostile, name=hostile, notes=(hostile,))
    content = replace(
        CONTENT, encounters=(replace(report, a=side, encounter=encounter, verdicts=verdicts),), memorandum=memorandum
    )
    text = render_report(content)
    reader = Reader()
    reader.feed(text)
    assert reader.wrong == []
    assert reader.open == []
    assert reader.values("onload") == []
    assert not any(ord(c) < 32 and c not in "\n\t" for c in text)
    text.encode("utf-8")


def test_the_result_stands_in_one_sentence() -> None:
    assert verdict_sentence(CONTENT) == (
        "1 breach, 2 infringements, 2 undetermined and 1 to which no provision applies "
        "among 16 encounters of 842 aircraft."
    )


def of(*reports: EncounterReport) -> ReportContent:
    return replace(CONTENT, encounters=reports)


def test_undetermined_alone_is_never_told_as_nothing_found() -> None:
    report = special()[3]
    assert verdict_sentence(of(report)).startswith("No breach or infringement could be shown: 1 undetermined among")


def test_pairs_only_suspected_are_not_called_encounters() -> None:
    report = special()[3]
    sentence = verdict_sentence(of(report, replace(report, is_suspected=True)))
    assert "among 1 encounter and 1 pair that may have come near, of 842 aircraft in all." in sentence


def test_an_empty_review_says_what_was_not_observed() -> None:
    page = read(replace(CONTENT, encounters=(), tracks=(), activity=None))
    assert "No encounter found among what was observed." in page.words
    assert "Not observed:" in page.words
    assert "aircraft without a working transponder" in page.words


def test_an_empty_review_without_notes_still_names_the_limits_of_observation() -> None:
    quality = replace(CONTENT.quality, not_observed=(), marks=(), findings=())
    words = read(replace(CONTENT, encounters=(), tracks=(), activity=None, quality=quality)).words
    assert "aircraft that are not in the recording" in words
    assert "silences longer than 30 s" in words


@pytest.mark.parametrize("content", [CONTENT, replace(CONTENT, encounters=())])
def test_the_page_never_calls_anything_clear(content: ReportContent) -> None:
    assert not re.search(r"\bclear\b", read(content).words, flags=re.IGNORECASE)


def test_what_no_machine_observes_is_said_of_each_provision(page: Reader) -> None:
    assert page.words.count("Not judged here:") == 2
    assert "2 provisions of 3 that tracks cannot show: airmanship.professional and hotline.check" in page.words


def test_the_page_says_how_many_are_only_in_the_table_and_how_many_are_not_shown() -> None:
    words = read(CONTENT, details=5, table_rows=12).words
    assert "5 of 16 encounters are drawn in detail; 7 stand in the table only; 4 of the least grave" in words
    assert "encounters.parquet and verdicts.parquet have all" in words


def test_only_so_many_encounters_are_drawn_as_asked_for() -> None:
    page = read(CONTENT, details=5)
    assert sum(tag == "details" and "detail" in (attrs.get("class") or "").split() for tag, attrs in page.tags) == 5


def test_encounters_keep_the_order_they_come_in(page: Reader) -> None:
    drawn = [attrs["id"] for tag, attrs in page.tags if tag == "details" and attrs.get("id")]
    assert drawn == [report.encounter.id for report in CONTENT.encounters[:40]]


def test_the_gravest_verdict_decides_and_of_equals_the_least_margin() -> None:
    report = special()[1]
    first = report.verdicts[0]
    others = (
        replace(first, provision="a", outcome=Outcome.COMPLIANT, margin=-2.0),
        replace(first, provision="b", outcome=Outcome.BREACH, margin=-0.1),
        replace(first, provision="c", outcome=Outcome.BREACH, margin=-0.2),
    )
    decided = deciding(replace(report, verdicts=others))
    assert decided is not None
    assert decided.provision == "c"
    assert outcome_of(replace(report, verdicts=())) is None


def test_doubtful_data_are_flagged(page: Reader) -> None:
    assert "doubtful data" in page.words
    assert any("doubt" in (attrs.get("class") or "").split() for tag, attrs in page.tags if tag == "li")


def test_a_minimum_below_the_floor_is_said_to_be(page: Reader) -> None:
    assert "minimum lies below the measurement floor" in page.words


def test_unknown_values_are_said_to_be_unknown() -> None:
    report = special()[0]
    nan = float("nan")
    encounter = replace(
        report.encounter, vertical_at_closest_m=nan, vertical_at_cpa_m=nan, min_vertical_m=nan, min_slant_m=nan,
        horizontal_error_m=float("inf"), vertical_error_m=float("inf"), grade=Grade.DOUBTFUL,
    )  # fmt: skip
    assert report.trace is not None
    trace = replace(report.trace, vertical_m=np.full_like(report.trace.vertical_m, nan))
    words = read(of(replace(report, encounter=encounter, trace=trace))).words
    assert "0.44 NM and vertical not known" in re.sub(r" +", " ", words)
    assert "How exact these distances are is not known." in words
    assert not re.search(r"\bnan\b|\binf\b", words)


def test_an_encounter_without_paths_is_listed_and_not_drawn() -> None:
    report = special()[0]
    bare = replace(report, a=replace(report.a, path=None), b=replace(report.b, path=None), trace=None)
    assert "No positions of this encounter were kept" in read(replace(of(bare), tracks=())).words


def test_a_place_on_the_map_needs_no_path() -> None:
    report = special()[0]
    bare = replace(
        report, a=replace(report.a, path=None), b=replace(report.b, path=None), trace=None, place=(36.0, 38.0)
    )
    assert any("m-num" in value.split() for value in read(replace(of(bare), tracks=())).values("class"))


def test_an_encounter_across_the_date_line_is_drawn_in_one_piece() -> None:
    a = Side("a1", "PACIFIC1", "blue", straight(-16.5, 179.98, 80, 250, 9000, 0, 10))
    wrapped = straight(-16.52, 180.01, 200, 220, 9800, 0, 10)
    wrapped = replace(wrapped, lon_deg=(wrapped.lon_deg + 180) % 360 - 180)
    whole = report_of("E0001", 3600, a, Side("b1", "FIJI2", "green", straight(-16.52, 180.01, 200, 220, 9800, 0, 10)),
                      Outcome.BREACH)  # fmt: skip
    report = replace(whole, b=replace(whole.b, path=replace(wrapped, t_s=wrapped.t_s + T0 + 3600)))
    tracks = tuple(OverviewTrack(s.party, s.path.lat_deg, s.path.lon_deg) for s in (report.a, report.b) if s.path)
    svgs = re.findall(r'<svg[^>]* class="map".*?</svg>', render_report(replace(of(report), tracks=tracks)), re.DOTALL)
    assert len(svgs) == 2
    for svg in svgs:
        lines = re.findall(r'class="(?:m-track|m-some)[^"]*" d="([^"]*)"', svg)
        assert [line.count("M") for line in lines] == [1, 1]


def test_the_file_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(demo_content(120), path)
    assert path.stat().st_size < 2_500_000


def test_the_same_content_gives_the_same_page() -> None:
    assert render_report(CONTENT) == render_report(CONTENT)


def test_a_breach_says_by_how_much_it_was_too_long() -> None:
    verdict = Verdict("E1", "p", Outcome.BREACH, -0.85, T0, T0 + 218, 218.0, False, "", ())
    assert by_how_much(verdict, CONTENT.provisions[0]) == "lost for 3 min 38 s, 38 s longer than the 3 min allowed"
    strict = replace(CONTENT.provisions[0], restore_s=0.0)
    assert by_how_much(verdict, strict) == "lost for 3 min 38 s, none allowed"
    assert by_how_much(replace(verdict, outcome=Outcome.INFRINGED, lost_s=34.0), CONTENT.provisions[0]) == (
        "lost for 34 s, restored within 3 min"
    )


def test_margins_say_on_which_side_of_the_limit() -> None:
    assert [margin_text(m) for m in (-0.85, 0.1, 0.004, None)] == [
        "85 % inside the limit", "10 % of the limit to spare", "0.4 % of the limit to spare", "margin not known",
    ]  # fmt: skip


def test_quantities_read_as_people_say_them() -> None:
    assert closeness(0.42 * NM, 300 * FT) == "0.42 NM and 300 ft"
    assert closeness(D_M, float("nan")) == "5.00 NM and vertical not known"
    assert (miles(12.34 * NM), feet(21000 * FT)) == ("12.3 NM", "21,000 ft")
    assert [duration(s) for s in (0, 0.3, 34, 252, 180, 7384)] == [
        "0 s",
        "under 1 s",
        "34 s",
        "4 min 12 s",
        "3 min",
        "2 h 3 min",
    ]
    assert clock(1444477327.6) == "11:42:08Z"


def test_parties_keep_their_colours_and_those_named_as_a_colour_have_it() -> None:
    assert party_tones(["Russia", "United States"]) == party_tones(["United States", "Russia", UNASSIGNED])
    tones = party_tones(["green", "blue", "other"])
    assert tones["blue"] == "p0"
    assert tones["green"] == "p2"
    assert len(set(tones.values())) == 4


def test_two_aircraft_of_one_party_can_be_told_apart() -> None:
    report = special()[-1]
    assert report.a.party == report.b.party
    a, b = side_tones(report, party_tones(["Russia"]))
    assert a != b
