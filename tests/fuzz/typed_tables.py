"""Bytes as tables with columns of any name and type: what a Parquet file or dataframe may hand over.

A column is described by three octets, its name, its type and how many octets each of its three cells has, and then the
cells. Cells of fixed size are padded with zeros.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyarrow as pa

from skyaccord.tracks.formats.columns import SPELLINGS

ROWS: Final = 3
NAMES: Final = (*SPELLINGS, " Timestamp ", "other", "")
_WIDEST: Final = 40

FIXED: Final = (
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
    *(pa.float16(), pa.float32(), pa.float64(), pa.decimal128(18, 3), pa.date32(), pa.date64(), pa.duration("s")),
    *(pa.time64("us"), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us"), pa.timestamp("ns")),
    *(pa.timestamp("us", "UTC"), pa.timestamp("ns", "Europe/Paris"), pa.timestamp("s", "No/Where")),
)
TEXT: Final = (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string()))
OTHER: Final = (pa.null(), pa.bool_(), pa.binary(), pa.list_(pa.string()), pa.struct([("a", pa.string())]))
TYPES: Final = (*TEXT, *FIXED, *OTHER, pa.dictionary(pa.int8(), pa.float64()))


def describe(name: str, kind: pa.DataType, cells: Sequence[bytes]) -> bytes:
    """Return the bytes of a column."""
    size = max(map(len, cells))
    head = bytes([NAMES.index(name), TYPES.index(kind), size])
    return head + b"".join(cell.ljust(size, b"\0") for cell in cells)


def typed_table(data: bytes) -> pa.Table:
    """Return the table that bytes describe."""
    names, arrays, at = [], [], 0
    while at + 3 < len(data):
        size = data[at + 2] % _WIDEST
        raw = data[at + 3 : at + 3 + ROWS * size].ljust(ROWS * size, b"\0")
        names.append(NAMES[data[at] % len(NAMES)])
        arrays.append(_array(TYPES[data[at + 1] % len(TYPES)], [raw[k * size : k * size + size] for k in range(ROWS)]))
        at += 3 + ROWS * size
    return pa.table(arrays, names=names) if arrays else pa.table({})


def _array(kind: pa.DataType, cells: list[bytes]) -> pa.Array:
    if kind in FIXED:
        width = kind.bit_width // 8
        fixed = b"".join(cell[:width].ljust(width, b"\0") for cell in cells)
        return pa.Array.from_buffers(kind, ROWS, [None, pa.py_buffer(fixed)])
    texts = [cell.rstrip(b"\0").decode("utf-8", "replace") or None for cell in cells]
    if pa.types.is_binary(kind):
        return pa.array(cells, kind)
    if pa.types.is_null(kind):
        return pa.nulls(ROWS)
    if pa.types.is_boolean(kind):
        return pa.array([bool(cell[:1] == b"\1") for cell in cells])
    if pa.types.is_list(kind):
        return pa.array([[text] for text in texts], kind)
    if pa.types.is_struct(kind):
        return pa.array([{"a": text} for text in texts], kind)
    if pa.types.is_dictionary(kind) and pa.types.is_floating(kind.value_type):
        return pa.DictionaryArray.from_arrays(pa.array([0, None, 1], pa.int8()), _array(pa.float64(), cells)[:2])
    return pa.array(texts, pa.string()).cast(kind) if kind in TEXT[1:3] else _texts(texts, kind)


def _texts(texts: list[str | None], kind: pa.DataType) -> pa.Array:
    plain = pa.array(texts, pa.string())
    return plain.dictionary_encode() if pa.types.is_dictionary(kind) else plain
