"""What the report shows of a review: the values of `content`, taken from the review's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from skyaccord import __version__
from skyaccord.batch.report import content
from skyaccord.batch.report.pair import path_of, trace_of_pair, window
from skyaccord.batch.report.words import count
from skyaccord.batch.review import SCENARIO, Review
from skyaccord.memorandum.document import Keep, Provision
from skyaccord.memorandum.formula import comparisons
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.memorandum.sentences import sentence
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.quality import LEFT_OUT, MEANING, Mark, names
from skyaccord.model.tracks import UNASSIGNED
from skyaccord.rules.judge import Between
from skyaccord.rules.severity.gravity import by_gravity

MOST_DETAILS: Final = 40
"""Encounters that are drawn; the rest stand in the table. Forty pages are more than anyone reads at once."""

BEFORE_S: Final = 600.0
"""Reports this long before and after what is drawn are read again with it, so that doubts about them are found."""

GRAVE: Final = (Outcome.BREACH, Outcome.INFRINGED, Outcome.UNDETERMINED)
"""Outcomes that ask for a person's attention."""

DISTANCES: Final = ("horizontal", "vertical", "slant")
"""Signals whose limits can be drawn beside separation."""

LONG_PAUSE_S: Final = 300.0
"""A pause longer than this breaks the line of a track on the overview map."""


def report_content(result: Review, memorandum_name: str, details: int = MOST_DETAILS) -> content.ReportContent:
    """Return what `page.write_report` draws; the ``details`` gravest encounters with their paths and distances."""
    return content.ReportContent(
        memorandum=_memorandum(result, memorandum_name),
        recording=_recording(result),
        provisions=tuple(_provision(result, p) for p in result.question.memorandum.provisions),
        encounters=_encounters(result, details),
        passages=_passages(result),
        quality=_quality(result),
        tracks=_overview(result),
        activity=_activity(result),
        generated_by=f"skyaccord {__version__}",
    )


def _memorandum(result: Review, name: str) -> content.MemorandumSummary:
    memorandum = result.question.memorandum
    as_if = ""
    if any(verdict.is_as_if for verdict in result.findings.verdicts):
        as_if = "some of the recording lies outside the time in which the memorandum is in force"
    return content.MemorandumSummary(
        title=memorandum.title,
        name=name,
        hash=memorandum.hash,
        parties=memorandum.parties,
        valid_from_s=memorandum.valid.from_s,
        valid_until_s=memorandum.valid.until_s,
        as_if=as_if,
        notes=(memorandum.notes.strip(),) if memorandum.notes.strip() else (),
    )


def _recording(result: Review) -> content.RecordingSummary:
    aircraft = result.findings.aircraft
    generated = any(SCENARIO in each.source or "generated:" in each.source for each in aircraft)
    by_party = Counter(each.party for each in aircraft)
    return content.RecordingSummary(
        files=tuple(
            content.FileSummary(f.name, f.format, f.rows, f.bad_rows, f.complaints, f.notes)
            for f in result.recording.files
        ),
        rows=result.tally.rows,
        aircraft=len(aircraft),
        aircraft_by_party=tuple(by_party.most_common()),
        begin_s=result.tally.first_s,
        end_s=result.tally.last_s,
        between=result.question.between.value,
        search_horizontal_m=result.findings.volume.range_m,
        search_vertical_m=result.findings.volume.height_m,
        gap_s=result.question.gap_s,
        notes=("Generated tracks, not a recording.",) if generated else (),
    )


def _provision(result: Review, provision: Provision) -> content.ProvisionSummary:
    rule = provision.rule
    outcomes = Counter(v.outcome for v in result.findings.verdicts if v.provision == provision.id)
    return content.ProvisionSummary(
        id=provision.id,
        text=provision.text,
        modality=provision.modality.value,
        rule="" if rule is None else ("keep: " if isinstance(rule, Keep) else "never: ") + _rule_words(provision),
        source=provision.source.text,
        confidence=provision.source.confidence.value,
        evidence=tuple(evidence.value for evidence in provision.evidence),
        not_assessable=result.findings.not_assessable.get(provision.id, ""),
        restore_s=rule.restore_s if isinstance(rule, Keep) else None,
        limits=tuple(
            content.Limit(c.signal, c.quantity.si, format_quantity(c.quantity))
            for c in (comparisons(rule.formula) if rule else ())
            if c.signal in DISTANCES
        ),
        counts=tuple((outcome, outcomes[outcome]) for outcome in Outcome if outcomes[outcome]),
    )


def _rule_words(provision: Provision) -> str:
    assert provision.rule is not None  # noqa: S101 - the caller has asked
    words = sentence(provision.rule.formula)
    if isinstance(provision.rule, Keep) and provision.rule.restore_s:
        words += f"; where lost, restored within {format_duration(provision.rule.restore_s)}"
    return words


def _encounters(result: Review, details: int) -> tuple[content.EncounterReport, ...]:
    verdicts: dict[str, list[Verdict]] = {}
    for verdict in result.findings.verdicts:
        verdicts.setdefault(verdict.encounter, []).append(verdict)
    return tuple(
        _encounter(result, encounter, verdicts.get(encounter.id, []), is_drawn=rank < details)
        for rank, (encounter, _) in enumerate(by_gravity(result.findings.all_encounters(), result.findings.verdicts))
    )


