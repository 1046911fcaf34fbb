"""What provisions are applied to: encounters, within the stretches of time around them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.detect.intervals import BY_CROSSING
from skyaccord.geometry.vectors import Ints
from skyaccord.memorandum.horizon import NOW, Horizon
from skyaccord.model.tracks import Tracks
from skyaccord.rules.motion import motion_of
from skyaccord.rules.overlaps import overlaps
from skyaccord.rules.padding import padded
from skyaccord.rules.spans import Bools, Spans
from skyaccord.rules.trace import Trace, trace_of


def times_of(found: Found) -> Spans:
    """Return the time of each, owned by its pair."""
    intervals = found.intervals
    pair = number_pairs(found.measured.tracks, intervals.a, intervals.b)
    return Spans(pair, intervals.begin_s, intervals.end_s)


def number_pairs(tracks: Tracks, a: Ints, b: Ints) -> Ints:
    """Return one number a pair of aircraft (indices)."""
    return a * len(tracks.aircraft) + b


def by_pair(found: Found) -> Found:
    """Return the same in the order of pairs, those of one pair in order of time."""
    times = times_of(found)
    return found.select(np.lexsort((times.end_s, times.begin_s, times.owner)))


def trace_of_found(found: Found, horizon: Horizon = NOW, needs_motion: bool = False) -> Trace:
    """Return the trace of stretches, one owner each, in their order.

    Args:
        found: the stretches.
        horizon: how far before and after them the trace goes, as far as the pair was observed.
        needs_motion: whether signals of either aircraft will be asked for.
    """
    if horizon == NOW:
        pieces, bounds = found.pieces()
        trace = trace_of(pieces, bounds, found.intervals)
    else:
        wide = padded(found, horizon)
        pieces, bounds = wide.pieces, wide.bounds
        core = Spans(np.arange(len(found)), found.intervals.begin_s, found.intervals.end_s)
        trace = trace_of(pieces, bounds)
        trace = replace(trace, core=core, open_begin=wide.is_cut_before, open_end=wide.is_cut_after)
    if needs_motion:
        motion = motion_of(found.measured.tracks, found.seen, found.measured.errors, pieces, bounds)
        return replace(trace, motion=motion)
    return trace


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Every time in which a pair may have been within the volume, granting the error: stretches by pair and time."""

    trace: Trace
    times: Spans  # owned by pairs
    open_begin: Bools  # the pair may have been near before a stretch was seen
    open_end: Bools

    @classmethod
    def of(cls, around: Found, horizon: Horizon = NOW, needs_motion: bool = False) -> Surroundings:
        """Return the surroundings that stretches make; what a rule looks at beyond them is in their trace."""
        around = by_pair(around)
        intervals = around.intervals
        return cls(
            trace_of_found(around, horizon, needs_motion),
            times_of(around),
            intervals.begins_by != BY_CROSSING,
            intervals.ends_by != BY_CROSSING,
        )

    def spans(self, times: Spans) -> Spans:
        """Return the time of the stretches that each of some times lies in, at least itself."""
        mine, stretch = overlaps(times, self.times)
        begin_s, end_s = times.begin_s.copy(), times.end_s.copy()
        np.minimum.at(begin_s, mine, self.times.begin_s[stretch])
        np.maximum.at(end_s, mine, self.times.end_s[stretch])
        return Spans(times.owner, begin_s, end_s)
