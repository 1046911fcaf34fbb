"""Questions to records, against answers found row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.model.instants import format_instant, parse_instant
from skyaccord.model.records import Channel, RecordKind
from skyaccord.model.tracks import Aircraft
from skyaccord.records.load import load_records
from skyaccord.records.questions import (
    EITHER,
    SPOKEN,
    RecordIndex,
    Role,
    find_acknowledgements,
    find_calls,
    find_checks,
    find_notices,
    index_records,
)

GUARD_HZ = 121.5e6
BLUE = Aircraft("4b1805", "BLUE 21")

LOG = """\
time,frequency,kind,caller,called,party,area,from,until,reference
2015-11-03T09:00:00Z,hotline,check,Duty A,Duty B,blue,,,,
2015-11-03T09:02:00Z,hotline,notice,Duty A,Duty B,blue,Ridge,2015-11-03T10:00Z,2015-11-03T11:00Z,B-17
2015-11-03T09:03:00Z,hotline,notice,Duty B,Duty A,green,ridge,,2015-11-03T12:00Z,G-3
2015-11-03T09:05:00Z,hotline,ack,Duty B,,green,ridge,,,b-17
2015-11-03T10:00:00Z,121.5,call,blue21,GREEN 4,blue,,,,
2015-11-03T10:00:10Z,121.500 MHz,reply,GREEN 4,Blue 21,green,,,,
2015-11-03T10:01:00Z,243,call,GREEN 4,4B1805,green,,,,
2015-11-03T10:02:00Z,121.5,check,GREEN 4,BLUE 21,green,,,,
2015-11-03T10:03:00Z,121.5,call,BLUE 211,GREEN 4,blue,,,,
2015-11-03T12:00:00Z,121.5,minute,BLUE 21,,blue,,,,
"""


@pytest.fixture
def index(tmp_path: Path) -> RecordIndex:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return index_records(load_records(path))


def at(clock: str) -> float:
    return parse_instant(f"2015-11-03T{clock}Z")


def test_calls_are_those_by_or_to_the_aircraft_on_the_frequency(index: RecordIndex) -> None:
    assert find_calls(index, BLUE, GUARD_HZ).tolist() == [4, 5, 7]
    assert find_calls(index, BLUE, 243e6).tolist() == [6]
    assert find_calls(index, Aircraft("4b1805"), GUARD_HZ).tolist() == []
    assert find_calls(index, Aircraft("x", "green4"), GUARD_HZ).tolist() == [4, 5, 7, 8]


def test_calls_may_be_asked_for_by_kind_by_role_and_by_time(index: RecordIndex) -> None:
    assert find_calls(index, BLUE, GUARD_HZ, kinds={RecordKind.REPLY}).tolist() == [5]
    assert find_calls(index, BLUE, GUARD_HZ, roles={Role.CALLER}).tolist() == [4]
    assert find_calls(index, BLUE, GUARD_HZ, roles={Role.CALLED}).tolist() == [5, 7]
    assert find_calls(index, BLUE, GUARD_HZ, (at("10:00:10"), at("10:02:00"))).tolist() == [5, 7]
    assert find_calls(index, BLUE, GUARD_HZ, (at("10:00:11"), at("10:01:59"))).tolist() == []


def test_minute_is_no_call_unless_it_is_asked_for(index: RecordIndex) -> None:
    assert RecordKind.MINUTE not in SPOKEN
    assert find_calls(index, BLUE, GUARD_HZ, kinds={RecordKind.MINUTE}).tolist() == [9]


def test_aircraft_without_a_name_is_no_one(index: RecordIndex) -> None:
    assert find_calls(index, Aircraft("", "  "), GUARD_HZ).tolist() == []


def test_notices_of_an_area_have_their_windows(index: RecordIndex) -> None:
    notices = find_notices(index, "RIDGE")
    assert notices.row.tolist() == [1, 2]
    assert notices.t_s.tolist() == [at("09:02:00"), at("09:03:00")]
    assert notices.from_s[0] == at("10:00:00")
    assert np.isnan(notices.from_s[1])
    assert notices.until_s.tolist() == [at("11:00:00"), at("12:00:00")]
    assert find_notices(index, "ridge", "Green").row.tolist() == [2]
    assert find_notices(index, "ridge", "red").row.tolist() == []
    assert find_notices(index, "valley").row.tolist() == []


def test_acknowledgements_are_of_a_reference(index: RecordIndex) -> None:
    assert find_acknowledgements(index, "B-17").tolist() == [3]
    assert find_acknowledgements(index, "B-17", "green").tolist() == [3]
    assert find_acknowledgements(index, "B-17", "blue").tolist() == []
    assert find_acknowledgements(index, "G-3").tolist() == []
    assert find_acknowledgements(index, " ").tolist() == []


def test_checks_are_of_the_ground_line_unless_another_channel_is_named(index: RecordIndex) -> None:
    assert find_checks(index).tolist() == [0]
    assert find_checks(index, channel=Channel.RADIO).tolist() == [7]
    assert find_checks(index, channel=None).tolist() == [0, 7]
    assert find_checks(index, (at("09:00:01"), at("12:00:00"))).tolist() == []


def test_no_records_answer_no_question() -> None:
    empty = index_records(load_records([]))
    assert find_calls(empty, BLUE, GUARD_HZ).tolist() == []
    assert find_notices(empty, "ridge").row.tolist() == []
    assert find_acknowledgements(empty, "B-17").tolist() == []
    assert find_checks(empty).tolist() == []


names = st.sampled_from(["", "a", "A ", "b", "a b", "AB"])


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20), st.sampled_from([121.5, 121.6, 243.0]), st.sampled_from(RecordKind), names, names
        ),
        min_size=1,
        max_size=20,
    ),
    names,
    names,
    st.tuples(st.integers(0, 20), st.integers(0, 20)),
    st.sets(st.sampled_from(RecordKind)),
    st.sampled_from([EITHER, {Role.CALLER}, {Role.CALLED}]),
)
def test_calls_are_those_that_a_row_by_row_search_finds(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int, float, RecordKind, str, str]],
    id_: str,
    callsign: str,
    span: tuple[int, int],
    kinds: set[RecordKind],
    roles: set[Role],
) -> None:
    rows = sorted(rows, key=lambda row: row[0])
    begin_s = at("10:00:00")
    path = tmp_path_factory.mktemp("records") / "log.csv"
    lines = [f"{format_instant(begin_s + t)},{mhz},{kind},{by},{to}" for t, mhz, kind, by, to in rows]
    path.write_text("time,frequency,kind,caller,called\n" + "\n".join(lines))
    wanted = {name.replace(" ", "").lower() for name in (id_, callsign)} - {""}

    def is_found(row: tuple[int, float, RecordKind, str, str]) -> bool:
        t, mhz, kind, by, to = row
        spoken = ([by] if Role.CALLER in roles else []) + ([to] if Role.CALLED in roles else [])
        is_named = any(name.replace(" ", "").lower() in wanted for name in spoken)
        return is_named and mhz == 121.5 and kind in kinds and span[0] <= t <= span[1]

    found = find_calls(
        index_records(load_records(path)),
        Aircraft(id_, callsign),
        GUARD_HZ,
        (begin_s + span[0], begin_s + span[1]),
        kinds,
        roles,
    )
    assert found.tolist() == [k for k, row in enumerate(rows) if is_found(row)]
