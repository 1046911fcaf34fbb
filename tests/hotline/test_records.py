"""The book as records: what rules find in it."""

from __future__ import annotations

from typing import Any

from skyaccord.hotline.records import make_records
from skyaccord.model.tables import RECORDS
from skyaccord.records.questions import find_acknowledgements, find_checks, find_notices, index_records
from tests.hotline.golden import content
from tests.hotline.talk import NOON, Talk

HOUR_S = 3600.0


def valley() -> list[dict[str, Any]]:
    """Return the volume in the area ``valley``, from 15:30 to 16:30."""
    volumes: list[dict[str, Any]] = content("counter_notice")["volumes"]
    return volumes


def test_a_notice_of_a_named_area_is_found_from_its_receipt_on_with_its_window() -> None:
    talk = Talk()
    notice = talk.say("blue>green", "notice", 0, delay_s=7.0, volumes=valley())
    talk.say("green>blue", "acknowledgement", 60, to=notice)
    index = index_records(make_records(talk.book))
    found = find_notices(index, "valley", "blue")
    assert found.t_s.tolist() == [NOON + 7.0]
    assert found.from_s.tolist() == [NOON + 3.5 * HOUR_S]
    assert found.until_s.tolist() == [NOON + 4.5 * HOUR_S]
    assert len(find_notices(index, "valley", "green").t_s) == 0
    rows = find_acknowledgements(index, notice.envelope, "green")
    assert index.t_s[rows].tolist() == [NOON + 60.0]


def test_a_counter_notice_acknowledges_a_notice_and_is_one() -> None:
    talk = Talk()
    notice = talk.say("blue>green", "notice", 0)
    talk.say("green>blue", "counter_notice", 30, to=notice)
    index = index_records(make_records(talk.book))
    assert index.t_s[find_acknowledgements(index, notice.envelope)].tolist() == [NOON + 30.0]
    assert len(find_notices(index, "valley", "green").t_s) == 1


def test_a_notice_that_was_not_delivered_told_no_one() -> None:
    talk = Talk()
    talk.say("blue>green", "notice", 0, delay_s=None, volumes=valley())
    assert len(make_records(talk.book)) == 0


def test_a_withdrawn_notice_ends_when_the_withdrawal_was_received_and_a_correction_speaks_instead() -> None:
    talk = Talk()
    first = talk.say("blue>green", "notice", 0, volumes=valley())
    talk.say("blue>green", "withdrawal", 4 * HOUR_S, to=first, delay_s=10.0)
    second = talk.say("blue>green", "notice", 60, volumes=valley())
    later = [valley()[0] | {"until": "2026-11-25T18:00:00.000Z"}]
    talk.say("blue>green", "correction", 120, to=second, volumes=later)
    found = find_notices(index_records(make_records(talk.book)), "valley")
    assert found.until_s.tolist() == [NOON + 4 * HOUR_S + 10.0, NOON + 120.0, NOON + 6 * HOUR_S]


def test_a_correction_of_a_query_is_no_notice() -> None:
    talk = Talk()
    query = talk.say("blue>green", "query", 0)
    talk.say("blue>green", "correction", 10, to=query, volumes=valley())
    assert len(find_notices(index_records(make_records(talk.book)), "valley").t_s) == 0


def test_only_an_answered_check_is_a_check_of_the_line() -> None:
    talk = Talk()
    talk.say("blue>green", "check", 0)
    second = talk.say("blue>green", "check", 100)
    talk.say("green>blue", "check_answer", 105, to=second)
    index = index_records(make_records(talk.book))
    assert index.t_s[find_checks(index)].tolist() == [NOON + 100.0]


def test_the_table_has_the_schema_of_records_in_order_of_time() -> None:
    talk = Talk()
    for at_s, kind in ((50, "query"), (10, "protest"), (30, "emergency"), (20, "minute")):
        talk.say("blue>green", kind, at_s)
    records = make_records(talk.book)
    assert records.table.schema.equals(RECORDS)
    assert [record.kind.value for record in records.take(range(4))] == ["protest", "minute", "emergency", "query"]
    assert [record.line for record in records.take(range(4))] == [1, 2, 3, 4]
