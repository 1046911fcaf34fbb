"""Scenario files of NASA's DAIDALUS as a table of states: ``.daa`` (geodetic) and ``.xyz`` (Euclidean).

Text: comment lines with ``#``, a line of column names, a line of units in brackets, then a row for each aircraft and
time. The aircraft of the first row is the ownship. Names and values are separated by commas or blanks; the order of
columns is free. Without a line of units those of DAIDALUS stand: deg, ft, NM, knots, ft/min, s.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.errors import FormatError, SkyaccordError
from skyaccord.model.file_report import FileReport, summarise
from skyaccord.model.instants import parse_instant
from skyaccord.model.tracks import Floats, Ints
from skyaccord.tracks.formats.cells import BadRows, CellTable
from skyaccord.tracks.formats.content import Content, open_content
from skyaccord.tracks.formats.daa_columns import NAMES, Columns, columns
from skyaccord.tracks.formats.lines import lines
from skyaccord.tracks.formats.report import Rows

DAA_STATES: Final = pa.schema(
    [
        pa.field("name", pa.string()),
        pa.field("time_s", pa.float64()),  # since a zero that the scenario chooses
        pa.field("ownship", pa.bool_()),
        pa.field("latitude", pa.float64()),  # deg; null in Euclidean scenarios
        pa.field("longitude", pa.float64()),
        pa.field("x_m", pa.float64()),  # east; null in geodetic scenarios
        pa.field("y_m", pa.float64()),  # north
        pa.field("altitude_m", pa.float64()),
        pa.field("east_mps", pa.float64()),  # over the ground
        pa.field("north_mps", pa.float64()),
        pa.field("up_mps", pa.float64()),
        pa.field("heading_deg", pa.float64()),  # through the air; with airspeed_mps it tells the wind
        pa.field("airspeed_mps", pa.float64()),
        pa.field("alerter", pa.float64()),  # 1 en-route, 2 terminal, 3 non-cooperative
        pa.field("s_ew_std_m", pa.float64()),  # standard deviations; en: signed root of the covariance
        pa.field("s_ns_std_m", pa.float64()),
        pa.field("s_en_std_m", pa.float64()),
        pa.field("sz_std_m", pa.float64()),
        pa.field("v_ew_std_mps", pa.float64()),
        pa.field("v_ns_std_mps", pa.float64()),
        pa.field("v_en_std_mps", pa.float64()),
        pa.field("vz_std_mps", pa.float64()),
    ]
)
"""States of a scenario, in the order of the file."""

ZERO: Final = "time 0 is"
"""Our comment that dates a scenario: ``# time 0 is 2017-12-01T10:00:00Z``."""

_MOST_LINE_BYTES: Final = 1 << 16
_SEPARATOR: Final = re.compile(r"\s*,\s*|\s+")
_ZERO: Final = re.compile(rf"#\s*{ZERO}\s+(\S+)")


@dataclass(frozen=True, slots=True)
class DaaScenario:
    """A scenario: its states in the schema `DAA_STATES`, what was left out, and what comments of ours say of it."""

    states: pa.Table
    report: FileReport
    rows: Rows  # line of each state, and the bad ones
    zero_s: float | None  # seconds since 1970 of time 0, where a comment states it
    comments: tuple[str, ...]  # those before the names

    @property
    def is_geodetic(self) -> bool:
        """Return whether positions are on the earth."""
        return bool(self.states.num_rows == 0 or self.states["latitude"].null_count < self.states.num_rows)


def is_daa(content: Content) -> bool:
    """Return whether the first line that is no comment names the columns of a scenario."""
    line = next((line for line in content.text.splitlines() if line.strip() and not line.startswith("#")), "")
    ours = {NAMES[key][0] for key in map(str.lower, _split(line[:_MOST_LINE_BYTES])) if key in NAMES}
    has_place = {"latitude", "longitude"} <= ours or {"x_m", "y_m"} <= ours
    has_motion = {"track_deg", "groundspeed_mps"} <= ours or {"east_mps", "north_mps"} <= ours
    return {"name", "time_s"} <= ours and has_place and has_motion


def read_daa_states(path: str | Path) -> DaaScenario:
    """Return the states of a ``.daa`` or ``.xyz`` file.

    Raises:
        FormatError: it cannot be opened, is no scenario, or not one row of it can be used.
        ColumnError: a needed column is missing, or a unit is unknown.
    """
    return parse_daa(open_content(Path(path)).buffer, str(path))


