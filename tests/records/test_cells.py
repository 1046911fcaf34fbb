"""Single cells of record files: frequencies, kinds, date-time groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.model.instants import parse_instant
from skyaccord.model.records import Channel, RecordKind
from skyaccord.records.channels import read_channel
from skyaccord.records.date_time_group import as_iso
from skyaccord.records.kinds import KINDS, read_kind


@pytest.mark.parametrize(
    "cell",
    [
        *("121.5", "121.500", "121,5", "121.500 MHz", "121.5MHz", "121.5 Mhz", "121.5 mhz", "121500", "121500 kHz"),
        *("121500 KHZ", "121500000", "121500000 Hz", "121500000 hz"),
    ],
)
def test_distress_frequency_in_any_spelling(cell: str) -> None:
    assert read_channel(cell) == (Channel.RADIO, 121.5e6)


@pytest.mark.parametrize(
    ("cell", "unit", "hz"),
    [
        ("4125", "", 4.125e6),
        ("6215.5", "", 6.2155e6),
        ("243.000", "", 243e6),
        ("8.9", "", 8.9e6),
        ("8900", "hz", None),
        ("4.125", "mhz", 4.125e6),
        ("121500", "khz", 121.5e6),
        ("121.5 MHz", "khz", 121.5e6),
        ("118.005", "", 118.005e6),
    ],
)
def test_number_has_its_own_unit_or_that_of_the_column_or_that_of_its_size(cell: str, unit: str, hz: float) -> None:
    assert read_channel(cell, unit) == (None if hz is None else (Channel.RADIO, hz))


@pytest.mark.parametrize("cell", ["hotline", "Hot Line", "GROUND_LINE", "ground-line", "Telephone", "land  line"])
def test_word_for_the_ground_line(cell: str) -> None:
    assert read_channel(cell) == (Channel.GROUND_LINE, None)


def test_nothing_is_no_known_channel() -> None:
    assert read_channel("") == (Channel.UNKNOWN, None)


@pytest.mark.parametrize(
    "cell",
    ["guard", "121.5 GHz", "-121.5", "1e6", "0", "99 kHz", "3.1e9", "3001 MHz", "121.5.0", "121 500", "nan", "９"],
)
def test_cell_that_is_neither_frequency_nor_line_is_not_guessed_at(cell: str) -> None:
    assert read_channel(cell) is None


@given(st.text(max_size=30), st.sampled_from(["", "mhz", "khz", "hz"]))
def test_any_text_is_a_channel_or_none(cell: str, unit: str) -> None:
    found = read_channel(cell, unit)
    assert found is None or (found[1] is None) == (found[0] is not Channel.RADIO)


@given(st.integers(118_000, 136_990), st.sampled_from(["MHz", "kHz", "Hz", ""]))
def test_every_frequency_of_the_band_comes_back_in_hertz(khz: int, unit: str) -> None:
    size = {"MHz": f"{khz / 1000:.3f}", "kHz": str(khz), "Hz": str(khz * 1000), "": f"{khz / 1000:.3f}"}[unit]
    assert read_channel(f"{size} {unit}".strip()) == (Channel.RADIO, khz * 1000.0)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("", RecordKind.CALL),
        ("CALL", RecordKind.CALL),
        ("Ack", RecordKind.ACKNOWLEDGEMENT),
        ("read-back", RecordKind.REPLY),
        ("radio_check", RecordKind.CHECK),
        ("Mayday", RecordKind.EMERGENCY),
        ("permission", None),
        ("agreed", None),
    ],
)
def test_word_of_a_kind(cell: str, kind: RecordKind | None) -> None:
    assert read_kind(cell) is kind


def test_every_kind_has_its_own_word() -> None:
    assert all(KINDS[kind.value] is kind for kind in RecordKind)


@pytest.mark.parametrize(
    ("group", "instant"),
    [
        ("201142Z OCT 15", "2015-10-20T11:42:00Z"),
        ("201142ZOCT2015", "2015-10-20T11:42:00Z"),
        ("201142z oct 15", "2015-10-20T11:42:00Z"),
        ("201142C OCT 15", "2015-10-20T08:42:00Z"),
        ("201142M OCT 15", "2015-10-19T23:42:00Z"),
        ("201142R OCT 15", "2015-10-20T16:42:00Z"),
        ("201142Y OCT 15", "2015-10-20T23:42:00Z"),
    ],
)
def test_date_time_group(group: str, instant: str) -> None:
    assert parse_instant(as_iso(group)) == parse_instant(instant)


@pytest.mark.parametrize("text", ["201142J OCT 15", "201142Z OKT 15", "201142 OCT 15", "2015-10-20T11:42Z", "", "x"])
def test_what_is_no_date_time_group_stays_as_it_is(text: str) -> None:
    assert as_iso(text) == text


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001
def test_date_time_group_of_any_minute_comes_back(instant: datetime) -> None:
    minute = instant.replace(second=0, microsecond=0, tzinfo=UTC)
    group = minute.strftime("%d%H%MZ %b %y").upper()
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=parse_instant(as_iso(group))) == minute
