"""The whole page, and the file it is written to."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from skyaccord.batch.report.content import EncounterReport, ReportContent
from skyaccord.batch.report.data_quality import data_quality
from skyaccord.batch.report.detail import detail
from skyaccord.batch.report.headline import facts, headline
from skyaccord.batch.report.listing import encounter_table, filters, gravest, outcome_is_grave, table_note
from skyaccord.batch.report.overview import overview_map, timeline
from skyaccord.batch.report.passages import passage_section
from skyaccord.batch.report.provisions import provision_list
from skyaccord.batch.report.setting import Setting, setting_of
from skyaccord.draw.page import draw_page
from skyaccord.draw.svg import Markup, element, join

DETAILS: Final = 40
TABLE_ROWS: Final = 2000
_AT_A_GLANCE: Final = 8
_FEWEST_AT_A_GLANCE: Final = 4
_NUMBERED: Final = 15
_OPEN: Final = 5
_WIDE, _NARROW = 1200.0, 360.0


def write_report(content: ReportContent, path: Path, *, details: int = DETAILS, table_rows: int = TABLE_ROWS) -> None:
    """Write the report of a review as one HTML file that needs nothing from elsewhere.

    Args:
        content: what was found, as plain values.
        path: the file, written anew.
        details: how many of the gravest encounters get figures.
        table_rows: how many encounters stand in the table at most; the page says how many do not.
    """
    path.write_text(render_report(content, details=details, table_rows=table_rows), "utf-8")


def render_report(content: ReportContent, *, details: int = DETAILS, table_rows: int = TABLE_ROWS) -> str:
    """Return the report as text; the same content gives the same text."""
    order = content.encounters
    drawn, listed = order[:details], order[: max(details, table_rows)]
    setting = setting_of(content, len(drawn))
    body = join(
        headline(content, setting.tones),
        element(
            "main",
            _at_a_glance(content, order, setting),
            _details(drawn, setting),
            _table(order, listed, setting),
            passage_section(content.passages, setting),
            element("section", element("h2", "Provision by provision"), provision_list(content.provisions)),
            element("section", element("h2", "Data quality of the recording"), data_quality(content, setting.tones)),
            element("section", element("h2", "What was judged"), facts(content)),
        ),
        _foot(content),
    )
    own = files("skyaccord.batch.report")
    style, script = (own.joinpath(name).read_text("utf-8") for name in ("report.css", "report.js"))
    return draw_page(f"{content.memorandum.title}: review", body, style=style, script=script)


def _at_a_glance(content: ReportContent, order: tuple[EncounterReport, ...], setting: Setting) -> Markup:
    grave = sum(map(outcome_is_grave, order))
    few = order[: min(max(grave, _FEWEST_AT_A_GLANCE), _AT_A_GLANCE)]
    map_ = overview_map(content, order, setting, numbered=min(max(grave, len(few)), _NUMBERED))
    list_ = _few(few, len(order), setting) if few else None
    strips = [
        element("div", timeline(content, order, setting, width=width, key=f"strip-{name}"), class_=f"strip-{name}")
        for width, name in ((_WIDE, "wide"), (_NARROW, "narrow"))
    ]
    return element(
        "section",
        element("h2", "The gravest encounters" if few else "What was observed"),
        element("div", list_, map_, class_="glance") if list_ and map_ else join(list_, map_),
        element("h2", "When"),
        strips,
    )


def _few(few: tuple[EncounterReport, ...], total: int, setting: Setting) -> Markup:
    more = element("a", f"{total - len(few):,} more in the table", href="#all") if total > len(few) else None
    return element("div", gravest(few, setting), element("p", more, class_="note") if more else None)


def _details(drawn: tuple[EncounterReport, ...], setting: Setting) -> Markup | None:
    if not drawn:
        return None
    parts = [
        detail(k + 1, report, setting, is_open=k == 0 or (k < _OPEN and outcome_is_grave(report)))
        for k, report in enumerate(drawn)
    ]
    return element("section", element("h2", "Encounter by encounter"), parts)


def _table(order: tuple[EncounterReport, ...], listed: tuple[EncounterReport, ...], setting: Setting) -> Markup | None:
    if not order:
        return None
    return element(
        "section",
        element("h2", "All encounters", id="all"),
        table_note(len(order), len(listed), setting.drawn),
        filters(listed),
        encounter_table(listed, setting),
    )


def _foot(content: ReportContent) -> Markup:
    return element(
        "footer",
        element(
            "p",
            "All times UTC. Distances are horizontal on the WGS-84 ellipsoid and vertical within one altitude datum, "
            "both at the same instant; metres stand in the tooltips. An outcome says what a rule makes of what was "
            "observed, and nothing of what was not.",
        ),
        element("p", f"Written by {content.generated_by}. Map: Natural Earth, public domain."),
    )
