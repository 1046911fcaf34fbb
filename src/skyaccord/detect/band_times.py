"""When aircraft are within an altitude band.

A height is known only in a datum that the aircraft reports: pressure altitude or height above the ellipsoid. Where it
is not known, or the band is measured from the sea or the ground, the band leaves nothing out.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from skyaccord.detect.intervals import TOGETHER_S
from skyaccord.detect.line import ALT, GEO, T
from skyaccord.detect.observation import Bools, Observation
from skyaccord.detect.place_distance import steps
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.altitude_band import AltitudeBand, AltitudeDatum

HEIGHT_OF: Final = MappingProxyType({AltitudeDatum.PRESSURE: ALT, AltitudeDatum.ELLIPSOID: GEO})
"""The column of a line that holds heights in a datum; their rate is the next."""


@dataclass(frozen=True, slots=True)
class RunTimes:
    """Intervals of time, sorted and disjoint within each run; one without length where a run has but one instant."""

    first: Ints  # first row of the run, as in Observation
    begin_s: Floats
    end_s: Floats

    def __len__(self) -> int:
        return len(self.first)


def limits_m(band: AltitudeBand) -> tuple[float, float]:
    """Return floor and ceiling; an open side is infinite."""
    floor_m = band.floor.si if band.floor is not None else -np.inf
    ceiling_m = band.ceiling.si if band.ceiling is not None else np.inf
    return floor_m, ceiling_m


def times_in_band(seen: Observation, band: AltitudeBand, widened_by_m: float = 0.0) -> RunTimes:
    """Return when each aircraft may be within a band, its limits included; exact on the straight lines of reports.

    Args:
        seen: what was observed.
        band: floor, ceiling and what they are measured from.
        widened_by_m: moves both limits outwards, or inwards where negative: by the error of heights.
    """
    floor_m, ceiling_m = limits_m(band)
    start_m, rate_mps = _heights(seen, band)
    with np.errstate(invalid="ignore", divide="ignore"):  # where height is unknown or level nothing is crossed
        begin, end = _within(start_m, rate_mps, floor_m - widened_by_m, ceiling_m + widened_by_m)
    return _joined(seen, begin, end)


def times_without_height(seen: Observation, band: AltitudeBand) -> RunTimes:
    """Return when the heights that a band asks for are not known: there `times_in_band` leaves nothing out."""
    is_open = band.floor is None and band.ceiling is None
    unknown = np.zeros(len(seen), bool) if is_open else np.isnan(_heights(seen, band)[0])
    return _joined(seen, np.where(unknown, 0.0, np.inf), np.where(unknown, np.inf, -np.inf))


def _heights(seen: Observation, band: AltitudeBand) -> tuple[Floats, Floats]:
    """Return height at each row and its rate on the row's line; NaN where the height is not known on all of it."""
    column = HEIGHT_OF.get(band.datum) if band.datum is not None else None
    if column is None:
        return np.full(len(seen), np.nan), np.zeros(len(seen))
    rate_mps = np.where(steps(seen), seen.line[:, column + 1], 0.0)
    return seen.line[:, column] + 0.0 * rate_mps, rate_mps


def _within(start_m: Floats, rate_mps: Floats, low_m: float, high_m: float) -> tuple[Floats, Floats]:
    """Return from and until when, after each row, its line lies between two heights; an end before the begin: never.

    Never is also the answer where the lower height is the greater: what errors leave of a narrow band.
    """
    to_low, to_high = (low_m - start_m) / rate_mps, (high_m - start_m) / rate_mps
    is_in = (start_m >= low_m) & (start_m <= high_m)
    is_level = rate_mps == 0.0
    begin = np.where(rate_mps > 0.0, to_low, to_high)
    end = np.where(rate_mps > 0.0, to_high, to_low)
    begin[is_level], end[is_level] = np.where(is_in, 0.0, np.inf)[is_level], np.where(is_in, np.inf, -np.inf)[is_level]
    is_unknown = np.isnan(start_m)
    return np.where(is_unknown, 0.0, begin), np.where(is_unknown, np.inf, end)


def _joined(seen: Observation, begin: Floats, end: Floats) -> RunTimes:
    """Return intervals after each row as times, cut to the row's line; those of a run that touch are one.

    Instants at which a line only touches a limit are left out; a run of one instant keeps its own.
    """
    goes_on, t_s = steps(seen), seen.line[:, T]
    until_s = np.where(goes_on, np.append(t_s[1:], np.inf), t_s)
    begin_s, end_s = t_s + np.maximum(begin, 0.0), np.minimum(t_s + end, until_s)
    is_instant = t_s[seen.first] == t_s[seen.last]
    row = np.flatnonzero((begin_s <= end_s) & (goes_on | is_instant))
    first, begin_s, end_s = seen.first[row], begin_s[row], end_s[row]
    touches = (first[1:] == first[:-1]) & (begin_s[1:] <= end_s[:-1] + TOGETHER_S)
    heads, tails = _edges(~touches, len(row))
    found = RunTimes(first[heads], begin_s[heads], end_s[tails])
    keep = (found.end_s > found.begin_s) | is_instant[found.first]
    return RunTimes(found.first[keep], found.begin_s[keep], found.end_s[keep])


def _edges(parts: Bools, count: int) -> tuple[Bools, Bools]:
    """Return which of so many intervals are the first and which the last of those that touch, by where they part."""
    if count == 0:
        return np.zeros(0, bool), np.zeros(0, bool)
    return np.append(True, parts), np.append(parts, True)
