"""A slow, plain search for encounters, written from the specification alone, to check the fast one against.

It imports nothing of skyaccord. README.md beside this file states the specification and what is provably safe about
the few things it leaves out of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Geod

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FT = 0.3048
STEP_S = 0.25  # dense resampling
REFINED_S = 1e-4  # brackets of minima and crossings are narrowed to this
VERTICAL_SLACK_M = 1e-6  # 1,000 ft apart on paper is 1,000 ft apart: no rounding decides
SAME_INSTANT_S = 1e-6
LEAST_M_PER_DEG_LAT = 110_574.0  # meridian arc of one degree is least at the equator
MOST_M_PER_DEG = 111_695.0  # a degree of the largest radius of curvature, a²/b
MEAN_RADIUS_M = 6_371_008.8
SPHERE_IS_SHORT_BY = 0.99  # a geodesic is never shorter than this share of the spherical distance
RIVAL_M = 10.0  # another minimum this near the least one may pass for it

WGS84 = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class OracleEncounter:
    """One maximal interval in which a pair is within D and H; times in seconds since 1970, ``a < b``."""

    a: str
    b: str
    start_s: float
    end_s: float
    t_cpa_s: float  # least horizontal distance
    min_horizontal_m: float
    vertical_at_cpa_m: float  # NaN where unknown
    t_closest_s: float  # least max(horizontal/D, vertical/H)
    min_normalised: float
    relative_speed_mps: float  # horizontal, at t_cpa_s
    rivals_s: tuple[float, ...]  # all minima within RIVAL_M of the least, that one among them
    has_unknown_vertical: bool  # some of the interval was judged on horizontal distance alone


@dataclass(frozen=True, slots=True)
class Run:
    """Rows of one aircraft without a gap between them, sorted; longitude unwrapped, altitudes in feet."""

    id: str
    t_s: Floats
    lat: Floats
    lon: Floats
    alt_ft: Floats
    geo_ft: Floats


@dataclass(frozen=True, slots=True)
class Pieces:
    """Stretches of time in which both aircraft move linearly: values at ``t0`` and rates, one entry a piece."""

    t0: Floats
    dt: Floats
    lat_a: Floats
    lon_a: Floats
    vlat_a: Floats
    vlon_a: Floats
    lat_b: Floats
    lon_b: Floats
    vlat_b: Floats
    vlon_b: Floats
    up_ft: Floats  # b above a; NaN where unknown
    vup_fps: Floats

    def only(self, keep: npt.NDArray[np.bool_] | Ints) -> Pieces:
        """Return some of the pieces."""
        return Pieces(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})

    def horizontal_m(self, k: Ints, tau: Floats) -> Floats:
        """Return the geodesic distance in piece ``k``, ``tau`` seconds after its beginning."""
        _, _, d = WGS84.inv(
            self.lon_a[k] + self.vlon_a[k] * tau,
            self.lat_a[k] + self.vlat_a[k] * tau,
            self.lon_b[k] + self.vlon_b[k] * tau,
            self.lat_b[k] + self.vlat_b[k] * tau,
        )
        return np.asarray(d, dtype=np.float64)

    def vertical_m(self, k: Ints, tau: Floats) -> Floats:
        """Return the vertical distance; NaN where unknown."""
        return np.abs(self.up_ft[k] + self.vup_fps[k] * tau) * FT

    def fastest_mps(self) -> Floats:
        """Return a bound of how fast the horizontal distance can change in each piece."""
        nearest_equator = np.zeros(len(self.t0))
        speed = np.zeros(len(self.t0))
        for lat, vlat, vlon in ((self.lat_a, self.vlat_a, self.vlon_a), (self.lat_b, self.vlat_b, self.vlon_b)):
            end = lat + vlat * self.dt
            nearest_equator = np.where(lat * end <= 0, 0.0, np.minimum(np.abs(lat), np.abs(end)))
            speed += MOST_M_PER_DEG * (np.abs(vlat) + np.abs(vlon) * np.cos(np.radians(nearest_equator)))
        return speed


def encounters(table: Any, D_m: float, H_m: float, gap_s: float = 30.0) -> list[OracleEncounter]:  # noqa: N803
    """List each maximal interval in which two aircraft are within ``D_m`` horizontally and ``H_m`` vertically.

    Args:
        table: polars, pyarrow or pandas table with timestamp, icao24, latitude, longitude, altitude, geoaltitude (ft).
        D_m: horizontal limit in metres, inclusive.
        H_m: vertical limit in metres, inclusive. Where the vertical distance is unknown it counts as within.
        gap_s: rows further apart than this are not joined.
    """
    runs = sorted(_runs(_frame(table), gap_s), key=lambda run: float(run.t_s[0]))
    found = [e for a, b in _together(runs, D_m, H_m) for e in _of_runs(a, b, D_m, H_m)]
    return sorted(found, key=lambda e: (e.start_s, e.a, e.b))


def _frame(table: Any) -> pl.DataFrame:
    frame = pl.DataFrame(table)
    absent = [pl.lit(None, pl.Float64).alias(c) for c in ("altitude", "geoaltitude") if c not in frame.columns]
    numbers = [pl.col(c).cast(pl.Float64) for c in ("latitude", "longitude", "altitude", "geoaltitude")]
    instant = pl.col("timestamp").dt.timestamp("us").alias("us")
    return (
        frame.with_columns(absent)
        .select(instant, "icao24", *numbers)
        .filter(pl.col("us").is_not_null() & pl.col("icao24").is_not_null())
        .filter(pl.col("latitude").is_finite() & pl.col("longitude").is_finite())
        .sort("icao24", "us", "latitude", "longitude", "altitude")
    )


def _runs(frame: pl.DataFrame, gap_s: float) -> Iterator[Run]:
    for (name,), rows in frame.group_by("icao24", maintain_order=True):
        us = rows["us"].to_numpy()
        columns = [rows[c].to_numpy().astype(np.float64) for c in ("latitude", "longitude", "altitude", "geoaltitude")]
        cuts = np.flatnonzero(np.diff(us) > gap_s * 1e6) + 1
        for part in np.split(np.arange(len(us)), cuts):
            lat, lon, alt, geo = (c[part] for c in columns)
            yield Run(str(name), us[part] / 1e6, lat, np.unwrap(lon, period=360.0), alt, geo)


def _together(runs: list[Run], d_m: float, h_m: float) -> Iterator[tuple[Run, Run]]:
    """Yield pairs of runs that share time and whose boxes in latitude and altitude come near enough to matter."""
    edges = np.array([[r.t_s[0], r.t_s[-1], *_span(r.lat), *_span(r.alt_ft)] for r in runs]).reshape(-1, 6)
    begin, end, south, north, low, high = edges.T
    for i, a in enumerate(runs):
        later = slice(i + 1, None)
        apart = np.maximum(south[later] - north[i], south[i] - north[later]) * LEAST_M_PER_DEG_LAT > d_m
        # NaN in a span compares false: where any altitude is missing nothing is ruled out by altitude
        above = np.maximum(low[later] - high[i], low[i] - high[later]) * FT > h_m + VERTICAL_SLACK_M
        for j in np.flatnonzero((begin[later] <= end[i]) & (end[later] >= begin[i]) & ~apart & ~above) + i + 1:
            b = runs[j]
            if a.id != b.id:
                yield (a, b) if a.id < b.id else (b, a)


def _span(values: Floats) -> tuple[float, float]:
    return float(np.min(values)), float(np.max(values))


def _of_runs(a: Run, b: Run, d_m: float, h_m: float) -> list[OracleEncounter]:
    pieces = _pieces(a, b)
    first, last = _vertical_window(pieces, h_m)
    reachable = (last >= first) & _can_reach(pieces, d_m)
    if not reachable.any():
        return []
    pieces, first, last = pieces.only(reachable), first[reachable], last[reachable]
    k, tau, inside = _samples(pieces, first, last, d_m, h_m)
    return [_describe(a.id, b.id, pieces, k[g], tau[g], d_m, h_m) for g in _stretches(pieces, k, tau, inside)]


def _pieces(a: Run, b: Run) -> Pieces:
    lo, hi = max(a.t_s[0], b.t_s[0]), min(a.t_s[-1], b.t_s[-1])
    both = np.concatenate([[lo, hi], a.t_s, b.t_s])
    breaks = np.unique(both[(both >= lo) & (both <= hi)])
    t0, dt = (breaks[:-1], np.diff(breaks)) if len(breaks) > 1 else (breaks, np.zeros(1))
    lat_a, vlat_a, lon_a, vlon_a, alt_a, valt_a, geo_a, vgeo_a = _linear(a, t0)
    lat_b, vlat_b, lon_b, vlon_b, alt_b, valt_b, geo_b, vgeo_b = _linear(b, t0)
    pressure = np.isfinite(alt_b + valt_b - alt_a - valt_a)
    up = np.where(pressure, alt_b - alt_a, geo_b - geo_a)
    vup = np.where(pressure, valt_b - valt_a, vgeo_b - vgeo_a)
    up = np.where(np.isfinite(vup), up, np.nan)
    return Pieces(t0, dt, lat_a, lon_a, vlat_a, vlon_a, lat_b, lon_b, vlat_b, vlon_b, up, vup)


def _linear(run: Run, t0: Floats) -> Iterator[Floats]:
    """Yield value at ``t0`` and rate of latitude, longitude and both altitudes on the segment that follows ``t0``."""
    # side="right" steps over rows of one instant: the segment starts at the last of them and ends at the next first
    i = np.maximum(np.minimum(np.searchsorted(run.t_s, t0, side="right") - 1, len(run.t_s) - 2), 0)
    j = np.minimum(i + 1, len(run.t_s) - 1)
    long_s = run.t_s[j] - run.t_s[i]
    long_s = np.where(long_s > 0, long_s, np.inf)
    for values in (run.lat, run.lon, run.alt_ft, run.geo_ft):
        rate = (values[j] - values[i]) / long_s
        yield values[i] + rate * (t0 - run.t_s[i])
        yield rate


def _vertical_window(p: Pieces, h_m: float) -> tuple[Floats, Floats]:
    """Return from when to when in each piece vertical distance is within H; first > last where it never is."""
    limit = (h_m + VERTICAL_SLACK_M) / FT
    level = p.vup_fps == 0
    rate = np.where(level, 1.0, p.vup_fps)
    one, other = (-limit - p.up_ft) / rate, (limit - p.up_ft) / rate
    first, last = np.fmax(np.fmin(one, other), 0.0), np.fmin(np.fmax(one, other), p.dt)
    first = np.where(level, np.where(np.abs(p.up_ft) <= limit, 0.0, np.inf), first)
    last = np.where(level, p.dt, last)
    unknown = np.isnan(p.up_ft)
    return np.where(unknown, 0.0, first), np.where(unknown, p.dt, last)


def _can_reach(p: Pieces, d_m: float) -> npt.NDArray[np.bool_]:
    """Return which pieces may come within D, by a bound of distance at both ends and a bound of relative speed."""
    at_ends = _spherical_m(p, np.zeros(len(p.t0))) + _spherical_m(p, p.dt)
    return np.asarray(SPHERE_IS_SHORT_BY * at_ends - p.fastest_mps() * p.dt <= 2 * d_m)


def _spherical_m(p: Pieces, tau: Floats) -> Floats:
    lat_a, lat_b = np.radians(p.lat_a + p.vlat_a * tau), np.radians(p.lat_b + p.vlat_b * tau)
    half_lon = np.radians(p.lon_b + p.vlon_b * tau - p.lon_a - p.vlon_a * tau) / 2
    h = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin(half_lon) ** 2
    return np.asarray(2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(h, 1.0))))


def _samples(
    p: Pieces, first: Floats, last: Floats, d_m: float, h_m: float
) -> tuple[Ints, Floats, npt.NDArray[np.bool_]]:
    """Sample each window densely, add the exact minima, then the exact crossings of D."""
    k, tau = _grid(first, last)

    def normalised(k: Ints, tau: Floats) -> Floats:
        return np.fmax(p.horizontal_m(k, tau) / d_m, p.vertical_m(k, tau) / h_m)

    added = [_minima(f, k, tau) for f in (p.horizontal_m, normalised)]
    k, tau = _sorted(np.concatenate([k, *(a[0] for a in added)]), np.concatenate([tau, *(a[1] for a in added)]))
    inside = p.horizontal_m(k, tau) <= d_m
    change = np.flatnonzero((k[1:] == k[:-1]) & (inside[1:] != inside[:-1]))
    tau_in = np.where(inside[change], tau[change], tau[change + 1])
    tau_out = np.where(inside[change], tau[change + 1], tau[change])
    crossing = _bisect(lambda t: p.horizontal_m(k[change], t) <= d_m, tau_in, tau_out)
    k_all, tau_all = np.concatenate([k, k[change]]), np.concatenate([tau, crossing])
    inside_all = np.concatenate([inside, np.ones(len(change), dtype=bool)])
    order = np.lexsort((tau_all, k_all))
    return k_all[order], tau_all[order], inside_all[order]


def _grid(first: Floats, last: Floats) -> tuple[Ints, Floats]:
    intervals = np.maximum(np.ceil((last - first) / STEP_S), 2).astype(np.int64)
    k = np.repeat(np.arange(len(first)), intervals + 1)
    step = np.arange(len(k)) - np.repeat(np.cumsum(intervals + 1) - (intervals + 1), intervals + 1)
    return k, first[k] + (last - first)[k] * (step / intervals[k])


def _sorted(k: Ints, tau: Floats) -> tuple[Ints, Floats]:
    order = np.lexsort((tau, k))
    return k[order], tau[order]


def _minima(f: Callable[[Ints, Floats], Floats], k: Ints, tau: Floats) -> tuple[Ints, Floats]:
    """Return the refined place of each local minimum of sampled ``f``, by golden section between its neighbours."""
    value = f(k, tau)
    starts, ends = np.append(True, k[1:] != k[:-1]), np.append(k[1:] != k[:-1], True)
    before, after = np.roll(value, 1), np.roll(value, -1)
    low = np.flatnonzero((starts | (value <= before)) & (ends | (value <= after)))
    lo, hi = tau[np.where(starts[low], low, low - 1)], tau[np.where(ends[low], low, low + 1)]
    share = (np.sqrt(5.0) - 1) / 2
    while len(low) and float(np.max(hi - lo)) > REFINED_S:
        x1, x2 = hi - share * (hi - lo), lo + share * (hi - lo)
        left = f(k[low], x1) < f(k[low], x2)
        lo, hi = np.where(left, lo, x1), np.where(left, x2, hi)
    return k[low], (lo + hi) / 2


def _bisect(is_inside: Callable[[Floats], npt.NDArray[np.bool_]], tau_in: Floats, tau_out: Floats) -> Floats:
    """Return the last places inside, between a place inside and one outside."""
    while len(tau_in) and float(np.max(np.abs(tau_out - tau_in))) > REFINED_S:
        middle = (tau_in + tau_out) / 2
        inside = is_inside(middle)
        tau_in, tau_out = np.where(inside, middle, tau_in), np.where(inside, tau_out, middle)
    return tau_in


def _stretches(p: Pieces, k: Ints, tau: Floats, inside: npt.NDArray[np.bool_]) -> list[Ints]:
    """Group samples inside that follow one another without one outside or a lapse of time between them."""
    t = p.t0[k] + tau
    joined = inside[1:] & inside[:-1] & ((k[1:] == k[:-1]) | (np.abs(np.diff(t)) <= SAME_INSTANT_S))
    groups = np.split(np.arange(len(k)), np.flatnonzero(~joined) + 1)
    return [g for g in groups if inside[g[0]]]


def _describe(a: str, b: str, p: Pieces, k: Ints, tau: Floats, d_m: float, h_m: float) -> OracleEncounter:
    t, horizontal, vertical = p.t0[k] + tau, p.horizontal_m(k, tau), p.vertical_m(k, tau)
    normalised = np.fmax(horizontal / d_m, vertical / h_m)
    cpa, closest = int(np.argmin(horizontal)), int(np.argmin(normalised))
    padded = np.concatenate([[np.inf], horizontal, [np.inf]])
    is_low = (horizontal <= padded[:-2]) & (horizontal <= padded[2:]) & (horizontal <= horizontal[cpa] + RIVAL_M)
    return OracleEncounter(
        a=a,
        b=b,
        start_s=float(t[0]),
        end_s=float(t[-1]),
        t_cpa_s=float(t[cpa]),
        min_horizontal_m=float(horizontal[cpa]),
        vertical_at_cpa_m=float(vertical[cpa]),
        t_closest_s=float(t[closest]),
        min_normalised=float(normalised[closest]),
        relative_speed_mps=_relative_speed_mps(p, int(k[cpa]), float(tau[cpa])),
        rivals_s=tuple(float(x) for x in t[is_low]),
        has_unknown_vertical=bool(np.isnan(vertical).any()),
    )


def _relative_speed_mps(p: Pieces, k: int, tau: float) -> float:
    """Return the horizontal speed of b seen from a; worked in space, so that a pole is no special case."""
    lapse = 0.01
    at_a, at_b = (
        [_in_space_m(lat[k] + vlat[k] * t, lon[k] + vlon[k] * t) for t in (tau - lapse / 2, tau + lapse / 2)]
        for lat, vlat, lon, vlon in ((p.lat_a, p.vlat_a, p.lon_a, p.vlon_a), (p.lat_b, p.vlat_b, p.lon_b, p.vlon_b))
    )
    velocity = (at_b[1] - at_b[0] - at_a[1] + at_a[0]) / lapse
    up = at_a[0] + at_b[0]
    up /= np.linalg.norm(up)
    return float(np.linalg.norm(velocity - np.dot(velocity, up) * up))


def _in_space_m(lat: float, lon: float) -> Floats:
    phi, lam = np.radians(lat), np.radians(lon)
    n = WGS84.a / np.sqrt(1 - WGS84.es * np.sin(phi) ** 2)
    place = np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), (1 - WGS84.es) * np.sin(phi)])
    return np.asarray(place * n, dtype=np.float64)
