"""A recording as a dataframe of common instants: what `alert_levels` and `conflicts` can then compare."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from skyaccord.detect.observation import observe
from skyaccord.detect.resample import resample
from skyaccord.errors import UnitError
from skyaccord.frames.give_back import give_back
from skyaccord.model.tables import AT_INSTANTS, INSTANT
from skyaccord.model.tracks import Floats
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.formats.dataframe import ArrowStream
from skyaccord.tracks.quality.assess import assess
from skyaccord.tracks.read import read_tracks
from skyaccord.units import FPM, FT, KT, TIME, parse_quantity


def at_instants(frame: ArrowStream, *, every: str) -> Any:
    """Return the aircraft of a recording at common instants, in the kind of dataframe that was given.

    Between reports at most 30 s apart positions and motion are interpolated, so that an instant knows the next report;
    nothing is known in a longer gap. Reports that are not believed (on the ground, ghosts, frozen: docs/method.md) take
    no part; ``skyaccord inspect`` counts them.

    Args:
        frame: one row for each report; columns as in docs/python.md.
        every: as ``"5 s"``; the first report is the first instant.

    Returns:
        Rows of `AT_INSTANTS`, sorted by instant.

    Raises:
        UnitError: ``every`` is no time above 0.
        FormatError: ``frame`` is no dataframe, or has no usable row.
        ColumnError: it lacks a needed column.
    """
    every_s = parse_quantity(every, TIME).si
    if not every_s > 0.0:
        raise UnitError(every, "a time above 0")
    tracks = assess(build_tracks(read_tracks(frame).table).tracks).tracks
    found = resample(tracks, observe(tracks), every_s)
    of = found.states
    ids = np.array([each.id for each in tracks.aircraft], object)
    micro = np.round((found.begin_s + found.instant * every_s) * 1e6).astype(np.int64)
    columns = [
        pa.array(micro).cast(INSTANT),
        pa.array(ids[found.aircraft], pa.string()),
        *(
            _column(values)
            for values in (
                of.lat_deg,
                of.lon_deg,
                of.altitude_m / FT,
                of.groundspeed_mps / KT,
                of.track_deg,
                of.vertical_rate_mps / FPM,
            )
        ),
    ]
    return give_back(pa.table(columns, schema=AT_INSTANTS), frame)


def _column(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
