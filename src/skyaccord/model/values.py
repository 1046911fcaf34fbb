"""Cells of foreign tables as numbers, texts, flags and codes: whole columns at a time.

Each function takes a column of any sensible type and returns `Values`: the column in our type, null where nothing
usable stands, and a mask of the cells in which something stood that could not be read. A column of a type that has no
text form raises Arrow's own error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Bools: TypeAlias = npt.NDArray[np.bool_]

_NUMBER: Final = r"^-?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_NOTHING: Final = r"^(|nan|none|null|n/a|na|nat)$"
_TRUE: Final = r"^(true|t|yes|1|1\.0|-1)$"  # -1 is BaseStation's true
_FALSE: Final = r"^(false|f|no|0|0\.0)$"
_SQUAWK: Final = r"^[0-7]{4}$"


@dataclass(frozen=True, slots=True)
class Values:
    """A column in our type; ``unreadable`` is None where every cell was usable or empty."""

    column: pa.ChunkedArray
    unreadable: Bools | None = None

    @property
    def unreadable_count(self) -> int:
        """Return how many cells held something that could not be read."""
        return 0 if self.unreadable is None else int(self.unreadable.sum())


def to_mask(column: pa.ChunkedArray) -> Bools:
    """Return a boolean column as numpy; null is False."""
    mask: Bools = pc.fill_null(column, False).to_numpy()
    return mask


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type is text, plain or as a dictionary of texts."""
    inner = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_view = getattr(pa.types, "is_string_view", lambda _: False)
    return bool(pa.types.is_string(inner) or pa.types.is_large_string(inner) or is_view(inner))


def plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a dictionary (categorical) column as the values that it stands for, any other as it is."""
    if not pa.types.is_dictionary(column.type):
        return column
    kind = pa.string() if is_text(column.type) else column.type.value_type
    chunks = [chunk.dictionary.cast(kind).take(chunk.indices) for chunk in column.chunks]
    return pa.chunked_array(chunks, kind)


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return any column as trimmed text; one of a type without text form (a list, a struct) is Arrow's error."""
    return pc.utf8_trim_whitespace(plain(column).cast(pa.string()))


def numbers(column: pa.ChunkedArray) -> Values:
    """Return a column as float64; NaN is missing, infinity and words are unreadable."""
    column = plain(column)
    kind = column.type
    if not (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)):
        return _numbers_in_text(column)
    values = column.cast(pa.float64(), safe=False)
    finite = pc.is_finite(values)
    if values.null_count == 0 and pc.all(finite, min_count=0).as_py():
        return Values(values)
    infinite = to_mask(pc.is_inf(values))
    return Values(
        pc.if_else(pc.fill_null(finite, False), values, pa.scalar(None, pa.float64())),
        infinite if infinite.any() else None,
    )


def _numbers_in_text(column: pa.ChunkedArray) -> Values:
    text = pc.utf8_ltrim(as_text(column), "+")
    good = pc.match_substring_regex(text, _NUMBER)
    values = pc.if_else(good, text, pa.scalar(None, pa.string())).cast(pa.float64())
    good = pc.and_(good, pc.is_finite(values))  # 1e999 is spelled as a number and is none
    values = pc.if_else(good, values, pa.scalar(None, pa.float64()))
    empty = pc.match_substring_regex(text, _NOTHING, ignore_case=True)
    unreadable = to_mask(pc.is_valid(column)) & ~to_mask(good) & ~to_mask(empty)
    return Values(values, unreadable if unreadable.any() else None)


def texts(column: pa.ChunkedArray, *, lower: bool = False) -> Values:
    """Return a column as trimmed text; the empty string is missing."""
    return Values(_by_distinct(column, lambda words: _without_empty(pc.utf8_lower(words) if lower else words)))


def flags(column: pa.ChunkedArray) -> Values:
    """Return a column as booleans: true/false, 1/0, t/f, yes/no, and BaseStation's -1 for true."""
    if pa.types.is_boolean(column.type):
        return Values(column)
    return _readable(column, _by_distinct(column, _flags_of))


def squawks(column: pa.ChunkedArray) -> Values:
    """Return a column as four octal digits; zeros that a number has lost are put back."""
    return _readable(column, _by_distinct(column, _squawks_of))


def codes(column: pa.ChunkedArray) -> Values:
    """Return a column as whole numbers from 0 to 11, the range of NACp and NIC."""
    values = numbers(column)
    array = values.column.to_numpy()
    valid = np.isin(array, np.arange(12.0))
    whole = pa.array(np.where(valid, array, 0).astype(np.int8), mask=~valid)
    unreadable = ~valid & ~np.isnan(array)
    if values.unreadable is not None:
        unreadable |= values.unreadable
    return Values(pa.chunked_array([whole]), unreadable if unreadable.any() else None)


def _flags_of(words: pa.Array) -> pa.Array:
    known = pc.or_(pc.match_substring_regex(words, _TRUE, ignore_case=True), _matches(words, _FALSE))
    return pc.if_else(known, _matches(words, _TRUE), pa.scalar(None, pa.bool_()))


def _squawks_of(words: pa.Array) -> pa.Array:
    digits = pc.utf8_lpad(pc.replace_substring_regex(_without_empty(words), r"\.0$", ""), 4, "0")
    return pc.if_else(_matches(digits, _SQUAWK), digits, pa.scalar(None, pa.string()))


def _matches(words: pa.Array, pattern: str) -> pa.Array:
    return pc.match_substring_regex(words, pattern, ignore_case=True)


def _without_empty(words: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(words, ""), pa.scalar(None, pa.string()), words)


def _by_distinct(column: pa.ChunkedArray, clean: Callable[[pa.Array], pa.Array]) -> pa.ChunkedArray:
    """Clean each distinct text once: a column of ids has thousands of rows to each of its values."""
    encoded = as_text(column).dictionary_encode().unify_dictionaries()
    if encoded.num_chunks == 0:
        return pa.chunked_array([clean(pa.nulls(0, pa.string()))])
    cleaned = clean(encoded.chunk(0).dictionary)
    return pa.chunked_array([cleaned.take(chunk.indices) for chunk in encoded.chunks])


def _readable(column: pa.ChunkedArray, values: pa.ChunkedArray) -> Values:
    if values.null_count == column.null_count:
        return Values(values)
    empty = to_mask(_matches(as_text(column), _NOTHING))
    unreadable = to_mask(pc.is_valid(column)) & to_mask(pc.is_null(values)) & ~empty
    return Values(values, unreadable if unreadable.any() else None)
