"""Facts of a recording, what is wrong with it in words, and its page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

from skyaccord.batch.inspection.facts import Inspection, inspect_recording
from skyaccord.batch.inspection.findings import findings
from skyaccord.batch.inspection.page import render_page
from skyaccord.model.file_report import FileReport
from skyaccord.model.quality import MEANING, names
from skyaccord.model.tables import TRACKS
from skyaccord.tracks.read import NOT_RECOGNISED, Reading

BEGIN = datetime(2023, 6, 1, 10, tzinfo=UTC)


def flight(
    icao24: str, *, start: float = 0, count: int = 20, every: float = 5.0, **changes: Any
) -> list[dict[str, Any]]:
    """Return reports of an aircraft that flies east at 360 kt, a minute of longitude at the equator in ten seconds."""
    state: dict[str, Any] = {"altitude": 9_000.0, "groundspeed": 360.0, "track": 90.0, "callsign": icao24.upper()}
    return [
        {
            "timestamp": BEGIN + timedelta(seconds=start + every * k),
            "icao24": icao24,
            "latitude": 0.0001,
            "longitude": 8.0 + (start + every * k) / 600,
            **state,
            **changes,
        }
        for k in range(count)
    ]


def inspect(*flights: list[dict[str, Any]], files: tuple[FileReport, ...] | None = None) -> Inspection:
    rows = [row for each in flights for row in each]
    table = pa.Table.from_pylist(rows, TRACKS)
    return inspect_recording(Reading(table, files or (FileReport("day.csv", "CSV", len(rows)),)))


def test_facts_are_those_of_the_rows() -> None:
    facts = inspect(flight("a"), flight("b", start=50, count=5, every=10.0, party="blue")).facts
    assert (facts.rows, facts.aircraft, facts.most_at_once) == (25, 2, 2)
    assert (facts.begin_s, facts.end_s) == (BEGIN.timestamp(), BEGIN.timestamp() + 95)
    assert (facts.south_deg, facts.west_deg, facts.east_deg) == (0.0001, 8.0, pytest.approx(8.0 + 95 / 600))
    assert (facts.with_pressure, facts.with_ellipsoid, facts.with_velocity, facts.with_callsign) == (1.0, 0.0, 1.0, 1.0)
    assert facts.parties == (("blue", 1),)
    assert (facts.rates.median_s, facts.rates.p90_s, facts.rates.longest_pause_s) == (5.0, 10.0, 0.0)


@pytest.mark.parametrize(("second", "most"), [(94.0, 2), (95.0, 2), (96.0, 1), (500.0, 1)])
def test_aircraft_are_at_once_where_their_times_meet(second: float, most: int) -> None:
    assert inspect(flight("a"), flight("b", start=second)).facts.most_at_once == most


def test_an_aircraft_that_comes_back_is_not_there_in_between() -> None:
    assert inspect(flight("a"), flight("a", start=600), flight("b", start=300)).facts.most_at_once == 1


def test_extent_across_the_date_line_is_the_short_way() -> None:
    east, west = flight("a", longitude=179.5), flight("b", longitude=-179.5)
    facts = inspect(east, west).facts
    assert (facts.west_deg, facts.east_deg) == (179.5, -179.5)


def test_activity_counts_each_aircraft_once_an_interval() -> None:
    activity = inspect(flight("a", every=0.5, count=480), flight("b", start=120, count=2)).facts.activity
    assert int(activity.aircraft.max()) == 2
    assert int((activity.aircraft > 0).sum()) == len(activity.aircraft)


def test_a_sound_recording_has_little_wrong_with_it() -> None:
    good = [flight(name, nac_p=9) for name in ("a", "b")]
    for k, row in enumerate(good[1]):
        row["latitude"] = 0.5 + k / 10_000
    assert findings(inspect(*good)) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"altitude": None}, "every vertical distance is unknown"),
        ({"altitude": None, "geoaltitude": 9_300.0}, "no row states pressure altitude"),
        ({"groundspeed": None}, "100 % of rows state no velocity"),
        ({"nac_p": None}, "positions without stated accuracy"),
        ({"latitude": 0.0, "longitude": 0.0}, "left out as zero position: the position is exactly 0, 0"),
    ],
)
def test_what_is_missing_is_said_with_what_follows_from_it(changes: dict[str, Any], says: str) -> None:
    assert any(says in text for text in findings(inspect(flight("a", **changes))))


def test_what_is_said_of_a_mark_does_not_repeat_its_name() -> None:
    assert [mark.name for mark, text in MEANING.items() if names(mark)[0].replace("_", " ") in text] == []


def test_what_becomes_of_doubtful_rows_is_said_once() -> None:
    stuck = flight("a", count=40)
    found = findings(inspect([row | {"latitude": 0.1, "longitude": 0.0} for row in stuck]))
    assert any("doubtful as frozen: the position stands still" in text for text in found)
    assert sum("is searched, and decides nothing" in text for text in found) == 1


def test_slow_reports_pauses_and_lone_aircraft_are_said() -> None:
    found = findings(inspect(flight("a", every=20.0), flight("a", start=3_600, every=20.0)))
    assert any("half of all reports come 20 s or more" in text for text in found)
    assert any(text.startswith("1 pause of more than 30 s") and "53 min 40 s" in text for text in found)
    assert any("one aircraft only" in text for text in found)


def test_what_was_left_out_of_files_is_said() -> None:
    files = (
        FileReport("day.csv", "CSV", 20, bad_rows=5, complaints=("line 2: broken",)),
        FileReport("README", NOT_RECOGNISED, 0, notes=("text of no known format: left out",)),
    )
    found = findings(inspect(flight("a"), files=files))
    assert "1 of 2 files of no known format: not read" in found
    assert "5 rows cannot be used (20 %): counted and left out" in found


def test_the_page_shows_map_altitude_and_activity_and_escapes_what_it_is_told() -> None:
    files = (FileReport("<b>day</b>.csv", "CSV", 20, notes=("<script>alert(1)</script>",)),)
    page = render_page(inspect(flight("a"), flight("b", start=50), files=files))
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert page.count("<svg") == 3
    assert "Pressure altitude, ft" in page
    assert "Height above the ellipsoid" not in page
    HTMLParser().feed(page)
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_rows_on_the_ground_are_said_and_not_drawn_as_flight() -> None:
    landed = flight("a", start=20, altitude=0.0, onground=True)
    aloft = flight("b", longitude=1.0)
    recording = inspect(flight("a") + landed, aloft)
    assert any(text.startswith("20 rows (33 %) left out as on ground") for text in findings(recording))
    profiles = render_page(recording).split("<h2>How high</h2>")[1].split("<h2>When</h2>")[0]
    bare = render_page(inspect(flight("a"), aloft)).split("<h2>How high</h2>")[1].split("<h2>When</h2>")[0]
    paths = re.compile(r'<path[^>]* d="([^"]*)"')
    assert [path.count(" ") for path in paths.findall(profiles)] == [path.count(" ") for path in paths.findall(bare)]


@pytest.mark.parametrize(
    "rows", [flight("a", count=1), flight("a", altitude=None), flight("a", latitude=0.0, longitude=0.0)]
)
def test_a_page_can_be_drawn_of_very_little(rows: list[dict[str, Any]]) -> None:
    assert render_page(inspect(rows)).count("<svg") == 3
