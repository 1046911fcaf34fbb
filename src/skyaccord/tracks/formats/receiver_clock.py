"""The 48 bits by which Mode S receivers date frames, as times.

Two clocks are in use: a counter of 12 MHz from when the receiver was switched on, which knows no date and runs over
after 271 days; and GPS (Radarcape), seconds of the day in the upper 18 bits and nanoseconds in the lower 30.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from skyaccord.model.tracks import Ints
from skyaccord.model.values import Bools
from skyaccord.tracks.formats.options import NO_DATE, ReadingOptions
from skyaccord.tracks.formats.time_of_day import date_times_of_day

MLAT_TICKS: Final = 0xFF004D4C4154  # "MLAT": what mlat-client writes where a receiver has no time

_TURN: Final = 1 << 48
_NS: Final = 1_000_000_000
_DAY_S: Final = 86_400
_LEAST_STEPS: Final = 2  # of the upper bits: a counter of 12 MHz takes 89 s to one, and passes 10^9 on its way


@dataclass(frozen=True, slots=True)
class Dated:
    """Times of frames, which of them are a receiver's own, and what had to be assumed."""

    t_us: Ints
    is_timed: Bools
    notes: tuple[str, ...]


def date_ticks(ticks: Ints, options: ReadingOptions) -> Dated:
    """Return the times of frames from the 48 bits that came with them, in the order of the recording."""
    is_timed: Bools = (ticks != MLAT_TICKS) & (ticks != 0)
    if not is_timed.any():
        is_timed = np.ones(len(ticks), np.bool_)
    last = np.maximum.accumulate(np.where(is_timed, np.arange(len(ticks)), -1))
    known = ticks[np.where(last >= 0, last, int(np.argmax(is_timed)))] if len(ticks) else ticks
    is_gps = _looks_like_gps(known) if options.gps_clock is None else options.gps_clock
    notes = []
    if count := int((~is_timed).sum()):
        notes.append(f"{count:,} frames without time of their own (multilateration): dated by the frame before")
    if is_gps:
        since_us = (known >> 30) * 1_000_000 + (known & (2**30 - 1)) // 1000
        t_us, more = date_times_of_day(since_us, options)
        return Dated(t_us, is_timed, (*notes, "timestamps read as GPS time of day", *more))
    since_us = _unrolled(known) // 12
    if options.start is not None:
        notes.append("times counted from the start that was given")
        return Dated(options.start_us + since_us - since_us[:1].sum(), is_timed, tuple(notes))
    notes += ["times are a counter, taken to have begun at that date", NO_DATE]  # so files of one counter stay in step
    return Dated(options.start_us + since_us, is_timed, tuple(notes))


def _looks_like_gps(ticks: Ints) -> bool:
    seconds, ns = ticks >> 30, ticks & (2**30 - 1)
    if not ((seconds < _DAY_S) & (ns < _NS)).all():
        return False
    return len(np.unique(seconds)) > _LEAST_STEPS


def _unrolled(ticks: Ints) -> Ints:
    """Return a counter that runs over as one that does not."""
    turns = np.concatenate(([0], np.cumsum(np.rint(-np.diff(ticks) / _TURN)))).astype(np.int64)
    return ticks + turns[: len(ticks)] * _TURN
