"""Recordings as tracks, read here without the reader under test elsewhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from skyaccord.model.quality import Mark
from skyaccord.model.tracks import Aircraft, Tracks
from skyaccord.units import FPM, FT, KT


def read(folder: Path, name: str) -> Tracks:
    """Return the tracks of one recording; ON_GROUND is set where its flag says so."""
    table = pl.read_parquet(folder / f"{name}.parquet").sort("icao24", "timestamp", maintain_order=True)
    ids, first = np.unique(table["icao24"].to_numpy().astype(str), return_index=True)

    def column(of: str, factor: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return table[of].cast(pl.Float64).fill_null(np.nan).to_numpy().astype(np.float64) * factor

    marks = np.where(table["onground"].fill_null(value=False).to_numpy(), np.uint32(Mark.ON_GROUND), np.uint32(0))
    return Tracks(
        aircraft=tuple(Aircraft(str(name)) for name in ids),
        start=np.append(first, len(table)).astype(np.int64),
        t_s=table["timestamp"].dt.epoch("us").to_numpy() / 1e6,
        lat_deg=column("latitude", 1.0),
        lon_deg=column("longitude", 1.0),
        altitude_m=column("altitude", FT),
        geoaltitude_m=column("geoaltitude", FT),
        groundspeed_mps=column("groundspeed", KT),
        track_deg=column("track", 1.0),
        vertical_rate_mps=column("vertical_rate", FPM),
        squawk=np.full(len(table), np.nan),
        horizontal_error_m=np.full(len(table), np.nan),
        off_m=np.zeros(len(table)),
        marks=marks.astype(np.uint32),
    )
