"""What provisions are applied to: encounters, within the stretches of time around them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from skyaccord.detect.encounters import Found
from skyaccord.geometry.vectors import Ints
from skyaccord.model.tracks import Tracks
from skyaccord.rules.overlaps import overlaps
from skyaccord.rules.spans import Spans
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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Every time in which a pair may have been within the volume, granting the error: stretches by pair and time."""

    trace: Trace
    times: Spans  # owned by pairs

    @classmethod
    def of(cls, around: Found) -> Surroundings:
        """Return the surroundings that stretches make."""
        around = by_pair(around)
        return cls(trace_of(*around.pieces(), around.intervals), times_of(around))

    def spans(self, times: Spans) -> Spans:
        """Return the time of the stretches that each of some times lies in, at least itself."""
        mine, stretch = overlaps(times, self.times)
        begin_s, end_s = times.begin_s.copy(), times.end_s.copy()
        np.minimum.at(begin_s, mine, self.times.begin_s[stretch])
        np.maximum.at(end_s, mine, self.times.end_s[stretch])
        return Spans(times.owner, begin_s, end_s)
