"""Intervals within a volume with all that was measured of them, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from skyaccord.detect.accuracy import Bounds, LineErrors
from skyaccord.detect.closest import Closest
from skyaccord.detect.intervals import BY_CROSSING, BY_GAP, BY_TRACK, Intervals
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import ELLIPSOID, NO_DATUM, PRESSURE, Pieces
from skyaccord.model.encounter import Datum, Edge
from skyaccord.model.tracks import Tracks

Twins: TypeAlias = Mapping[tuple[int, int], str]
"""Pairs of aircraft (indices, the smaller first) that may be one reported twice, with the ground for it."""

NO_TWINS: Final[Twins] = MappingProxyType({})


EDGES: Final = {BY_CROSSING: Edge.CROSSING, BY_GAP: Edge.GAP, BY_TRACK: Edge.TRACK}
DATUMS: Final = {
    NO_DATUM: Datum.NONE,
    PRESSURE: Datum.PRESSURE,
    ELLIPSOID: Datum.ELLIPSOID,
    PRESSURE | ELLIPSOID: Datum.MIXED,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Intervals in order of time; everything else is in the same order."""

    tracks: Tracks
    seen: Observation
    errors: LineErrors  # of its lines
    intervals: Intervals
    pieces: Pieces
    bounds: Bounds
    closest: Closest
    twins: Twins
