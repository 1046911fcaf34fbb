"""Conduct in recorded traffic whose nature is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from skyaccord.detect.conduct.classify import Conduct, classify
from skyaccord.detect.conduct.formation import groups
from skyaccord.detect.conduct.manner import Manner
from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.volume import Volume
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import read_tracks
from skyaccord.units import FT, NM

pytestmark = pytest.mark.recordings


def find(recordings: Path, name: str) -> Found:
    tracks = assess(build_tracks(read_tracks([recordings / name]).table).tracks).tracks
    return find_encounters(tracks, Volume(3 * NM, 3000 * FT))


def conduct_of(found: Found, ids: set[str]) -> list[Conduct]:
    aircraft = found.measured.tracks.aircraft
    return [c for c in classify(found) if {aircraft[c.a].id, aircraft[c.b].id} == ids]


def test_airliner_and_its_chase_plane_flew_in_formation(recordings: Path) -> None:
    found = find(recordings, "traffic_dreamliner_formation_20171201.parquet")
    conducts = classify(found)
    (formation,) = [c for c in conducts if c.manner is Manner.FORMATION]
    assert formation.features.station is not None
    assert formation.features.station.lasted_s > 300.0
    assert [group.aircraft for group in groups(found, conducts)] == [(0, 1)]


def test_a_day_of_airliners_has_passings_alone_and_no_interceptor(recordings: Path) -> None:
    conducts = classify(find(recordings, "traffic_switzerland_20180801.parquet"))
    assert [c.role_ground for c in conducts if c.interceptor is not None] == []
    manners = Counter(c.manner for c in conducts)
    accompanied = {Manner.FORMATION, Manner.ESCORT, Manner.IDENTIFICATION_APPROACH, Manner.SHADOWING}
    assert accompanied.isdisjoint(manners)
    assert manners[Manner.UNDETERMINED] < 0.12 * len(conducts)


def test_every_recording_is_classified_with_a_ground(recordings: Path) -> None:
    for file in sorted(recordings.glob("*.parquet")):
        found = find(recordings, file.name)
        conducts = classify(found)
        assert len(conducts) == len(found)
        assert all(c.manner_ground and c.role_ground for c in conducts)


def test_independent_traffic_folded_upon_itself_has_next_to_no_interceptor(recordings: Path) -> None:
    # Hours of one day laid over each other: nobody in it knows of the other, so that every role told is wrong.
    tracks = assess(
        build_tracks(read_tracks([recordings / "derived_switzerland_folded_1h.parquet"]).table).tracks
    ).tracks
    conducts = classify(find_encounters(tracks, Volume(3 * NM, 1000 * FT)))
    told = [c for c in conducts if c.interceptor is not None]
    accompanied = [c for c in conducts if c.manner in (Manner.ESCORT, Manner.IDENTIFICATION_APPROACH, Manner.SHADOWING)]
    assert len(conducts) > 2000
    assert len(told) <= 0.005 * len(conducts)
    assert accompanied == []
