"""What the report shows of a review: the values of `content`, taken from the review's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from skyaccord import __version__
from skyaccord.batch.report import content
from skyaccord.batch.report.pair import place_at, side_of, trace_of_pair
from skyaccord.batch.review import SCENARIO, Review
from skyaccord.memorandum.document import Keep, Provision
from skyaccord.memorandum.formula import comparisons
from skyaccord.memorandum.formula_text import sentence
from skyaccord.memorandum.quantity_text import format_duration, format_quantity
from skyaccord.model.encounter import Encounter, Outcome, Verdict
from skyaccord.model.quality import LEFT_OUT, MEANING, Mark, names
from skyaccord.model.tracks import Tracks
from skyaccord.rules.judge import Between
from skyaccord.rules.severity import by_gravity

MOST_DETAILS: Final = 40
"""Encounters that are drawn; the rest stand in the table. Forty pages are more than anyone reads at once."""

OVERVIEW_POINTS: Final = 20_000
"""Points of all tracks on the overview map together."""

ACTIVITY_BINS: Final = 96


def report_content(result: Review, memorandum_name: str, details: int = MOST_DETAILS) -> content.ReportContent:
    """Return what `page.write_report` draws; the ``details`` gravest encounters with their paths and distances."""
    return content.ReportContent(
        memorandum=_memorandum(result, memorandum_name),
        recording=_recording(result),
        provisions=tuple(_provision(result, p) for p in result.question.memorandum.provisions),
        encounters=_encounters(result, details),
        quality=_quality(result),
        tracks=_overview(result.quality.tracks),
        activity=_activity(result.quality.tracks),
        generated_by=f"skyaccord {__version__}",
    )


def _memorandum(result: Review, name: str) -> content.MemorandumSummary:
    memorandum = result.question.memorandum
    as_if = ""
    if any(verdict.is_as_if for verdict in result.judgement.verdicts):
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
    tracks = result.quality.tracks
    generated = any(SCENARIO in aircraft.source or "generated:" in aircraft.source for aircraft in tracks.aircraft)
    by_party = Counter(aircraft.party for aircraft in tracks.aircraft)
    return content.RecordingSummary(
        files=tuple(
            content.FileSummary(f.name, f.format, f.rows, f.bad_rows, f.complaints, f.notes)
            for f in result.reading.files
        ),
        rows=len(tracks),
        aircraft=len(tracks.aircraft),
        aircraft_by_party=tuple(by_party.most_common()),
        begin_s=float(tracks.t_s.min()),
        end_s=float(tracks.t_s.max()),
        between=result.question.between.value,
        search_horizontal_m=result.judgement.volume.range_m,
        search_vertical_m=result.judgement.volume.height_m,
        gap_s=result.question.gap_s,
        notes=("Generated tracks, not a recording.",) if generated else (),
    )


def _provision(result: Review, provision: Provision) -> content.ProvisionSummary:
    rule = provision.rule
    outcomes = Counter(v.outcome for v in result.judgement.verdicts if v.provision == provision.id)
    return content.ProvisionSummary(
        id=provision.id,
        text=provision.text,
        modality=provision.modality.value,
        rule="" if rule is None else ("keep: " if isinstance(rule, Keep) else "never: ") + _rule_words(provision),
        source=provision.source.text,
        confidence=provision.source.confidence.value,
        evidence=tuple(evidence.value for evidence in provision.evidence),
        not_assessable=result.judgement.not_assessable.get(provision.id, ""),
        restore_s=rule.restore_s if isinstance(rule, Keep) else None,
        limits=tuple(
            content.Limit(c.signal, c.quantity.si, format_quantity(c.quantity))
            for c in (comparisons(rule.formula) if rule else ())
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
    for verdict in result.judgement.verdicts:
        verdicts.setdefault(verdict.encounter, []).append(verdict)
    return tuple(
        _encounter(result, encounter, verdicts.get(encounter.id, []), is_drawn=rank < details)
        for rank, (encounter, _) in enumerate(by_gravity(result.judgement))
    )


def _encounter(
    result: Review, encounter: Encounter, verdicts: Sequence[Verdict], is_drawn: bool
) -> content.EncounterReport:
    tracks, seen = result.quality.tracks, result.judgement.encounters.seen
    a, b = (side_of(tracks, index, encounter, is_drawn) for index in (encounter.a, encounter.b))
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
        trace=trace_of_pair(seen, encounter) if is_drawn else None,
        is_borderline=encounter.id[0] == "B",
        is_suspected=encounter.id[0] in "BD",
        place=place_at(tracks, encounter.a, encounter.t_closest_s),
    )


def _quality(result: Review) -> content.QualitySummary:
    assessed, tracks = result.quality, result.quality.tracks
    owners = Counter(name for marks in assessed.aircraft.values() for name in marks)
    marks = tuple(
        content.MarkCount(
            name=names(mark)[0],
            meaning=MEANING[mark],
            rows=assessed.counts[names(mark)[0]],
            aircraft=owners[names(mark)[0]],
            treatment="left out"
            if mark & LEFT_OUT
            else "noted"
            if mark is Mark.STALE_GAP
            else "searched, never decisive",
        )
        for mark in MEANING
        if assessed.counts.get(names(mark)[0])
    )
    return content.QualitySummary(marks=marks, findings=tuple(_findings(result, tracks)), not_observed=_unseen(result))


def _findings(result: Review, tracks: Tracks) -> list[content.Finding]:
    found = []
    for ghost in result.quality.ghosts:
        of = tracks.aircraft[ghost.ghost]
        found.append(content.Finding("ghost", of.id, of.callsign, of.party, ghost.reason(tracks)))
    for stretch in result.quality.doubtful_stretches:
        of = tracks.aircraft[stretch.aircraft]
        kind = ", ".join(names(stretch.mark))
        found.append(
            content.Finding(kind, of.id, of.callsign, of.party, stretch.reason, stretch.from_s, stretch.until_s)
        )
    return found


def _unseen(result: Review) -> tuple[str, ...]:
    found, quality = result.judgement, result.quality
    said = []
    if quality.gaps:
        said.append(
            f"Tracks have {quality.gaps:,} gaps longer than {result.question.gap_s:.0f} s, together "
            f"{quality.unobserved_s / 3600:,.1f} hours: aircraft that landed, left coverage or fell silent. "
            "Nothing is said about that time."
        )
    if found.doubtful:
        said.append(
            f"{len(found.doubtful):,} pairs hold an aircraft whose positions cannot be believed and that may have been "
            "near the other: undetermined (D…)."
        )
    if found.borderline.encounters:
        said.append(
            f"{len(found.borderline.encounters):,} pairs stayed outside a limit by less than the error of measurement: "
            "undetermined (B…)."
        )
    if found.same_party:
        said.append(f"{found.same_party:,} encounters between aircraft of one party are not shown.")
    if result.question.between is Between.PARTIES and result.build.unassigned and result.question.parties:
        said.append(f"{result.build.unassigned:,} aircraft are claimed by no one; they count against everyone.")
    said.extend(f"Claimed by two parties, so taken as unassigned: {claim}." for claim in result.build.contested)
    return tuple(said)


def _overview(tracks: Tracks) -> tuple[content.OverviewTrack, ...]:
    """Return every aircraft's track, thinned evenly; a long pause breaks the line."""
    usable = (tracks.marks & np.uint32(LEFT_OUT)) == 0
    step = max(1, int(np.count_nonzero(usable)) // OVERVIEW_POINTS)
    lines = []
    for index, aircraft in enumerate(tracks.aircraft):
        rows = np.arange(tracks.start[index], tracks.start[index + 1])
        rows = rows[usable[rows]][::step]
        if len(rows) < 2:
            continue
        breaks = np.flatnonzero(np.diff(tracks.t_s[rows]) > 300.0) + 1
        lat = np.insert(tracks.lat_deg[rows], breaks, np.nan)
        lon = np.insert(tracks.lon_deg[rows], breaks, np.nan)
        lines.append(content.OverviewTrack(aircraft.party, lat, lon))
    return tuple(lines)


def _activity(tracks: Tracks) -> content.Activity | None:
    begin_s, end_s = float(tracks.t_s.min()), float(tracks.t_s.max())
    if end_s <= begin_s:
        return None
    edges = np.linspace(begin_s, end_s, ACTIVITY_BINS + 1)
    which = np.clip(((tracks.t_s - begin_s) / (end_s - begin_s) * ACTIVITY_BINS).astype(np.int64), 0, ACTIVITY_BINS - 1)
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))
    pairs = np.unique(which * len(tracks.aircraft) + owner)
    return content.Activity(edges, np.bincount(pairs // len(tracks.aircraft), minlength=ACTIVITY_BINS))
