"""The encounter search against the brute-force oracle, on pieces of every kind of recording."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from skyaccord.detect.encounters import find_encounters
from skyaccord.detect.volume import Volume
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.formats.dataframe import read_dataframe
from skyaccord.units import FT, NM

sys.path.insert(0, str(Path(__file__).parents[1] / "oracle"))
from brute_force import encounters as brute_force_encounters
from compare import FoundEncounter, match

AT_LIMIT_M = 1e-3
"""The oracle counts a pair exactly at a limit, the search does not: levels 1,000 ft apart keep 1,000 ft."""

SUBSETS = [
    ("traffic_switzerland_20180801.parquet", "2018-08-01T09:00:00", 30, 5 * NM, 1000 * FT),
    ("traffic_switzerland_20180801.parquet", "2018-08-01T15:00:00", 20, 10 * NM, 3000 * FT),
    ("adsbactions_blackrock_20230829_1h.parquet", "2023-08-29T10:00:00", 60, 0.5 * NM, 500 * FT),
    ("adsbactions_n36w122_20250601.parquet", "2025-06-01T18:00:00", 120, 3 * NM, 1000 * FT),
    ("traffic_calfire_202009.parquet", "2020-09-08T00:00:00", 24 * 60, 3 * NM, 3000 * FT),
    ("traffic_dreamliner_formation_20171201.parquet", "2017-12-01T14:00:00", 60, 3 * NM, 3000 * FT),
    ("readsb_snapshots_newmexico_202311.parquet", "2023-11-20T00:00:00", 3 * 24 * 60, 5 * NM, 1000 * FT),
    ("derived_switzerland_folded_1h.parquet", "2018-08-01T00:10:00", 3, 5 * NM, 1000 * FT),
]


def subset(recordings: Path, file: str, start: str, minutes: int) -> pl.DataFrame:
    frame = pl.read_parquet(recordings / file)
    begin = pl.lit(start).str.to_datetime(time_zone="UTC")
    return frame.filter(pl.col("timestamp").is_between(begin, begin + pl.duration(minutes=minutes)))


def search(frame: pl.DataFrame, range_m: float, height_m: float) -> list[FoundEncounter]:
    tracks = build_tracks(read_dataframe(frame.drop("onground")).table).tracks
    return [
        FoundEncounter(
            tracks.aircraft[e.a].id,
            tracks.aircraft[e.b].id,
            e.start_s,
            e.end_s,
            e.t_cpa_s,
            e.min_horizontal_m,
            e.vertical_at_cpa_m,
            e.min_normalised,
        )
        for e in find_encounters(tracks, Volume(range_m, height_m)).encounters
    ]


@pytest.mark.recordings
@pytest.mark.parametrize(("file", "start", "minutes", "range_m", "height_m"), SUBSETS)
def test_search_finds_what_brute_force_finds(
    recordings: Path, file: str, start: str, minutes: int, range_m: float, height_m: float
) -> None:
    frame = subset(recordings, file, start, minutes)
    found = search(frame, range_m, height_m)
    expected = brute_force_encounters(frame, range_m - AT_LIMIT_M, height_m - AT_LIMIT_M)
    differences = match(found, expected, D_m=range_m, H_m=height_m)
    assert differences.matched >= 2, "an easy subset shows nothing"
    assert differences.is_same, str(differences)


@pytest.mark.recordings
def test_answers_depend_neither_on_ids_nor_on_the_order_of_rows(recordings: Path) -> None:
    frame = subset(recordings, "adsbactions_n36w122_20250601.parquet", "2025-06-01T18:00:00", 120)
    ids = frame["icao24"].unique(maintain_order=True)
    rng = np.random.default_rng(20250601)
    other = dict(zip(ids, [f"{n:06x}" for n in rng.permutation(len(ids))], strict=True))
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=7).with_columns(pl.col("icao24").replace_strict(other))

    def facts(rows: list[FoundEncounter], name: dict[str, str]) -> set[tuple[object, ...]]:
        return {
            (frozenset((name[e.a], name[e.b])), e.start_s, e.end_s, e.t_cpa_s, e.min_horizontal_m, e.min_normalised)
            for e in rows
        }

    before = facts(search(frame, 3 * NM, 1000 * FT), other)
    assert len(before) > 20
    same = {name: name for name in other.values()}
    after = facts(search(shuffled, 3 * NM, 1000 * FT), same)
    assert {f[0] for f in before} == {f[0] for f in after}
    for ours, theirs in zip(sorted(before, key=_order), sorted(after, key=_order), strict=True):
        assert ours[1:] == pytest.approx(theirs[1:], abs=1e-6)


def _order(fact: tuple[object, ...]) -> tuple[object, ...]:
    return (round(float(str(fact[1])), 3), sorted(fact[0]))  # type: ignore[call-overload]
