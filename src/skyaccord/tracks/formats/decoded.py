"""Values that were decoded from bits, as a table in the schema `TRACKS`.

Columns of text formats go through `conform`, which must doubt everything. What comes out of bits has its type and
range from the format; left to check are positions, which a damaged message may put anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from skyaccord.errors import FormatError
from skyaccord.model.file_report import MOST_COMPLAINTS, Complaint, FileReport, summarise
from skyaccord.model.tables import ADVISORIES, INSTANT, TRACKS
from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.report import Part, Rows

UNKNOWN: Final = -1
"""Stands for a missing value in columns of small whole numbers."""

Codes = npt.NDArray[np.int8]


@dataclass(slots=True)
class Decoded:
    """Columns of one length. NaN, `UNKNOWN` and null are missing; a column that is not given is missing throughout."""

    t_us: Ints
    icao24: pa.Array
    latitude: Floats
    longitude: Floats
    numbers: dict[str, Floats] = field(default_factory=dict)
    texts: dict[str, pa.Array] = field(default_factory=dict)
    codes: dict[str, Codes] = field(default_factory=dict)  # nac_p, nic; onground as 0 and 1


def decoded_part(decoded: Decoded, rows: Rows, advisories: pa.Table | None = None, *, name: str, kind: str) -> Part:
    """Return decoded values as a file's rows, with the report on what was left out.

    Raises:
        FormatError: neither a position nor an advisory is in it.
    """
    good = _is_on_earth(decoded)
    bad_rows = rows.bad_rows + int((~good).sum())
    complaints = [*rows.bad, *_misplaced(decoded, good, rows)]
    table = _assemble(decoded, PurePath(name).name)
    if not good.all():
        table = table.filter(pa.array(good))
    if advisories is not None:
        advisories = advisories.set_column(
            ADVISORIES.get_field_index("source"),
            ADVISORIES.field("source"),
            pa.array([PurePath(name).name] * advisories.num_rows, pa.string()),
        )
    if table.num_rows == 0 and not (advisories is not None and advisories.num_rows):
        reasons = "; ".join((*summarise(complaints, bad_rows, rows.word)[:1], *rows.notes)) or "no message"
        raise FormatError(name, f"no position in this {kind} recording ({reasons})", "Check that it is complete")
    report = FileReport(name, kind, table.num_rows, bad_rows, summarise(complaints, bad_rows, rows.word), rows.notes)
    return Part(table, report, advisories)


def hex_ids(address: Ints, is_other: Bools) -> pa.Array:
    """Return 24-bit addresses as ids; one that is none of ICAO's gets a ``~`` before it, as readsb writes it."""
    keys = address + (is_other.astype(np.int64) << 24)
    distinct, index = np.unique(keys, return_inverse=True)
    names = [f"{'~' * (key >> 24)}{key & 0xFFFFFF:06x}" for key in distinct.tolist()]
    return pa.array(names, pa.string()).take(pa.array(index.reshape(-1)))


def squawk_texts(values: Ints, known: Bools) -> pa.Array:
    """Return 12-bit identity codes as four octal digits."""
    distinct, index = np.unique(np.where(known, values, 0), return_inverse=True)
    digits = pa.array([f"{value:04o}" for value in distinct.tolist()], pa.string())
    return digits.take(pa.array(index.reshape(-1), mask=~known))


def _is_on_earth(decoded: Decoded) -> Bools:
    inside: Bools = (np.abs(decoded.latitude) <= 90.0) & (np.abs(decoded.longitude) <= 180.0)
    return inside


def _misplaced(decoded: Decoded, good: Bools, rows: Rows) -> list[Complaint]:
    return [
        (rows.number(int(k)), f"position {decoded.latitude[k]:.4f}, {decoded.longitude[k]:.4f} is not on earth")
        for k in np.flatnonzero(~good)[:MOST_COMPLAINTS]
    ]


def _assemble(decoded: Decoded, base: str) -> pa.Table:
    count = len(decoded.t_us)
    given: dict[str, pa.Array] = {
        "timestamp": pa.array(decoded.t_us.astype("datetime64[us]"), INSTANT),
        "icao24": decoded.icao24,
        "latitude": pa.array(decoded.latitude),
        "longitude": pa.array(decoded.longitude),
        "source": pa.repeat(pa.scalar(base, pa.string()), count),
    }
    for column, values in decoded.numbers.items():
        given[column] = pa.array(values, pa.float64(), mask=~np.isfinite(values))
    for column, codes in decoded.codes.items():
        kind = TRACKS.field(column).type
        typed = codes.astype(np.bool_) if pa.types.is_boolean(kind) else codes
        given[column] = pa.array(typed, kind, mask=codes == UNKNOWN)
    given |= decoded.texts
    return pa.table([given.get(each.name, pa.nulls(count, each.type)) for each in TRACKS], schema=TRACKS)
