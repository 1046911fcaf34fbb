"""Record files that mean harm or are merely broken: an error of ours or counted rows, and no more."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import FormatError, InputError
from skyaccord.model.records import Channel, Records
from skyaccord.model.tables import RECORDS
from skyaccord.records.load import load_records
from skyaccord.records.questions import index_records
from skyaccord.records.read_csv import LONGEST_CELL, LONGEST_TEXT
from skyaccord.records.text_rows import MOST_LINES
from tests.fuzz.mutation import mutate

SOUND = """\
time,frequency,kind,caller,called,party,area,valid_from,valid_until,reference,language,text
2015-11-03T09:02:10Z,hotline,notice,Duty A,Duty B,blue,ridge,2015-11-03T10:00Z,2015-11-03T11:00Z,B-17,en,"One
hour, ""north"" of it"
031002Z NOV 15,telephone,ack,Duty B,,green,,,,B-17,ru,Доложим
2015-11-03T10:01:30+00:00,121.500 MHz,call,BLUE 21,GREEN 4,blue,,,,,en,Northbound
2015-11-03 10:01:40Z,121500,reply,GREEN 4,BLUE 21,green,,,,,,Roger
"""
SPLINTERS = [
    *(
        b'"',
        b'""',
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\0",
        b"\xff\xfe",
        b"\xff",
        b"\xe2\x80\xa8",
        b"#",
        b"NaN",
        b"1e999",
    ),
    *(b"9" * 400, b"-1", b"time", b"from,until,to", b"2015-02-30T25:00:00Z", b"999999Z OCT 99", b"MHz", b"\x0b"),
]


def load(path: Path, content: bytes) -> Records | None:
    """Read whatever the bytes are; None where that is refused. Any other error is the test's failure."""
    path.write_bytes(content)
    try:
        records = load_records(path)
    except InputError:
        return None
    (report,) = records.files
    assert records.table.schema.equals(RECORDS)
    assert report.rows == len(records)
    assert len(report.complaints) <= min(report.bad_rows, 20) + 1
    times = [record.t_s for record in records.take(range(len(records)))]
    assert times == sorted(times)
    for record in records.take(range(len(records))):
        assert (record.frequency_hz is None) == (record.channel is not Channel.RADIO)
        assert 2 <= record.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert record.from_s is None or record.until_s is None or record.from_s <= record.until_s
        assert len(record.text) <= LONGEST_TEXT
        assert max(len(record.caller), len(record.called), len(record.area), len(record.reference)) <= LONGEST_CELL
    index_records(records)
    return records


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("records") / "log.csv"


def test_sound_file_is_read_whole(log: Path) -> None:
    records = load(log, SOUND.encode())
    assert records is not None
    assert (len(records), records.files[0].bad_rows) == (4, 0)


@given(content=st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_records_or_an_error_of_ours(log: Path, content: bytes) -> None:
    load(log, content)
    load(log, SOUND.encode() + content)


@given(text=st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_is_records_or_an_error_of_ours(log: Path, text: str) -> None:
    load(log, ("time,caller,text\n" + text).encode())


@given(data=st.data())
@settings(max_examples=200)
def test_damaged_file_is_records_or_an_error_of_ours(log: Path, data: st.DataObject) -> None:
    content = bytearray(SOUND.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        begin = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(begin, min(len(content), begin + 12)))
        content[begin:end] = data.draw(st.sampled_from(SPLINTERS) | st.binary(max_size=8))
    load(log, bytes(content))


def test_mutants_of_a_file_are_records_or_an_error_of_ours(log: Path) -> None:
    found = [load(log, mutate(random.Random(seed), SOUND.encode())) for seed in range(1_000)]  # noqa: S311 - no secret
    assert sum(records is not None for records in found) > 100
    assert sum(records is None for records in found) > 10


@pytest.mark.slow
@pytest.mark.parametrize("line", [b"\n", b",\n", b'"\n', b'""\n', b"a,b,c\n", b'2015-11-03T09:02:10Z,"a,b\n'])
def test_greatest_number_of_useless_lines_is_read_or_refused_in_time(log: Path, line: bytes) -> None:
    begin = time.thread_time()
    load(log, b"time,caller,text\n" + line * (MOST_LINES - 1))
    assert time.thread_time() - begin < 20.0


def test_file_of_more_lines_is_refused(log: Path) -> None:
    log.write_bytes(b"time,caller,text\n" + b"\n" * MOST_LINES)
    with pytest.raises(FormatError, match=f"more than {MOST_LINES:,} lines"):
        load_records(log)


def test_long_log_is_read_in_time(log: Path) -> None:
    row = '2015-11-03T10:01:30Z,121.5,call,BLUE 21,GREEN 4,blue,,,,,en,"Northbound, level"\n'
    begin = time.thread_time()
    log.write_text(SOUND.splitlines()[0] + "\n" + row * 100_000)
    assert len(load_records(log)) == 100_000
    assert time.thread_time() - begin < 10.0
