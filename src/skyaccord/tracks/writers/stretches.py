"""The rows of a table by aircraft, and cut where an aircraft was not seen for a while."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

PAUSE_S: Final = 30.0
"""A line is drawn over a pause up to this, as the searches do, and none over a longer one."""


def by_aircraft(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield each aircraft's id and rows in order of time, in order of ids."""
    table = table.sort_by([("icao24", "ascending"), ("timestamp", "ascending")]).combine_chunks()
    ids = table["icao24"]
    if len(ids) == 0:
        return
    encoded = ids.combine_chunks().dictionary_encode()
    encoded = encoded.chunk(0) if isinstance(encoded, pa.ChunkedArray) else encoded
    codes = encoded.indices.to_numpy()
    edges = [0, *(np.flatnonzero(np.diff(codes)) + 1).tolist(), len(codes)]
    for begin, end in pairwise(edges):
        yield ids[begin].as_py(), table.slice(begin, end - begin)


def stretches(rows: pa.Table, breaks: np.typing.NDArray[np.bool_] | None = None) -> Iterator[pa.Table]:
    """Yield the rows of one aircraft between pauses; ``breaks[k]`` cuts between rows ``k`` and ``k + 1`` as well."""
    cuts = np.diff(seconds(rows)) > PAUSE_S
    if breaks is not None:
        cuts = cuts | breaks
    edges = [0, *(np.flatnonzero(cuts) + 1).tolist(), rows.num_rows]
    for begin, end in pairwise(edges):
        yield rows.slice(begin, end - begin)


def seconds(rows: pa.Table) -> np.typing.NDArray[np.float64]:
    """Return the times as seconds since 1970."""
    t_s: np.typing.NDArray[np.float64] = rows["timestamp"].cast(pa.int64()).to_numpy() / 1e6
    return t_s


def instants(rows: pa.Table) -> list[str]:
    """Return the times as ISO 8601 with Z, with as many decimals as they have."""
    texts = pc.strftime(rows["timestamp"], "%Y-%m-%dT%H:%M:%SZ")
    short: list[str] = pc.replace_substring_regex(texts, r"\.?0*Z$", "Z").to_pylist()
    return short


def constant(rows: pa.Table, column: str) -> str | None:
    """Return the first text that a column has in these rows."""
    known = rows[column].drop_null()
    return known[0].as_py() if len(known) else None


def unwritten(table: pa.Table, written: set[str]) -> list[str]:
    """Return a note on columns that hold values and have no place in a format."""
    lost = [name for name in table.column_names if name not in written and table[name].null_count < table.num_rows]
    return [f"no place in this format for {', '.join(lost)}: not written"] if lost else []
