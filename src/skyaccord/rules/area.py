"""Whether a memorandum applies where an encounter took place."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.band_times import limits_m
from skyaccord.detect.intervals import Intervals
from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.polygon import contains
from skyaccord.geometry.vectors import Ints
from skyaccord.memorandum.altitude_band import AltitudeDatum
from skyaccord.memorandum.area import Area
from skyaccord.model.quality import DOUBTFUL
from skyaccord.model.tracks import Tracks, takes_part
from skyaccord.rules.spans import Bools


def applies(area: Area, intervals: Intervals, tracks: Tracks) -> Bools:
    """Return at which encounters either aircraft may have been in the area of application at some time.

    An altitude band counts only where the track has that datum; where height cannot be compared (above the sea, above
    the ground, or no altitude at all) the band leaves nothing out, and a doubtful position is never outside.
    """
    rows = np.flatnonzero(takes_part(tracks.marks))
    owner = np.repeat(np.arange(len(tracks.aircraft)), np.diff(tracks.start))[rows]
    inside_before = np.concatenate(([0], np.cumsum(_is_inside(area, tracks, rows))))
    found = np.zeros(len(intervals), bool)
    for index in (intervals.a, intervals.b):
        begin = search_grouped(owner, tracks.t_s[rows], index, intervals.begin_s) - 1  # the reports around it too
        end = search_grouped(owner, tracks.t_s[rows], index, intervals.end_s, "right") + 1
        first = np.maximum(begin, np.searchsorted(owner, index))
        last = np.minimum(end, np.searchsorted(owner, index, "right"))
        found |= inside_before[last] > inside_before[first]
    return found


def _is_inside(area: Area, tracks: Tracks, rows: Ints) -> Bools:
    """Return which rows may lie in the area."""
    inside = contains(area.polygon, tracks.lon_deg[rows], tracks.lat_deg[rows])
    by_datum = {AltitudeDatum.PRESSURE: tracks.altitude_m, AltitudeDatum.ELLIPSOID: tracks.geoaltitude_m}
    if area.band.datum in by_datum:
        height_m = by_datum[area.band.datum][rows]
        floor_m, ceiling_m = limits_m(area.band)
        inside &= np.isnan(height_m) | ((height_m >= floor_m) & (height_m <= ceiling_m))
    inside |= (tracks.marks[rows] & np.uint32(DOUBTFUL)) != 0
    return inside
