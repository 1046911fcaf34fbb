"""The records of an example: at their times, and a log that says how far it goes."""

from __future__ import annotations

import pytest

from skyaccord.model.frequency import Frequency
from skyaccord.model.records import Channel, RecordKind
from skyaccord.rules.examples.example import Craft, Example, Kind, Saying
from skyaccord.rules.examples.say_example import COVERED_S, say_example

START_S = 1_420_070_400.25
CALL = Saying(60.0, RecordKind.CALL, Frequency(121.5, "MHz"), "one", "two", "", "", None, None, "")
NOTICE = Saying(-7200.0, RecordKind.NOTICE, None, "", "", "blue", "ring", -3600.0, 10_800.0, "N1")
CRAFT = Craft("one", "blue", None, "", 0.0, 0.0, 0.0, 6000.0, 150.0, 90.0, ())


def example(crafts: tuple[Craft, ...], *sayings: Saying) -> Example:
    return Example("rule", Kind.KEPT, "", None, 600.0, 5.0, 10, crafts, sayings)


def test_example_without_records_has_none() -> None:
    assert say_example(example((CRAFT,)), START_S) is None


def test_records_are_in_order_with_what_was_said() -> None:
    records = say_example(example((), CALL, NOTICE), START_S)
    assert records is not None
    notice, call = records.take(range(len(records)))
    assert (notice.kind, notice.channel) == (RecordKind.NOTICE, Channel.GROUND_LINE)
    assert notice.t_s == pytest.approx(START_S - 7200.0)
    assert (notice.party, notice.area, notice.reference) == ("blue", "ring", "N1")
    assert (notice.from_s, notice.until_s) == pytest.approx((START_S - 3600.0, START_S + 10_800.0))
    assert (call.kind, call.channel, call.frequency_hz) == (RecordKind.CALL, Channel.RADIO, 121.5e6)
    assert (call.t_s, call.caller, call.called) == (pytest.approx(START_S + 60.0), "one", "two")


def test_log_of_an_example_with_flights_covers_a_day_before_and_after_and_says_nothing_there() -> None:
    records = say_example(example((CRAFT,), CALL), START_S)
    assert records is not None
    first, _, last = records.take(range(3))
    assert (first.t_s, last.t_s) == pytest.approx((START_S - COVERED_S, START_S + 600.0 + COVERED_S))
    assert {first.kind, last.kind} == {RecordKind.MINUTE}
