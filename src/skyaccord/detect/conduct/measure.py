"""From pieces and motion to features, for all encounters at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from skyaccord.detect.belief import ABOUT_CLOSEST_S
from skyaccord.detect.conduct.closing import SIGMAS, Closing, closing_to, leaving_from, pursuit_to
from skyaccord.detect.conduct.features import Features, Own, Sense, Station, Told
from skyaccord.detect.conduct.look import STEP_S, Look, look_at
from skyaccord.detect.conduct.own_motion import report_errors_m
from skyaccord.detect.conduct.path import off_path
from skyaccord.detect.conduct.relative_motion import RelativeMotion, relate
from skyaccord.detect.conduct.station import keeps_distance, longest_distance, longest_station
from skyaccord.detect.conduct.stretches import Stretches, mean_over, reduce_over
from skyaccord.detect.conduct.turning import Course, follow_courses
from skyaccord.detect.conduct.within import seconds_within
from skyaccord.detect.encounters import Found
from skyaccord.detect.intervals import BY_CROSSING
from skyaccord.detect.observation import Bools
from skyaccord.detect.pieces import SS, T0, T1
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import NM

SHORTLY_S: Final = 30.0
"""Time before the closest instant over which the two tracks and their difference are averaged."""

APPROACH_S: Final = 120.0
"""Time before in which a turn or a change of speed belongs to the approach."""

ASTERN_S: Final = 45.0
"""How long before it was beside the other it is asked from where one came."""

SETTLED_S: Final = 15.0
"""Into a station, so that the speed is that of the station."""

AFTER_S: Final = 60.0
"""Time after in which a turn belongs to the departure."""

SEEN_S: Final = 30.0
"""Seen for less than this before or after, nothing is known of how one came or left."""

LEAST_STATION_S: Final = 20.0
"""Kept for a shorter time, it is no station but the moment in which one passes the other. Assumed."""

ABEAM_DEG: Final = 10.0
"""Nearer than this to nose or tail the other is neither left nor right, and a turn neither to nor from it."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every measurement here reads."""

    found: Found
    look: Look
    pair: RelativeMotion
    closest: RelativeMotion
    courses: tuple[Course, Course]
    station: Stretches
    is_close: Bools
    event: Ints  # the instant that "before" ends at: begin of a close station, or the closest
    after: Ints  # the instant that "after" begins at: end of a close station, or the closest
    within: Stretches  # the encounter itself


def measure_features(found: Found) -> tuple[Features, ...]:
    """Return the features of each encounter, in their order."""
    if len(found) == 0:
        return ()
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        scene = _scene(found)
        columns = tuple(_columns(scene))
        owns = _own(scene, 0), _own(scene, 1)
        told = tuple(_joined(scene)), tuple(_left(scene))
        stations = tuple(_stations(scene))
    rows = zip(_doubts(found), *columns, *owns, stations, *told, strict=True)
    return tuple(Features(*row) for row in rows)


def _scene(found: Found) -> _Scene:
    look = look_at(found, report_errors_m(found.measured.tracks, found.seen))
    pair = relate(look.a, look.b)
    close, far = longest_station(look, pair), longest_distance(look, pair)
    is_close = close.exists & (close.lasted(look.t_s) >= LEAST_STATION_S)
    begin, end = np.where(is_close, close.begin, far.begin), np.where(is_close, close.end, far.end)
    is_far = ~is_close & far.exists & (far.lasted(look.t_s) >= LEAST_STATION_S)
    station = Stretches(begin, end, is_close | is_far)
    nearest = look.at(found.measured.closest.t_closest_s[found.index])
    return _Scene(
        found=found,
        look=look,
        pair=pair,
        closest=relate(look.closest_a, look.closest_b),
        courses=(follow_courses(look, look.a), follow_courses(look, look.b)),
        station=station,
        is_close=is_close,
        event=np.where(is_close, begin, nearest),
        after=np.where(is_close, end, nearest),
        within=Stretches(
            look.at(found.intervals.begin_s), look.at(found.intervals.end_s), np.ones(len(look), np.bool_)
        ),
    )


