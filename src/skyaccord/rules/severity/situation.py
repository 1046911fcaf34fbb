"""What every scale reads of an encounter: distances as intervals of what they may have been, and its conduct."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.conduct.classify import Conduct, classify
from skyaccord.detect.conduct.features import Sense
from skyaccord.detect.encounters import Found
from skyaccord.detect.pieces import DATUM, ELLIPSOID
from skyaccord.model.encounter import Encounter
from skyaccord.rules.severity.nearest import nearest_slants
from skyaccord.units import FT, NM

ALTIMETER_M: Final = 133 * FT
"""95 % bound of one altimetry system's own error: two thirds of the 200 ft that mean and three standard deviations may
reach in the basic flight envelope of RVSM (14 CFR 91, appendix G, section 2). Rules speak of reported altitudes and
leave it out; how near two aircraft really were does not."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length that lies between two values."""

    low_m: float
    high_m: float

    def is_below(self, limit_m: float) -> bool | None:
        """Return whether it is less than a limit; ``None`` where the limit lies within what it may be."""
        if self.high_m < limit_m:
            return True
        return False if self.low_m >= limit_m else None

    def __str__(self) -> str:
        if not math.isfinite(self.high_m):
            return f"{_said(self.low_m)} or more, with no upper bound"
        if self.high_m < NM:
            return f"{self.low_m / FT:,.0f} to {self.high_m / FT:,.0f} ft"
        return f"{self.low_m / NM:,.2f} to {self.high_m / NM:,.2f} NM"


def _said(value_m: float) -> str:
    return f"{value_m / FT:,.0f} ft" if value_m < NM else f"{value_m / NM:,.2f} NM"


@dataclass(frozen=True, slots=True)
class Situation:
    """An encounter as the scales see it."""

    encounter: Encounter
    names: tuple[str, str]
    conduct: Conduct
    slant: Span  # the least distance
    horizontal: Span  # at the instant of least max(horizontal/D, vertical/H)
    vertical: Span

    @property
    def is_doubtful(self) -> bool:
        """Return whether positions near the closest instant are not to be believed."""
        return bool(self.conduct.features.doubt)

    @property
    def turned_away(self) -> bool:
        """Return whether either was seen to turn away before they were nearest."""
        return Sense.AWAY in (self.conduct.features.a.turned, self.conduct.features.b.turned)

    @property
    def crossed_nose_m(self) -> float:
        """Return how near before the other's nose one crossed; NaN where neither did."""
        return float(np.fmin(self.conduct.features.a.crossed_nose_m, self.conduct.features.b.crossed_nose_m))


def situations(found: Found, conducts: Sequence[Conduct] | None = None) -> tuple[Situation, ...]:
    """Return the situation of each encounter, in their order.

    Args:
        found: the encounters.
        conducts: `classify` of them where it is at hand.
    """
    conducts = classify(found) if conducts is None else conducts
    pieces, bounds = found.pieces()
    own_m = np.where(pieces.value[:, DATUM] == ELLIPSOID, 0.0, math.sqrt(2.0) * ALTIMETER_M)
    vertical_m = np.hypot(bounds.vertical_m, own_m)
    slants = nearest_slants(pieces.start, pieces.value, bounds.horizontal_m, vertical_m)
    aircraft = found.measured.tracks.aircraft
    return tuple(
        Situation(
            encounter=encounter,
            names=(aircraft[encounter.a].id, aircraft[encounter.b].id),
            conduct=conduct,
            slant=Span(*slant),
            horizontal=_span(encounter.horizontal_at_closest_m, encounter.horizontal_error_m),
            vertical=_span(encounter.vertical_at_closest_m, _vertical_error_m(encounter)),
        )
        for encounter, conduct, slant in zip(found.encounters, conducts, slants.tolist(), strict=True)
    )


def _vertical_error_m(encounter: Encounter) -> float:
    return math.hypot(encounter.vertical_error_m, math.sqrt(2.0) * ALTIMETER_M)


def _span(value_m: float, error_m: float) -> Span:
    if not (math.isfinite(value_m) and math.isfinite(error_m)):
        return Span(0.0, math.inf)
    return Span(max(value_m - error_m, 0.0), value_m + error_m)
