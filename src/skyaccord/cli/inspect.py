"""``skyaccord inspect``: what a recording is, and what is wrong with it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from skyaccord.batch.inspection.facts import Facts, Inspection, inspect_recording
from skyaccord.batch.inspection.findings import findings
from skyaccord.cli.sources import read_sources
from skyaccord.cli.words import count
from skyaccord.errors import InputError
from skyaccord.model.file_report import FileReport
from skyaccord.model.instants import format_instant
from skyaccord.model.quality import MEANING, Mark
from skyaccord.tracks.formats.options import NOTHING_KNOWN, ReadingOptions


def inspect(
    sources: Sequence[str],
    as_json: bool = False,
    plot: Path | None = None,
    *,
    options: ReadingOptions = NOTHING_KNOWN,
) -> None:
    """Read all sources and print what they are; with ``plot``, write a page of pictures too.

    Args:
        sources: files, folders and ``scenario:NAME``.
        as_json: print one JSON object.
        plot: an HTML file to write.
        options: what to assume where a recording is silent.
    """
    inspection = inspect_recording(read_sources(sources, options))
    if plot is not None:
        _write_page(inspection, plot)
    if as_json:
        json.dump(_document(inspection), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return
    print("\n".join(_lines(inspection)))
    if plot is not None:
        print(plot)


def _write_page(inspection: Inspection, path: Path) -> None:
    from skyaccord.batch.inspection.page import render_page  # loads the map

    try:
        path.write_text(render_page(inspection), encoding="utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Name another file") from None


def _lines(inspection: Inspection) -> list[str]:
    lines = [line for file in inspection.reading.files[:20] for line in _file_lines(file)]
    if (rest := len(inspection.reading.files) - 20) > 0:
        lines.append(f"and {count(rest, 'file')} more")
    lines += ["", *_fact_lines(inspection.facts), ""]
    found = findings(inspection)
    return [*lines, *(["wrong with it"] + [f"  {text}" for text in found] if found else ["nothing wrong was found"])]


def _file_lines(file: FileReport) -> list[str]:
    bad = f", {count(file.bad_rows, 'bad row')}" if file.bad_rows else ""
    said = [*file.complaints[:5], *file.notes]
    more = [f"and {count(len(file.complaints) - 5, 'complaint')} more"] if len(file.complaints) > 5 else []
    return [f"{file.name}: {file.format}, {count(file.rows, 'row')}{bad}", *(f"  {text}" for text in (*said, *more))]


def _fact_lines(facts: Facts) -> list[str]:
    rates = facts.rates
    every = f"every {rates.median_s:.1f} s (9 of 10 within {rates.p90_s:.1f} s)"
    if rates.median_s != rates.median_s:
        every = "no aircraft reports twice within 30 s"
    parties = ", ".join(f"{name} {number:,}" for name, number in facts.parties)
    rows = {
        "rows": f"{facts.rows:,}",
        "aircraft": f"{facts.aircraft:,}, at most {facts.most_at_once:,} at once",
        "parties": parties or "none stated",
        "from": format_instant(facts.begin_s),
        "to": format_instant(facts.end_s),
        "between": f"{_latitude(facts.south_deg)} {_longitude(facts.west_deg)} and "
        f"{_latitude(facts.north_deg)} {_longitude(facts.east_deg)}",
        "reports": every,
        "altitude": f"pressure in {_rows(facts.with_pressure)}, ellipsoidal in {_rows(facts.with_ellipsoid)}",
        "velocity": f"in {_rows(facts.with_velocity)}",
        "accuracy": f"stated in {_rows(facts.with_accuracy)}",
        "callsign": f"of {_part(facts.with_callsign)} aircraft",
    }
    return [f"{name:10} {text}" for name, text in rows.items()]


def _rows(share: float) -> str:
    return f"{_part(share)} row{'' if share in (0.0, 1.0) else 's'}"


def _part(share: float) -> str:
    """Return a share in words, to stand before what it is a share of; nearly none and nearly all are neither."""
    if share in (0.0, 1.0):
        return "every" if share else "no"
    return f"{min(max(round(100 * share), 1), 99)} % of"


def _latitude(deg: float) -> str:
    return f"{abs(deg):.2f}°{'N' if deg >= 0 else 'S'}"


def _longitude(deg: float) -> str:
    return f"{abs(deg):.2f}°{'E' if deg >= 0 else 'W'}"


def _document(inspection: Inspection) -> dict[str, Any]:
    facts = asdict(inspection.facts)
    activity = facts.pop("activity")
    rates = {key: value if value == value else None for key, value in facts.pop("rates").items()}
    times = {key: format_instant(facts.pop(f"{key}_s")) for key in ("begin", "end")}
    marks = {
        (mark.name or "").lower(): {
            "rows": inspection.quality.counts.get((mark.name or "").lower(), 0),
            "meaning": text,
        }
        for mark, text in MEANING.items()
        if mark is not Mark.NONE
    }
    return {
        "files": [asdict(file) for file in inspection.reading.files],
        "advisories": inspection.reading.advisories.num_rows,
        **times,
        **facts,
        "rates": rates,
        "activity": {"edges_s": activity["edges_s"].tolist(), "aircraft": activity["aircraft"].tolist()},
        "marks": marks,
        "findings": findings(inspection),
    }
