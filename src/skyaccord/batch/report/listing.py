"""The encounters in a list: the gravest few to be read at a glance, and all of them in a table."""

from __future__ import annotations

import math
from collections.abc import Sequence

from skyaccord.batch.report.account import belief, by_how_much, is_doubtful, outcome_badge, who
from skyaccord.batch.report.conduct import manner_words
from skyaccord.batch.report.content import EncounterReport, Side
from skyaccord.batch.report.ranking import SEVERITY, deciding, outcome_of
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import OUTCOME_TONE, party_chip
from skyaccord.batch.report.words import OUTCOME, close_markup, duration, feet, instant, metres, miles
from skyaccord.draw.svg import Markup, element
from skyaccord.model.encounter import Outcome


def gravest(reports: Sequence[EncounterReport], setting: Setting) -> Markup:
    """Return ranked encounters as a list that leads to their details."""
    return element("ol", [_item(k, report, setting) for k, report in enumerate(reports)], class_="gravest")


def _item(k: int, report: EncounterReport, setting: Setting) -> Markup:
    encounter, verdict = report.encounter, deciding(report)
    close = close_markup(encounter.horizontal_at_closest_m, encounter.vertical_at_closest_m)
    manner = f", {words}" if (words := manner_words(report)) else None
    rule = None
    if verdict is not None:
        much = by_how_much(verdict, setting.provisions.get(verdict.provision))
        rule = element("p", element("code", verdict.provision), f": {much}" if much else None, class_="rule")
    number = element("span", str(k + 1), class_=f"rank {OUTCOME_TONE[outcome_of(report)]}")
    body = (
        element("p", outcome_badge(report, setting), who(report, setting.tones), class_="line1"),
        element("p", close, " at ", instant(encounter.t_closest_s, with_day=setting.with_day), manner, class_="line2"),
        rule,
        element("p", belief(report), class_="belief"),
        element("a", f"Details of {encounter.id}", href=f"#{encounter.id}", class_="more")
        if k < setting.drawn
        else None,
    )
    return element("li", number, element("div", body), class_="doubt" if is_doubtful(report) else None)


def encounter_table(reports: Sequence[EncounterReport], setting: Setting) -> Markup:
    """Return a table of ranked encounters that a small script can sort and filter."""
    heads = (
        ("Rank", "num"),
        ("Outcome", ""),
        ("Closest (UTC)", ""),
        ("Horizontal", "num"),
        ("Vertical", "num"),
        ("Aircraft A", ""),
        ("Aircraft B", ""),
        ("Lost for", "num"),
        ("Rule", ""),
        ("Data", ""),
        ("Encounter", ""),
    )
    head = element("tr", [element("th", name, scope="col", class_=class_ or None) for name, class_ in heads])
    rows = [_row(k, report, setting) for k, report in enumerate(reports)]
    return element(
        "div",
        element("table", element("thead", head), element("tbody", rows), class_="sortable", id="all-encounters"),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="All encounters",
    )


def _row(k: int, report: EncounterReport, setting: Setting) -> Markup:
    encounter, verdict, outcome = report.encounter, deciding(report), outcome_of(report)
    name = element("a", encounter.id, href=f"#{encounter.id}") if k < setting.drawn else encounter.id
    lost = verdict.lost_s if verdict else None
    reasons = "; ".join(encounter.reasons)
    return element(
        "tr",
        _cell(str(k + 1), k + 1),
        element("td", outcome_badge(report, setting), data_v=SEVERITY.index(outcome)),
        element("td", instant(encounter.t_closest_s, with_day=setting.with_day), data_v=f"{encounter.t_closest_s:.3f}"),
        _cell(miles(encounter.horizontal_at_closest_m), encounter.horizontal_at_closest_m),
        _cell(feet(encounter.vertical_at_closest_m), encounter.vertical_at_closest_m),
        _craft(report.a, setting),
        _craft(report.b, setting),
        _cell(duration(lost) if lost else "", lost or 0.0, titled=False),
        element("td", element("code", verdict.provision) if verdict else "none"),
        element("td", encounter.grade.value, title=reasons or None, class_=f"g-{encounter.grade.value}"),
        element("td", name),
    )


def _craft(side: Side, setting: Setting) -> Markup:
    name = element("b", side.name, title=f"id {side.id}")
    return element("td", name, " ", party_chip(side.party, setting.tones), class_="wrap")


def _cell(text: str, value: float, *, titled: bool = True) -> Markup:
    is_rank = isinstance(value, int)
    return element(
        "td",
        text,
        class_="num",
        data_v=f"{value:.1f}" if math.isfinite(value) else "",
        title=metres(value) if titled and not is_rank else None,
    )


def filters(shown: Sequence[EncounterReport]) -> Markup:
    """Return the controls of the table; the script shows them, so a page without it has no dead controls."""
    outcomes = [outcome for outcome in SEVERITY if any(outcome_of(report) is outcome for report in shown)]
    options = [element("option", OUTCOME[outcome], value=str(SEVERITY.index(outcome))) for outcome in outcomes]
    return element(
        "form",
        element("label", "Find ", element("input", type="search", id="find", placeholder="callsign, id, party, rule")),
        element("label", "Outcome ", element("select", element("option", "all", value=""), options, id="only")),
        element("output", id="found", aria_live="polite"),
        class_="filters",
        hidden=True,
    )


def outcome_is_grave(report: EncounterReport) -> bool:
    """Return whether an encounter asks for a person's attention."""
    return outcome_of(report) in (Outcome.BREACH, Outcome.INFRINGED, Outcome.UNDETERMINED)


def table_note(total: int, shown: int, detailed: int) -> Markup:
    """Say how many encounters have figures, how many stand in the table and where the others are."""
    parts = [f"{detailed:,} of {total:,} encounters are drawn in detail"]
    if total > detailed:
        parts.append(f"{shown - detailed:,} stand in the table only")
    if total > shown:
        parts.append(f"{total - shown:,} of the least grave are not on this page")
    return element("p", "; ".join(parts), ". encounters.parquet and verdicts.parquet have all.", class_="note")