def _columns(scene: _Scene) -> Iterator[list[Any]]:
    """Yield the fields of `Features` from whether they only drew apart to the time within 500 m, in its order."""
    found, look, pair, closest, within = scene.found, scene.look, scene.pair, scene.closest, scene.within
    nearest = look.at(found.measured.closest.t_closest_s[found.index])
    since = np.maximum(nearest - round(SHORTLY_S / STEP_S), look.first)
    at = found.measured.closest.piece_at_closest[found.index]
    bounds, least = found.measured.bounds, found.measured.closest
    slow = np.fmin(pair.speed_a_mps, pair.speed_b_mps)
    between_error = np.degrees(np.arctan2(SIGMAS * pair.apart_error_mps, slow))
    pieces, _ = found.pieces()
    keeps = keeps_distance(look, pair).astype(np.float64)
    columns = (
        found.intervals.end_s - found.intervals.begin_s,
        least.horizontal_at_closest_m[found.index],
        bounds.horizontal_m[at],
        least.vertical_at_closest_m[found.index],
        bounds.vertical_m[at],
        mean_over(pair.between_deg, since, nearest),
        mean_over(between_error, since, nearest),
        closest.between_deg,
        _extreme(np.fmin, pair.between_deg, within),
        _extreme(np.fmax, pair.between_deg, within),
        _extreme(np.fmax, pair.closure_mps, within),
        mean_over(pair.apart_mps, since, nearest),
        mean_over(SIGMAS * pair.apart_error_mps, since, nearest),
        np.abs(closest.speed_a_mps - closest.speed_b_mps),
        mean_over(keeps, within.begin, within.end),
        seconds_within(pieces.start, pieces.value, 1 * NM),
        seconds_within(pieces.start, pieces.value, 500.0),
    )
    yield _only_parted(found)
    yield from (column.tolist() for column in columns)


def _only_parted(found: Found) -> list[bool]:
    """Return in which encounters the two were, to within the error, nearest when they were first seen."""
    pieces, bounds = found.pieces()
    begin_m = np.sqrt(pieces.value[pieces.start[:-1], SS])
    came_m = begin_m - found.measured.closest.horizontal_at_closest_m[found.index]
    parted: Bools = (found.intervals.begins_by != BY_CROSSING) & (came_m <= bounds.horizontal_m[pieces.start[:-1]])
    return list(parted.tolist())


def _extreme(function: np.ufunc, value: Floats, within: Stretches) -> Floats:
    return reduce_over(function, value, within.begin, within.end)


def _own(scene: _Scene, side: int) -> list[Own]:
    look, pair, closest, course = scene.look, scene.pair, scene.closest, scene.courses[side]
    speed, speed_now = (pair.speed_b_mps, closest.speed_b_mps) if side else (pair.speed_a_mps, closest.speed_a_mps)
    bearing, bearing_now = (
        (pair.bearing_from_b_deg, closest.bearing_from_b_deg)
        if side
        else (pair.bearing_from_a_deg, closest.bearing_from_a_deg)
    )
    off_tail, off_tail_now = (
        (pair.astern_of_a_deg, closest.astern_of_a_deg) if side else (pair.astern_of_b_deg, closest.astern_of_b_deg)
    )
    error_mps = (look.b if side else look.a).velocity_error_mps
    at = scene.found.measured.closest.piece_at_closest[scene.found.index]
    is_placed = closest.distance_m > scene.found.measured.bounds.horizontal_m[at]
    ref = np.maximum(scene.event - round(APPROACH_S / STEP_S), look.first)
    settled = np.minimum(scene.event + round(SETTLED_S / STEP_S), scene.after)
    then = np.minimum(scene.after + round(AFTER_S / STEP_S), look.last)
    came = np.maximum(scene.event - round(ASTERN_S / STEP_S), look.first)
    before, before_error = course.between(ref, settled)
    later, later_error = course.between(scene.after, then)
    line, line_error = _line(scene, side)
    columns = (
        speed_now,
        np.where(is_placed, bearing_now, np.nan),
        off_tail[scene.within.begin],
        np.where(is_placed, off_tail_now, np.nan),
        off_tail[scene.within.end],
        off_tail[came],
        line,
        line_error,
        before,
        before_error,
    )
    rest = (
        speed[settled] - speed[ref],
        SIGMAS * np.hypot(error_mps[settled], error_mps[ref]),
        later,
    )
    fastest = course.fastest_degps(scene.within.begin, scene.within.end)
    rows = zip(
        *(column.tolist() for column in columns),
        _senses(before, before_error, bearing[ref]),
        *(column.tolist() for column in rest),
        _senses(later, later_error, bearing[scene.after]),
        fastest.tolist(),
        strict=True,
    )
    return [Own(*row) for row in rows]


