"""Compact position reports: an aircraft's position from the 17 bits of latitude and longitude that it sends.

A report alone says where in a cell of some 360 NM an aircraft is (90 NM on the ground); an even and an odd one
together say in which cell. Each report is paired with the last one of other parity at most `PAIR_S` before it, so no
error is carried on. One without partner is placed by the last paired position at most `NEAR_S` before it, which no
aircraft can leave by half a cell in that time; one without either has no position.

Source: RTCA DO-260B, A.1.7; ICAO Doc 9871, C.2.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Floats, Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.latest import latest

PAIR_S: Final = 10.0
NEAR_S: Final = 60.0

_ZONES: Final = 15  # latitude zones from equator to pole
_STEPS: Final = 2**17


@dataclass(frozen=True, slots=True)
class Reports:
    """Encoded positions, sorted by aircraft and time."""

    code: Ints
    t_us: Ints
    lat: Ints
    lon: Ints
    is_odd: Bools
    is_surface: Bools

    def take(self, which: Ints | Bools) -> Reports:
        """Return some of the reports."""
        return Reports(
            self.code[which],
            self.t_us[which],
            self.lat[which],
            self.lon[which],
            self.is_odd[which],
            self.is_surface[which],
        )


def decode_positions(reports: Reports, reference: tuple[float, float] | None = None) -> tuple[Floats, Floats]:
    """Return latitude and longitude of each report in degrees, NaN where it cannot be told.

    Args:
        reports: airborne and surface positions of all aircraft.
        reference: a place within 45 degrees of all of them, which surface positions need; None: the median of the
            airborne positions, and without any no surface position is decoded.
    """
    lat, lon = np.full(len(reports.code), np.nan), np.full(len(reports.code), np.nan)
    for is_surface in (False, True):
        which = np.flatnonzero(reports.is_surface == is_surface)
        if is_surface and reference is None:
            if np.isnan(lat).all():
                continue
            reference = float(np.nanmedian(lat)), float(np.nanmedian(lon))
        lat[which], lon[which] = _decode(reports.take(which), reference if is_surface else None)
    return lat, lon


def longitude_zones(lat: Floats) -> Ints:
    """Return how many longitude zones there are at a latitude: 59 at the equator, 1 beyond 87 degrees."""
    zones = np.arange(59, 1, -1)
    ratio = (1.0 - np.cos(np.pi / (2 * _ZONES))) / (1.0 - np.cos(2 * np.pi / zones))
    edges = np.degrees(np.arccos(np.sqrt(ratio)))
    return 59 - np.searchsorted(edges, np.abs(lat), side="right").astype(np.int64)


def _decode(reports: Reports, reference: tuple[float, float] | None) -> tuple[Floats, Floats]:
    lat, lon = _in_pairs(reports, reference)
    placed = np.isfinite(lat)
    found, is_known = latest(placed, reports.code, reports.t_us, NEAR_S)
    near = np.flatnonzero(~placed & is_known)
    span = 360.0 if reference is None else 90.0
    lat[near], lon[near] = _near(reports.take(near), lat[found[near]], lon[found[near]], span)
    return lat, lon


def _in_pairs(reports: Reports, reference: tuple[float, float] | None) -> tuple[Floats, Floats]:
    """Return positions from the last even and the last odd report, NaN where one of them is missing."""
    even, has_even = latest(~reports.is_odd, reports.code, reports.t_us, PAIR_S)
    odd, has_odd = latest(reports.is_odd, reports.code, reports.t_us, PAIR_S)
    lat, lon = np.full(len(even), np.nan), np.full(len(even), np.nan)
    which = np.flatnonzero(has_even & has_odd)
    e, o = reports.take(even[which]), reports.take(odd[which])
    lat[which], lon[which] = _of_pairs(e, o, reports.is_odd[which], reference)
    return lat, lon


def _of_pairs(
    even: Reports, odd: Reports, is_odd: Bools, reference: tuple[float, float] | None
) -> tuple[Floats, Floats]:
    span = 360.0 if reference is None else 90.0
    y0, y1, x0, x1 = (each / _STEPS for each in (even.lat, odd.lat, even.lon, odd.lon))
    cell = np.floor(59 * y0 - 60 * y1 + 0.5)
    lat0 = _in_half(span / 60 * (cell % 60 + y0), span, reference)
    lat1 = _in_half(span / 59 * (cell % 59 + y1), span, reference)
    zones = longitude_zones(lat0)
    is_same = (zones == longitude_zones(lat1)) & (np.abs(lat0) <= 90.0) & (np.abs(lat1) <= 90.0)
    column = np.floor(x0 * (zones - 1) - x1 * zones + 0.5)
    count = np.maximum(zones - is_odd, 1)
    lon = span / count * (column % count + np.where(is_odd, x1, x0))
    lon = _within_180(lon) if reference is None else _nearest(lon, 90.0, reference[1])
    return np.where(is_same, np.where(is_odd, lat1, lat0), np.nan), np.where(is_same, lon, np.nan)


def _in_half(lat: Floats, span: float, reference: tuple[float, float] | None) -> Floats:
    """Return latitudes from 0 to 360 as -90 to 90; on the ground the hemisphere is that of the reference."""
    if reference is None:
        return np.where(lat >= span * 0.75, lat - span, lat)
    return np.where(np.abs(lat - reference[0]) <= np.abs(lat - span - reference[0]), lat, lat - span)


def _near(reports: Reports, lat: Floats, lon: Floats, span: float) -> tuple[Floats, Floats]:
    """Return the positions that are nearest to these."""
    height = span / (60 - reports.is_odd)
    y = reports.lat / _STEPS
    new_lat = height * (np.floor(0.5 + lat / height - y) + y)
    width = span / np.maximum(longitude_zones(new_lat) - reports.is_odd, 1)
    x = reports.lon / _STEPS
    new_lon = _within_180(width * (np.floor(0.5 + lon / width - x) + x))
    is_earthly = np.abs(new_lat) <= 90.0
    return np.where(is_earthly, new_lat, np.nan), np.where(is_earthly, new_lon, np.nan)


def _nearest(lon: Floats, step: float, reference: float) -> Floats:
    return _within_180(lon + step * np.rint((reference - lon) / step))


def _within_180(lon: Floats) -> Floats:
    wrapped: Floats = (lon + 180.0) % 360.0 - 180.0
    return wrapped
