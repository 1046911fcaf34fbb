"""Recorded states of many aircraft as arrays, the form in which every search reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from skyaccord.model.quality import LEFT_OUT

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Marks: TypeAlias = npt.NDArray[np.uint32]
Bools: TypeAlias = npt.NDArray[np.bool_]

UNASSIGNED = "unassigned"
"""The party of an aircraft that no one claims. It counts against everyone."""

SECOND: Final = "/2"
"""Ends the id of the second of two tracks that were recorded under one id."""

UNSTATED_POSITION_M: Final = 92.6
"""95 % bound where a report states none: NACp 8 (0.05 NM), the least that 14 CFR 91.227 lets ADS-B Out report."""


@dataclass(frozen=True, slots=True)
class Aircraft:
    """What is known of an aircraft beside its states."""

    id: str
    callsign: str = ""
    party: str = UNASSIGNED
    source: str = ""


@dataclass(frozen=True, slots=True)
class Tracks:
    """States sorted by aircraft, then time. Row ``k`` of aircraft ``i`` has ``start[i] <= k < start[i + 1]``.

    All arrays have one entry a row. Missing values are NaN. Pressure and ellipsoidal altitude are never mixed.
    """

    aircraft: tuple[Aircraft, ...]
    start: Ints  # (aircraft + 1,)
    t_s: Floats  # s since 1970-01-01T00:00:00Z
    lat_deg: Floats  # WGS-84
    lon_deg: Floats  # WGS-84
    altitude_m: Floats  # pressure altitude
    geoaltitude_m: Floats  # above the WGS-84 ellipsoid
    groundspeed_mps: Floats
    track_deg: Floats  # clockwise from true north
    vertical_rate_mps: Floats
    squawk: Floats  # four octal digits read as a decimal number, 7700
    horizontal_error_m: Floats  # 95 % bound of the reported position, NaN where the source states none
    off_m: Floats  # by how much reported velocities contradict the position beyond that, 0 where they do not
    marks: Marks  # bits of model.quality.Mark

    def __len__(self) -> int:
        return len(self.t_s)

    def rows(self, index: int) -> slice:
        """Return the rows of aircraft ``index``."""
        return slice(int(self.start[index]), int(self.start[index + 1]))


def position_error_m(tracks: Tracks) -> Floats:
    """Return the 95 % bound of each position: what is stated, or assumed, and what velocities contradict it by."""
    stated = tracks.horizontal_error_m
    return np.where(np.isfinite(stated), stated, UNSTATED_POSITION_M) + tracks.off_m


def recorded_id(name: str) -> str:
    """Return the id under which an aircraft was recorded."""
    return name.removesuffix(SECOND)


def are_one_party(tracks: Tracks, a: Ints, b: Ints) -> Bools:
    """Return in which pairs of aircraft (indices) both are of one party; unassigned aircraft are of none."""
    parties = [aircraft.party for aircraft in tracks.aircraft]
    number = {name: n for n, name in enumerate(dict.fromkeys(parties))}
    party = np.array([number[name] for name in parties], np.int64)
    same: Bools = (party[a] == party[b]) & (party[a] != number.get(UNASSIGNED, -1))
    return same


def takes_part(marks: Marks) -> Bools:
    """Return which reports take part in a search, by their marks: those without one of `LEFT_OUT`."""
    part: Bools = (marks & np.uint32(LEFT_OUT)) == 0
    return part
