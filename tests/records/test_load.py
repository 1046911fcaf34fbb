"""Files of records: what is taken, what is left out and named, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from skyaccord.errors import ColumnError, FormatError
from skyaccord.model.instants import parse_instant
from skyaccord.model.records import Channel, Record, RecordKind, Records
from skyaccord.model.tables import RECORDS
from skyaccord.model.timestamps import NO_ZONE
from skyaccord.records.load import load_records
from skyaccord.records.text_rows import GREATEST_FILE, REPLACED

HEADER = "time,frequency,caller,called,text\n"
CALL = "2015-11-03T10:01:30Z,121.5,BLUE 21,GREEN 4,Northbound\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def load(path: Path, content: str | bytes) -> Records:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_records(path)


def refused(path: Path, content: str | bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        load(path, content)
    assert caught.value.source == str(path)
    assert caught.value.cure
    return caught.value


def test_every_column_of_a_row_is_read(log: Path) -> None:
    records = load(
        log,
        "time;frequency;kind;caller;called;party;area;valid_from;valid_until;reference;language;text\n"
        "2015-11-03T12:02:10+03:00;hotline;notice;Duty A;Duty B;blue;ridge;2015-11-03T10:00Z;2015-11-03T11:00Z;B-17;"
        'en;"One\nhour; ""north"""\n',
    )
    assert records.table.schema.equals(RECORDS)
    assert records.take([0]) == (
        Record(
            t_s=parse_instant("2015-11-03T09:02:10Z"),
            kind=RecordKind.NOTICE,
            channel=Channel.GROUND_LINE,
            frequency_hz=None,
            caller="Duty A",
            called="Duty B",
            party="blue",
            area="ridge",
            from_s=parse_instant("2015-11-03T10:00Z"),
            until_s=parse_instant("2015-11-03T11:00Z"),
            reference="B-17",
            language="en",
            text='One\nhour; "north"',
            source=str(log),
            line=2,
        ),
    )


