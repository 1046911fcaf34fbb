"""What every measurement of conduct reads: motion, station and the instants before and after which it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.conduct.look import STEP_S, Look, look_at
from skyaccord.detect.conduct.own_motion import OwnMotion
from skyaccord.detect.conduct.relative_motion import RelativeMotion, relate
from skyaccord.detect.conduct.station import longest_distance, longest_station
from skyaccord.detect.conduct.stretches import Stretches
from skyaccord.detect.conduct.turning import Course, follow_courses
from skyaccord.detect.encounters import Found
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints

LEAST_STATION_S: Final = 20.0
"""Kept for a shorter time, it is no station but the moment in which one passes the other. Assumed."""

SHORTLY_S: Final = 30.0
"""Time before the closest instant over which the two tracks and their difference are averaged."""


@dataclass(frozen=True, slots=True)
class View:
    """An encounter as one of the two sees it: in ``pair`` and ``closest`` a is itself and b the other."""

    motion: OwnMotion
    pair: RelativeMotion
    closest: RelativeMotion
    course: Course


@dataclass(frozen=True, slots=True)
class Scene:
    """Encounters with all that is measured of them at their instants."""

    found: Found
    look: Look
    views: tuple[View, View]  # of a, of b
    station: Stretches
    is_close: Bools  # station within a mile
    nearest: Ints  # the instant nearest to the closest one
    event: Ints  # the instant that "before" ends at: begin of a close station, or the closest
    after: Ints  # the instant that "after" begins at: end of a close station, or the closest
    within: Stretches  # the encounter itself

    @property
    def pair(self) -> RelativeMotion:
        """Return how b stands to a."""
        return self.views[0].pair

    @property
    def shortly(self) -> Ints:
        """Return the instant `SHORTLY_S` before the closest."""
        return self.before(self.nearest, SHORTLY_S)

    def before(self, at: Ints, seconds: float) -> Ints:
        """Return the instants some seconds before others, no earlier than the first."""
        return np.maximum(at - round(seconds / STEP_S), self.look.first)

    def later(self, at: Ints, seconds: float) -> Ints:
        """Return the instants some seconds after others, no later than the last."""
        return np.minimum(at + round(seconds / STEP_S), self.look.last)

    def at_closest(self, of_piece: Floats) -> Floats:
        """Return, of values one a piece of all that was measured, those of the pieces at the closest instants."""
        return of_piece[self.found.measured.closest.piece_at_closest[self.found.index]]


def lay_scene(found: Found, sigma_m: Floats) -> Scene:
    """Return the scene of encounters, whose reports are wrong by ``sigma_m`` (`own_motion.report_errors_m`)."""
    look = look_at(found, sigma_m)
    views = _view(look, 0), _view(look, 1)
    close, far = longest_station(look, views[0].pair), longest_distance(look, views[0].pair)
    is_close = close.exists & (close.lasted(look.t_s) >= LEAST_STATION_S)
    is_far = ~is_close & far.exists & (far.lasted(look.t_s) >= LEAST_STATION_S)
    begin, end = np.where(is_close, close.begin, far.begin), np.where(is_close, close.end, far.end)
    nearest = look.at(found.measured.closest.t_closest_s[found.index])
    all_ = np.ones(len(look), np.bool_)
    return Scene(
        found=found,
        look=look,
        views=views,
        station=Stretches(begin, end, is_close | is_far),
        is_close=is_close,
        nearest=nearest,
        event=np.where(is_close, begin, nearest),
        after=np.where(is_close, end, nearest),
        within=Stretches(look.at(found.intervals.begin_s), look.at(found.intervals.end_s), all_),
    )


def _view(look: Look, side: int) -> View:
    own, other = (look.b, look.a) if side else (look.a, look.b)
    closest = (look.closest_b, look.closest_a) if side else (look.closest_a, look.closest_b)
    return View(own, relate(own, other), relate(*closest), follow_courses(look, own))
