"""What a review writes: Parquet tables and one JSON document, both from the same columns."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from skyaccord.batch.review import Review
from skyaccord.model.instants import format_instant
from skyaccord.model.tables import ENCOUNTERS, PASSAGES, SEVERITIES, VERDICTS
from skyaccord.model.tracks import UNASSIGNED

Row = dict[str, Any]
Columns = dict[str, list[Any]]


def encounter_columns(result: Review) -> Columns:
    """Return encounters, borderline and doubtful pairs, told apart by the first letter of the id.

    Names are those of `ENCOUNTERS`; instants are in seconds since 1970, unknown values None.
    """
    rows = result.findings.all_encounters()
    flown = [result.findings.flown.get(e.id) for e in rows]
    aircraft = result.findings.aircraft
    a, b = [aircraft[e.a] for e in rows], [aircraft[e.b] for e in rows]
    return {
        "id": [e.id for e in rows],
        "a": [each.id for each in a],
        "b": [each.id for each in b],
        "callsign_a": [each.callsign or None for each in a],
        "callsign_b": [each.callsign or None for each in b],
        "party_a": [each.party for each in a],
        "party_b": [each.party for each in b],
        "start": [e.start_s for e in rows],
        "end": [e.end_s for e in rows],
        "starts_by": [e.starts_by.value for e in rows],
        "ends_by": [e.ends_by.value for e in rows],
        "complete": [e.is_complete for e in rows],
        "t_cpa": [e.t_cpa_s for e in rows],
        "min_horizontal_m": [e.min_horizontal_m for e in rows],
        "vertical_at_cpa_m": [_known(e.vertical_at_cpa_m) for e in rows],
        "min_vertical_m": [_known(e.min_vertical_m) for e in rows],
        "min_slant_m": [_known(e.min_slant_m) for e in rows],
        "t_closest": [e.t_closest_s for e in rows],
        "horizontal_at_closest_m": [e.horizontal_at_closest_m for e in rows],
        "vertical_at_closest_m": [_known(e.vertical_at_closest_m) for e in rows],
        "min_normalised": [e.min_normalised for e in rows],
        "datum": [e.datum.value for e in rows],
        "horizontal_error_m": [_known(e.horizontal_error_m) for e in rows],
        "vertical_error_m": [_known(e.vertical_error_m) for e in rows],
        "below_floor": [e.is_below_floor for e in rows],
        "quality": [e.grade.value for e in rows],
        "reasons": [list(e.reasons) for e in rows],
        "manner": [f and f.manner for f in flown],
        "manner_ground": [f and f.manner_ground for f in flown],
        "interceptor": [f and f.interceptor for f in flown],
        "role_ground": [f and f.role_ground for f in flown],
    }


def severity_columns(result: Review) -> Columns:
    """Return what scales of severity leave open, under the names of `SEVERITIES`."""
    rows = [(name, each) for name, flown in result.findings.flown.items() for each in flown.proposals]
    return {
        "encounter": [name for name, _ in rows],
        "scale": [each.scale.value for _, each in rows],
        "possible": [list(each.possible) for _, each in rows],
        "proposed": [each.proposed for _, each in rows],
        "grounds": [list(each.grounds) for _, each in rows],
        "not_in_tracks": [list(each.not_in_tracks) for _, each in rows],
        "decided_by": [each.decided_by for _, each in rows],
    }


def passage_columns(result: Review) -> Columns:
    """Return passages under the names of `PASSAGES`; instants in seconds since 1970, unknown values None."""
    rows = result.findings.passages
    of = [result.findings.aircraft[passage.a] for passage in rows]
    return {
        "id": [p.id for p in rows],
        "aircraft": [each.id for each in of],
        "callsign": [each.callsign or None for each in of],
        "party": [each.party for each in of],
        "start": [p.start_s for p in rows],
        "end": [p.end_s for p in rows],
        "starts_by": [p.starts_by.value for p in rows],
        "ends_by": [p.ends_by.value for p in rows],
        "complete": [p.is_complete for p in rows],
        "horizontal_error_m": [_known(p.horizontal_error_m) for p in rows],
        "vertical_error_m": [_known(p.vertical_error_m) for p in rows],
        "quality": [p.grade.value for p in rows],
        "reasons": [list(p.reasons) for p in rows],
    }


def verdict_columns(result: Review) -> Columns:
    """Return verdicts under the names of `VERDICTS`; instants in seconds since 1970."""
    rows = result.findings.verdicts
    return {
        "encounter": [v.encounter for v in rows],
        "provision": [v.provision for v in rows],
        "outcome": [v.outcome.value for v in rows],
        "margin": [v.margin for v in rows],
        "from": [v.from_s for v in rows],
        "until": [v.until_s for v in rows],
        "lost_s": [v.lost_s for v in rows],
        "as_if": [v.is_as_if for v in rows],
        "reason": [v.reason for v in rows],
        "evidence": [list(v.evidence) for v in rows],
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def to_rows(columns: Columns) -> list[Row]:
    """Return one object a row."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def to_table(columns: Columns, schema: pa.Schema) -> pa.Table:
    """Return columns as a table; seconds since 1970 become instants where the schema has instants."""
    arrays = []
    for column in schema:
        values = columns[column.name]
        if pa.types.is_timestamp(column.type):
            values = [None if value is None else round(value * 1e6) for value in values]
        arrays.append(pa.array(values, column.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def write_tables(result: Review, folder: Path) -> tuple[Path, ...]:
    """Write encounters, passages, verdicts and severities as Parquet into a folder; return their paths."""
    tables = {
        "encounters": to_table(encounter_columns(result), ENCOUNTERS),
        "passages": to_table(passage_columns(result), PASSAGES),
        "verdicts": to_table(verdict_columns(result), VERDICTS),
        "severities": to_table(severity_columns(result), SEVERITIES),
    }
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    return tuple(folder / f"{name}.parquet" for name in tables)


def document(result: Review) -> Row:
    """Return the whole answer as one JSON object; instants are ISO 8601 in UTC, unknown values null."""
    rows = [_with_text(row, ENCOUNTERS) for row in to_rows(encounter_columns(result))]
    return {
        "files": [
            {
                "name": file.name,
                "format": file.format,
                "rows": file.rows,
                "bad_rows": file.bad_rows,
                "complaints": list(file.complaints),
                "notes": list(file.notes),
            }
            for file in result.recording.files
        ],
        "rows": result.tally.rows,
        "aircraft": len(result.findings.aircraft),
        "span_s": result.tally.last_s - result.tally.first_s,
        "memorandum": {"title": result.question.memorandum.title, "hash": result.question.memorandum.hash},
        "volume": {
            "horizontal_m": result.findings.volume.range_m,
            "vertical_m": _known(result.findings.volume.height_m),
        },
        "encounters": [row for row in rows if row["id"][0] == "E"],
        "borderline": [row for row in rows if row["id"][0] == "B"],
        "doubtful": [row for row in rows if row["id"][0] == "D"],
        "passages": [_with_text(row, PASSAGES) for row in to_rows(passage_columns(result))],
        "verdicts": [_with_text(row, VERDICTS) for row in to_rows(verdict_columns(result))],
        "severities": to_rows(severity_columns(result)),
        "formations": formations(result),
        "not_assessable": result.findings.not_assessable,
        "quality": quality(result),
        "timing_s": {name: round(seconds, 4) for name, seconds in result.timing_s.items()},
    }


def formations(result: Review) -> list[Row]:
    """Return which aircraft flew as one, and when."""
    return [
        {
            "aircraft": [result.findings.aircraft[index].id for index in each.aircraft],
            "from": format_instant(each.from_s),
            "until": format_instant(each.until_s),
        }
        for each in result.findings.formations
    ]


def quality(result: Review) -> Row:
    """Return what was left out, what is doubted and what was not seen."""
    tally, found = result.tally, result.findings
    return {
        "marks": dict(tally.marks),
        "bad_rows": sum(file.bad_rows for file in result.recording.files),
        "duplicate_rows": tally.duplicate_rows,
        "altitudes_withdrawn": tally.altitudes_withdrawn,
        "gaps": tally.gaps,
        "unobserved_s": tally.unobserved_s,
        "aircraft": {name: sorted(marks) for name, marks in tally.aircraft_marks.items()},
        "ghosts": {ghost: host for ghost, (host, _) in tally.ghosts.items()},
        "suspected_ghosts": {ghost: host for ghost, (host, _) in tally.suspected_ghosts.items()},
        "doubtful_stretches": [
            {
                "aircraft": doubt.aircraft,
                "from": format_instant(doubt.from_s),
                "until": format_instant(doubt.until_s),
                "reason": doubt.reason,
            }
            for doubt in tally.doubts.values()
        ],
        "unassigned_aircraft": sum(aircraft.party == UNASSIGNED for aircraft in found.aircraft),
        "contested": list(tally.contested),
        "encounters": dict(Counter(encounter.grade.value for encounter in found.encounters)),
        "same_party_left_out": found.same_party,
        "candidates": found.candidates,
        "resolution_advisories": result.recording.advisories.num_rows,
    }


def _with_text(row: Row, schema: pa.Schema) -> Row:
    """Return a row with its instants as text."""
    instants = {column.name for column in schema if pa.types.is_timestamp(column.type)}
    return {
        name: format_instant(value) if name in instants and value is not None else value for name, value in row.items()
    }
