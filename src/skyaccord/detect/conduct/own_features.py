"""What either aircraft of an encounter did: where it came from, how it turned, how its speed changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from skyaccord.detect.conduct.closing import SIGMAS
from skyaccord.detect.conduct.features import Own, Sense
from skyaccord.detect.conduct.nose import nose_crossings_m
from skyaccord.detect.conduct.scene import Scene, View
from skyaccord.detect.conduct.stretches import mean_over
from skyaccord.geometry.vectors import Floats

APPROACH_S: Final = 120.0
"""Time before in which a turn or a change of speed belongs to the approach."""

ASTERN_S: Final = 45.0
"""How long before it was beside the other it is asked from where one came."""

SETTLED_S: Final = 15.0
"""Into a station, so that the speed is that of the station."""

AFTER_S: Final = 60.0
"""Time after in which a turn belongs to the departure."""

ABEAM_DEG: Final = 10.0
"""Nearer than this to nose or tail the other is neither left nor right, and a turn neither to nor from it."""


def measure_own(scene: Scene, view: View) -> tuple[Own, ...]:
    """Return what is known of one aircraft of each encounter."""
    pair, course = view.pair, view.course
    settled = np.minimum(scene.later(scene.event, SETTLED_S), scene.after)
    ref, then = scene.before(scene.event, APPROACH_S), scene.later(scene.after, AFTER_S)
    turned, turned_error = course.between(ref, settled)
    later, later_error = course.between(scene.after, then)
    error_mps = view.motion.velocity_error_mps
    columns = (
        *_places(scene, view),
        *_line(scene, view),
        turned,
        turned_error,
        _senses(turned, turned_error, pair.bearing_from_a_deg[ref]),
        pair.speed_a_mps[settled] - pair.speed_a_mps[ref],
        SIGMAS * np.hypot(error_mps[settled], error_mps[ref]),
        later,
        _senses(later, later_error, pair.bearing_from_a_deg[scene.after]),
        course.fastest_degps(scene.within.begin, scene.within.end),
        nose_crossings_m(scene, view),
    )
    listed = (column.tolist() if isinstance(column, np.ndarray) else column for column in columns)
    return tuple(Own(*row) for row in zip(*listed, strict=True))


def _places(scene: Scene, view: View) -> tuple[Floats, ...]:
    """Return speed and bearing at the closest instant, and the angles off the other's tail through time."""
    off_tail, closest = view.pair.astern_of_b_deg, view.closest
    is_placed = closest.distance_m > scene.at_closest(scene.found.measured.bounds.horizontal_m)
    return (
        closest.speed_a_mps,
        np.where(is_placed, closest.bearing_from_a_deg, np.nan),
        off_tail[scene.within.begin],
        np.where(is_placed, closest.astern_of_b_deg, np.nan),
        off_tail[scene.within.end],
        off_tail[scene.before(scene.event, ASTERN_S)],
    )


def _line(scene: Scene, view: View) -> tuple[Floats, Floats]:
    """Return the angle between the line on which one approaches the other and the other's track, and its bound.

    From the two speeds and the angle between the tracks, averaged shortly before the closest instant.
    """
    pair, since, until = view.pair, scene.shortly, scene.nearest
    along = mean_over(pair.speed_a_mps * np.cos(np.radians(pair.between_deg)) - pair.speed_b_mps, since, until)
    across = mean_over(pair.speed_a_mps * np.sin(np.radians(pair.between_deg)), since, until)
    error = mean_over(SIGMAS * pair.apart_error_mps, since, until)
    return np.degrees(np.arctan2(across, along)), np.degrees(np.arctan2(error, np.hypot(across, along)))


def _senses(turned_deg: Floats, error_deg: Floats, bearing_deg: Floats) -> Iterator[Sense]:
    """Return whether turns led toward the other, by the side on which it stood when they began."""
    for turned, error, bearing in zip(turned_deg.tolist(), error_deg.tolist(), bearing_deg.tolist(), strict=True):
        if not abs(turned) > error:
            yield Sense.NONE
        elif not ABEAM_DEG < bearing % 180.0 < 180.0 - ABEAM_DEG:
            yield Sense.UNKNOWN
        else:
            yield Sense.TOWARD if (turned > 0.0) == (bearing < 180.0) else Sense.AWAY
