"""The encounter search against brute force on whole recordings, at several volumes."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import polars as pl

from skyaccord.units import FT, NM
from tests.detect.test_against_brute_force import AT_LIMIT_M, brute_force_encounters, match, search
from tests.proofs.record import record

CASES = [
    ("traffic_switzerland_20180801.parquet", 5 * NM, 1000 * FT),
    ("traffic_switzerland_20180801.parquet", 3 * NM, 3000 * FT),
    ("adsbactions_n36w122_20250601.parquet", 3 * NM, 3000 * FT),
    ("adsbactions_blackrock_20230829_1h.parquet", 3 * NM, 3000 * FT),
    ("traffic_calfire_202009.parquet", 5 * NM, 3000 * FT),
    ("traffic_dreamliner_formation_20171201.parquet", 5 * NM, 1000 * FT),
    ("readsb_snapshots_newmexico_202311.parquet", 10 * NM, 3000 * FT),
]


def main() -> int:
    folder = Path(os.environ.get("SKYACCORD_RECORDINGS", ""))
    lines = [
        "| recording | D, H | compared | differences | at the edge of the tolerances | brute force |",
        "|---|---|---|---|---|---|",
    ]
    failed = 0
    for file, range_m, height_m in CASES:
        frame = pl.read_parquet(folder / file)
        begin = time.perf_counter()
        expected = brute_force_encounters(frame, range_m - AT_LIMIT_M, height_m - AT_LIMIT_M)
        seconds = time.perf_counter() - begin
        found = match(search(frame, range_m, height_m), expected, D_m=range_m, H_m=height_m)
        wrong = sum(
            len(getattr(found, kind))
            for kind in ("missed", "invented", "divided", "distance", "time", "vertical", "normalised")
        )
        failed += wrong
        volume = f"{range_m / NM:.0f} NM, {height_m / FT:.0f} ft"
        lines.append(f"| {file} | {volume} | {found.matched} | {wrong} | {len(found.on_the_edge)} | {seconds:.0f} s |")
        if wrong:
            print(found, file=sys.stderr)
    record(
        "brute_force",
        "Whole recordings: the search finds what all pairs, densely resampled with geodesic distance, show.",
        lines,
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
