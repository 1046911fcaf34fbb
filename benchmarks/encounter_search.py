"""Encounter search on half an hour of the Swiss day beside traffic's `closest_point_of_approach`, same file.

Ours is search and judgement of every instant between the samples, from the table in memory to encounters; traffic's is
the distance at the samples. Every pair that traffic finds must be among ours, and every pair that we find and it does
not must come inside between samples only, which is checked on the samples themselves; anything else fails the run.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from peers.environments import python_of
from pyproj import Geod

from skyaccord.detect.encounters import Found, find_encounters
from skyaccord.detect.volume import Volume
from skyaccord.model.tracks import Tracks
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import read_tracks
from skyaccord.units import FT, NM

VOLUME = Volume(5 * NM, 1000 * FT)
BEGIN, MINUTES = "2018-08-01T09:00:00", 30
Pair = tuple[str, str]


def half_an_hour(folder: Path) -> pl.DataFrame:
    frame = pl.read_parquet(folder / "traffic_switzerland_20180801.parquet")
    begin = pl.lit(BEGIN).str.to_datetime(time_zone="UTC")
    return frame.filter(pl.col("timestamp").is_between(begin, begin + pl.duration(minutes=MINUTES)))


def ours(frame: pl.DataFrame) -> tuple[Tracks, Found]:
    tracks = assess(build_tracks(read_tracks(frame).table).tracks).tracks
    found = find_encounters(tracks, VOLUME)
    assert found.encounters, "encounters are part of the work"
    return tracks, found


def least_seconds(frame: pl.DataFrame, repeats: int = 20) -> float:
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        ours(frame)
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def pairs_of(tracks: Tracks, found: Found) -> set[Pair]:
    named = ((tracks.aircraft[e.a].id, tracks.aircraft[e.b].id) for e in found.encounters)
    return {(min(a, b), max(a, b)) for a, b in named}


def is_inside_at_a_sample(frame: pl.DataFrame, pair: Pair) -> bool:
    one, two = (frame.filter(pl.col("icao24") == name) for name in pair)
    both = one.join(two, on="timestamp", suffix="_two")
    place = [both[c].to_numpy() for c in ("longitude", "latitude", "longitude_two", "latitude_two")]
    apart = np.asarray(Geod(ellps="WGS84").inv(*place)[2])
    height = np.abs(both["altitude"].to_numpy() - both["altitude_two"].to_numpy())
    return bool(((apart < VOLUME.range_m - 20.0) & (height < 1000.0)).any())


def main() -> None:
    folder = Path(os.environ.get("SKYACCORD_RECORDINGS", ""))
    if not (folder / "traffic_switzerland_20180801.parquet").is_file():
        raise SystemExit("needs the recordings: set SKYACCORD_RECORDINGS to their folder")
    frame = half_an_hour(folder)
    seconds = least_seconds(frame)
    tracks, found = ours(frame)
    row: dict[str, object] = {
        "benchmark": "encounter_search/switzerland_half_hour",
        "rows": len(frame),
        "aircraft": frame["icao24"].n_unique(),
        "ours_s": round(seconds, 5),
        "candidates": found.candidates,
        "encounters": len(found.encounters),
    }
    python = python_of("traffic")
    if python is not None:
        with tempfile.TemporaryDirectory() as temporary:
            file = Path(temporary) / "tracks.parquet"
            frame.with_columns(pl.col("callsign").fill_null("")).write_parquet(file)
            program = [str(python), str(Path(__file__).parent / "peers" / "run_traffic.py"), str(file), "46.8", "8.2"]
            done = subprocess.run(program, capture_output=True, text=True, check=True)
        answer = json.loads(done.stdout.splitlines()[-1])
        theirs = {(min(p), max(p)) for p in answer["pairs"]}
        mine = pairs_of(tracks, found)
        strange = sorted(theirs - mine) + [p for p in sorted(mine - theirs) if is_inside_at_a_sample(frame, p)]
        row |= {
            "peer": "traffic 2.13 closest_point_of_approach",
            "peer_s": round(answer["seconds"], 3),
            "ratio": round(answer["seconds"] / min(seconds, least_seconds(frame))),
            "found_by_both": len(mine & theirs),
            "between_samples_only": len(mine - theirs) - len([p for p in strange if p in mine]),
            "found_by_one_at_a_sample": strange,
        }
    print(json.dumps(row | {"processor": platform.machine(), "python": platform.python_version()}))


if __name__ == "__main__":
    main()
