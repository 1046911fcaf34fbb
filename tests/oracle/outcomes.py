"""Distances of generated flights and what follows from them for three presets, without a line of skyaccord.

Rows are joined by straight lines in latitude, longitude and altitude; distances are geodesics of pyproj at twenty
instants a second. Errors are those that docs/method.md states: root sum of squares of position and clock over both
aircraft, and what a turn or a climb may do between two reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
from pyproj import Geod

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

WGS84 = Geod(ellps="WGS84")
FT, NM, MI, KT = 0.3048, 1852.0, 1609.344, 1852.0 / 3600.0
STEP_S = 0.05
UNSTATED_POSITION_M = 92.6
CLOCK_S = 0.5  # half of one second, in which all generated rows are stamped
TURN_MPS2, CLIMB_MPS2 = 2.5, 0.3
ALTITUDE_M = 12.5 * FT
REENTER_S = 30.0
GRAVITY_MPS2 = 9.80665


@dataclass(frozen=True)
class Pair:
    """Two aircraft over the time in which both are seen: one entry an instant."""

    a: str
    b: str
    t_s: Floats
    horizontal_m: Floats
    vertical_m: Floats  # without sign; NaN where unknown
    ahead_m: dict[str, Floats]  # of the other, in the frame of an aircraft
    right_m: dict[str, Floats]
    horizontal_error_m: Floats
    vertical_error_m: Floats

    def clearance_m(self, frame: str, box: tuple[float, float, float]) -> Floats:
        """Return the distance between two boxes that hold the aircraft.

        The boxes are turned as the aircraft ``frame`` flies; ``box``: half sums of the two along, across and up.
        """
        gaps = (np.abs(self.ahead_m[frame]) - box[0], np.abs(self.right_m[frame]) - box[1], self.vertical_m - box[2])
        return np.asarray(np.sqrt(sum(np.maximum(gap, 0.0) ** 2 for gap in gaps)))


def tracks_of(table: Any) -> dict[str, dict[str, Floats]]:
    """Return the columns of each aircraft, in seconds, degrees, metres and metres a second."""
    found = {}
    for (name,), rows in pl.DataFrame(table).sort("timestamp").group_by("icao24", maintain_order=True):
        t_s = rows["timestamp"].dt.timestamp("us").to_numpy() / 1e6
        column = {c: rows[c].cast(pl.Float64).fill_null(float("nan")).to_numpy() for c in rows.columns[3:10]}
        found[str(name)] = {
            "t_s": t_s,
            "lat": column["latitude"],
            "lon": np.unwrap(column["longitude"], period=360.0),
            "altitude_m": column["altitude"] * FT,
            "speed_mps": column["groundspeed"] * KT,
            "track": np.unwrap(column["track"], period=360.0),
        }
    return found


def pairs_between(table: Any, party_of: Callable[[str], str]) -> Iterator[Pair]:
    """Yield every pair of aircraft of two parties."""
    flown = tracks_of(table)
    for a, b in combinations(sorted(flown), 2):
        if party_of(a) != party_of(b):
            yield pair(flown, a, b)


def pair(flown: dict[str, dict[str, Floats]], a: str, b: str) -> Pair:
    """Return two aircraft together."""
    one, two = flown[a], flown[b]
    begin, end = max(one["t_s"][0], two["t_s"][0]), min(one["t_s"][-1], two["t_s"][-1])
    t_s = np.arange(begin, end + STEP_S / 2, STEP_S)
    at = [{k: np.interp(t_s, each["t_s"], each[k]) for k in each} for each in (one, two)]
    out, back, horizontal_m = WGS84.inv(at[0]["lon"], at[0]["lat"], at[1]["lon"], at[1]["lat"])
    bearing = {n: np.radians(np.asarray(to) - k["track"]) for n, to, k in ((a, out, at[0]), (b, back, at[1]))}
    between_s2 = sum(float(np.diff(each["t_s"]).max()) ** 2 / 4.0 for each in (one, two))
    seen = sum(UNSTATED_POSITION_M**2 + (CLOCK_S * each["speed_mps"]) ** 2 for each in at)
    return Pair(
        a=a,
        b=b,
        t_s=t_s,
        horizontal_m=np.asarray(horizontal_m),
        vertical_m=np.abs(at[1]["altitude_m"] - at[0]["altitude_m"]),
        ahead_m={name: np.asarray(horizontal_m) * np.cos(angle) for name, angle in bearing.items()},
        right_m={name: np.asarray(horizontal_m) * np.sin(angle) for name, angle in bearing.items()},
        horizontal_error_m=np.sqrt(seen) + TURN_MPS2 / 2 * between_s2,
        vertical_error_m=np.full(len(t_s), np.sqrt(2.0) * ALTITUDE_M + CLIMB_MPS2 / 2 * between_s2),
    )


GRAVITY = ("compliant", "undetermined", "infringed", "breach")


def worst_outcome(preset: str, pairs: list[Pair]) -> str:
    """Return the gravest outcome of a preset's provisions over all pairs, by the order of `rules.severity`."""
    return max(
        (outcome for each in pairs for outcome in OUTCOMES[preset](each)), key=GRAVITY.index, default="compliant"
    )


