"""From the table to sorted arrays in SI units."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.errors import ColumnError
from skyaccord.model.quality import Mark
from skyaccord.model.tables import TRACKS
from skyaccord.model.tracks import UNASSIGNED, Tracks
from skyaccord.tracks.build import build_tracks, horizontal_error_m
from skyaccord.tracks.parties import Claim, Parties
from skyaccord.tracks.read import read_tracks

WHEN = datetime(2018, 8, 1, 5, tzinfo=UTC)
SECONDS = 1_533_099_600.0
NAN = float("nan")


def report(icao24: str = "4b1805", at_s: float = 0.0, **more: Any) -> dict[str, Any]:
    return {"timestamp": WHEN + timedelta(seconds=at_s), "icao24": icao24, "latitude": 47.5, "longitude": 8.5, **more}


def table(*reports: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(reports), schema=TRACKS)


def assert_equal(a: Tracks, b: Tracks) -> None:
    for field in fields(Tracks):
        one, other = getattr(a, field.name), getattr(b, field.name)
        if isinstance(one, np.ndarray):
            np.testing.assert_array_equal(one, other, field.name)
            assert one.dtype == other.dtype
        else:
            assert one == other


def test_rows_are_sorted_by_aircraft_then_time() -> None:
    tracks = build_tracks(table(report("b", 5), report("a", 9), report("b", 1), report("a", 2))).tracks
    assert [aircraft.id for aircraft in tracks.aircraft] == ["a", "b"]
    assert tracks.start.tolist() == [0, 2, 4]
    assert (tracks.t_s - SECONDS).tolist() == [2, 9, 1, 5]
    assert tracks.rows(1) == slice(2, 4)


def test_every_quantity_becomes_si() -> None:
    row = report(
        altitude=10_000.0, geoaltitude=1_000.0, groundspeed=100.0, vertical_rate=1_000.0, track=271.0, at_s=0.25
    )
    tracks = build_tracks(table(row)).tracks
    assert tracks.t_s.tolist() == [SECONDS + 0.25]
    assert (tracks.lat_deg[0], tracks.lon_deg[0], tracks.track_deg[0]) == (47.5, 8.5, 271.0)
    assert tracks.altitude_m[0] == pytest.approx(3048.0)
    assert tracks.geoaltitude_m[0] == pytest.approx(304.8)
    assert tracks.groundspeed_mps[0] == pytest.approx(51.4444, abs=5e-5)
    assert tracks.vertical_rate_mps[0] == pytest.approx(5.08)


def test_missing_values_are_nan() -> None:
    tracks = build_tracks(table(report())).tracks
    for name in (
        "altitude_m",
        "geoaltitude_m",
        "groundspeed_mps",
        "track_deg",
        "vertical_rate_mps",
        "horizontal_error_m",
    ):
        assert np.isnan(getattr(tracks, name)).all(), name


def test_exact_duplicates_are_left_out_and_counted() -> None:
    row = report(altitude=100.0)
    build = build_tracks(table(row, row, report(altitude=200.0), row | {"source": "other.csv"}, report(at_s=1)))
    assert build.duplicate_rows == 2
    assert build.tracks.altitude_m.tolist() == pytest.approx([30.48, 60.96, NAN], nan_ok=True)


def test_rows_that_differ_in_one_state_are_no_duplicates() -> None:
    assert build_tracks(table(report(), report(onground=True), report(track=1.0))).duplicate_rows == 0


@pytest.mark.parametrize(
    ("nac_p", "bound_m"),
    [
        (11, 3),
        (10, 10),
        (9, 30),
        (8, 92.6),
        (7, 185.2),
        (6, 555.6),
        (5, 926),
        (4, 1852),
        (3, 3704),
        (2, 7408),
        (1, 18520),
    ],
)
def test_the_horizontal_bound_follows_from_nac_p(nac_p: int, bound_m: float) -> None:
    assert build_tracks(table(report(nac_p=nac_p))).tracks.horizontal_error_m.tolist() == pytest.approx([bound_m])


def test_an_unknown_nac_p_gives_no_bound() -> None:
    assert np.isnan(horizontal_error_m(np.array([0.0, NAN, 12.0, -1.0]))).all()


def test_the_most_frequent_callsign_and_source_stand() -> None:
    rows = [
        report(at_s=k, callsign=c, source=s)
        for k, (c, s) in enumerate(
            [("SWR1", "b.csv"), ("SWR2", "a.csv"), ("SWR2", "b.csv"), (None, "b.csv"), (None, "a.csv")]
        )
    ]
    (aircraft,) = build_tracks(table(*rows)).tracks.aircraft
    assert (aircraft.callsign, aircraft.source) == ("SWR2", "b.csv")


def test_of_equally_frequent_callsigns_the_alphabetically_first_stands() -> None:
    rows = [report(at_s=0, callsign="B"), report(at_s=1, callsign="A")]
    assert build_tracks(table(*rows)).tracks.aircraft[0].callsign == "A"
    assert build_tracks(table(*reversed(rows))).tracks.aircraft[0].callsign == "A"


def test_an_aircraft_without_callsign_or_claim_says_so() -> None:
    build = build_tracks(table(report()))
    assert (build.tracks.aircraft[0].callsign, build.tracks.aircraft[0].party) == ("", UNASSIGNED)
    assert (build.unassigned, build.contested) == (1, ())


def test_parties_come_from_the_column_and_from_the_file() -> None:
    parties = Parties((Claim("blue", ids=("b",)), Claim("green", callsigns=("PSW*",), sources=("g.json",))))
    rows = [
        report("a", party="red"),
        report("b"),
        report("c", callsign="SWR1"),
        report("c", 1, callsign="SWR1"),
        report("c", 2, callsign="PSWRD1"),  # one use of a claimed callsign is enough
        report("d", party="red"),
        report("d", 1, party="blue"),
        report("e", source="g.json"),
        report("f"),
    ]
    build = build_tracks(table(*rows), parties)
    assert {aircraft.id: aircraft.party for aircraft in build.tracks.aircraft} == {
        "a": "red",
        "b": "blue",
        "c": "green",
        "d": UNASSIGNED,
        "e": "green",
        "f": UNASSIGNED,
    }
    assert build.contested == ("d: blue, red",)
    assert build.unassigned == 2


def test_marks_are_set_for_the_ground_flag_and_for_impossible_positions_only() -> None:
    rows = [
        report(at_s=0),
        report(at_s=1, onground=True),
        report(at_s=2, onground=False),
        report(at_s=3, latitude=None),
        report(at_s=4, longitude=181.0, onground=True),
        report(at_s=5, latitude=0.0, longitude=0.0, altitude=0.0),
    ]
    marks = build_tracks(table(*rows)).tracks.marks
    off = Mark.OUT_OF_RANGE
    assert marks.tolist() == [0, Mark.ON_GROUND, 0, off, off | Mark.ON_GROUND, 0]
    assert marks.dtype == np.uint32


def test_a_row_without_time_is_marked_and_comes_last_of_its_aircraft() -> None:
    tracks = build_tracks(table(report("a", timestamp=None), report("a", 1), report("b", 0))).tracks
    np.testing.assert_array_equal(tracks.t_s - SECONDS, [1, NAN, 0])
    assert tracks.marks.tolist() == [0, Mark.OUT_OF_RANGE, 0]


def test_an_empty_table_gives_no_tracks() -> None:
    build = build_tracks(table())
    assert (len(build.tracks), build.tracks.aircraft, build.tracks.start.tolist()) == (0, (), [0])


def test_a_table_of_another_schema_or_without_ids_is_refused() -> None:
    with pytest.raises(ColumnError, match="not those of TRACKS"):
        build_tracks(table(report()).drop_columns(["nic"]))
    with pytest.raises(ColumnError, match="1 rows have no icao24"):
        build_tracks(table(report() | {"icao24": None}))


VALUES = st.sampled_from([None, 0.0, 100.0, 200.0])
REPORTS = st.builds(
    report,
    icao24=st.sampled_from(["a", "b", "~c"]),
    at_s=st.integers(0, 3),
    altitude=VALUES,
    track=VALUES,
    callsign=st.sampled_from([None, "X", "Y"]),
    party=st.sampled_from([None, "blue", "green"]),
    onground=st.sampled_from([None, True, False]),
    nac_p=st.sampled_from([None, 8, 9]),
)


@settings(max_examples=60)
@given(st.lists(REPORTS, min_size=1, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(reports: list[dict[str, Any]], random: Any) -> None:
    shuffled = list(reports)
    random.shuffle(shuffled)
    one, other = build_tracks(table(*reports)), build_tracks(table(*shuffled))
    assert_equal(one.tracks, other.tracks)
    assert (one.duplicate_rows, one.contested) == (other.duplicate_rows, other.contested)


@settings(max_examples=60)
@given(st.lists(REPORTS, max_size=25))
def test_a_table_read_twice_gives_the_same_tracks(reports: list[dict[str, Any]]) -> None:
    once = build_tracks(table(*reports))
    twice = build_tracks(table(*reports, *reports))
    assert_equal(once.tracks, twice.tracks)
    assert twice.duplicate_rows == once.duplicate_rows + len(reports)
    assert len(once.tracks) + once.duplicate_rows == len(reports)


@pytest.mark.recordings
def test_a_shuffled_recording_gives_the_same_tracks(recordings: Path) -> None:
    read = read_tracks([recordings / "traffic_calfire_202009.parquet"]).table
    shuffled = read.take(pa.array(np.random.default_rng(7).permutation(read.num_rows)))
    assert_equal(build_tracks(read).tracks, build_tracks(shuffled).tracks)