def test_columns_that_a_file_lacks_are_empty(log: Path) -> None:
    (record,) = load(log, HEADER + CALL).take([0])
    assert (record.kind, record.channel, record.frequency_hz) == (RecordKind.CALL, Channel.RADIO, 121.5e6)
    assert (record.party, record.area, record.from_s, record.until_s, record.reference) == ("", "", None, None, "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings(log: Path, delimiter: str, ending: str) -> None:
    text = (HEADER + CALL + CALL).replace(",", delimiter).replace("\n", ending)
    assert [record.line for record in load(log, text).take([0, 1])] == [2, 3]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_codings(log: Path, coding: str) -> None:
    (record,) = load(log, (HEADER + CALL.replace("Northbound", "Иду на север")).encode(coding)).take([0])
    assert record.text == "Иду на север"


def test_bytes_of_another_coding_are_replaced_and_noted(log: Path) -> None:
    records = load(log, HEADER.encode() + CALL.encode("cp1251").replace(b"North", "Иду".encode("cp1251")))
    assert len(records) == 1
    assert REPLACED in records.files[0].notes


@pytest.mark.parametrize(
    ("times", "notes"),
    [
        (("2015-11-03T10:01:30Z", "031002Z NOV 15"), ()),
        (("1446544890", "1446544920"), ()),
        (("1446544890000", "1446544920000"), ('"time" read as milliseconds since 1970',)),
        (("2015-11-03 10:01:30", "2015-11-03 10:02"), (NO_ZONE,)),
    ],
)
def test_formats_of_time(log: Path, times: tuple[str, str], notes: tuple[str, ...]) -> None:
    records = load(log, "time,caller\n" + "".join(f"{time},A\n" for time in times))
    expected = [parse_instant("2015-11-03T10:01:30Z"), parse_instant("2015-11-03T10:02:00Z")]
    assert [record.t_s for record in records.take([0, 1])] == expected
    assert records.files[0].notes == notes


def test_date_and_time_of_day_may_have_columns_of_their_own(log: Path) -> None:
    (record,) = load(log, "date,time,caller\n2015-11-03,10:01:30Z,A\n").take([0])
    assert record.t_s == parse_instant("2015-11-03T10:01:30Z")


BAD = [
    ("soon,121.5,A,B,x", 'time "soon" cannot be read: write it as 2015-10-10T11:42:03Z'),
    (",121.5,A,B,x", 'time "" cannot be read'),
    ("2015-02-30T10:00:00Z,121.5,A,B,x", "cannot be read"),
    ("1850-01-01T10:00:00Z,121.5,A,B,x", "cannot be read"),
    ("2015-11-03T10:01:30Z,guard,A,B,x", 'frequency "guard" is no frequency and no ground line'),
    ("2015-11-03T10:01:30Z,121.5,A,B,x,y", "6 fields where there should be 5"),
    ("2015-11-03T10:01:30Z,121.5,A", "3 fields where there should be 5"),
    (f"2015-11-03T10:01:30Z,121.5,{'A' * 201},B,x", "caller has 201 characters, more than 200"),
    (f"2015-11-03T10:01:30Z,121.5,A,B,{'x' * 10_001}", "text has 10,001 characters, more than 10,000"),
]


@pytest.mark.parametrize(("row", "problem"), BAD)
def test_bad_row_is_left_out_and_named_by_its_line(log: Path, row: str, problem: str) -> None:
    records = load(log, f"{HEADER}{CALL}{row}\n{CALL}")
    (report,) = records.files
    assert (len(records), report.rows, report.bad_rows) == (2, 2, 1)
    assert report.complaints[0].startswith("line 3: ")
    assert problem in report.complaints[0]


@pytest.mark.parametrize(
    ("kind", "begin", "end", "problem"),
    [
        ("permission", "", "", 'kind "permission" is none of call, reply, notice'),
        ("notice", "noon", "", 'valid_from "noon" cannot be read'),
        ("notice", "", "noon", 'valid_until "noon" cannot be read'),
        ("notice", "2015-11-03T11:00Z", "2015-11-03T10:00Z", 'valid_until "2015-11-03T10:00Z" is before its begin'),
    ],
)
def test_bad_kind_or_window_is_named(log: Path, kind: str, begin: str, end: str, problem: str) -> None:
    sound = "2015-11-03T10:01:30Z,notice,2015-11-03T10:00Z,2015-11-03T11:00Z\n"
    bad = f"2015-11-03T10:01:30Z,{kind},{begin},{end}\n"
    (report,) = load(log, "time,kind,start,end\n" + sound + bad).files
    assert len(report.complaints) == 1
    assert report.complaints[0].startswith(f"line 3: {problem}")


def test_lines_are_counted_through_texts_with_several(log: Path) -> None:
    text = CALL.replace("Northbound", '"one\ntwo\n\nthree"')
    (report,) = load(log, f"# log of the day\n\n{HEADER}{text}\n\nsoon,121.5,A,B,x\n").files
    assert report.complaints[0].startswith("line 10: ")
    assert report.notes == ("2 empty lines",)


def test_ever_so_many_bad_rows_are_counted_and_the_first_named(log: Path) -> None:
    (report,) = load(log, HEADER + CALL + "x,121.5,A,B,x\n" * 3_000 + "y\n" * 2_000).files
    assert report.bad_rows == 5_000
    assert len(report.complaints) == 21
    assert report.complaints[-1] == "and 4,980 more"


def test_other_columns_are_noted(log: Path) -> None:
    assert load(log, "time,mood,caller\n2015-11-03T10:01:30Z,good,A\n").files[0].notes == ("columns not used: mood",)


def test_header_alone_is_a_log_without_calls(log: Path) -> None:
    records = load(log, HEADER)
    assert (len(records), records.files[0].rows, records.files[0].bad_rows) == (0, 0, 0)


def test_records_of_all_files_stand_in_order_of_time(tmp_path: Path) -> None:
    early, late = tmp_path / "a.csv", tmp_path / "b.csv"
    late.write_text(HEADER + CALL + CALL.replace("10:01:30", "08:00:00"))
    early.write_text(HEADER + CALL.replace("10:01:30", "09:00:00"))
    records = load_records([str(late), early])
    assert [record.source for record in records.take(range(3))] == [str(late), str(early), str(late)]
    assert [report.rows for report in records.files] == [2, 1]


def test_no_files_are_no_records() -> None:
    assert (len(load_records([])), load_records([]).files) == (0, ())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "no header line"),
        ("Dear colleagues,\nnothing happened.\n", "no header line"),
        (b"PK\x03\x04\0\0", "binary content"),
        (HEADER + "x,121.5,A,B,x\n", "not one of 1 rows can be used (line 2: time"),
        (HEADER + '2015-11-03T10:01:30Z,121.5,A,B,"open\n' + CALL * 3, "a quote is opened here and not closed"),
        (HEADER + '2015-11-03T10:01:30Z,121.5,A,B,"open\n' + CALL * 200, "a quote is opened here and not closed"),
        (HEADER + CALL + '2015-11-03T10:01:30Z,121.5,A,B,"' + "x" * 200_000 + '"\n', "cannot be taken apart"),
        (HEADER + "2015-11-03T10:01:30Z,121.5,A,B,x\0\n", "binary content"),
    ],
)
def test_bad_file_is_refused(log: Path, content: str | bytes, problem: str) -> None:
    error = refused(log, content)
    assert problem in error.problem
    if "quote" in problem:
        assert error.line == 2


def test_file_without_time_is_refused(log: Path) -> None:
    with pytest.raises(ColumnError, match="no column time"):
        load(log, "caller,called\nA,B\n")


def test_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "none.csv", "No such file"), (tmp_path, "no regular file")):
        with pytest.raises(FormatError, match=problem):
            load_records(path)
    with pytest.raises(FormatError, match="cannot be read"):
        load_records("a\0b")


def test_file_that_is_too_large_is_refused_unread(log: Path) -> None:
    with log.open("wb") as file:
        file.truncate(GREATEST_FILE + 1)
    with pytest.raises(FormatError, match=f"larger than {GREATEST_FILE:,} bytes"):
        load_records(log)
