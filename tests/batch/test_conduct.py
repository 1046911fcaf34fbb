"""Conduct and severity in a review: told where asked for, beside the encounter, of the right two."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from skyaccord.batch.outputs import document, encounter_columns, formations, severity_columns, to_rows, to_table
from skyaccord.batch.question import Question
from skyaccord.batch.review import Review, review
from skyaccord.detect.conduct.manner import Manner
from skyaccord.memorandum.load import read_memorandum
from skyaccord.memorandum.presets import preset
from skyaccord.model.tables import ENCOUNTERS, INSTANT, SEVERITIES
from skyaccord.rules.judge import Between
from skyaccord.rules.severity.proposal import Scale
from skyaccord.units import KT
from tests.builders import Flight, fly
from tests.detect.conduct.flights import Sensor, beside, fly_lead, smooth

SYRIA = "syria-2015-public-outline"


def asked(name: str, between: Between = Between.PARTIES, **more: bool) -> Review:
    return review(Question((f"scenario:{name}",), preset(SYRIA), between=between, **more))


@pytest.fixture(scope="module")
def crossing() -> Review:
    return asked("crossing-breach", with_conduct=True)


def test_each_encounter_has_manner_and_role_with_their_grounds(crossing: Review) -> None:
    (row,) = to_rows(encounter_columns(crossing))
    assert row["manner"] == Manner.CROSSING
    assert "tracks 15°" in row["manner_ground"]
    assert row["interceptor"] is None
    assert row["role_ground"]


def test_severity_has_a_row_for_each_encounter_and_scale_and_names_who_decides(crossing: Review) -> None:
    rows = to_rows(severity_columns(crossing))
    assert [(row["encounter"], row["scale"]) for row in rows] == [("E0001", scale.value) for scale in Scale]
    assert all(row["decided_by"] and row["not_in_tracks"] and row["grounds"] for row in rows)
    assert all(row["proposed"] in (None, *row["possible"]) for row in rows)
    # One nautical mile and 500 ft: beyond 4,000 ft, within 5 NM and 1,000 ft.
    assert rows[0]["possible"] == ["C", "E"]
    assert to_table(severity_columns(crossing), SEVERITIES).num_rows == 4


def test_what_was_not_asked_for_is_null_and_changes_nothing_else(crossing: Review) -> None:
    plain = asked("crossing-breach")
    assert plain.findings.verdicts == crossing.findings.verdicts
    assert plain.findings.encounters == crossing.findings.encounters
    (row,) = to_rows(encounter_columns(plain))
    assert {row[name] for name in ("manner", "manner_ground", "interceptor", "role_ground")} == {None}
    assert to_table(encounter_columns(plain), ENCOUNTERS)["manner"].null_count == 1
    assert to_rows(severity_columns(plain)) == []
    assert document(plain)["severities"] == document(plain)["formations"] == []


def test_plain_answer_loads_no_module_of_conduct() -> None:
    program = (
        "import sys\nfrom skyaccord.batch.question import Question\nfrom skyaccord.batch.review import review\n"
        "from skyaccord.memorandum.presets import preset\n"
        f"review(Question(('scenario:crossing-breach',), preset({SYRIA!r})))\n"
        "print([name for name in sys.modules if 'detect.conduct' in name or name.endswith('severity.propose')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_formation_of_one_party_is_named_though_its_pair_is_left_out() -> None:
    result = asked("formation-one-party", with_conduct=True)
    assert result.findings.encounters == ()
    (row,) = formations(result)
    assert row["aircraft"] == ["blue-1", "blue-2"]
    every = asked("formation-one-party", Between.ANY, with_conduct=True)
    assert formations(every) == formations(result)
    (flown,) = every.findings.flown.values()
    assert flown.manner == Manner.FORMATION


def test_scale_of_incidents_between_two_sides_says_nothing_of_one_side() -> None:
    (flown,) = asked("formation-one-party", Between.ANY, with_conduct=True).findings.flown.values()
    assert [each.scale for each in flown.proposals] == [Scale.UKAB, Scale.FAA_NMAC, Scale.FACTORS]


def table_of(flights: dict[str, Flight]) -> pa.Table:
    names = {"latitude": "lat_deg", "longitude": "lon_deg", "altitude": "altitude_ft", "groundspeed": "speed_kt"}
    columns = {column: np.concatenate([getattr(f, name) for f in flights.values()]) for column, name in names.items()}
    t_us = np.concatenate([np.round(flight.t_s * 1e6).astype(np.int64) for flight in flights.values()])
    ids = [name for name, flight in flights.items() for _ in range(len(flight))]
    nac_p = np.full(len(ids), 10, np.int8)  # within 10 m
    return pa.table({"timestamp": pa.array(t_us, INSTANT), "icao24": ids, "nac_p": nac_p} | columns)


NEAR = read_memorandum(
    """
    [memorandum]
    title = "Near"
    parties = ["any"]
    valid = { from = 2015-01-01T00:00:00Z, until = 2016-01-01T00:00:00Z }
    [[provision]]
    id = "near"
    text = "500 m apart."
    modality = "shall"
    evidence = ["tracks"]
    keep = "horizontal >= 500 m"
    """
)


def test_what_was_flown_after_an_encounter_is_seen_wherever_a_window_ends() -> None:
    """Two beside each other at 1,500 m for a quarter of an hour, nearer than 500 m in the middle of it alone."""
    random = np.random.default_rng(5)
    lead = fly_lead(960.0, 300 * KT, 45.0)
    right = 1500.0 - 1100.0 * smooth(lead.t_s, 260.0, 480.0) + 1100.0 * smooth(lead.t_s, 480.0, 700.0)
    sensor = Sensor(every_s=1.0, sigma_m=0.3)
    two = {"aaaaaa": lead, "bbbbbb": beside(lead, 0.0 * right, right)}
    flights = {name: sensor.report(path, random) for name, path in two.items()}
    begin_s = float(flights["aaaaaa"].t_s[0])
    table = table_of(flights | {"cccccc": fly(3000.0, lat_deg=10.0, start_s=begin_s)})
    whole = review(Question((table,), NEAR, with_conduct=True))
    (encounter,), (flown,) = whole.findings.encounters, whole.findings.flown.values()
    assert flown.manner == Manner.FORMATION
    assert flown.together_s is not None
    assert flown.together_s[1] - encounter.end_s > 180.0, "the formation outlasts the encounter"
    for later_s in (0.0, 60.0, 180.0, 220.0):
        rows_each = round(3.0 * (encounter.end_s + later_s - begin_s))  # of three aircraft, one a second
        cut = review(replace(whole.question, rows_each=rows_each))
        assert cut.whole is None, "it was one window"
        assert list(cut.findings.flown.values()) == [flown], later_s


def test_windows_keep_it_beside_the_encounter(crossing: Review) -> None:
    cut = review(replace(crossing.question, rows_each=300))
    assert cut.whole is None, "it was one window"
    assert cut.findings.flown == crossing.findings.flown
