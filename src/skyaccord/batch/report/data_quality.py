"""What the recording can bear: reports set aside and why, gaps, ghosts, doubtful stretches, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from skyaccord.batch.report.content import FileSummary, Finding, MarkCount, ReportContent
from skyaccord.batch.report.tones import Tones, party_chip
from skyaccord.batch.report.words import count, span
from skyaccord.draw.svg import Markup, element, join

_FEW_FINDINGS: Final = 6
MOST_FINDINGS: Final = 60
"""Findings listed of each kind; the others are counted."""


def data_quality(content: ReportContent, tones: Tones) -> Markup:
    """Return marks, findings by kind and the files."""
    quality = content.quality
    return join(
        _marks(quality.marks, content.recording.rows),
        _findings(quality.findings, tones),
        [_file(file) for file in content.recording.files if file.bad_rows or file.complaints or file.notes],
    )


def _marks(marks: Sequence[MarkCount], rows: int) -> Markup:
    found = [mark for mark in marks if mark.rows]
    if not found:
        return element("p", f"None of {count(rows, 'report')} carries a mark of doubt.", class_="note")
    names = (
        ("Mark", ""),
        ("Meaning", ""),
        ("Reports", "num"),
        ("Share", "num"),
        ("Aircraft", "num"),
        ("Treatment", ""),
    )
    head = element("tr", [element("th", name, scope="col", class_=class_ or None) for name, class_ in names])
    table = element("table", element("thead", head), element("tbody", [_mark(mark, rows) for mark in found]))
    absent = [mark.name.replace("_", " ") for mark in marks if not mark.rows]
    none = element("p", f"Looked for and not found: {', '.join(absent)}.", class_="note") if absent else None
    return join(element("div", table, class_="scroll", tabindex="0", role="region", aria_label="Marks of doubt"), none)


def _mark(mark: MarkCount, rows: int) -> Markup:
    share = 100.0 * mark.rows / rows if rows else 0.0
    return element(
        "tr",
        element("th", mark.name.replace("_", " "), scope="row"),
        element("td", mark.meaning),
        element("td", f"{mark.rows:,}", class_="num"),
        element("td", f"{share:.1f} %" if share >= 0.05 else "under 0.1 %", class_="num"),
        element("td", f"{mark.aircraft:,}", class_="num"),
        element("td", mark.treatment),
    )


def _findings(findings: Iterable[Finding], tones: Tones) -> Markup:
    ordered = sorted(findings, key=lambda f: (f.kind, f.from_s if f.from_s is not None else 0.0, f.aircraft))
    groups = [(kind, list(group)) for kind, group in groupby(ordered, key=lambda f: f.kind)]
    return join([_group(kind, group, tones) for kind, group in groups])


def _group(kind: str, group: list[Finding], tones: Tones) -> Markup:
    rest = len(group) - MOST_FINDINGS
    return element(
        "details",
        element("summary", element("b", kind[:1].upper() + kind[1:]), f": {count(len(group), 'finding')}"),
        element("ul", [_finding(finding, tones) for finding in group[:MOST_FINDINGS]], class_="findings"),
        element("p", f"{rest:,} more are not listed here.", class_="note") if rest > 0 else None,
        class_="group",
        open=len(group) <= _FEW_FINDINGS,
    )


def _finding(finding: Finding, tones: Tones) -> Markup:
    when = None
    if finding.from_s is not None and finding.until_s is not None:
        when = element("span", f" ({span(finding.from_s, finding.until_s)})", class_="when")
    name = finding.callsign.strip() or finding.aircraft
    return element(
        "li",
        element("b", name, title=f"id {finding.aircraft}"),
        " ",
        party_chip(finding.party, tones),
        " ",
        finding.text,
        when,
    )


def _file(file: FileSummary) -> Markup:
    lines = [*file.notes, *file.complaints]
    return element(
        "details",
        element("summary", element("b", file.name), f": {count(file.rows, 'row')} read, {file.bad_rows:,} left out"),
        element("ul", [element("li", line) for line in lines], class_="findings"),
        class_="group",
    )
