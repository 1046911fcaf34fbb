"""The tracks that an example's flights leave: clean reports of known accuracy, at even times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pyarrow as pa

from skyaccord.model.tables import TRACKS
from skyaccord.model.tracks import Tracks
from skyaccord.rules.examples.example import Craft, Example
from skyaccord.tracks.build import build_tracks
from skyaccord.tracks.scenarios.flightpath import Path, fly, wgs84
from skyaccord.tracks.scenarios.legs import State
from skyaccord.units import FPM, FT, KT

CLOCK_S: Final = 0.0437
"""Past the full second: times on full seconds or tenths would be taken as those of a coarse clock, which is an error of
measurement of its own (`detect.accuracy`)."""


def start_of(valid_from_s: float) -> float:
    """Return when the examples of a memorandum take place: on its second day, s since 1970."""
    return valid_from_s + 86_400.0 + CLOCK_S


def fly_example(example: Example, start_s: float) -> Tracks:
    """Return the tracks of an example that begins at an instant, s since 1970."""
    begin = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=start_s)
    parts = [_table(craft, example, begin) for craft in example.crafts]
    return build_tracks(pa.concat_tables([TRACKS.empty_table(), *parts])).tracks


def _table(craft: Craft, example: Example, begin: datetime) -> pa.Table:
    path = fly(_state(craft), craft.legs, example.lasts_s, example.sample_s)
    count = len(path.t_s)
    columns = {
        "timestamp": [begin + timedelta(seconds=t_s) for t_s in path.t_s.tolist()],
        "icao24": [craft.id] * count,
        "squawk": [craft.squawk or None] * count,
        "party": [craft.party] * count,
        "source": ["example"] * count,
        "nac_p": [example.nac_p] * count,
        **_states(path),
    }
    arrays = {field.name: pa.array(columns.get(field.name, [None] * count), field.type) for field in TRACKS}
    return pa.table(arrays, schema=TRACKS)


def _states(path: Path) -> dict[str, list[float]]:
    return {
        "latitude": path.lat_deg.tolist(),
        "longitude": path.lon_deg.tolist(),
        "altitude": (path.altitude_m / FT).tolist(),
        "groundspeed": (path.speed_mps / KT).tolist(),
        "track": path.track_deg.tolist(),
        "vertical_rate": (path.climb_mps / FPM).tolist(),
    }


def _state(craft: Craft) -> State:
    """Return where an aircraft is at the start: on its course back from its place."""
    lon, lat, _ = wgs84().fwd(0.0, 0.0, 0.0, craft.north_m)
    lon, lat, _ = wgs84().fwd(lon, lat, 90.0, craft.east_m)
    lon, lat, back = wgs84().fwd(lon, lat, craft.track_deg + 180.0, craft.speed_mps * craft.at_s)
    track_deg = back % 360.0 if craft.at_s else craft.track_deg
    return State(lat, lon, craft.altitude_m, craft.speed_mps, track_deg)
