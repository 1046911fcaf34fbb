"""What an evaluation of drafts says, as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from skyaccord.batch.drafts.evaluate import Change, Curve, Outlook
from skyaccord.batch.drafts.impact import Impact
from skyaccord.memorandum.quantity_text import format_quantity

Row = dict[str, Any]


def document(
    outlooks: Sequence[Outlook], drawn: Sequence[Curve], pair: tuple[int, int], differing: Sequence[Change]
) -> Row:
    """Return the whole answer; times are in hours, values in the unit they were asked in."""
    first = outlooks[0].review
    return {
        "files": [{"name": file.name, "rows": file.rows} for file in first.recording.files],
        "rows": first.tally.rows,
        "aircraft": len(first.findings.aircraft),
        "drafts": [_draft(each) for each in outlooks],
        "curves": [_curve(each) for each in drawn],
        "difference": {
            "between": [outlooks[k].draft.name for k in pair],
            "aircraft": [_change(each) for each in differing],
        },
        "timing_s": {name: round(seconds, 4) for name, seconds in first.timing_s.items()},
    }


def impact_row(impact: Impact) -> Row:
    """Return an impact with its time in hours."""
    return {
        "touched": impact.touched,
        "breach": impact.breach,
        "infringed": impact.infringed,
        "undetermined": impact.undetermined,
        "lost_h": round(impact.lost_s / 3600.0, 4),
        "aircraft": impact.aircraft,
        "aircraft_in_doubt": impact.aircraft_in_doubt,
    }


def _draft(outlook: Outlook) -> Row:
    draft, variation = outlook.draft, outlook.draft.variation
    row: Row = {"name": draft.name, "hash": draft.memorandum.hash}
    if variation is not None and draft.value is not None:
        row |= {"provision": variation.provision, "parameter": variation.parameter}
        row["value"] = format_quantity(draft.value)
    return row | {
        "total": impact_row(outlook.total),
        "provisions": {name: impact_row(impact) for name, impact in outlook.by_provision.items()},
        "not_assessable": outlook.review.findings.not_assessable,
    }


def _curve(curve: Curve) -> Row:
    return {
        "draft": curve.of,
        "provision": curve.variation.provision,
        "parameter": curve.variation.parameter,
        "values": [format_quantity(value) for value in curve.variation.values],
        "values_si": [value.si for value in curve.variation.values],
        **{name: list(values) for name, values in curve.measures.items()},
        "knees": {
            name: {"value": format_quantity(curve.variation.values[knee.index]), "distance": round(knee.distance, 4)}
            for name, knee in curve.knees.items()
        },
    }


def _change(change: Change) -> Row:
    return {
        "aircraft": change.aircraft.id,
        "callsign": change.aircraft.callsign or None,
        "party": change.aircraft.party,
        "before": asdict(change.before),
        "after": asdict(change.after),
    }
