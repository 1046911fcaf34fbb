"""Columns of instants, however they were written, as UTC with microseconds.

Taken: datetimes of any resolution and zone, ISO 8601 text, and numbers of seconds, milli-, micro- or nanoseconds since
1970. The unit of numbers follows from their size: an instant between 1990 and 2100 lies in one of the four ranges only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from skyaccord.errors import ColumnError
from skyaccord.model.tables import INSTANT
from skyaccord.model.values import Bools, Values, as_text, is_text, numbers, plain, to_mask

EARLIEST_S: Final = 631_152_000  # 1990-01-01
LATEST_S: Final = 4_102_444_800  # 2100-01-01
NO_ZONE: Final = "timestamps without zone taken as UTC"

_PER_S: Final = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_UNITS: Final = (("seconds", 1.0), ("milliseconds", 1e3), ("microseconds", 1e6), ("nanoseconds", 1e9))
_ZONE: Final = r"(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
_ISO: Final = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]([01][0-9]|2[0-3]):[0-5][0-9]"
    r"(:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)?$"
)


@dataclass(frozen=True, slots=True)
class Instants:
    """A column of type `INSTANT`, null where nothing usable stood, and what had to be assumed."""

    column: pa.ChunkedArray
    notes: tuple[str, ...] = ()


def instants(column: pa.ChunkedArray, source: str, name: str) -> Instants:
    """Return a column as UTC instants; one that is missing, unreadable or not of 1990 to 2100 becomes null.

    Raises:
        ColumnError: the column's type cannot hold instants, or no number in it is one.
    """
    column = plain(column)
    kind = column.type
    if pa.types.is_timestamp(kind):
        notes = () if kind.tz else (NO_ZONE,)
        sane = _in_range(column, _PER_S[kind.unit])  # before the cast, in which what is too large turns over
        return Instants(sane.cast(pa.timestamp("us", kind.tz), safe=False).cast(INSTANT), notes)
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return _from_numbers(numbers(column), source, name)
    if not (is_text(kind) or pa.types.is_null(kind)):
        cure = "Write date and time of day in UTC, as 2015-10-10T11:42:03Z or as seconds since 1970"
        raise ColumnError(source, f'column "{name}" is {kind}, which is no instant', cure)
    return _from_text(as_text(column), source, name)


def _in_range(column: pa.ChunkedArray, per_s: int) -> pa.ChunkedArray:
    since_s = pc.divide(column.cast(pa.int64()), per_s)
    good = pc.and_(pc.greater_equal(since_s, EARLIEST_S), pc.less(since_s, LATEST_S))
    if pc.all(good, min_count=0).as_py():
        return column
    return pc.if_else(good, column, pa.scalar(None, column.type))


def _from_numbers(values: Values, source: str, name: str) -> Instants:
    x = values.column.to_numpy()
    counts = [int(np.count_nonzero(_is_instant(x, per_s))) for _, per_s in _UNITS]
    if not any(counts):
        if values.column.null_count == len(x):
            return Instants(pa.chunked_array([pa.nulls(len(x), INSTANT)]))
        example = x[np.isfinite(x)][0]
        problem = f'no number in column "{name}" is an instant between 1990 and 2100 (the first is {example:.15g})'
        raise ColumnError(source, problem, "Write seconds, milli-, micro- or nanoseconds since 1970-01-01 UTC")
    unit, per_s = _UNITS[counts.index(max(counts))]
    valid = _is_instant(x, per_s)
    micros = np.rint(np.where(valid, x, 0.0) * (1e6 / per_s)).astype(np.int64)
    notes = () if unit == "seconds" else (f'"{name}" read as {unit} since 1970',)
    return Instants(pa.chunked_array([pa.array(micros.astype("datetime64[us]"), INSTANT, mask=~valid)]), notes)


def _is_instant(x: np.typing.NDArray[np.float64], per_s: float) -> Bools:
    inside: Bools = (x >= EARLIEST_S * per_s) & (x < LATEST_S * per_s)
    return inside


def _from_text(text: pa.ChunkedArray, source: str, name: str) -> Instants:
    text = pc.replace_substring_regex(text, r"\s*(UTC|GMT|z)$", "Z")
    text = pc.replace_substring_regex(text, r"(\.[0-9]{6})[0-9]+", r"\1")
    text = pc.replace_substring_regex(text, r"\s+([+-][0-9:]+)$", r"\1")
    good = to_mask(pc.match_substring_regex(text, _ISO))
    if not good.any():
        return _from_numbers(numbers(text), source, name)
    good &= _has_real_date(text)
    zoned = to_mask(pc.match_substring_regex(text, _ZONE))
    with_zone = _only(text, good & zoned).cast(INSTANT)
    without = _only(text, good & ~zoned).cast(pa.timestamp("us")).cast(INSTANT)
    notes = (NO_ZONE,) if bool((good & ~zoned).any()) else ()
    return Instants(_in_range(pc.coalesce(with_zone, without), _PER_S["us"]), notes)


def _only(text: pa.ChunkedArray, where: Bools) -> pa.ChunkedArray:
    return pc.if_else(pa.array(where), text, pa.scalar(None, pa.string()))


def _has_real_date(text: pa.ChunkedArray) -> Bools:
    """Return a mask without 30 February and its like, which the pattern lets through."""
    days = pc.utf8_slice_codeunits(text, 0, 10).dictionary_encode().unify_dictionaries()
    if days.num_chunks == 0:
        return np.zeros(0, np.bool_)
    real = np.array([_is_date(day) for day in days.chunk(0).dictionary.to_pylist()] or [False])
    index = np.concatenate([pc.fill_null(chunk.indices, 0).to_numpy(zero_copy_only=False) for chunk in days.chunks])
    is_real: Bools = real[index]
    return is_real


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
