"""Guidance: all four kinds of kinematic bands for an ownship among intruders, on one core. Prints JSON lines.

Inputs are made from a seed in three mixes: ordinary traffic (a terminal area 60 NM across, 20 intruders an ownship),
all traffic in conflict (each intruder enters the corrective volume within its alerting time), and one ownship against
10,000 intruders of which up to 100 are within reach. Shares of what the input holds are printed with each figure.
DAIDALUS 2.0.4 was measured on such inputs at 750 to 880 pairs a second in ordinary traffic and 70 to 110 in conflict.

Usage: guidance.py [SCENES]
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from skyaccord.detect.alerting import Scene
from skyaccord.detect.guidance.guide import Guidance, guide
from skyaccord.detect.profile import Profile
from skyaccord.detect.profiles import find_profile
from skyaccord.units import KT, NM

SEED = 20261125


def level_traffic(rng: np.random.Generator, count: int, across_m: float) -> np.ndarray:
    """Return intruders uniform in a square and in altitude, three in four level."""
    track, speed = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(100.0, 400.0, count) * KT
    climb = np.where(rng.random(count) < 0.75, 0.0, rng.normal(0.0, 6.0, count))
    place = rng.uniform(-0.5, 0.5, (count, 2)) * across_m
    altitude = rng.uniform(1_000.0, 12_000.0, count)
    return np.column_stack([place, altitude, speed * np.sin(track), speed * np.cos(track), climb])


def conflicting(rng: np.random.Generator, own: np.ndarray, count: int) -> np.ndarray:
    """Return intruders that come within a third of the volume in 20 to 80 seconds."""
    track, speed = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(100.0, 400.0, count) * KT
    velocity = np.column_stack([speed * np.sin(track), speed * np.cos(track), rng.normal(0.0, 3.0, count)])
    miss = np.column_stack([rng.uniform(-400.0, 400.0, (count, 2)), rng.uniform(-100.0, 100.0, count)])
    ahead_s = rng.uniform(20.0, 80.0, (count, 1))
    return np.hstack([own[:3] + miss - ahead_s * (velocity - own[3:]), velocity])


def ownship(rng: np.random.Generator) -> np.ndarray:
    """Return an ownship in the middle."""
    track, speed = rng.uniform(0.0, 2.0 * np.pi), rng.uniform(100.0, 300.0) * KT
    return np.array([0.0, 0.0, 6_000.0, speed * np.sin(track), speed * np.cos(track), rng.choice([0.0, 3.0])])


def scene(own: np.ndarray, intruders: np.ndarray) -> Scene:
    """Return a scene of exact states, en-route alerter for all."""
    count = len(intruders)
    return Scene(own, intruders, np.zeros((count, 4)), np.zeros(count, np.int64))


def mixes(count: int) -> dict[str, list[Scene]]:
    """Return the scenes of each mix."""
    rng = np.random.default_rng(SEED)
    owns = [ownship(rng) for _ in range(count)]
    far = level_traffic(rng, 10_000, 3_000 * NM)
    far[:100] = level_traffic(rng, 100, 60 * NM)
    return {
        "ordinary": [scene(own, level_traffic(rng, 20, 60 * NM)) for own in owns],
        "all in conflict": [scene(own, conflicting(rng, own, 5)) for own in owns],
        "one against 10,000": [scene(own, far) for own in owns[:20]],
    }


def measure(name: str, scenes: list[Scene], profile: Profile) -> None:
    """Print the best of three passes."""
    found: list[Guidance] = []
    best_s = np.inf
    for _ in range(3):
        begin = time.process_time()
        found = [guide(each, profile) for each in scenes]
        best_s = min(best_s, time.process_time() - begin)
    pairs = sum(len(each) for each in scenes)
    alerting = sum(len({who for _, all_ in each.alerting for who in all_}) for each in found)
    forbidden = sum(any(len(axis.bands) > 1 for axis in each.axes) for each in found)
    recovering = sum(any(axis.recovery is not None for axis in each.axes) for each in found)
    result = {
        "mix": name,
        "scenes": len(scenes),
        "pairs": pairs,
        "pairs_per_s": round(pairs / best_s),
        "ms_per_scene": round(1e3 * best_s / len(scenes), 3),
        "alerting_pairs": alerting,
        "scenes_with_forbidden_values": forbidden,
        "scenes_recovering": recovering,
    }
    print(json.dumps(result), flush=True)


def main() -> None:
    profile = find_profile("do365b")
    for name, scenes in mixes(int(sys.argv[1]) if len(sys.argv) == 2 else 200).items():
        guide(scenes[0], profile)
        measure(name, scenes, profile)


if __name__ == "__main__":
    main()
