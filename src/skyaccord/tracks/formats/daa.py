"""``.daa`` scenarios of NASA's DAIDALUS as tracks. What one needs for detection itself is in `daa_states`.

The format says nothing of the altitude's datum and of the day. Both are noted: altitude is taken as pressure altitude
and time 0 as the start that the caller names, else `options.UNDATED`, unless a comment of ours says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from skyaccord.model.tables import TRACKS
from skyaccord.tracks.formats.cells import own_layout
from skyaccord.tracks.formats.conform import conform
from skyaccord.tracks.formats.daa_states import DaaScenario, parse_daa
from skyaccord.tracks.formats.identity import track_id
from skyaccord.tracks.formats.options import NO_DATE, NOTHING_KNOWN, ReadingOptions
from skyaccord.tracks.formats.report import Part
from skyaccord.units import FPM, FT, KT

ELLIPSOID: Final = "altitude is above the WGS-84 ellipsoid"
PRESSURE: Final = "altitude is pressure altitude (1013.25 hPa)"


def read_daa(content: pa.Buffer, name: str, options: ReadingOptions = NOTHING_KNOWN) -> Part:
    """Return a row for each state of a geodetic scenario, and none of a Euclidean one.

    Raises:
        FormatError: not one row can be used.
        ColumnError: a needed column is missing, or a unit is unknown.
    """
    scenario = parse_daa(content, name)
    if not scenario.is_geodetic:
        note = "a Euclidean scenario (.xyz), whose positions are on no place of the earth: left out"
        return Part(TRACKS.empty_table(), replace(scenario.report, rows=0, notes=(*scenario.report.notes, note)))
    raw = _tracks(scenario, name, options)
    rows = replace(scenario.rows, notes=(*scenario.rows.notes, *_assumed(scenario, options)))
    return conform(raw, own_layout(raw), name=name, kind="DAIDALUS scenario", rows=rows)


def _tracks(scenario: DaaScenario, name: str, options: ReadingOptions) -> pa.Table:
    states = scenario.states
    zero_s = options.start_us / 1e6 if scenario.zero_s is None else scenario.zero_s
    east, north, up, height = (states[c].to_numpy() for c in ("east_mps", "north_mps", "up_mps", "altitude_m"))
    speed = np.hypot(east, north)
    track = np.degrees(np.arctan2(east, north)) % 360.0
    return pa.table(
        {
            "timestamp": states["time_s"].to_numpy() + zero_s,
            "icao24": _ids(scenario, name),
            "latitude": states["latitude"],
            "longitude": states["longitude"],
            "geoaltitude" if _is_ellipsoidal(scenario) else "altitude": height / FT,
            "groundspeed": speed / KT,
            "track": pa.array(track, mask=speed == 0.0),
            "vertical_rate": up / FPM,
        }
    )


def _ids(scenario: DaaScenario, name: str) -> list[str]:
    """Return names as ids; "ownship" stands in every scenario, so those without date add their file's name."""
    names = scenario.states["name"].to_pylist()
    return names if scenario.zero_s is not None else [track_id(name, each, 0) for each in names]


def _assumed(scenario: DaaScenario, options: ReadingOptions) -> list[str]:
    notes = []
    if scenario.zero_s is None:
        notes.append("times counted from the start that was given" if options.start else NO_DATE)
    if not _is_ellipsoidal(scenario) and not _says(scenario, PRESSURE):
        notes.append("the altitude's datum is not stated: taken as pressure altitude")
    return notes


def _is_ellipsoidal(scenario: DaaScenario) -> bool:
    return _says(scenario, ELLIPSOID)


def _says(scenario: DaaScenario, words: str) -> bool:
    return any(words in comment for comment in scenario.comments)
