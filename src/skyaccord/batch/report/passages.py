"""Passages: what rules about one aircraft say of whom, in a table."""

from __future__ import annotations

from collections.abc import Sequence

from skyaccord.batch.report.account import badge
from skyaccord.batch.report.content import PassageReport
from skyaccord.batch.report.setting import Setting
from skyaccord.batch.report.tones import party_chip
from skyaccord.batch.report.words import instant
from skyaccord.draw.svg import Markup, element

MOST_ROWS = 500
"""Passages on the page; passages.parquet has all."""


def passage_section(passages: Sequence[PassageReport], setting: Setting) -> Markup | None:
    """Return the passages that someone must look at, the gravest first; nothing where there is none."""
    if not passages:
        return None
    heads = ("Passage", "Outcome", "From (UTC)", "Until", "Aircraft", "Rule", "Why")
    table = element(
        "table",
        element("thead", element("tr", [element("th", name, scope="col") for name in heads])),
        element("tbody", [_row(report, setting) for report in passages[:MOST_ROWS]]),
    )
    more = len(passages) - MOST_ROWS
    return element(
        "section",
        element("h2", "Passages"),
        element("p", "Rules about one aircraft: where it was, and what they say of it.", class_="note"),
        element("div", table, class_="scroll", tabindex="0", role="region", aria_label="Passages"),
        element("p", f"{more:,} more are in passages.parquet.", class_="note") if more > 0 else None,
    )


def _row(report: PassageReport, setting: Setting) -> Markup:
    passage, verdict, side = report.passage, report.verdict, report.side
    return element(
        "tr",
        element("td", passage.id),
        element("td", badge(verdict.outcome)),
        *(
            element("td", instant(t_s, with_day=setting.with_day))
            for t_s in (verdict.from_s or passage.start_s, verdict.until_s or passage.end_s)
        ),
        element("td", element("b", side.name, title=f"id {side.id}"), " ", party_chip(side.party, setting.tones)),
        element("td", element("code", verdict.provision)),
        element("td", verdict.reason, class_="wrap"),
    )