def _line(scene: _Scene, side: int) -> tuple[Floats, Floats]:
    """Return the angle between the line on which one approaches the other and the other's track, and its bound."""
    look = scene.look
    nearest = look.at(scene.found.measured.closest.t_closest_s[scene.found.index])
    since = np.maximum(nearest - round(SHORTLY_S / STEP_S), look.first)
    pair = scene.pair
    # From the two speeds and their difference: cosines of the triangle of velocities.
    own, other = (pair.speed_b_mps, pair.speed_a_mps) if side else (pair.speed_a_mps, pair.speed_b_mps)
    along = own * np.cos(np.radians(pair.between_deg)) - other
    across = own * np.sin(np.radians(pair.between_deg))
    line = np.degrees(np.arctan2(mean_over(across, since, nearest), mean_over(along, since, nearest)))
    error = mean_over(SIGMAS * pair.apart_error_mps, since, nearest)
    apart = np.hypot(mean_over(across, since, nearest), mean_over(along, since, nearest))
    return line, np.degrees(np.arctan2(error, apart))


def _senses(turned_deg: Floats, error_deg: Floats, bearing_deg: Floats) -> Iterator[Sense]:
    """Return whether turns led toward the other, by the side on which it stood when they began."""
    for turned, error, bearing in zip(turned_deg.tolist(), error_deg.tolist(), bearing_deg.tolist(), strict=True):
        if not abs(turned) > error:
            yield Sense.NONE
        elif not ABEAM_DEG < bearing % 180.0 < 180.0 - ABEAM_DEG:
            yield Sense.UNKNOWN
        else:
            yield Sense.TOWARD if (turned > 0.0) == (bearing < 180.0) else Sense.AWAY


def _stations(scene: _Scene) -> Iterator[Station | None]:
    look, pair, stretch = scene.look, scene.pair, scene.station
    begin, end = stretch.begin, stretch.end
    at = scene.found.measured.closest.piece_at_closest[scene.found.index]
    swings = [course.swing(begin, end) for course in scene.courses]
    less = np.argmin([swing for swing, _ in swings], axis=0)
    columns = (
        look.t_s[begin],
        look.t_s[end],
        mean_over(pair.distance_m, begin, end),
        mean_over(np.abs(pair.height_m), begin, end),
        scene.found.measured.bounds.vertical_m[at],
        mean_over(np.abs(pair.speed_a_mps - pair.speed_b_mps), begin, end),
        mean_over(pair.astern_of_b_deg, begin, end),
        mean_over(pair.astern_of_a_deg, begin, end),
        np.where(less, swings[1][0], swings[0][0]),
        np.where(less, swings[1][1], swings[0][1]),
        *off_path(look, stretch, mean_over(pair.ahead_m, begin, end)),
    )
    rows = zip(*(column.tolist() for column in columns), scene.is_close.tolist(), strict=True)
    for exists, row in zip(stretch.exists.tolist(), rows, strict=True):
        yield Station(*row) if exists else None


def _joined(scene: _Scene) -> Iterator[Told]:
    look = scene.look
    to_station, pursuit = closing_to(look, scene.event), pursuit_to(look, scene.event)
    seen = look.t_s[scene.event] - look.t_s[look.first] >= SEEN_S
    for is_close, *pair in zip(scene.is_close.tolist(), _told(to_station, seen), _told(pursuit, seen), strict=True):
        yield pair[0] if is_close else pair[1]


def _left(scene: _Scene) -> Iterator[Told]:
    look, stretch = scene.look, scene.station
    seen = scene.is_close & (look.t_s[look.last] - look.t_s[scene.after] >= SEEN_S)
    return _told(leaving_from(look, np.where(scene.is_close, stretch.begin, scene.after), scene.after), seen)


def _told(closing: Closing, seen: Bools) -> Iterator[Told]:
    who = {1: 0, -1: 1, 0: None}
    columns = (closing.by, closing.seconds, closing.instead_m, closing.contradicts, closing.both, seen)
    for by, *row in zip(*(column.tolist() for column in columns), strict=True):
        yield Told(who[by], *row)


def _doubts(found: Found) -> Iterator[str]:
    """Yield why positions about the closest instant are not to be believed, or an empty text."""
    pieces, bounds = found.pieces()
    closest_s = found.measured.closest.t_closest_s[found.index]
    which = np.repeat(np.arange(len(found)), np.diff(pieces.start))
    is_about = (pieces.value[:, T0] < closest_s[which] + ABOUT_CLOSEST_S) & (
        pieces.value[:, T1] > closest_s[which] - ABOUT_CLOSEST_S
    )
    doubtful = np.zeros(len(found), np.bool_)
    doubtful[which[bounds.is_doubtful & is_about]] = True
    pairs = zip(doubtful.tolist(), found.intervals.a.tolist(), found.intervals.b.tolist(), strict=True)
    for is_doubtful, a, b in pairs:
        twin = found.measured.twins.get((a, b), "")
        reason = f"the two may be one aircraft reported twice: {twin}" if twin else "positions are not to be believed"
        yield reason if is_doubtful else ""
