"""Whether a memorandum applies where an encounter took place."""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.polygon import contains
from skyaccord.memorandum.area import AltitudeDatum, Area
from skyaccord.model.encounter import Encounter
from skyaccord.model.quality import DOUBTFUL
from skyaccord.model.tracks import Tracks, takes_part


def applies(area: Area, encounter: Encounter, tracks: Tracks) -> bool:
    """Return whether either aircraft may have been in the area of application at some time of an encounter.

    An altitude band counts only where the track has that datum; where height cannot be compared (above the sea, above
    the ground, or no altitude at all) the band leaves nothing out, and a doubtful position is never outside.
    """
    return any(_was_inside(area, tracks, index, encounter) for index in (encounter.a, encounter.b))


def _was_inside(area: Area, tracks: Tracks, index: int, encounter: Encounter) -> bool:
    rows = np.arange(tracks.start[index], tracks.start[index + 1])
    rows = rows[takes_part(tracks.marks[rows])]
    first = max(int(np.searchsorted(tracks.t_s[rows], encounter.start_s)) - 1, 0)  # the reports around it too
    last = int(np.searchsorted(tracks.t_s[rows], encounter.end_s, "right")) + 1
    return any(_is_inside(area, tracks, int(row)) for row in rows[first:last])


def _is_inside(area: Area, tracks: Tracks, row: int) -> bool:
    if int(tracks.marks[row]) & int(DOUBTFUL):
        return True
    if not contains(area.polygon, float(tracks.lon_deg[row]), float(tracks.lat_deg[row])):
        return False
    by_datum = {AltitudeDatum.PRESSURE: tracks.altitude_m, AltitudeDatum.ELLIPSOID: tracks.geoaltitude_m}
    if area.datum not in by_datum:
        return True
    height_m = float(by_datum[area.datum][row])
    floor_m = area.floor.si if area.floor else -np.inf
    ceiling_m = area.ceiling.si if area.ceiling else np.inf
    return bool(np.isnan(height_m) or floor_m <= height_m <= ceiling_m)
