"""Signals of one aircraft of a pair: altitude, ground speed, vertical rate and rate of turn."""

from __future__ import annotations

import numpy as np

from skyaccord.detect.line import ALT, ALT_RATE, GEO, GEO_RATE, VX, T
from skyaccord.geometry.vectors import Floats
from skyaccord.rules.motion import RELATIVE_POSITION_M, REPORTED_MPS, Motion
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.signals.nodes import SLOW_MPS


def altitude(motion: Motion, side: int) -> Curve:
    """Return pressure altitude, where it is not known ellipsoidal altitude, m."""
    piece = np.arange(len(motion.owner))
    ends = []
    for t_s in (motion.begin_s, motion.end_s):
        pressure, ellipsoid = (motion.at(side, t_s, piece, column) for column in (ALT, GEO))
        ends.append(np.where(np.isfinite(pressure), pressure, ellipsoid))
    error = np.where(np.isfinite(motion.vertical_error_m), motion.vertical_error_m, np.inf)
    return Curve(motion.owner, motion.begin_s, motion.end_s, ends[0], ends[1], error)


def groundspeed(motion: Motion, side: int) -> Curve:
    """Return ground speed, m/s: as reported, straight between two reports, else from the positions of both."""
    row, seen = motion.rows[side], motion.seen
    after = np.minimum(row + 1, seen.last[row])
    reported = [motion.tracks.groundspeed_mps[seen.row[k]] for k in (row, after)]
    flown = np.linalg.norm(motion.velocity(side, np.arange(len(motion.owner))), axis=1)
    is_reported = np.isfinite(reported[0]) & np.isfinite(reported[1])
    span_s = seen.line[after, T] - seen.line[row, T]
    ends = []
    for t_s in (motion.begin_s, motion.end_s):
        share = np.divide(t_s - seen.line[row, T], span_s, out=np.zeros(len(row)), where=span_s > 0.0)
        ends.append(np.where(is_reported, reported[0] + share * (reported[1] - reported[0]), flown))
    flown_error = motion.velocity_error_mps[side]
    error = np.where(is_reported & np.isfinite(motion.horizontal_error_m), REPORTED_MPS, flown_error)
    return Curve(motion.owner, motion.begin_s, motion.end_s, ends[0], ends[1], error)


def vertical_rate(motion: Motion, side: int) -> Curve:
    """Return the rate of climb, m/s: constant between two reports, NaN where no altitude is known."""
    line = motion.seen.line[motion.rows[side]]
    has_pressure = np.isfinite(line[:, ALT])
    rate = np.where(has_pressure, line[:, ALT_RATE], np.where(np.isfinite(line[:, GEO]), line[:, GEO_RATE], np.nan))
    return _constant(motion, rate, np.where(np.isfinite(rate), motion.rate_error_mps[side], np.inf))


def turn_rate(motion: Motion, side: int) -> Curve:
    """Return the rate of turn without sign, deg/s: the greater of those at the two reports about an instant.

    At a report it is the change of direction of the straight lines before and after it, over half the time of both.
    """
    row = motion.rows[side]
    at_report, error = _turns(motion)
    ahead = np.minimum(row + 1, motion.seen.last[row])
    rate = np.fmax(at_report[row], at_report[ahead])
    bound = np.fmax(error[row], error[ahead])
    doubtful = ~np.isfinite(motion.velocity_error_mps[side])
    return _constant(motion, rate, np.where(doubtful | ~np.isfinite(rate), np.inf, bound))


def _turns(motion: Motion) -> tuple[Floats, Floats]:
    """Return the rate of turn at each row and its bound, deg/s; NaN at the ends of runs."""
    seen = motion.seen
    rate, error = np.full(len(seen), np.nan), np.full(len(seen), np.inf)
    inner = np.flatnonzero((np.arange(len(seen)) > seen.first) & (np.arange(len(seen)) < seen.last))
    before, after = seen.line[inner - 1, VX : VX + 3], seen.line[inner, VX : VX + 3]
    speeds = np.linalg.norm(before, axis=1), np.linalg.norm(after, axis=1)
    moving = (speeds[0] > SLOW_MPS) & (speeds[1] > SLOW_MPS)
    inner, before, after = inner[moving], before[moving], after[moving]
    across = np.linalg.norm(np.cross(before, after), axis=1)
    angle = np.degrees(np.arctan2(across, np.einsum("ij,ij->i", before, after)))
    times = seen.line[inner, T] - seen.line[inner - 1, T], seen.line[inner + 1, T] - seen.line[inner, T]
    half_s = 0.5 * (times[0] + times[1])
    rate[inner] = angle / half_s
    shift = np.degrees(
        RELATIVE_POSITION_M * (1.0 / (times[0] * speeds[0][moving]) + 1.0 / (times[1] * speeds[1][moving]))
    )
    error[inner] = shift / half_s
    return rate, error


def _constant(motion: Motion, value: Floats, error: Floats) -> Curve:
    return Curve(motion.owner, motion.begin_s, motion.end_s, value, value, error)
