"""One encounter in full: the facts, the verdicts, the figures, and what the data behind them can bear."""

from __future__ import annotations

import math
from collections.abc import Sequence

from skyaccord.batch.report.account import (
    badge,
    by_how_much,
    by_name,
    is_doubtful,
    margin_text,
    outcome_badge,
    who,
)
from skyaccord.batch.report.conduct import how_flown, manner_words, severity
from skyaccord.batch.report.content import EncounterReport
from skyaccord.batch.report.figures import both_distances, profile, separation
from skyaccord.batch.report.plan_view import plan_view
from skyaccord.batch.report.ranking import SEVERITY, outcome_of
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import OUTCOME_TONE
from skyaccord.batch.report.words import (
    GRADE,
    close_markup,
    distance,
    duration,
    feet,
    instant,
    miles,
    span,
)
from skyaccord.draw.svg import Markup, element, join
from skyaccord.model.encounter import Datum, Edge, Outcome, Verdict

_EDGE = {
    Edge.CROSSING: "seen whole",
    Edge.GAP: "cut by a gap in the reports",
    Edge.TRACK: "cut by the end of a recording",
}
_DATUM = {
    Datum.PRESSURE: "pressure altitude",
    Datum.ELLIPSOID: "geometric altitude (WGS-84)",
    Datum.MIXED: "pressure altitude for part of it, geometric for the rest",
    Datum.NONE: "no altitude in common",
}


def detail(rank: int, report: EncounterReport, setting: Setting, *, is_open: bool) -> Markup:
    """Return the details of an encounter, to be opened; the first few stand open."""
    encounter = report.encounter
    summary = element(
        "summary",
        element("span", str(rank), class_=f"rank {OUTCOME_TONE[outcome_of(report)]}"),
        element(
            "span",
            element("span", outcome_badge(report, setting), who(report, setting.tones), class_="line1"),
            element(
                "span",
                close_markup(encounter.horizontal_at_closest_m, encounter.vertical_at_closest_m),
                " at ",
                instant(encounter.t_closest_s, with_day=setting.with_day),
                f", {manner}" if (manner := manner_words(report)) else None,
                element("small", f" {encounter.id}"),
                class_="line2",
            ),
        ),
    )
    return element(
        "details",
        summary,
        _verdicts(report, setting),
        how_flown(report),
        _figures(report, setting),
        element("div", _facts(report), _bearing(report), class_="two"),
        severity(report),
        class_="detail" + (" doubt" if is_doubtful(report) else ""),
        id=encounter.id,
        open=is_open,
    )


def _verdicts(report: EncounterReport, setting: Setting) -> Markup:
    if not report.verdicts:
        return element(
            "p", "No provision of the memorandum applies to this pair, so nothing was judged.", class_="note"
        )
    ordered = sorted(report.verdicts, key=lambda v: SEVERITY.index(v.outcome))
    return element("ul", [_verdict(verdict, report, setting) for verdict in ordered], class_="verdicts")


def _verdict(verdict: Verdict, report: EncounterReport, setting: Setting) -> Markup:
    provision = setting.provisions.get(verdict.provision)
    said = (by_name(verdict.reason, report) or by_how_much(verdict, provision), _margin(verdict))
    parts = [part for part in said if part]
    interval = None
    if verdict.from_s is not None and verdict.until_s is not None:
        interval = element("span", f" Decided by {span(verdict.from_s, verdict.until_s)}.", class_="when")
    rule = element("q", provision.rule or provision.text) if provision else None
    return element(
        "li",
        badge(verdict.outcome),
        element("span", "as if in force", class_="chip") if verdict.is_as_if else None,
        element("code", verdict.provision),
        " ",
        rule,
        " ",
        element("span", "; ".join(parts) + "." if parts else None),
        interval,
        element("span", f" Rests on: {', '.join(verdict.evidence)}.", class_="when") if verdict.evidence else None,
    )


def _margin(verdict: Verdict) -> str:
    return "" if verdict.margin is None else margin_text(verdict.margin)


def _figures(report: EncounterReport, setting: Setting) -> Markup:
    has_paths = any(side.path is not None and len(side.path.t_s) for side in (report.a, report.b))
    if not has_paths and report.trace is None:
        return element("p", "No positions of this encounter were kept, so there is nothing to draw.", class_="note")
    plan = plan_view(report, setting)
    box = both_distances(report, setting.provisions)
    tall = join(profile(report, setting), box)
    lost = "perhaps lost" if outcome_of(report) is Outcome.UNDETERMINED else "lost"
    captions = (
        "Plan view, north up. Dots are reports, dashes doubtful stretches, arrows the way flown.",
        f"Shaded: distance {lost}. Hatched: not observed. Dotted: closest instant.",
        "Altitude of each; below, the way of the pair through both distances.",
    )
    drawings = (plan, separation(report, setting.provisions), tall)
    return element("div", [_figure(d, c) for d, c in zip(drawings, captions, strict=True) if d], class_="figures")


def _figure(drawing: Markup, caption: str) -> Markup:
    return element("figure", drawing, element("figcaption", caption))


def _facts(report: EncounterReport) -> Markup:
    e = report.encounter
    at_cpa = instant(e.t_cpa_s, with_day=False)
    rows: Sequence[tuple[str, Markup | str]] = (
        ("Closest instant, both axes together", close_markup(e.horizontal_at_closest_m, e.vertical_at_closest_m)),
        ("Least horizontal distance", join(close_markup(e.min_horizontal_m, e.vertical_at_cpa_m), " at ", at_cpa)),
        ("Least vertical distance while near", distance(e.min_vertical_m, feet(e.min_vertical_m))),
        ("Least slant distance", distance(e.min_slant_m, miles(e.min_slant_m))),
        ("Within the search volume", f"{span(e.start_s, e.end_s)} ({duration(e.end_s - e.start_s)})"),
        ("Begins / ends", f"{_EDGE[e.starts_by]} / {_EDGE[e.ends_by]}"),
        ("Vertical distance from", _DATUM[e.datum]),
    )
    return element("dl", [join(element("dt", name), element("dd", value)) for name, value in rows], class_="facts")


def _bearing(report: EncounterReport) -> Markup:
    """Return what the data of this encounter can bear, and what cannot be said."""
    e = report.encounter
    error = "How exact these distances are is not known."
    if math.isfinite(e.horizontal_error_m):
        vertical = f" and ±{feet(e.vertical_error_m)}" if math.isfinite(e.vertical_error_m) else ""
        error = f"Distances are known to ±{miles(e.horizontal_error_m)}{vertical} (95 %)."
    lines = [error, *[reason[:1].upper() + by_name(reason[1:], report) + "." for reason in e.reasons]]
    if e.is_below_floor and not any("floor" in reason for reason in e.reasons):
        lines.append("The measured minimum is smaller than its error: the pair was close, how close cannot be said.")
    if not e.is_complete:
        lines.append("The pair may have been closer while it was not observed.")
    if report.is_borderline:
        lines.append("A limit of the rule lies inside this error: which side of it they were on cannot be said.")
    return element(
        "div",
        element("p", element("strong", GRADE[e.grade].capitalize()), class_=f"g-{e.grade.value}"),
        element("ul", [element("li", line) for line in lines]),
        class_="bearing",
    )
