"""The top of the page: what was judged by what, the result in one sentence, and what it cannot mean."""

from __future__ import annotations

from skyaccord.batch.report.content import EncounterReport, ReportContent
from skyaccord.batch.report.ranking import SEVERITY, outcome_counts
from skyaccord.batch.report.tones import OUTCOME_SIGN, OUTCOME_TONE, Tones, party_chip
from skyaccord.batch.report.words import (
    OUTCOME,
    OUTCOME_MEANING,
    count,
    day,
    duration,
    feet,
    listed,
    metres,
    miles,
    span,
)
from skyaccord.draw.svg import Markup, element, join
from skyaccord.model.encounter import Outcome


def verdict_sentence(content: ReportContent) -> str:
    """Return the result in one sentence; silence of the data is never told as absence of encounters."""
    if not content.encounters:
        return "No encounter found among what was observed."
    counts = outcome_counts(content.encounters)
    grave = [
        count(counts[outcome], one, many)
        for outcome, one, many in (
            (Outcome.BREACH, "breach", "breaches"),
            (Outcome.INFRINGED, "infringement", "infringements"),
        )
        if counts[outcome]
    ]
    open_ = [
        f"{counts[outcome]:,} {words}"
        for outcome, words in (
            (Outcome.UNDETERMINED, "undetermined"),
            (Outcome.NOT_ASSESSABLE, "not assessable"),
            (None, "to which no provision applies"),
        )
        if counts[outcome]
    ]
    if grave:
        return f"{listed(grave + open_)} among {_examined(content)}."
    if open_:
        return f"No breach or infringement could be shown: {listed(open_)} among {_examined(content)}."
    return f"No breach or infringement in what was observed, among {_examined(content)}."


def _examined(content: ReportContent) -> str:
    suspected = sum(report.is_suspected for report in content.encounters)
    crafts = count(content.recording.aircraft, "aircraft", "aircraft")
    encounters = count(len(content.encounters) - suspected, "encounter")
    if not suspected:
        return f"{encounters} of {crafts}"
    return f"{encounters} and {count(suspected, 'pair')} that may have come near, of {crafts} in all"


def headline(content: ReportContent, tones: Tones) -> Markup:
    """Return the header of the page."""
    memorandum, recording = content.memorandum, content.recording
    return element(
        "header",
        element("p", "Review of recorded traffic", class_="kicker"),
        element("h1", memorandum.title),
        element("p", _parties(content, tones), " · ", span(recording.begin_s, recording.end_s), class_="under"),
        [element("p", note, class_="banner") for note in (*recording.notes, *_as_if(content))],
        element("p", verdict_sentence(content), class_="verdict"),
        _tiles(content.encounters),
        _cannot_say(content),
        class_="top",
    )


def _parties(content: ReportContent, tones: Tones) -> Markup:
    """Return the parties with their colours and numbers of aircraft, those that no one claims included."""
    numbers = dict(content.recording.aircraft_by_party)
    signed = [n for n in content.memorandum.parties if n in numbers or content.recording.between == "parties"]
    names = [*signed, *(name for name in numbers if name not in signed)]
    chips = [
        join(party_chip(name, tones), f" {numbers[name]:,} aircraft" if name in numbers else " no aircraft seen")
        for name in names
    ]
    return join([join(" · ", chip) if k else chip for k, chip in enumerate(chips)])


def facts(content: ReportContent) -> Markup:
    """Return the memorandum and the recording as a list of facts."""
    memorandum, recording = content.memorandum, content.recording
    searched = (
        f"pairs within {miles(recording.search_horizontal_m)} and {feet(recording.search_vertical_m)} of each other, "
        + ("of different parties" if recording.between == "parties" else "of whatever party")
        + f"; silences up to {duration(recording.gap_s)} bridged by a straight line"
    )
    rows: list[tuple[str, str | Markup]] = [
        ("Memorandum", f"{memorandum.title} ({memorandum.name})"),
        ("Its hash", element("code", memorandum.hash)),
        ("In force", _validity(memorandum.valid_from_s, memorandum.valid_until_s)),
        *[("Note", note) for note in memorandum.notes],
        *[("File", _file(k, content)) for k in range(len(recording.files))],
        ("Reports", f"{recording.rows:,} of {count(recording.aircraft, 'aircraft', 'aircraft')}"),
        ("Span", f"{span(recording.begin_s, recording.end_s)}"),
        ("Searched for", element("span", searched, title=metres(recording.search_horizontal_m))),
        ("Written by", content.generated_by),
    ]
    return element("dl", [join(element("dt", name), element("dd", value)) for name, value in rows], class_="facts")


def _as_if(content: ReportContent) -> list[str]:
    text = content.memorandum.as_if
    return [f"Judged as if in force: {text}"] if text else []


def _tiles(reports: tuple[EncounterReport, ...]) -> Markup:
    counts = outcome_counts(reports)
    shown = [outcome for outcome in SEVERITY if counts[outcome] or outcome in (Outcome.BREACH, Outcome.INFRINGED)]
    tiles = [
        element(
            "li",
            element("b", f"{counts[outcome]:,}"),
            element("span", f"{OUTCOME_SIGN[outcome]} {OUTCOME[outcome]}", class_="tile-name"),
            element("span", OUTCOME_MEANING[outcome], class_="tile-why"),
            class_=f"tile {OUTCOME_TONE[outcome]}" + ("" if counts[outcome] else " zero"),
        )
        for outcome in shown
    ]
    return element("ul", tiles, class_="tiles", aria_label="Encounters by outcome")


def _cannot_say(content: ReportContent) -> Markup:
    gap = duration(content.recording.gap_s)
    always = (
        "aircraft that are not in the recording, and aircraft seen for a single report",
        f"what happened in silences longer than {gap}",
    )
    unseen = content.quality.not_observed
    unjudged = [p for p in content.provisions if p.not_assessable]
    lines = [*unseen, *([] if unseen else always)]
    if unjudged:
        lines.append(
            f"{count(len(unjudged), 'provision')} of {len(content.provisions)} that tracks cannot show: "
            + listed([p.id for p in unjudged])
        )
    return element(
        "div",
        element("strong", "Not observed: "),
        element("ul", [element("li", line) for line in lines]),
        class_="cannot",
    )


def _validity(from_s: float | None, until_s: float | None) -> str:
    begin = f"from {day(from_s)}" if from_s is not None else "from a day not stated"
    return begin + (f" until {day(until_s)}" if until_s is not None else ", no end stated")


def _file(k: int, content: ReportContent) -> str:
    file = content.recording.files[k]
    bad = f", {count(file.bad_rows, 'row')} unreadable" if file.bad_rows else ""
    return f"{file.name}: {file.format}, {count(file.rows, 'row')}{bad}"