def _keep(pair: Pair, d_m: float, h_m: float, restore_s: float) -> str:
    lost = [_within(pair, d_m, h_m, sign) for sign in (-1.0, 1.0)]
    sure_s, may_s = (_longest_s(pair.t_s, each) for each in lost)
    ends_open = bool(lost[1][0] or lost[1][-1])
    if sure_s > restore_s:
        return "breach"
    if may_s > restore_s or (may_s > 0 and ends_open):
        return "undetermined"
    return "infringed" if sure_s > 0 else "undetermined" if may_s > 0 else "compliant"


def _within(pair: Pair, d_m: float, h_m: float, sign: float) -> Bools:
    """Return when both limits are undercut, for certain (-1) or possibly (+1)."""
    near = pair.horizontal_m < d_m + sign * pair.horizontal_error_m
    level = pair.vertical_m < h_m + sign * pair.vertical_error_m
    return np.asarray(near & np.where(np.isnan(pair.vertical_m), sign > 0, level))


def _slant(pair: Pair, d_m: float) -> str:
    """Return the outcome of a ban on a slant distance: the error lies along each axis."""
    near = np.hypot(pair.horizontal_m + pair.horizontal_error_m, pair.vertical_m + pair.vertical_error_m) < d_m
    unknown = np.isnan(pair.vertical_m)
    horizontal_m = np.maximum(pair.horizontal_m - pair.horizontal_error_m, 0.0)
    may = np.hypot(horizontal_m, np.where(unknown, 0.0, np.maximum(pair.vertical_m - pair.vertical_error_m, 0.0))) < d_m
    return "breach" if near.any() else "undetermined" if may.any() else "compliant"


def _cylinder(pair: Pair, d_m: float, h_m: float) -> str:
    sure, may = (_within(pair, d_m, h_m, sign).any() for sign in (-1.0, 1.0))
    return "breach" if sure else "undetermined" if may else "compliant"


def _longest_s(t_s: Floats, lost: Bools) -> float:
    """Return the longest loss; losses with less than the time of re-entry between them are one."""
    if not lost.any():
        return 0.0
    inside = t_s[lost]
    cuts = np.flatnonzero(np.diff(inside) >= REENTER_S)
    begins, ends = np.append(inside[0], inside[cuts + 1]), np.append(inside[cuts], inside[-1])
    return float(np.max(ends - begins)) + STEP_S


def _threes(pair: Pair) -> list[str]:
    readings = {_keep(pair, 3 * mile, 3000 * FT, 180.0) for mile in (NM, MI)}
    return [readings.pop() if len(readings) == 1 else "undetermined"]


OUTCOMES: dict[str, Callable[[Pair], list[str]]] = {
    "syria-2015-public-outline": _threes,
    "surveillance-minima": lambda pair: [_keep(pair, 5 * NM, 1000 * FT, 0.0)],
    "near-midair": lambda pair: [
        _slant(pair, 500 * FT),
        _cylinder(pair, 500 * FT, 100 * FT),
        _slant(pair, 100 * FT),
    ],
}
