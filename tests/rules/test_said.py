"""Rules about what was said: calls, notices, acknowledgements and checks, on flights and logs made for the purpose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from skyaccord.memorandum import Memorandum
from skyaccord.memorandum.load import read_memorandum
from skyaccord.model.encounter import Outcome, Verdict
from skyaccord.model.records import Records
from skyaccord.records.load import load_records
from skyaccord.rules.judge import judge
from skyaccord.rules.periods import PERIOD, judge_period
from tests.builders import T0_S, Flight, fly, make_tracks

HEAD = "time,kind,channel,caller,called,party,area,from,until,reference\n"


def at(seconds: float) -> str:
    return datetime.fromtimestamp(T0_S + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def log(folder: Path, *rows: str) -> Records:
    """Return records of a log that covers an hour before and after, beside the rows given."""
    edges = [f"{at(-3600)},check,ground line,,,,,,,", f"{at(3600)},check,ground line,,,,,,,"]
    path = folder / "log.csv"
    path.write_text(HEAD + "\n".join([*edges, *rows]) + "\n")
    return load_records(path)


def memorandum(rule: str, evidence: str = '["tracks", "radio", "notice"]') -> Memorandum:
    return read_memorandum(
        f"""
        [memorandum]
        title = "Test"
        parties = ["blue", "green"]
        valid = {{ from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }}
        [area.ring]
        centre = [10.5, 40.0]
        radius = "5 NM"
        [line.river]
        points = [[10.5, 39.9], [10.5, 40.1]]
        [[provision]]
        id = "rule"
        text = "Call before entry."
        modality = "shall"
        evidence = {evidence}
        {rule}
        """
    )


def through(**other: float) -> Flight:
    """Return a flight eastwards that enters the ring some 216 s after it begins and crosses the river at 276 s."""
    return fly(600.0, every_s=5.0, **other)


def verdict(rule: str, records: Records | None, party: str = "blue") -> Verdict:
    tracks = make_tracks({"aaaaaa": through()}, {"aaaaaa": party} if party else {})
    found = judge(tracks, memorandum(rule), records=records)
    assert len(found.verdicts) == 1, found.not_assessable
    return found.verdicts[0]


ENTRY = 'keep = "inside(ring) implies (called(123.5 MHz)) within the last 10 min"'


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        (f"{at(60)},call,123.500 MHz,aaaaaa,tower,blue,,,,", Outcome.COMPLIANT),
        (f"{at(60)},call,123.500 MHz,tower,AAAAAA,,,,,", Outcome.COMPLIANT),
        (f"{at(60)},call,121.500 MHz,aaaaaa,tower,blue,,,,", Outcome.BREACH),
        (f"{at(60)},call,123.500 MHz,bbbbbb,tower,blue,,,,", Outcome.BREACH),
        (f"{at(-900)},call,123.500 MHz,aaaaaa,tower,blue,,,,", Outcome.BREACH),
        (f"{at(260)},call,123.500 MHz,aaaaaa,tower,blue,,,,", Outcome.BREACH),
    ],
)
def test_call_before_entry_is_by_the_aircraft_on_the_frequency_and_in_time(
    tmp_path: Path, row: str, outcome: Outcome
) -> None:
    assert verdict(ENTRY, log(tmp_path, row)).outcome is outcome


def test_log_that_does_not_cover_the_time_before_entry_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_text(HEAD + f"{at(240)},check,ground line,,,,,,,\n{at(3600)},check,ground line,,,,,,,\n")
    assert verdict(ENTRY, load_records(path)).outcome is Outcome.UNDETERMINED


def test_without_records_the_provision_is_not_assessable_with_the_reason() -> None:
    tracks = make_tracks({"aaaaaa": through()}, {"aaaaaa": "blue"})
    found = judge(tracks, memorandum(ENTRY))
    assert found.verdicts == ()
    assert "no records" in found.not_assessable["rule"]


CROSSING = 'breach = "crosses(river) and not (notified(ring))"'


@pytest.mark.parametrize(
    ("row", "party", "outcome"),
    [
        (f"{at(0)},notice,ground line,,,blue,ring,{at(200)},{at(400)},n1", "blue", Outcome.COMPLIANT),
        (f"{at(0)},notice,ground line,,,green,ring,{at(200)},{at(400)},n1", "blue", Outcome.BREACH),
        (f"{at(0)},notice,ground line,,,green,ring,{at(200)},{at(400)},n1", "", Outcome.COMPLIANT),
        (f"{at(0)},notice,ground line,,,blue,ring,{at(300)},{at(400)},n1", "blue", Outcome.BREACH),
        (f"{at(290)},notice,ground line,,,blue,ring,{at(200)},{at(400)},n1", "blue", Outcome.BREACH),
        (f"{at(0)},notice,ground line,,,blue,ring,,,n1", "blue", Outcome.UNDETERMINED),
    ],
)
def test_notice_counts_for_its_party_in_its_time_and_once_it_was_given(
    tmp_path: Path, row: str, party: str, outcome: Outcome
) -> None:
    assert verdict(CROSSING, log(tmp_path, row), party).outcome is outcome


@pytest.mark.parametrize(
    ("receipt", "outcome"),
    [
        (f"{at(100)},acknowledgement,ground line,,,green,,,,n1", Outcome.COMPLIANT),
        (f"{at(100)},acknowledgement,ground line,,,green,,,,n2", Outcome.BREACH),
        (f"{at(400)},acknowledgement,ground line,,,green,,,,n1", Outcome.BREACH),
    ],
)
def test_acknowledged_notice_is_one_with_a_receipt_before(tmp_path: Path, receipt: str, outcome: Outcome) -> None:
    notice = f"{at(0)},notice,ground line,,,blue,ring,{at(200)},{at(400)},n1"
    rule = 'breach = "crosses(river) and not (acknowledged(ring))"'
    assert verdict(rule, log(tmp_path, notice, receipt)).outcome is outcome


def test_pair_is_called_where_either_is_and_of_one_where_the_rule_says_so(tmp_path: Path) -> None:
    two = through().moved(north_nm=4.0)
    two.lat_deg -= np.minimum((two.t_s - T0_S) / 60.0, 3.0) / 60.0  # 3 NM apart after a minute, 1 NM after three
    flights = {"aaaaaa": through(), "bbbbbb": two}
    tracks = make_tracks(flights, {"aaaaaa": "blue", "bbbbbb": "green"})
    records = log(tmp_path, f"{at(90)},call,121.5 MHz,aaaaaa,bbbbbb,blue,,,,", f"{at(95)},reply,121.5 MHz,bbbbbb,,,,,,")
    outcomes = {
        rule: judge(tracks, memorandum(f'keep = "horizontal >= 3 NM or {rule}"\nrestore = "60 s"'), records=records)
        .verdicts[0]
        .outcome
        for rule in (
            "(called(121.5 MHz)) within the last 20 min",
            "(answered(121.5 MHz)) within the last 20 min",
            "(called(121.5 MHz) of blue) within the last 20 min",
            "(answered(121.5 MHz) of blue) within the last 20 min",
            "(called(243 MHz)) within the last 20 min",
        )
    }
    assert list(outcomes.values()) == [
        Outcome.INFRINGED,
        Outcome.INFRINGED,
        Outcome.INFRINGED,
        Outcome.BREACH,
        Outcome.BREACH,
    ]


CHECKS = 'keep = "(checked) within 12 h"'


@pytest.mark.parametrize(
    ("hours", "outcome"),
    [
        ([0, 11, 22, 33, 40], Outcome.COMPLIANT),
        ([0, 11, 30, 41], Outcome.BREACH),
        ([0, 11, 22, 33, None, 40], Outcome.UNDETERMINED),  # the last is no check: what comes after it is not known
    ],
)
def test_checks_of_the_line_are_judged_over_the_time_of_the_log(
    tmp_path: Path, hours: list[float | None], outcome: Outcome
) -> None:
    path = tmp_path / "checks.csv"
    kinds = ["query" if before is None else "check" for before in [0, *hours[:-1]]]
    said = [(hour, kind) for hour, kind in zip(hours, kinds, strict=True) if hour is not None]
    path.write_text(HEAD + "".join(f"{at(3600.0 * hour)},{kind},ground line,,,,,,,\n" for hour, kind in said))
    (found,) = judge_period(memorandum(CHECKS, '["hotline"]'), load_records(path))
    assert (found.encounter, found.outcome, found.evidence) == (PERIOD, outcome, ("hotline",))
    if outcome is Outcome.BREACH:
        assert found.lost_s == pytest.approx(7.0 * 3600.0, abs=2.0)
