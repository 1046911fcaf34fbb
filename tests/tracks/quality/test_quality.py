"""The assessment as a whole: what is kept, counted and independent of what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skyaccord.model.quality import Mark
from skyaccord.tracks.quality.assess import assess
from tests.builders import Flight, fly, make_tracks, renamed

MARKS = [mark for mark in Mark if mark]


def spoilt(seed: int) -> Flight:
    """A flight with every kind of fault at random places."""
    random = np.random.default_rng(seed)
    flight = fly(900, every_s=float(random.choice([1.0, 2.0, 5.0])), speed_kt=float(random.uniform(90.0, 500.0)))
    n = len(flight)
    flight.lat_deg[random.integers(0, n)] += random.uniform(-1.0, 1.0)
    first = int(random.integers(0, n // 2))
    flight.lat_deg[first : first + n // 8] += random.uniform(-0.5, 0.5)
    held = int(random.integers(n // 2, n - 30))
    flight.lat_deg[held : held + 25] = flight.lat_deg[held]
    flight.lon_deg[held : held + 25] = flight.lon_deg[held]
    flight.lon_deg[random.integers(0, n)] = np.nan
    return flight.take(random.random(n) > 0.05)


def test_nothing_to_assess_is_assessed() -> None:
    result = assess(make_tracks({}))
    assert set(result.counts.values()) == {0}
    assert (result.gaps, result.unobserved_s, result.ghosts, result.doubtful_stretches) == (0, 0.0, (), ())


def test_an_aircraft_without_rows_and_one_with_a_single_row_are_assessed() -> None:
    result = assess(make_tracks({"a": fly(0), "b": fly(10).take(slice(0, 0)), "c": fly(0)}))
    assert not result.tracks.marks.any()


def test_tracks_where_every_row_is_left_out_are_assessed() -> None:
    flight = fly(10)
    flight.lat_deg[:] = np.nan
    assert assess(make_tracks({"a": flight})).counts["out_of_range"] == 11


def test_counts_name_every_mark_and_agree_with_the_rows() -> None:
    result = assess(make_tracks({"a": spoilt(1), "b": spoilt(2)}))
    assert list(result.counts) == [mark.name.lower() for mark in MARKS]
    for mark in MARKS:
        assert result.counts[mark.name.lower()] == int(((result.tracks.marks & np.uint32(mark)) != 0).sum())


def test_findings_are_named_by_aircraft() -> None:
    flight = fly(60)
    flight.lat_deg[3] = 95.0
    assert assess(make_tracks({"a": flight, "b": fly(60, lat_deg=50.0)})).aircraft == {"a": ("out_of_range",)}


def test_the_tracks_that_came_are_not_changed() -> None:
    tracks = make_tracks({"a": spoilt(3)})
    before = [getattr(tracks, name).copy() for name in ("lat_deg", "altitude_m", "marks")]
    assess(tracks)
    for name, kept in zip(("lat_deg", "altitude_m", "marks"), before, strict=True):
        np.testing.assert_array_equal(getattr(tracks, name), kept)


def test_all_but_marks_and_withdrawn_altitudes_is_as_it_came() -> None:
    tracks = make_tracks({"a": spoilt(4)})
    result = assess(tracks).tracks
    for name in ("t_s", "lat_deg", "lon_deg", "altitude_m", "geoaltitude_m", "groundspeed_mps", "track_deg"):
        np.testing.assert_array_equal(getattr(tracks, name), getattr(result, name))


@pytest.mark.parametrize("mark", MARKS)
def test_marks_already_set_are_kept(mark: Mark) -> None:
    flight = fly(60)
    flight.marks[5] = np.uint32(mark)
    assert assess(make_tracks({"a": flight})).tracks.marks[5] & np.uint32(mark)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), shift_s=st.integers(-100_000_000, 100_000_000))
def test_marks_do_not_depend_on_the_date(seed: int, shift_s: int) -> None:
    flight = spoilt(seed)
    later = assess(make_tracks({"a": flight.moved(later_s=float(shift_s))}))
    np.testing.assert_array_equal(assess(make_tracks({"a": flight})).tracks.marks, later.tracks.marks)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_marks_do_not_depend_on_names_or_on_aircraft_elsewhere(seed: int) -> None:
    alone = make_tracks({"a": spoilt(seed)})
    marks = assess(alone).tracks.marks
    np.testing.assert_array_equal(assess(renamed(alone, "x")).tracks.marks, marks)
    others = {
        "0": spoilt(seed + 1).moved(north_nm=600.0),
        "a": spoilt(seed),
        "b": spoilt(seed + 2).moved(east_nm=900.0),
    }
    among = assess(make_tracks(others)).tracks
    np.testing.assert_array_equal(among.marks[among.rows(1)], marks)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_assessing_again_adds_nothing(seed: int) -> None:
    once = assess(make_tracks({"a": spoilt(seed)})).tracks
    twice = assess(once).tracks
    added = twice.marks & ~once.marks & ~np.uint32(Mark.STALE_GAP)
    assert not added.any()


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_every_doubtful_row_lies_in_a_stretch_with_a_reason(seed: int) -> None:
    result = assess(make_tracks({"a": spoilt(seed)}))
    for mark in (Mark.FROZEN, Mark.JUMPING, Mark.DUPLICATE_ID):
        rows = np.flatnonzero(result.tracks.marks & np.uint32(mark))
        spans = [s for s in result.doubtful_stretches if s.mark is mark]
        assert all(span.reason and span.from_s <= span.until_s for span in spans)
        for t_s in result.tracks.t_s[rows]:
            assert any(span.from_s <= t_s <= span.until_s for span in spans)


def test_an_assessment_of_a_copy_is_the_same() -> None:
    tracks = make_tracks({"a": spoilt(5), "~b": spoilt(6)})
    one, two = assess(tracks), assess(replace(tracks, marks=tracks.marks.copy()))
    assert one.counts == two.counts
    assert one.doubtful_stretches == two.doubtful_stretches
