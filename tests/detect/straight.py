"""Straight flights at constant speed along geodesics (pyproj), and where they truly are at any instant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from skyaccord.units import KT
from tests.builders import T0_S, Flight
from tests.geometry.edges import WGS84

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Straight:
    """A flight from a place in a direction."""

    lat: float
    lon: float
    bearing: float
    speed_mps: float

    def at(self, elapsed_s: float) -> tuple[float, float]:
        """Return latitude and longitude some time after the begin."""
        lon, lat, _ = WGS84.fwd(self.lon, self.lat, self.bearing, self.speed_mps * elapsed_s)
        return lat, lon

    def reports(self, elapsed_s: Floats, altitude_ft: Floats | None = None) -> Flight:
        """Return the flight as reported at some times after `T0_S`."""
        places = np.array([self.at(float(t)) for t in elapsed_s])
        same = np.ones(len(elapsed_s))
        height = 20_000.0 * same if altitude_ft is None else altitude_ft
        speed, track = self.speed_mps / KT * same, self.bearing * same
        return Flight(T0_S + elapsed_s, places[:, 0], places[:, 1], height, speed, track, 0.0 * same)

    def changes(self, ask: Callable[[float, float], bool], until_s: float, every_s: float = 1.0) -> list[float]:
        """Return when the answer to a question about the place changes, unless it changes twice within a step."""
        grid = np.append(np.arange(0.0, until_s, every_s), until_s)
        answers = [ask(*self.at(float(t))) for t in grid]
        spans = zip(pairwise(grid.tolist()), pairwise(answers), strict=True)
        return [self._bisected(ask, low, high) for (low, high), (a, b) in spans if a != b]

    def _bisected(self, ask: Callable[[float, float], bool], low: float, high: float) -> float:
        before = ask(*self.at(low))
        while high - low > 1e-4:
            middle = 0.5 * (low + high)
            low, high = (middle, high) if ask(*self.at(middle)) == before else (low, middle)
        return high
