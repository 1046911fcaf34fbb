"""The instants at which an encounter is looked at: its whole time, and some minutes before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.detect.conduct.own_motion import OwnMotion, fit_own_motion
from skyaccord.detect.encounters import Found
from skyaccord.detect.line import T
from skyaccord.detect.observation import Bools
from skyaccord.geometry.vectors import Floats, Ints

AROUND_S: Final = 240.0
"""Time looked at before and after an encounter: who came how, and who left. At 60 m/s of closure that is 8 NM."""

STEP_S: Final = 2.0
"""Between two instants: less than half of the shortest interval in which anything here is said to have lasted."""


@dataclass(frozen=True, slots=True)
class Look:
    """Encounters as instants: those of encounter ``n`` are ``start[n] <= p < start[n + 1]``, `STEP_S` apart."""

    start: Ints  # (encounters + 1,)
    t_s: Floats
    is_within: Bools  # within the encounter itself
    a: OwnMotion
    b: OwnMotion
    closest_a: OwnMotion  # at the closest instant, one an encounter
    closest_b: OwnMotion

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def first(self) -> Ints:
        """Return the first instant of each encounter."""
        return self.start[:-1]

    @property
    def last(self) -> Ints:
        """Return the last instant of each encounter."""
        return self.start[1:] - 1

    def at(self, t_s: Floats) -> Ints:
        """Return the instant nearest to a time of each encounter, within its own instants."""
        step = np.rint((t_s - self.t_s[self.first]) / STEP_S).astype(np.int64)
        found: Ints = np.clip(self.first + step, self.first, self.last)
        return found


def look_at(found: Found, sigma_m: Floats) -> Look:
    """Return the motion of both aircraft of each encounter; neither is looked at beyond a gap in its reports.

    Args:
        found: the encounters.
        sigma_m: `own_motion.report_errors_m` of their reports.
    """
    seen, intervals = found.seen, found.intervals
    row_a, row_b = intervals.row_a, intervals.row_b
    run_begin_s = np.maximum(seen.line[seen.first[row_a], T], seen.line[seen.first[row_b], T])
    run_end_s = np.minimum(seen.line[seen.last[row_a], T], seen.line[seen.last[row_b], T])
    begin_s = np.maximum(intervals.begin_s - AROUND_S, run_begin_s)
    end_s = np.minimum(intervals.end_s + AROUND_S, run_end_s)
    count = np.floor(np.maximum(end_s - begin_s, 0.0) / STEP_S + 1e-6).astype(np.int64) + 1
    start = np.concatenate(([0], np.cumsum(count)))
    which = np.repeat(np.arange(len(count)), count)
    t_s = begin_s[which] + STEP_S * (np.arange(start[-1]) - start[which])
    one = np.arange(len(count) + 1)
    closest_s = found.measured.closest.t_closest_s[found.index]
    return Look(
        start=start,
        t_s=t_s,
        is_within=(t_s >= intervals.begin_s[which] - STEP_S / 2) & (t_s <= intervals.end_s[which] + STEP_S / 2),
        a=fit_own_motion(seen, sigma_m, start, t_s, row_a),
        b=fit_own_motion(seen, sigma_m, start, t_s, row_b),
        closest_a=fit_own_motion(seen, sigma_m, one, closest_s, row_a),
        closest_b=fit_own_motion(seen, sigma_m, one, closest_s, row_b),
    )
