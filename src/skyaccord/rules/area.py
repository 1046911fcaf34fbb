"""Whether a memorandum applies where an encounter took place."""

from __future__ import annotations

import numpy as np

from skyaccord.geometry.polygon import contains
from skyaccord.memorandum.area import AltitudeDatum, Area
from skyaccord.model.encounter import Encounter
from skyaccord.model.tracks import Tracks


def applies(area: Area, encounter: Encounter, tracks: Tracks) -> bool:
    """Return whether either aircraft was in the area of application at the closest instant.

    An altitude band counts only where the track has that datum; where height cannot be compared (above the sea, above
    the ground, or no altitude at all) the band leaves nothing out.
    """
    return any(_is_inside(area, tracks, index, encounter.t_closest_s) for index in (encounter.a, encounter.b))


def _is_inside(area: Area, tracks: Tracks, index: int, t_s: float) -> bool:
    rows = tracks.rows(index)
    times = tracks.t_s[rows]
    nearest = int(np.argmin(np.abs(times - t_s)))
    lon_deg, lat_deg = float(tracks.lon_deg[rows][nearest]), float(tracks.lat_deg[rows][nearest])
    if not contains(area.polygon, lon_deg, lat_deg):
        return False
    by_datum = {AltitudeDatum.PRESSURE: tracks.altitude_m, AltitudeDatum.ELLIPSOID: tracks.geoaltitude_m}
    if area.datum not in by_datum:
        return True
    height_m = float(by_datum[area.datum][rows][nearest])
    if np.isnan(height_m):
        return True
    floor_m = area.floor.si if area.floor else -np.inf
    ceiling_m = area.ceiling.si if area.ceiling else np.inf
    return bool(floor_m <= height_m <= ceiling_m)