def _encounter(
    result: Review, encounter: Encounter, verdicts: Sequence[Verdict], is_drawn: bool
) -> content.EncounterReport:
    pair = [result.findings.aircraft[index] for index in (encounter.a, encounter.b)]
    a, b = (content.Side(each.id, each.callsign, each.party) for each in pair)
    trace = None
    if is_drawn:
        begin_s, end_s = window(encounter)
        tracks, seen = result.around(encounter, begin_s - BEFORE_S, end_s + BEFORE_S)
        a, b = (replace(side, path=path_of(tracks, side.id, encounter)) for side in (a, b))
        trace = trace_of_pair(tracks, seen, (a.id, b.id), encounter)
    return content.EncounterReport(
        encounter=encounter,
        a=a,
        b=b,
        verdicts=tuple(verdicts),
        lost=tuple(
            content.Lost(v.provision, v.from_s, v.until_s)
            for v in verdicts
            if v.lost_s is not None and v.from_s is not None and v.until_s is not None
        ),
        trace=trace,
        is_borderline=encounter.id[0] == "B",
        is_suspected=encounter.id[0] in "BD",
        flown=result.findings.flown.get(encounter.id),
        formations=tuple(_formations(result, encounter)),
        place=result.findings.places.get(encounter.id),
    )


def _formations(result: Review, encounter: Encounter) -> Iterator[content.FlewAsOne]:
    """Yield the formations in which either flew during an encounter, but that of the two alone: its manner says so."""
    pair = {encounter.a, encounter.b}
    for each in result.findings.formations:
        is_meanwhile = each.from_s <= encounter.end_s and encounter.start_s <= each.until_s
        if is_meanwhile and pair & set(each.aircraft) and pair != set(each.aircraft):
            names = (
                content.Side(of.id, of.callsign).name for of in map(result.findings.aircraft.__getitem__, each.aircraft)
            )
            yield content.FlewAsOne(tuple(names), each.from_s, each.until_s)


def _passages(result: Review) -> tuple[content.PassageReport, ...]:
    """Return the passages that someone must look at, the gravest first."""
    listed = by_gravity(result.findings.passages, result.findings.verdicts)
    grave = [(p, v) for p, v in listed if v is not None and v.outcome in GRAVE]
    return tuple(
        content.PassageReport(p, content.Side(a.id, a.callsign, a.party), v)
        for p, v, a in ((p, v, result.findings.aircraft[p.a]) for p, v in grave)
    )


def _quality(result: Review) -> content.QualitySummary:
    tally = result.tally
    owners = Counter(name for marks in tally.aircraft_marks.values() for name in marks)
    marks = tuple(
        content.MarkCount(
            name=names(mark)[0],
            meaning=MEANING[mark],
            rows=tally.marks[names(mark)[0]],
            aircraft=owners[names(mark)[0]],
            treatment=_treatment(mark),
        )
        for mark in MEANING
        if tally.marks[names(mark)[0]]
    )
    return content.QualitySummary(marks=marks, findings=tuple(_data_findings(result)), not_observed=_unseen(result))


def _treatment(mark: Mark) -> str:
    if mark & LEFT_OUT:
        return "left out"
    return "noted" if mark is Mark.STALE_GAP else "searched, never decisive"


def _data_findings(result: Review) -> Iterator[content.Finding]:
    known = {aircraft.id: aircraft for aircraft in result.findings.aircraft}
    for kind, found in (("ghost", result.tally.ghosts), ("may be a ghost", result.tally.suspected_ghosts)):
        for name, (_, reason) in found.items():
            yield content.Finding(kind, name, known[name].callsign, known[name].party, reason)
    for doubt in result.tally.doubts.values():
        of = known[doubt.aircraft]
        yield content.Finding(doubt.marks, of.id, of.callsign, of.party, doubt.reason, doubt.from_s, doubt.until_s)


def _unseen(result: Review) -> tuple[str, ...]:
    found, tally = result.findings, result.tally
    said = []
    if tally.gaps:
        said.append(
            f"Tracks have {tally.gaps:,} gaps longer than {result.question.gap_s:.0f} s, together "
            f"{tally.unobserved_s / 3600:,.1f} hours: aircraft that landed, left coverage or fell silent. "
            "Nothing is said about that time."
        )
    if found.doubtful:
        said.append(
            f"{len(found.doubtful):,} pairs hold an aircraft whose positions cannot be believed and that may have been "
            "near the other: undetermined (D…)."
        )
    if found.borderline:
        said.append(
            f"{len(found.borderline):,} pairs stayed outside a limit by less than the error of measurement: "
            "undetermined (B…)."
        )
    if found.same_party:
        said.append(f"Not shown: {count(found.same_party, 'encounter')} between aircraft of one party.")
    unassigned = sum(aircraft.party == UNASSIGNED for aircraft in found.aircraft)
    if result.question.between is Between.PARTIES and unassigned and result.question.parties:
        said.append(f"{unassigned:,} aircraft are claimed by no one; they count against everyone.")
    said.extend(f"Claimed by two parties, so taken as unassigned: {claim}." for claim in tally.contested)
    if result.recording.advisories.num_rows:
        said.append(f"{result.recording.advisories.num_rows:,} resolution advisories are in the recording.")
    return tuple(said)


def _overview(result: Review) -> tuple[content.OverviewTrack, ...]:
    """Return every aircraft's thinned track; a long pause breaks the line."""
    parties = {aircraft.id: aircraft.party for aircraft in result.findings.aircraft}
    lines = []
    for name, parts in result.tally.overview.items():
        t_s, lat, lon = (np.concatenate(column) for column in zip(*parts, strict=True))
        if len(t_s) < 2:
            continue
        breaks = np.flatnonzero(np.diff(t_s) > LONG_PAUSE_S) + 1
        lines.append(
            content.OverviewTrack(parties[name], np.insert(lat, breaks, np.nan), np.insert(lon, breaks, np.nan))
        )
    return tuple(lines)


def _activity(result: Review) -> content.Activity | None:
    if result.tally.last_s <= result.tally.first_s:
        return None
    edges_s, aircraft = result.tally.activity()
    return content.Activity(edges_s, aircraft)
