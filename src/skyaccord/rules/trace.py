"""What rules are evaluated on: the pieces of many encounters, with the error of each and what is known beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from skyaccord.detect.accuracy import Bounds
from skyaccord.detect.intervals import BY_CROSSING, Intervals
from skyaccord.detect.pieces import SV, T0, T1, VV, Pieces, W
from skyaccord.errors import SkyaccordError
from skyaccord.geometry.vectors import Floats, Ints
from skyaccord.memorandum.formula import Formula
from skyaccord.memorandum.horizon import Scope, scope_of
from skyaccord.rules.known import NOTHING_KNOWN, Known
from skyaccord.rules.motion import Motion
from skyaccord.rules.signals.curve import Curve
from skyaccord.rules.spans import Bools, Spans

INSTANT_S: Final = 1e-3
"""How long an observation of one instant counts, so that a rule can hold over it."""


def _no_roles() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Trace:
    """Pieces (`detect.pieces`) with the encounter each belongs to, and 95 % bounds of their distances."""

    count: int  # encounters
    owner: Ints  # encounter of each piece
    value: Floats  # (pieces, detect.pieces.PIECE_COLUMNS)
    horizontal_error_m: Floats
    vertical_error_m: Floats
    domain: Spans  # the time each encounter was observed
    core: Spans  # that part of it which is judged
    open_begin: Bools  # the pair may have been near before it was seen
    open_end: Bools  # and after
    motion: Motion | None = None  # of either aircraft; None where only distances are at hand
    # Side of the interceptor, one an encounter; -1 where the tracks do not tell, empty where no rule asks.
    interceptor: Ints = field(default_factory=_no_roles)
    known: Known = NOTHING_KNOWN
    told: dict[tuple[str, int, int], Spans] = field(default_factory=dict, compare=False)  # facts, told once
    curves: dict[tuple[str, int, int], list[Curve]] = field(default_factory=dict, compare=False)  # measured once

    def error_m(self, signal: str) -> Floats:
        """Return the 95 % bound of a distance, one a piece."""
        if signal == "horizontal":
            return self.horizontal_error_m
        if signal == "vertical":
            return self.vertical_error_m
        return np.hypot(self.horizontal_error_m, self.vertical_error_m)


def trace_of(pieces: Pieces, bounds: Bounds, intervals: Intervals | None = None) -> Trace:
    """Return the trace of all intervals of ``pieces``; one seen at an instant only stands still for `INSTANT_S`.

    Args:
        pieces: the intervals.
        bounds: errors of the pieces.
        intervals: how each begins and ends; without it all are taken as seen whole.
    """
    count = len(pieces.start) - 1
    owner = np.repeat(np.arange(count), np.diff(pieces.start))
    value = pieces.value.copy()
    instant = value[:, T1] <= value[:, T0]
    value[instant, T1] = value[instant, T0] + INSTANT_S
    for rate in (SV, VV, W):
        value[instant, rate] = 0.0
    first, last = pieces.start[:-1], pieces.start[1:] - 1
    domain = Spans(np.arange(count), value[first, T0], value[last, T1])
    whole = np.zeros(count, bool)
    open_begin = whole if intervals is None else intervals.begins_by != BY_CROSSING
    open_end = whole if intervals is None else intervals.ends_by != BY_CROSSING
    return Trace(count, owner, value, bounds.horizontal_m, bounds.vertical_m, domain, domain, open_begin, open_end)


LOG_S: Final = 7.0 * 86_400.0
"""How far beyond the time in which a pair was observed rules look into what was said: a log goes on without it."""


def domain_of(formula: Formula, trace: Trace) -> Spans:
    """Return the time over which a formula can be told: beyond the aircraft's own where it is about records alone."""
    if scope_of(formula) is not Scope.RECORD:
        return trace.domain
    return Spans(trace.domain.owner, trace.domain.begin_s - LOG_S, trace.domain.end_s + LOG_S)


def motion_in(trace: Trace, signal: str) -> Motion:
    """Return the motion of a trace, which a signal needs.

    Raises:
        SkyaccordError: only distances are at hand.
    """
    if trace.motion is None:
        raise SkyaccordError(f"{signal!r} needs the tracks of both aircraft, and only their distance is at hand")
    return trace.motion
