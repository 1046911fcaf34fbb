"""Flights for tests, made from speed and course, and the tracks they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np
import numpy.typing as npt

from skyaccord.model.tracks import UNASSIGNED, Aircraft, Tracks
from skyaccord.units import FPM, FT, KT

T0_S = 1_444_478_400.0  # 2015-10-10T12:00:00Z
Floats = npt.NDArray[np.float64]


@dataclass
class Flight:
    """The states of one aircraft in the units of the air: change any array in place to spoil a flight."""

    t_s: Floats
    lat_deg: Floats
    lon_deg: Floats
    altitude_ft: Floats
    speed_kt: Floats
    track_deg: Floats
    climb_fpm: Floats
    geoaltitude_ft: Floats = field(default_factory=lambda: np.empty(0))
    squawk: Floats = field(default_factory=lambda: np.empty(0))
    error_m: Floats = field(default_factory=lambda: np.empty(0))
    marks: npt.NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))

    def __post_init__(self) -> None:
        n = len(self.t_s)
        self.geoaltitude_ft = self.geoaltitude_ft if len(self.geoaltitude_ft) else np.full(n, np.nan)
        self.squawk = self.squawk if len(self.squawk) else np.full(n, np.nan)
        self.error_m = self.error_m if len(self.error_m) else np.full(n, np.nan)
        self.marks = self.marks if len(self.marks) else np.zeros(n, np.uint32)

    def __len__(self) -> int:
        return len(self.t_s)

    def take(self, rows: object) -> Flight:
        """Return some of the states: a slice, an index array or a mask."""
        return Flight(**{f.name: getattr(self, f.name)[rows].copy() for f in fields(self)})

    def then(self, other: Flight) -> Flight:
        """Return both flights as one, in the order of their times."""
        joined = {f.name: np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)}
        order = np.argsort(joined["t_s"], kind="stable")
        return Flight(**{name: value[order] for name, value in joined.items()})

    def moved(self, north_nm: float = 0.0, east_nm: float = 0.0, climb_ft: float = 0.0, later_s: float = 0.0) -> Flight:
        """Return the flight displaced in space or time."""
        east_deg = east_nm / 60.0 / np.cos(np.radians(self.lat_deg))
        out = self.take(slice(None))
        out.lat_deg += north_nm / 60.0
        out.lon_deg += east_deg
        out.altitude_ft += climb_ft
        out.t_s += later_s
        return out


def fly(
    seconds: float,
    *,
    every_s: float = 1.0,
    lat_deg: float = 40.0,
    lon_deg: float = 10.0,
    speed_kt: float = 300.0,
    track_deg: float = 90.0,
    altitude_ft: float = 20_000.0,
    climb_fpm: float = 0.0,
    start_s: float = T0_S,
) -> Flight:
    """Return a flight at constant speed, course and climb, with a state at both ends where ``every_s`` divides."""
    elapsed = np.arange(0.0, seconds + every_s / 2.0, every_s)
    flown_deg = speed_kt * elapsed / 3600.0 / 60.0
    lat = lat_deg + flown_deg * np.cos(np.radians(track_deg))
    lon = lon_deg + flown_deg * np.sin(np.radians(track_deg)) / np.cos(np.radians(lat_deg))
    same = np.ones(len(elapsed))
    altitude = altitude_ft + climb_fpm * elapsed / 60.0
    return Flight(start_s + elapsed, lat, lon, altitude, speed_kt * same, track_deg * same, climb_fpm * same)


def make_tracks(flights: Mapping[str, Flight], parties: Mapping[str, str] | None = None) -> Tracks:
    """Return the tracks of flights, in the order of their ids; without a party an id is unassigned."""
    ids = sorted(flights)
    chosen = [flights[name] for name in ids]
    start = np.concatenate(([0], np.cumsum([len(flight) for flight in chosen]))).astype(np.int64)

    def column(name: str, factor: float = 1.0) -> Floats:
        return np.concatenate([getattr(flight, name) for flight in chosen] or [np.empty(0)]) * factor

    return Tracks(
        aircraft=tuple(Aircraft(name, party=(parties or {}).get(name, UNASSIGNED)) for name in ids),
        start=start,
        t_s=column("t_s"),
        lat_deg=column("lat_deg"),
        lon_deg=column("lon_deg"),
        altitude_m=column("altitude_ft", FT),
        geoaltitude_m=column("geoaltitude_ft", FT),
        groundspeed_mps=column("speed_kt", KT),
        track_deg=column("track_deg"),
        vertical_rate_mps=column("climb_fpm", FPM),
        squawk=column("squawk"),
        horizontal_error_m=column("error_m"),
        off_m=np.zeros(int(start[-1])),
        marks=np.concatenate([flight.marks for flight in chosen] or [np.empty(0, np.uint32)]).astype(np.uint32),
    )


def renamed(tracks: Tracks, prefix: str) -> Tracks:
    """Return the tracks with every id prefixed."""
    return replace(tracks, aircraft=tuple(replace(a, id=prefix + a.id) for a in tracks.aircraft))
