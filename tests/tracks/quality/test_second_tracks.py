"""Two tracks under one id, each searched as an aircraft of its own."""

from __future__ import annotations

import numpy as np

from skyaccord.model.quality import Mark
from skyaccord.model.tracks import SECOND, recorded_id
from skyaccord.tracks.quality.assess import Assessment, assess
from tests.builders import T0_S, fly, make_tracks


def in_turns(every_s: float = 9.0, of_second_s: float = 4.0) -> Assessment:
    one = fly(600.0, every_s=every_s, altitude_ft=10_000.0)
    two = fly(600.0, every_s=of_second_s, altitude_ft=24_000.0, start_s=T0_S + 1.5).moved(north_nm=30.0)
    other = fly(600.0, every_s=5.0, altitude_ft=10_000.0).moved(north_nm=300.0)
    return assess(make_tracks({"aaaaaa": one.then(two), "bbbbbb": other}, {"aaaaaa": "blue"}))


def test_each_track_has_an_id_and_moves_as_one() -> None:
    tracks = in_turns().tracks
    assert [a.id for a in tracks.aircraft] == ["aaaaaa", "bbbbbb", "aaaaaa" + SECOND]
    assert tracks.aircraft[2].party == "blue"
    assert recorded_id(tracks.aircraft[2].id) == "aaaaaa"
    for index in range(3):
        rows = tracks.rows(index)
        assert np.ptp(tracks.lat_deg[rows]) < 0.1
        assert (np.diff(tracks.t_s[rows]) >= 0.0).all()


def test_both_are_doubted_throughout_and_each_stretch_has_a_reason() -> None:
    found = in_turns()
    for index in (0, 2):
        assert (found.tracks.marks[found.tracks.rows(index)] & Mark.DUPLICATE_ID).all()
        assert all(s.reason for s in found.doubtful_stretches if s.aircraft == index)
        assert any(s.aircraft == index for s in found.doubtful_stretches)
    assert not found.tracks.marks[found.tracks.rows(1)].any()


def test_no_report_is_lost() -> None:
    one = fly(600.0, every_s=9.0, altitude_ft=10_000.0)
    two = fly(600.0, every_s=4.0, altitude_ft=24_000.0, start_s=T0_S + 1.5).moved(north_nm=30.0)
    before = make_tracks({"aaaaaa": one.then(two)})
    after = assess(before).tracks
    assert sorted(zip(after.t_s, after.lat_deg, strict=True)) == sorted(zip(before.t_s, before.lat_deg, strict=True))


def test_a_sparse_track_between_the_reports_of_another_is_no_run_of_stray_positions() -> None:
    found = in_turns(every_s=9.0, of_second_s=1.0)
    assert found.counts["outlier"] == 0
    assert found.counts["duplicate_id"] > 600


def test_one_track_stays_one() -> None:
    tracks = assess(make_tracks({"aaaaaa": fly(600.0, every_s=5.0)})).tracks
    assert [a.id for a in tracks.aircraft] == ["aaaaaa"]
