"""Stretches of pairs, made longer by what a rule looks at before and after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import Bounds, bound_pieces
from skyaccord.detect.encounters import Found, are_twins
from skyaccord.detect.line import T
from skyaccord.detect.observation import Observation
from skyaccord.detect.pieces import Pieces, cut_pieces
from skyaccord.geometry.grouped import search_grouped
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.horizon import Horizon
from skyaccord.rules.spans import Bools

UNBOUNDED_S: Final = 600.0
"""How far a word without a time of its own (``always``, ``since`` …) looks beyond the stretch: as far as matters for
the conduct of an encounter, and no rule can ask for endless work."""

_EXACT_S: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Padded:
    """The pieces of longer stretches, and where the record broke off before they were as long as asked for."""

    pieces: Pieces
    bounds: Bounds
    is_cut_before: Bools
    is_cut_after: Bools


def padded(found: Found, horizon: Horizon) -> Padded:
    """Return stretches that begin and end earlier and later by a horizon, as far as both aircraft were observed."""
    seen, intervals = found.seen, found.intervals
    past_s, future_s = min(horizon.past_s, UNBOUNDED_S), min(horizon.future_s, UNBOUNDED_S)
    earliest_s = np.maximum(*(seen.line[seen.first[row], T] for row in (intervals.row_a, intervals.row_b)))
    latest_s = np.minimum(*(seen.line[seen.last[row], T] for row in (intervals.row_a, intervals.row_b)))
    begin_s = np.maximum(intervals.begin_s - past_s, np.minimum(earliest_s, intervals.begin_s))
    end_s = np.minimum(intervals.end_s + future_s, np.maximum(latest_s, intervals.end_s))
    rows = [_row_at(seen, row, begin_s) for row in (intervals.row_a, intervals.row_b)]
    pieces = cut_pieces(seen, rows[0], rows[1], begin_s, end_s)
    bounds = bound_pieces(found.measured.errors, seen, pieces, are_twins(seen, pieces, found.measured.twins))
    return Padded(
        pieces,
        of_one(bounds) if (intervals.a == intervals.b).all() else bounds,
        begin_s > intervals.begin_s - past_s + _EXACT_S,
        end_s < intervals.end_s + future_s - _EXACT_S,
    )


def of_one(bounds: Bounds) -> Bounds:
    """Return the bounds of single aircraft, from those of pairs of an aircraft with itself.

    A pair's bound is ``√2 σ + 2 u``, with σ of what is independent and u of what is not; √2 less of it is still above
    the ``σ + u`` of one.
    """
    less = 1.0 / np.sqrt(2.0)
    return Bounds(less * bounds.horizontal_m, less * bounds.vertical_m, bounds.is_doubtful)


def _row_at(seen: Observation, row: Ints, t_s: Floats) -> Ints:
    """Return the row, of the run of each row, whose line holds at an instant."""
    run = seen.first[row]
    at = search_grouped(seen.first, seen.line[:, T], run, t_s, "right") - 1
    return np.maximum(at, run)
