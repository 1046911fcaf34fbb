"""Instants in every dress."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.errors import ColumnError
from skyaccord.model.timestamps import NO_ZONE, Instants, instants

WHEN = datetime(2015, 10, 10, 11, 42, 3, 250_000, UTC)
SECONDS = 1_444_477_323.25  # date -u -d 2015-10-10T11:42:03Z +%s, and a quarter


def read(values: list[object], kind: pa.DataType | None = None) -> Instants:
    return instants(pa.chunked_array([pa.array(values, kind)]), "file", "timestamp")


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_datetimes_of_any_resolution_are_taken(unit: str) -> None:
    read_in = read([WHEN], pa.timestamp(unit, "UTC"))
    assert read_in.column.to_pylist() == [WHEN]
    assert read_in.notes == ()


def test_a_datetime_with_an_offset_is_turned_to_utc() -> None:
    assert read([WHEN], pa.timestamp("us", "+02:00")).column.to_pylist() == [WHEN]


def test_a_datetime_without_zone_is_taken_as_utc_and_noted() -> None:
    read_in = read([WHEN.replace(tzinfo=None)], pa.timestamp("us"))
    assert read_in.column.to_pylist() == [WHEN]
    assert read_in.notes == (NO_ZONE,)


@pytest.mark.parametrize(
    ("factor", "note"), [(1, None), (10**3, "milliseconds"), (10**6, "microseconds"), (10**9, "nanoseconds")]
)
def test_the_size_of_numbers_tells_their_unit(factor: int, note: str | None) -> None:
    read_in = read([int(SECONDS * 100) * factor // 100], pa.int64())
    assert read_in.column.to_pylist() == [WHEN.replace(microsecond=0) if factor == 1 else WHEN]
    assert read_in.notes == (() if note is None else (f'"timestamp" read as {note} since 1970',))


def test_seconds_may_have_a_fraction() -> None:
    assert read([SECONDS]).column.to_pylist() == [WHEN]


@pytest.mark.parametrize(
    "text",
    [
        "2015-10-10T11:42:03.25Z",
        "2015-10-10 11:42:03.250+00:00",
        "2015-10-10T13:42:03.250000+02:00",
        "2015-10-10 07:12:03.25 -0430",
        "2015-10-10 11:42:03.250000999 UTC",
        str(SECONDS),
    ],
)
def test_text_is_taken_as_iso_8601_or_as_a_number(text: str) -> None:
    assert read([text]).column.to_pylist() == [WHEN]


def test_text_with_and_without_zone_may_stand_in_one_column() -> None:
    read_in = read(["2015-10-10T13:42:03.25+02:00", "2015-10-10 11:42:03.25"])
    assert read_in.column.to_pylist() == [WHEN, WHEN]
    assert read_in.notes == (NO_ZONE,)


@pytest.mark.parametrize(
    "text",
    [
        *("2015-02-30T00:00:00Z", "2015-13-01T00:00:00Z", "2015-10-10T24:01:00Z", "soon", "", None),
        *("2015-10-10T11:42:03+99:99", "2015-10-10T11:42:03+24:00", "2015-10-10T11:42:03-01:60"),
    ],
)
def test_text_that_is_no_instant_becomes_null_and_leaves_the_others_alone(text: str | None) -> None:
    assert read(["2015-10-10T11:42:03.25Z", text]).column.to_pylist() == [WHEN, None]


@pytest.mark.parametrize("out", [0.0, 12.5, -1.0, 1e30, float("nan"), float("inf")])
def test_a_number_outside_1990_to_2100_becomes_null(out: float) -> None:
    assert read([SECONDS, SECONDS, out]).column.to_pylist() == [WHEN, WHEN, None]


def test_a_datetime_outside_1990_to_2100_becomes_null() -> None:
    assert read([WHEN, datetime(1970, 1, 1, tzinfo=UTC)]).column.to_pylist() == [WHEN, None]


def test_seconds_that_turn_over_as_microseconds_are_no_instant_of_today() -> None:
    turned_s = 2**64 // 1_000_000 + 1_444_477_323  # in 64 bits of microseconds this is 2015 again
    column = pa.chunked_array([pa.array([1_444_477_323, turned_s], pa.timestamp("s", "UTC"))])
    found = instants(column, "file", "time").column.to_pylist()
    assert (found[0].year, found[1]) == (2015, None)


def test_numbers_of_which_none_is_an_instant_are_refused() -> None:
    with pytest.raises(ColumnError, match=r"no number in column .timestamp. is an instant .*the first is 12\.5"):
        read([12.5, 13.5])


def test_dates_without_time_of_day_are_refused() -> None:
    with pytest.raises(ColumnError, match="is date32"):
        read([date(2015, 10, 10)])


@given(
    st.integers(0, 109 * 365 * 86_400 * 10**6),
    st.integers(-14 * 60, 14 * 60),
)
def test_iso_text_of_any_instant_and_offset_comes_back_exactly(since_us: int, offset_min: int) -> None:
    instant = datetime(1990, 1, 2, tzinfo=UTC) + timedelta(microseconds=since_us)
    instant = instant.astimezone(timezone(timedelta(minutes=offset_min)))
    assert read([instant.isoformat()]).column.to_pylist() == [instant]
