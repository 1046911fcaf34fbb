"""Snapshot search beside BlueSky's compiled detector on the same states, and its growth with the number of aircraft.

One JSON line a case: our time and BlueSky's in the same run (least of the repeats), their ratio, candidates and
conflicts, and what both found. BlueSky lays each pair out flat about one aircraft without turning the other's track, so
that at 70° north, 150 km apart, it is off by kilometres. Wherever one alone finds a pair, great-circle flight on WGS-84
(pyproj) decides, and the run fails where it decides against us by more than 1 % of the volume.
"""

from __future__ import annotations

import json
import platform
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from peers.environments import python_of
from pyproj import Geod

from skyaccord.detect.snapshot import Conflicts, find_conflicts
from skyaccord.detect.volume import Volume
from skyaccord.model.states import States
from skyaccord.units import FT, NM

VOLUME = Volume(5 * NM, 1000 * FT)
LOOK_AHEAD_S = 300.0
PER_SQUARE_DEGREE = 6.25
SEED = 20151020
EDGE = 0.01
GEOD = Geod(ellps="WGS84")


def uniform(rng: np.random.Generator, count: int, lat: tuple[float, float], lon: tuple[float, float]) -> States:
    return States(
        lat_deg=rng.uniform(*lat, count),
        lon_deg=rng.uniform(*lon, count),
        altitude_m=rng.uniform(0.0, 12_000.0, count),
        groundspeed_mps=rng.uniform(100.0, 260.0, count),
        track_deg=rng.uniform(0.0, 360.0, count),
        vertical_rate_mps=rng.normal(0.0, 5.0, count),
    )


def on_levels(rng: np.random.Generator, count: int, lat: tuple[float, float], lon: tuple[float, float]) -> States:
    """Return the same on flight levels 1,000 ft apart, four in five in level flight."""
    states = uniform(rng, count, lat, lon)
    level = np.round(states.altitude_m / (1000 * FT)) * 1000 * FT
    climb = np.where(rng.uniform(size=count) < 0.8, 0.0, states.vertical_rate_mps)
    return States(states.lat_deg, states.lon_deg, level, states.groundspeed_mps, states.track_deg, climb)


def least_seconds(states: States, repeats: int) -> tuple[float, Conflicts]:
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        found = find_conflicts(states, VOLUME, LOOK_AHEAD_S)
        seconds.append(time.perf_counter() - begin)
    return min(seconds), found


def bluesky(states: States, python: Path, repeats: int) -> tuple[float, set[tuple[int, int]]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "states.npz"
        columns = {name: getattr(states, name) for name in States.__slots__}
        np.savez(file, range_m=VOLUME.range_m, height_m=VOLUME.height_m, look_ahead_s=LOOK_AHEAD_S, **columns)
        program = [str(python), str(Path(__file__).parent / "peers" / "run_bluesky.py"), str(file), str(repeats)]
        answer = json.loads(subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    return min(answer["seconds"]), {(a, b) for a, b in answer["pairs"]}


def pairs_of(found: Conflicts) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in zip(found.a, found.b, strict=True)}


def wrong(states: States, ours: set[tuple[int, int]], theirs: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs found by one alone on which great-circle flight, second by second, says that we are wrong."""
    bad = []
    for pair in ours ^ theirs:
        i, j = np.array(pair), np.arange(0.0, LOOK_AHEAD_S + 0.5, 0.5)
        speed, track = states.groundspeed_mps[i], states.track_deg[i]
        ends = [
            GEOD.fwd(np.full_like(j, states.lon_deg[k]), np.full_like(j, states.lat_deg[k]), np.full_like(j, c), v * j)
            for k, c, v in zip(i, track, speed, strict=True)
        ]
        horizontal = np.asarray(GEOD.inv(ends[0][0], ends[0][1], ends[1][0], ends[1][1])[2])
        height = states.altitude_m[i][:, None] + states.vertical_rate_mps[i][:, None] * j
        vertical = np.abs(height[0] - height[1])
        least = float(np.maximum(horizontal / VOLUME.range_m, vertical / VOLUME.height_m).min())
        if (pair in ours) != (least < 1.0) and abs(least - 1.0) > EDGE:
            bad.append(pair)
    return bad


def beside_bluesky(name: str, states: States) -> dict[str, object]:
    python = python_of("bluesky")
    ours_s, ours = least_seconds(states, 40)
    row: dict[str, object] = {
        "benchmark": f"snapshot_search/{name}",
        "aircraft": len(states),
        "ours_s": round(ours_s, 6),
        "candidates": ours.candidates,
        "conflicts": len(ours),
    }
    if python is None:
        return row | {"peer": "BlueSky could not be installed"}
    theirs_s, theirs = bluesky(states, python, 3)
    again_s, _ = least_seconds(states, 40)
    strange = wrong(states, pairs_of(ours), theirs)
    if strange:
        raise SystemExit(f"{name}: great-circle flight says that we are wrong about {strange[:5]}")
    return row | {
        "peer": "BlueSky 1.1.1 cstatebased",
        "peer_s": round(theirs_s, 4),
        "ratio": round(theirs_s / min(ours_s, again_s)),
        "found_by_both": len(pairs_of(ours) & theirs),
        "found_by_one": len(pairs_of(ours) ^ theirs),
        "of_them_wrong_with_us": len(strange),
    }


def growth() -> list[dict[str, object]]:
    """Return the time for the band ±60° at one density, widening in longitude."""
    rows: list[dict[str, object]] = []
    for count in (10_000, 25_000, 50_000, 100_000, 250_000):
        width = count / PER_SQUARE_DEGREE / 120.0
        states = uniform(np.random.default_rng(SEED), count, (-60.0, 60.0), (-width / 2, width / 2))
        seconds, found = least_seconds(states, 12)
        rows.append(
            {
                "benchmark": "snapshot_search/band",
                "aircraft": count,
                "ours_s": round(seconds, 5),
                "us_per_aircraft": round(1e6 * seconds / count, 3),
                "candidates": found.candidates,
                "conflicts": len(found),
            }
        )
    return rows


def main() -> None:
    machine = {"processor": platform.processor() or platform.machine(), "python": platform.python_version()}
    rng = np.random.default_rng(SEED)
    box = ((30.0, 70.0), (-20.0, 20.0))
    for row in (
        beside_bluesky("uniform", uniform(rng, 10_000, *box)),
        beside_bluesky("levels", on_levels(rng, 10_000, *box)),
        *growth(),
    ):
        print(json.dumps(row | machine), flush=True)


if __name__ == "__main__":
    main()
