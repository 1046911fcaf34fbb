"""Generated encounters as one recording, far apart from each other, and what a review says of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
from pyproj import Geod

from skyaccord.batch.question import Question
from skyaccord.batch.review import Review, review
from skyaccord.model.encounter import Outcome
from skyaccord.model.tables import TRACKS
from skyaccord.model.tracks import recorded_id
from skyaccord.units import FPM, FT, KT
from tests.safety.faults import Record
from tests.safety.flights import Floats
from tests.safety.rules import RuleCase

EPOCH_S = 1_748_779_200.0  # 2025-06-01T12:00:00Z
APART_DEG = 4.0  # between encounters: 130 NM and more
NORTHMOST_DEG = 56.0
PARTIES = ("blue", "green")


class Said(IntEnum):
    """What is said of a pair; a pair that is not listed is said to be compliant, in the gravest reading."""

    NOT_LISTED = 0
    COMPLIANT = 1
    INFRINGED = 2
    UNDETERMINED = 3
    BREACH = 4


SAID = {
    Outcome.COMPLIANT: Said.COMPLIANT,
    Outcome.INFRINGED: Said.INFRINGED,
    Outcome.UNDETERMINED: Said.UNDETERMINED,
    Outcome.BREACH: Said.BREACH,
}


@dataclass(frozen=True)
class Places:
    lat_deg: Floats
    lon_deg: Floats


def places(count: int) -> Places:
    """Return a place for each encounter."""
    lat = np.arange(-NORTHMOST_DEG, NORTHMOST_DEG + 1.0, APART_DEG)
    lon = np.arange(-180.0, 180.0, APART_DEG)
    north, east = np.meshgrid(lat, lon, indexing="ij")
    assert count <= north.size, f"at most {north.size} encounters in one recording"
    return Places(north.ravel()[:count], east.ravel()[:count])


def table(records: tuple[Record, Record]) -> pa.Table:
    """Return the track table of both aircraft of all encounters: ids a0000 and b0000, and so on.

    A plane about each encounter's place is laid on the earth by azimuth and geodesic distance from it, which keeps
    distances within 50 km of the place to 1 in 100,000.
    """
    return pa.concat_tables(
        [_table(record, letter, party) for record, letter, party in zip(records, "ab", PARTIES, strict=True)]
    )


def _table(record: Record, letter: str, party: str) -> pa.Table:
    reports = record.reports
    n, k = np.nonzero(reports.is_there)
    place = places(len(reports.t_s))
    east, north = reports.position_m[:, n, k]
    azimuth, far_m = np.degrees(np.arctan2(east, north)), np.hypot(east, north)
    lon, lat, _ = Geod(ellps="WGS84").fwd(place.lon_deg[n], place.lat_deg[n], azimuth, far_m)
    nac_p = record.sensor.nac_p[n]
    columns = {
        "timestamp": np.round((EPOCH_S + reports.stamp_s[n, k]) * 1e6).astype(np.int64),
        "icao24": [f"{letter}{number:04d}" for number in n.tolist()],
        "latitude": lat,
        "longitude": lon,
        "altitude": _known(reports.altitude_m[n, k] / FT),
        "groundspeed": _known(reports.speed_mps[n, k] / KT),
        "track": _known(reports.track_deg[n, k]),
        "vertical_rate": _known(reports.climb_mps[n, k] / FPM),
        "party": [party] * len(n),
        "nac_p": pa.array(nac_p.astype(np.int8), mask=nac_p == 0),
    }
    made = [
        pa.array(columns[field.name], type=field.type) if field.name in columns else pa.nulls(len(n), field.type)
        for field in TRACKS
    ]
    return pa.Table.from_arrays(made, schema=TRACKS)


def _known(value: Floats) -> pa.Array:
    return pa.array(value, from_pandas=True)


def said_of(records: tuple[Record, Record], rule: RuleCase) -> Floats:
    """Return what a review of the recording says of each encounter: the gravest of its verdicts (`Said`)."""
    found = review(Question((table(records),), rule.memorandum()))
    return gravest(found, len(records[0].sensor.nac_p))


def gravest(found: Review, count: int) -> Floats:
    """Return the gravest verdict on each pair of one number."""
    ids = [recorded_id(aircraft.id) for aircraft in found.findings.aircraft]
    number = {}
    for encounter in (*found.findings.encounters, *found.findings.borderline, *found.findings.doubtful):
        pair = ids[encounter.a], ids[encounter.b]
        if pair[0][1:] == pair[1][1:] and pair[0] != pair[1]:
            number[encounter.id] = int(pair[0][1:])
    said = np.zeros(count, np.int64)
    for verdict in found.findings.verdicts:
        if verdict.encounter in number:
            n = number[verdict.encounter]
            said[n] = max(said[n], SAID[verdict.outcome])
    return said
