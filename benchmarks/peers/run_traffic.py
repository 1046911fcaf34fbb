"""traffic's closest point of approach on tracks from a file. Runs in traffic's environment: no skyaccord here."""

from __future__ import annotations

import json
import sys
import time

import pandas as pd
from pyproj import Proj
from traffic.core import Traffic

FT_SEPARATION = 1000.0
M_SEPARATION = 5 * 1852.0

if __name__ == "__main__":
    flights = Traffic(pd.read_parquet(sys.argv[1]))
    centre = f"+proj=lcc +lat_0={sys.argv[2]} +lon_0={sys.argv[3]} +lat_1={sys.argv[2]} +ellps=WGS84"
    begin = time.perf_counter()
    found = flights.closest_point_of_approach(
        lateral_separation=M_SEPARATION, vertical_separation=FT_SEPARATION, projection=Proj(centre), max_workers=2
    )
    seconds = time.perf_counter() - begin
    rows = [] if found is None else found.data.query("lateral < 5 and vertical < 1000")
    pairs = (
        sorted({tuple(sorted(pair)) for pair in zip(rows.icao24_x, rows.icao24_y, strict=True)}) if len(rows) else []
    )
    print(json.dumps({"seconds": seconds, "pairs": pairs}))
