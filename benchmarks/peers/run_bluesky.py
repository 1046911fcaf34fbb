"""BlueSky's compiled state-based detector on states from a file. Runs in BlueSky's environment: no skyaccord here."""

from __future__ import annotations

import json
import sys
import time
from types import SimpleNamespace

import numpy as np
from bluesky.traffic.asas import cstatebased

states = np.load(sys.argv[1])
repeats = int(sys.argv[2])
count = len(states["lat_deg"])
traffic = SimpleNamespace(
    id=[str(k) for k in range(count)],
    ntraf=count,
    lat=states["lat_deg"],
    lon=states["lon_deg"],
    trk=states["track_deg"],
    gs=states["groundspeed_mps"],
    alt=states["altitude_m"],
    vs=states["vertical_rate_mps"],
)
rpz = np.full(count, float(states["range_m"]))
hpz = np.full(count, float(states["height_m"]))
look = np.full(count, float(states["look_ahead_s"]))
seconds = []
for _ in range(repeats):
    begin = time.perf_counter()
    pairs = cstatebased.detect(traffic, traffic, rpz, hpz, look)[0]
    seconds.append(time.perf_counter() - begin)
found = sorted({tuple(sorted((int(a), int(b)))) for a, b in pairs})
print(json.dumps({"seconds": seconds, "pairs": found}))
