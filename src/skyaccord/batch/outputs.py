"""What a review writes: Parquet tables and one JSON document, both from the same rows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from skyaccord.batch.review import Review
from skyaccord.model.encounter import Encounter, Verdict
from skyaccord.model.instants import format_instant
from skyaccord.model.tables import ENCOUNTERS, VERDICTS
from skyaccord.model.tracks import UNASSIGNED, Aircraft

Row = dict[str, Any]


def encounter_row(aircraft: Sequence[Aircraft], encounter: Encounter) -> Row:
    """Return an encounter under the names of `ENCOUNTERS`; instants in seconds since 1970, unknown values None."""
    a, b = aircraft[encounter.a], aircraft[encounter.b]
    return {
        "id": encounter.id,
        "a": a.id,
        "b": b.id,
        "callsign_a": a.callsign or None,
        "callsign_b": b.callsign or None,
        "party_a": a.party,
        "party_b": b.party,
        "start": encounter.start_s,
        "end": encounter.end_s,
        "starts_by": encounter.starts_by.value,
        "ends_by": encounter.ends_by.value,
        "complete": encounter.is_complete,
        "t_cpa": encounter.t_cpa_s,
        "min_horizontal_m": encounter.min_horizontal_m,
        "vertical_at_cpa_m": _known(encounter.vertical_at_cpa_m),
        "min_vertical_m": _known(encounter.min_vertical_m),
        "min_slant_m": _known(encounter.min_slant_m),
        "t_closest": encounter.t_closest_s,
        "horizontal_at_closest_m": encounter.horizontal_at_closest_m,
        "vertical_at_closest_m": _known(encounter.vertical_at_closest_m),
        "min_normalised": encounter.min_normalised,
        "datum": encounter.datum.value,
        "horizontal_error_m": _known(encounter.horizontal_error_m),
        "vertical_error_m": _known(encounter.vertical_error_m),
        "below_floor": encounter.is_below_floor,
        "quality": encounter.grade.value,
        "reasons": list(encounter.reasons),
    }


def verdict_row(verdict: Verdict) -> Row:
    """Return a verdict under the names of `VERDICTS`; instants in seconds since 1970."""
    return {
        "encounter": verdict.encounter,
        "provision": verdict.provision,
        "outcome": verdict.outcome.value,
        "margin": verdict.margin,
        "from": verdict.from_s,
        "until": verdict.until_s,
        "lost_s": verdict.lost_s,
        "as_if": verdict.is_as_if,
        "reason": verdict.reason,
        "evidence": list(verdict.evidence),
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def all_encounters(result: Review) -> list[Row]:
    """Return the rows of encounters, of borderline and of doubtful pairs, told apart by the first letter of the id."""
    found = result.findings
    return [encounter_row(found.aircraft, encounter) for encounter in found.all_encounters()]


def to_table(rows: list[Row], schema: pa.Schema) -> pa.Table:
    """Return rows as a table; seconds since 1970 become instants where the schema has instants."""
    columns = []
    for column in schema:
        values = [row[column.name] for row in rows]
        if pa.types.is_timestamp(column.type):
            values = [None if value is None else round(value * 1e6) for value in values]
        columns.append(pa.array(values, column.type))
    return pa.Table.from_arrays(columns, schema=schema)


def write_tables(result: Review, folder: Path) -> tuple[Path, Path]:
    """Write ``encounters.parquet`` and ``verdicts.parquet`` into a folder and return their paths."""
    encounters, verdicts = folder / "encounters.parquet", folder / "verdicts.parquet"
    pq.write_table(to_table(all_encounters(result), ENCOUNTERS), encounters, compression="zstd")
    rows = [verdict_row(verdict) for verdict in result.findings.verdicts]
    pq.write_table(to_table(rows, VERDICTS), verdicts, compression="zstd")
    return encounters, verdicts


def document(result: Review) -> Row:
    """Return the whole answer as one JSON object; instants are ISO 8601 in UTC, unknown values null."""
    rows = [_with_text(row, ENCOUNTERS) for row in all_encounters(result)]
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
        "verdicts": [_with_text(verdict_row(verdict), VERDICTS) for verdict in result.findings.verdicts],
        "not_assessable": result.findings.not_assessable,
        "quality": quality(result),
        "timing_s": {name: round(seconds, 4) for name, seconds in result.timing_s.items()},
    }


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
