"""One search serves every volume up to its own: what a volume gives does not depend on what else was searched."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skyaccord.detect.encounters import Found
from skyaccord.detect.meetings import Meetings, find_meetings
from skyaccord.detect.search import Search, search
from skyaccord.detect.volume import Volume
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import read_tracks
from skyaccord.units import FT, MI, NM
from tests.builders import Flight, fly, make_tracks

LOOSEST = Volume(20 * MI, 6000 * FT)
VOLUMES = [Volume(500 * FT, 500 * FT), Volume(1 * NM, 1000 * FT), Volume(3 * NM, 3000 * FT), Volume(8 * NM, 1000 * FT)]
FILES = ("traffic_switzerland_20180801", "adsbactions_n36w122_20250601", "traffic_calfire_202009")


def assert_same(one: object, other: object) -> None:
    """Assert that two dataclasses of arrays are equal to the last bit."""
    for field in fields(one):  # type: ignore[arg-type]
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), field.name)


def meetings(searched: Search, volume: Volume) -> Meetings:
    return find_meetings(searched.seen, searched.hidden, searched.candidates, searched.slack, volume)


def assert_one_answer(tracks: Tracks, volume: Volume) -> Found:
    own, shared = search(tracks, volume), search(tracks, LOOSEST)
    for mine, theirs in (
        (own.within(volume), shared.within(volume)),
        (own.maybe_within(volume), shared.maybe_within(volume)),
    ):
        assert_same(mine.intervals, theirs.intervals)
        assert_same(mine.measured.pieces, theirs.measured.pieces)
        assert_same(mine.measured.bounds, theirs.measured.bounds)
        assert_same(mine.measured.closest, theirs.measured.closest)
    assert_same(meetings(own, volume), meetings(shared, volume))
    return own.within(volume)


@pytest.mark.recordings
@pytest.mark.parametrize("file", FILES)
def test_a_recording_searched_at_looser_limits_gives_the_same_to_the_last_bit(recordings: Path, file: str) -> None:
    tracks = assess(build_tracks(read_tracks([recordings / f"{file}.parquet"]).table).tracks).tracks
    found = [len(assert_one_answer(tracks, volume)) for volume in VOLUMES]
    assert sum(found) > 0


@st.composite
def flights(draw: st.DrawFn) -> dict[str, Flight]:
    """Return aircraft that turn up around one place, some of them silent for a while."""
    made = {}
    for name in ("aaaaaa", "bbbbbb", "cccccc"):
        flight = fly(
            600.0,
            every_s=draw(st.sampled_from([1.0, 5.0, 7.0])),
            speed_kt=draw(st.floats(100.0, 500.0)),
            track_deg=draw(st.floats(0.0, 359.0)),
            climb_fpm=draw(st.sampled_from([-1500.0, 0.0, 1500.0])),
        ).moved(east_nm=draw(st.floats(-5.0, 5.0)), north_nm=draw(st.floats(-5.0, 5.0)))
        silent_from, silent_s = draw(st.floats(50.0, 400.0)), draw(st.sampled_from([0.0, 60.0, 150.0]))
        elapsed = flight.t_s - flight.t_s[0]
        made[name] = flight.take((elapsed < silent_from) | (elapsed > silent_from + silent_s))
    return made


@given(flights(), st.sampled_from(VOLUMES))
def test_any_flights_searched_at_looser_limits_give_the_same(made: dict[str, Flight], volume: Volume) -> None:
    assert_one_answer(make_tracks(made), volume)


def test_a_volume_beyond_the_search_is_refused() -> None:
    searched = search(make_tracks({"aaaaaa": fly(60.0)}), VOLUMES[1])
    with pytest.raises(ValueError, match="was not searched"):
        searched.within(VOLUMES[2])