def parse_daa(content: pa.Buffer, name: str) -> DaaScenario:
    """Return the states of a scenario's text; errors are those of `read_daa_states`."""
    comments: list[str] = []
    found = Columns([], [])
    cells: CellTable | None = None
    bad = BadRows()
    for number, raw in lines(content, name, _MOST_LINE_BYTES):
        line = raw.decode("utf-8-sig", errors="replace").strip()
        if line.startswith("#"):
            comments += [line] if cells is None else []
        elif line and cells is None:
            found = columns(_split(line), name, number)
            cells = CellTable(found.names)
        elif line and cells is not None:
            if _is_units(line):
                found.set_units(_split(line), name, number)
            else:
                _add(cells, found, _split(line), number, bad)
    if cells is None:
        raise FormatError(name, "no line of column names", "A scenario has names, units and then rows")
    table, numbers = cells.take()
    return _scenario(table, numbers, bad, comments, found, name)


def _add(cells: CellTable, found: Columns, words: Sequence[str], line: int, bad: BadRows) -> None:
    if len(words) != len(found.names):
        bad.add(line, f"{len(words)} values where there should be {len(found.names)}")
        return
    row: list[object] = []
    for word, name, factor in zip(words, found.names, found.factors, strict=True):
        value = word if name == "name" or name.startswith("(") else _number(word, factor)
        if value is None or value == "":
            bad.add(line, f"{name} {word!r:.40} cannot be read")
            return
        row.append(value)
    cells.add(line, *row)


def _number(word: str, factor: float) -> float | None:
    try:
        value = float(word) * factor
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _scenario(
    table: pa.Table, numbers: Ints, bad: BadRows, comments: list[str], found: Columns, name: str
) -> DaaScenario:
    if not table.num_rows and len(bad):
        first = summarise(bad.first[:1], 1, "line")[0]
        raise FormatError(name, f"none of its {len(bad):,} rows can be used ({first})", "Check that it is a scenario")
    notes = [] if found.has_units else ["no line of units: deg, ft, NM, knots, ft/min and s are taken"]
    unread = [each.strip("()") for each in found.names if each.startswith("(")]
    notes += [f"columns not read: {', '.join(unread)[:200]}"] if unread else []
    kind = "DAIDALUS scenario, Euclidean" if "x_m" in found.names else "DAIDALUS scenario"
    report = FileReport(name, kind, table.num_rows, len(bad), summarise(bad.first, len(bad), "line"), tuple(notes))
    return DaaScenario(_states(table), report, bad.rows("line", numbers, notes), _zero_s(comments), tuple(comments))


def _states(table: pa.Table) -> pa.Table:
    """Return the table in the schema `DAA_STATES`; velocity by track and speed becomes east and north."""
    count = table.num_rows
    ours = {name: table[name] for name in DAA_STATES.names if name in table.column_names}
    if "east_mps" not in ours:
        track, speed = (_floats(table[each]) for each in ("track_deg", "groundspeed_mps"))
        ours["east_mps"] = pa.array(speed * np.sin(np.radians(track)))
        ours["north_mps"] = pa.array(speed * np.cos(np.radians(track)))
    names = table["name"].to_pylist()
    ours["ownship"] = pa.array([name == names[0] for name in names], pa.bool_())
    arrays = [ours.get(field.name, pa.nulls(count, field.type)) for field in DAA_STATES]
    return pa.table([each.cast(field.type) for each, field in zip(arrays, DAA_STATES, strict=True)], schema=DAA_STATES)


def _zero_s(comments: Sequence[str]) -> float | None:
    found = next(_matches(comments), None)
    try:
        return parse_instant(found) if found else None
    except (SkyaccordError, OverflowError):
        return None


def _matches(comments: Sequence[str]) -> Iterator[str]:
    return (match[1] for comment in comments if (match := _ZERO.match(comment)))


def _is_units(line: str) -> bool:
    return "[" in line and "]" in line


def _split(line: str) -> list[str]:
    return _SEPARATOR.split(line.strip()) if line.strip() else []


def _floats(column: pa.ChunkedArray) -> Floats:
    values: Floats = column.cast(pa.float64()).to_numpy()
    return values
