"""SBS-1 BaseStation text. Its altitude is pressure altitude by definition; the ellipsoidal one has no place in it."""

from __future__ import annotations

from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.tracks.writers.stretches import unwritten

_WRITTEN: Final = {
    *("timestamp", "icao24", "callsign", "latitude", "longitude", "altitude", "groundspeed", "track"),
    *("vertical_rate", "squawk", "onground"),
}
_BLOCK: Final = 65_536
_FORBIDDEN: Final = r'[,"\s]'
_FIELDS: Final = ("callsign", "altitude", "groundspeed", "track", "latitude", "longitude", "vertical_rate", "squawk")
_MESSAGES: Final = (
    # type    what it carries
    (1, ("callsign",)),
    (4, ("groundspeed", "track", "vertical_rate")),
    (6, ("squawk",)),
    (3, ("altitude", "latitude", "longitude", "onground")),
)
"""The position comes last, so that a reader joins to it what the same report said before."""


def write_sbs(table: pa.Table, sink: BinaryIO) -> list[str]:
    """Write up to four messages a row: identity, velocity, squawk and position; times to the millisecond."""
    for begin in range(0, table.num_rows, _BLOCK):
        lines = _lines(table.slice(begin, _BLOCK))
        sink.write("".join(f"{line}\r\n" for line in lines if line).encode())
    notes = unwritten(table, _WRITTEN)
    cut = sum(pc.sum(pc.match_substring_regex(table[name], _FORBIDDEN)).as_py() or 0 for name in ("icao24", "callsign"))
    return [*notes, f"{cut:,} names held commas or blanks: written without"] if cut else notes


def _lines(table: pa.Table) -> list[str | None]:
    """Return the messages of each row, in the order of `_MESSAGES`; None where a row has none of a kind."""
    cells = {name: _cell(table[name], name) for name in (*_FIELDS, "onground")}
    stamps = table["timestamp"].cast(pa.timestamp("ms", "UTC"), safe=False)
    when = pc.strftime(stamps, "%Y/%m/%d,%H:%M:%S")
    ids = pc.replace_substring_regex(pc.utf8_upper(table["icao24"]), _FORBIDDEN, "")
    columns = []
    for kind, carried in _MESSAGES:
        shown = [cells[name] if name in carried else "" for name in _FIELDS]
        flag = cells["onground"] if "onground" in carried else ""
        head = pc.binary_join_element_wise(f"MSG,{kind},1,1", ids, "1", when, when, ",")
        line = pc.binary_join_element_wise(head, *shown, "", "", "", flag, ",")
        said = [pc.not_equal(cells[name], "") for name in carried]
        present = said[0]
        for each in said[1:]:
            present = pc.or_(present, each)
        columns.append(pc.if_else(present, line, pa.scalar(None, pa.string())))
    grid = np.array([column.to_pylist() for column in columns], dtype=object)
    lines: list[str | None] = grid.T.ravel().tolist()
    return lines


def _cell(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return cells as text; what is missing is the empty text."""
    if name == "onground":
        text = pc.if_else(column, "-1", "0")
    elif name == "squawk":
        text = column
    elif name == "callsign":
        text = pc.replace_substring_regex(column, _FORBIDDEN, "")
    else:
        digits = {"altitude": 0, "vertical_rate": 0, "groundspeed": 1, "track": 1}.get(name, 6)
        text = pa.chunked_array([[None if v is None else f"{v:.{digits}f}" for v in column.to_pylist()]], pa.string())
    return pc.fill_null(text, "")
