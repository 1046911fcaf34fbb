"""From pieces and motion to features, for all encounters at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from skyaccord.detect.conduct.closing import SIGMAS
from skyaccord.detect.conduct.features import Features, Station
from skyaccord.detect.conduct.look import AROUND_S
from skyaccord.detect.conduct.own_features import measure_own
from skyaccord.detect.conduct.own_motion import report_errors_m
from skyaccord.detect.conduct.path import off_path
from skyaccord.detect.conduct.scene import Scene, lay_scene
from skyaccord.detect.conduct.station import keeps_distance
from skyaccord.detect.conduct.stretches import Stretches, mean_over, reduce_over
from skyaccord.detect.conduct.told import who_joined, who_left, why_doubtful
from skyaccord.detect.conduct.within import seconds_within
from skyaccord.detect.encounters import Found
from skyaccord.detect.intervals import BY_CROSSING
from skyaccord.detect.observation import Bools
from skyaccord.detect.pieces import SS
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.units import NM

BLOCK_S: Final = 500_000.0
"""Time looked at together: a thousand short encounters, whose numbers take 100 MB."""


def measure_features(found: Found) -> tuple[Features, ...]:
    """Return the features of each encounter, in their order."""
    sigma_m = report_errors_m(found.measured.tracks, found.seen)
    return tuple(features for block in _blocks(found) for features in _measure(found.select(block), sigma_m))


def _blocks(found: Found) -> Iterator[Ints]:
    """Yield the encounters in parts that are small enough for memory."""
    lasted_s = found.intervals.end_s - found.intervals.begin_s + 2.0 * AROUND_S
    block = (np.cumsum(lasted_s) // BLOCK_S).astype(np.int64)
    yield from np.split(np.arange(len(found)), np.flatnonzero(np.diff(block)) + 1) if len(found) else ()


def _measure(found: Found, sigma_m: Floats) -> Iterator[Features]:
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        scene = lay_scene(found, sigma_m)
        columns = tuple(_columns(scene))
        owns = tuple(measure_own(scene, view) for view in scene.views)
        told = tuple(who_joined(scene)), tuple(who_left(scene))
        stations = tuple(_stations(scene))
    rows = zip(why_doubtful(found), *columns, *owns, stations, *told, strict=True)
    return (Features(*row) for row in rows)


def _columns(scene: Scene) -> Iterator[list[Any]]:
    """Yield the fields of `Features` from whether they only drew apart to the time within 500 m, in its order."""
    found, pair, closest, within = scene.found, scene.pair, scene.views[0].closest, scene.within
    since, nearest = scene.shortly, scene.nearest
    bounds, least = found.measured.bounds, found.measured.closest
    slow = np.fmin(pair.speed_a_mps, pair.speed_b_mps)
    between_error = np.degrees(np.arctan2(SIGMAS * pair.apart_error_mps, slow))
    pieces, _ = found.pieces()
    keeps = keeps_distance(scene.look, pair).astype(np.float64)
    columns = (
        found.intervals.end_s - found.intervals.begin_s,
        least.horizontal_at_closest_m[found.index],
        scene.at_closest(bounds.horizontal_m),
        least.vertical_at_closest_m[found.index],
        scene.at_closest(bounds.vertical_m),
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


def _stations(scene: Scene) -> Iterator[Station | None]:
    look, pair, stretch = scene.look, scene.pair, scene.station
    begin, end = stretch.begin, stretch.end
    swings = [view.course.swing(begin, end) for view in scene.views]
    less = np.argmin([swing for swing, _ in swings], axis=0)
    columns = (
        look.t_s[begin],
        look.t_s[end],
        mean_over(pair.distance_m, begin, end),
        mean_over(np.abs(pair.height_m), begin, end),
        scene.at_closest(scene.found.measured.bounds.vertical_m),
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
